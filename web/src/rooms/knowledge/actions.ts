import type { QueryClient } from "@tanstack/react-query";
import { api, ask } from "@/api/client";
import type { Article, ArticleWords } from "@/api/shapes";

const at = (id: string) => ({ params: { path: { article_id: id } } });

export function writeArticle(id: string | null, body: ArticleWords): Promise<Article> {
  return id === null
    ? ask(api.POST("/api/knowledge/articles", { body }))
    : ask(api.PUT("/api/knowledge/articles/{article_id}", { ...at(id), body }));
}

/** What was kept is shown at once; nobody waits for the list to be read again, nor for a list that fails. */
export function showKept(client: QueryClient, kept: Article): void {
  client.setQueryData(["knowledge", "one", kept.id], kept);
  void client.invalidateQueries({ queryKey: ["knowledge"] });
}

export async function retireArticle(id: string): Promise<void> {
  await ask(api.DELETE("/api/knowledge/articles/{article_id}", at(id)));
}
