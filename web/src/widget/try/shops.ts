/** Which shops there are: told to a signed-in member, and in the demo to anybody; to others they are no business. */

export interface Known {
  id: string;
  name: string;
}

/** Whether the widget would open there; a house that does not answer is for the widget itself to tell of. */
export async function isShop(id: string, ask: typeof fetch = fetch): Promise<boolean> {
  const answer = await ask(`/api/widget/${encodeURIComponent(id)}/look`).catch(() => null);
  return answer?.status !== 404;
}

export async function knownShops(ask: typeof fetch = fetch): Promise<Known[]> {
  const me = (await told("/api/me", ask)) as { shops?: Known[] } | null;
  if (Array.isArray(me?.shops)) return me.shops;
  const buyers = await told("/api/demo/buyers", ask);
  if (!Array.isArray(buyers)) return [];
  const ids = [...new Set(buyers.map(({ shop }: { shop: string }) => shop))];
  return Promise.all(ids.map((id) => named(id, ask)));
}

async function named(id: string, ask: typeof fetch): Promise<Known> {
  const look = (await told(`/api/widget/${encodeURIComponent(id)}/look`, ask)) as { shop?: string } | null;
  return { id, name: look?.shop ?? id };
}

async function told(path: string, ask: typeof fetch): Promise<unknown> {
  const answer = await ask(path).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}
