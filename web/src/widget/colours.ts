/** A shop may choose any colour; whatever stands on it or in it must stay readable. */

type Rgb = [number, number, number];

const rgb = (colour: string): Rgb => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const hex = (parts: Rgb): string =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

const light = (colour: string): number => {
  const [r, g, b] = rgb(colour).map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG contrast, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [light(one), light(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** White or near-black, whichever reads; white when both do. */
export const inkOn = (colour: string): string => (contrast(colour, "#ffffff") >= 4.5 ? "#ffffff" : "#111111");

/** The colour itself, moved towards black or white until it reads on `ground`. */
export function readableOn(colour: string, ground: string): string {
  const goal: Rgb = light(ground) > 0.4 ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step <= 20; step++) {
    const moved = hex(rgb(colour).map((part, i) => part + ((goal[i] ?? 0) - part) * (step / 20)) as Rgb);
    if (contrast(moved, ground) >= 4.5) return moved;
  }
  return hex(goal);
}
