/** Says in the tab's title that somebody answered, while nobody looks at the tab. */

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

let timer = 0;
let before: string | null = null;

export function flashTitle(count: number, words: string): void {
  stopFlashing();
  if (count === 0 || !document.hidden) return;
  before = document.title;
  const shown = `(${count}) ${words}`;
  document.title = shown;
  if (still.matches) return;
  timer = window.setInterval(() => {
    document.title = document.title === shown ? (before ?? "") : shown;
  }, 1000);
}

export function stopFlashing(): void {
  window.clearInterval(timer);
  if (before !== null) document.title = before;
  before = null;
}
