import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.DIJI_SERVER ?? "http://127.0.0.1:8710";

const noScrollLock: Plugin = {
  name: "diji-no-scroll-lock",
  enforce: "pre",
  resolveId(source, importer) {
    const theirs = source.endsWith("/useScrollLocker") && importer?.includes("@rc-component/portal");
    return theirs ? fileURLToPath(new URL("./src/kit/noScrollLock.ts", import.meta.url)) : null;
  },
};

export default defineConfig({
  plugins: [react(), noScrollLock],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": { target: server, ws: true } } },
  build: {
    target: "es2023",
    // Data addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});
