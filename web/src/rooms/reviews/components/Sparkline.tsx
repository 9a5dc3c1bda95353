const WIDTH = 84;
const HEIGHT = 22;
const ROOM = 2;

/** The shape of a figure over time; gaps stay gaps. Beside it stands the figure, so it is silent for screen readers. */
export function Sparkline({ values, tone }: { values: (number | null)[]; tone: string }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const across = (WIDTH - 2 * ROOM) / Math.max(1, values.length - 1);
  const place = (value: number, at: number) =>
    `${(ROOM + at * across).toFixed(1)} ${(HEIGHT - ROOM - ((value - low) / span) * (HEIGHT - 2 * ROOM)).toFixed(1)}`;
  let pen = "M";
  const path = values
    .map((value, at) => {
      if (value === null) return "";
      const step = `${pen}${place(value, at)}`;
      pen = "L";
      return step;
    })
    .join("");
  return (
    <svg className={`rev-spark rev-tone-${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
