import createClient, { type Middleware } from "openapi-fetch";
import { currentLanguage } from "@/kit/words";
import { offline, Problem, problemFrom } from "./problem";
import type { paths } from "./schema";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const OPEN_PATHS = ["/api/welcome", "/api/sign-in", "/api/set-up", "/api/demo/"];

let csrf = "";
let whenSignedOut: () => void = () => {};

export function keepCsrf(token: string): void {
  csrf = token;
}

/** What to do when the server no longer knows us; the app goes to the sign-in page and back. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

function dress(headers: Headers, method: string): void {
  headers.set("Accept-Language", currentLanguage());
  if (!SAFE.has(method)) headers.set("X-CSRF-Token", csrf);
}

function noticeSignOut(url: string, status: number): void {
  const path = new URL(url, location.href).pathname;
  if (status === 401 && !OPEN_PATHS.some((open) => path.startsWith(open))) whenSignedOut();
}

const manners: Middleware = {
  onRequest({ request }) {
    dress(request.headers, request.method);
  },
  onResponse({ request, response }) {
    noticeSignOut(request.url, response.status);
  },
  onError() {
    return offline();
  },
};

export const api = createClient<paths>({ baseUrl: location.origin });
api.use(manners);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** `await ask(api.GET("/api/me"))`: the answer's body, or a `Problem`. */
export async function ask<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemFrom(error, response.status);
  return data as T;
}

/** For addresses that the generated client does not know yet, and for uploads. */
export async function askRaw<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = new Headers();
  dress(headers, method);
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers.set("Content-Type", "application/json");
  const init: RequestInit = { method, headers };
  if (body !== undefined) init.body = form ? body : JSON.stringify(body);
  const response = await fetch(path, init).catch(() => {
    throw offline();
  });
  noticeSignOut(response.url, response.status);
  if (!response.ok) throw problemFrom(await response.json().catch(() => null), response.status);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export { Problem };
