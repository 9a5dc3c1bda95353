import { api, ask, askRaw } from "@/api/client";
import type { Review, ReviewImport } from "./shapes";

/** Look at a file: the answer proposes what its columns mean. Nothing is imported before it is confirmed. */
export function proposeImport(file: File, shop: string, platform: string): Promise<ReviewImport> {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("shop", shop);
  form.append("platform", platform);
  return askRaw("POST", "/api/reviews/imports", form);
}

export function confirmImport(id: string, mapping: Record<string, number>): Promise<ReviewImport> {
  const at = { params: { path: { import_id: id } } };
  return ask(api.POST("/api/reviews/imports/{import_id}/confirm", { ...at, body: { mapping } }));
}

export function undoImport(id: string): Promise<ReviewImport> {
  const at = { params: { path: { import_id: id } } };
  return ask(api.POST("/api/reviews/imports/{import_id}/undo", at));
}

export function markHandled(id: string, handled: boolean): Promise<Review> {
  const at = { params: { path: { review_id: id } } };
  return ask(api.POST("/api/reviews/{review_id}/handled", { ...at, body: { handled } }));
}
