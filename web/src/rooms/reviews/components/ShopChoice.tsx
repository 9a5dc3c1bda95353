import { Alert, Form, Select } from "antd";
import { PLATFORMS, platformName } from "@/kit/platforms";
import { useLanguage, useWords } from "@/kit/words";
import { importWords } from "../importWords";

interface Shop {
  id: string;
  name: string;
}

interface Props {
  shops: Shop[];
  shopId: string;
  platform: string;
  onShop: (id: string) => void;
  onPlatform: (platform: string) => void;
}

/** Which shop and platform a file is for: filled in where the file tells, asked where it does not. */
export function ShopChoice({ shops, shopId, platform, onShop, onPlatform }: Props) {
  const said = useWords(importWords);
  const language = useLanguage();
  return (
    <div className="rev-two">
      <Form.Item label={said.shop} htmlFor="rev-import-shop">
        <Select
          id="rev-import-shop"
          placeholder={said.chooseShop}
          value={shopId || null}
          options={shops.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(next) => next && onShop(next)}
        />
      </Form.Item>
      <Form.Item label={said.platform} htmlFor="rev-import-platform">
        <Select
          id="rev-import-platform"
          placeholder={said.choosePlatform}
          value={platform || null}
          options={PLATFORMS.map((value) => ({ value, label: platformName(value, language) }))}
          onChange={(next) => next && onPlatform(next)}
        />
      </Form.Item>
    </div>
  );
}

/** What the file itself tells of its platform, as a warning where that is not what was chosen. */
export function LooksLike({ platforms, platform }: { platforms: string[]; platform: string }) {
  const said = useWords(importWords);
  const language = useLanguage();
  if (platforms.length === 0) return null;
  const names = platforms.map((one) => platformName(one, language)).join(said.or);
  if (!platform || platforms.includes(platform)) return <p className="quiet">{said.looksLike(names)}</p>;
  const title = said.otherPlatform(names, platformName(platform, language));
  return <Alert type="warning" showIcon title={title} className="rev-alert" />;
}
