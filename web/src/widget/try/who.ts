/** Whom a visitor of the try page can be: the demo's own consumers, or somebody whom nobody knows. */

export interface Buyer {
  shop: string;
  userId: string;
  name: string;
  signature: string;
  story: string;
}

/** The demo's consumers of this shop; another house has none to lend. */
export async function buyersOf(shop: string, ask: typeof fetch = fetch): Promise<Buyer[]> {
  const answer = await ask("/api/demo/buyers").catch(() => null);
  if (!answer?.ok) return [];
  const everybody: unknown = await answer.json().catch(() => null);
  return Array.isArray(everybody) ? everybody.filter((one: Buyer) => one.shop === shop) : [];
}

/** The page as this consumer, or as a new visitor. */
export function pageAs(shop: string, userId: string | null): string {
  const asked = new URLSearchParams({ shop });
  if (userId) asked.set("as", userId);
  return `/widget/try?${asked}`;
}

/** What a shop's page puts on the widget's script for who is signed in. */
export function signed({ userId, name, signature }: Buyer): DOMStringMap {
  return { userId, userName: name, userSignature: signature };
}

/** The first line names the product for whoever answers; the question is the consumer's to change. */
export const draftAbout = (product: string, question: string): string => `咨询商品：${product}\n${question}`;
