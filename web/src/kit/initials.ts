// The first character of each pinyin initial in the collation order of the browser: a table of 23 instead of a library.
const FIRSTS = "阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀";
const LETTERS = "abcdefghjklmnopqrstwxyz";
const order = new Intl.Collator("zh-CN-u-co-pinyin").compare;

function initialOf(character: string): string {
  if (!/[\u4e00-\u9fff]/.test(character)) return character.toLowerCase();
  for (let at = FIRSTS.length - 1; at >= 0; at -= 1) {
    if (order(character, FIRSTS[at] ?? "") >= 0) return LETTERS[at] ?? "";
  }
  return "";
}

/** 退货地址 → thdz, so that agents find a script with four letters. */
export function initials(text: string): string {
  return [...text].map(initialOf).join("");
}
