import { useMe } from "@/api/asks";
import { platformName } from "@/kit/platforms";
import { useLanguage } from "@/kit/words";
import type { ReviewImport } from "./shapes";

/** The names of the shop and the platform that an import is for. */
export function useWhere(one: ReviewImport): { name: string; platform: string } {
  const language = useLanguage();
  const shop = useMe().shops.find(({ id }) => id === one.shopId);
  return { name: shop?.name ?? one.shopId, platform: platformName(one.platform, language) };
}
