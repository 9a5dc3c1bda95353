/** What a file is by its first bytes, whatever it is called: what is no table is refused before anybody waits for it. */
export type Kind = "table" | "picture" | "other" | "empty";

const BEGINNINGS: [string, Kind][] = [
  ["89504e47", "picture"],
  ["ffd8ff", "picture"],
  ["47494638", "picture"],
  ["504b0304", "table"],
  ["d0cf11e0a1b11ae1", "table"],
  ["fffe", "table"],
  ["feff", "table"],
  ["25504446", "other"],
  ["52617221", "other"],
  ["377abcaf", "other"],
  ["1f8b", "other"],
  ["494433", "other"],
  ["7b5c727466", "other"],
];

export function kindOf(bytes: Uint8Array): Kind {
  if (bytes.length === 0) return "empty";
  const hex = [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const known = BEGINNINGS.find(([beginning]) => hex.startsWith(beginning));
  if (known) return known[1];
  const name = String.fromCharCode(...bytes.slice(4, 12));
  if (name.startsWith("ftyp")) return /^ftyp(avif|heic|heix|mif1)/.test(name) ? "picture" : "other";
  if (name.endsWith("WEBP") || (hex.startsWith("424d") && bytes.includes(0))) return "picture";
  return "table";
}

export async function sniff(file: File): Promise<Kind> {
  return kindOf(new Uint8Array(await file.slice(0, 64).arrayBuffer()));
}
