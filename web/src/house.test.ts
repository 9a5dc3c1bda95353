import { describe, expect, test } from "vitest";

const files = import.meta.glob("./**/*.{ts,tsx,css}", {
  eager: true,
  query: "?raw",
  import: "default",
}) as Record<string, string>;
const own = Object.entries(files).filter(([path]) => !/schema\.d\.ts$|^\.\/widget\//.test(path));
const LONGEST = 250;

function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((found) => found[1] ?? "");
}

/** `rooms/desk`, `kit`, `api`, `app`: where a file or an import lives. */
function placeOf(path: string): string {
  const parts = path.replace(/^(\.\/|@\/)/, "").split("/");
  return parts[0] === "rooms" ? `rooms/${parts[1]}` : (parts[0] ?? "");
}

function reaches(path: string): string[] {
  return importsOf(files[path] ?? "")
    .filter((to) => to.startsWith("@/") || to.startsWith(".."))
    .map((to) =>
      to.startsWith("@/") ? placeOf(to) : placeOf(new URL(to, `file:///${path.slice(2)}`).pathname.slice(1)),
    );
}

describe("the house of the screen", () => {
  test("no room imports another room or the app", () => {
    const wrong = own.flatMap(([path]) => {
      const mine = placeOf(path);
      if (!mine.startsWith("rooms/")) return [];
      return reaches(path)
        .filter((to) => to !== mine && (to.startsWith("rooms/") || to === "app"))
        .map((to) => `${path} → ${to}`);
    });
    expect(wrong).toEqual([]);
  });

  test("kit and api know no room", () => {
    const wrong = own
      .filter(([path]) => /^\.\/(kit|api)\//.test(path))
      .flatMap(([path]) =>
        reaches(path)
          .filter((to) => to.startsWith("rooms/") || to === "app")
          .map((to) => `${path} → ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  test(`no file is longer than ${LONGEST} lines`, () => {
    const long = own.filter(([, source]) => source.trimEnd().split("\n").length > LONGEST);
    expect(long.map(([path]) => path)).toEqual([]);
  });
});
