/** @jsxImportSource preact */
/** The few that shoppers use. */

const SYMBOLS = [
  "😀",
  "😄",
  "😂",
  "🤣",
  "😊",
  "😍",
  "🥰",
  "😘",
  "😋",
  "😉",
  "🤔",
  "😅",
  "😓",
  "😢",
  "😭",
  "😡",
  "😤",
  "🙄",
  "😱",
  "😴",
  "🤝",
  "👍",
  "👎",
  "👌",
  "🙏",
  "💪",
  "👏",
  "🌹",
  "🎉",
  "🎁",
  "📦",
  "🚚",
  "👗",
  "👟",
  "💄",
  "🍼",
  "📱",
  "❤️",
  "💔",
  "❓",
];

export function Emoji({ insert, label }: { insert: (symbol: string) => void; label: string }) {
  return (
    <fieldset class="emoji" aria-label={label}>
      {SYMBOLS.map((symbol) => (
        <button type="button" key={symbol} onClick={() => insert(symbol)}>
          {symbol}
        </button>
      ))}
    </fieldset>
  );
}
