import { api, ask } from "@/api/client";
import type { Article, ArticleWords } from "@/api/shapes";

const at = (id: string) => ({ params: { path: { article_id: id } } });

export function writeArticle(id: string | null, body: ArticleWords): Promise<Article> {
  return id === null
    ? ask(api.POST("/api/knowledge/articles", { body }))
    : ask(api.PUT("/api/knowledge/articles/{article_id}", { ...at(id), body }));
}

export async function retireArticle(id: string): Promise<void> {
  await ask(api.DELETE("/api/knowledge/articles/{article_id}", at(id)));
}
