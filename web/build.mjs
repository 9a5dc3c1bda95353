// Builds the screen, and the widget beside it where its config exists: `npm run build -- --outDir DIR`.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "vite";

const { values } = parseArgs({ options: { outDir: { type: "string", default: "dist" } } });
const outDir = resolve(values.outDir);

await build({ configFile: "vite.config.ts", build: { outDir, emptyOutDir: true } });
if (existsSync("vite.widget.config.ts")) {
  await build({ configFile: "vite.widget.config.ts", build: { outDir, emptyOutDir: false } });
}
