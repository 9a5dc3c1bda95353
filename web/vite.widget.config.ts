import { resolve } from "node:path";
import { build, defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
// Phones of shoppers are older than the desks of agents.
const target = ["chrome98", "safari15.4", "firefox104"];

/** The launcher runs on strangers' pages: one classic script with a lasting name, nothing global but `diji`. */
function launcher(): Plugin {
  let outDir = "dist";
  return {
    name: "diji-launcher",
    apply: "build",
    configResolved: (config) => {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      await build({
        configFile: false,
        root: here,
        publicDir: false,
        logLevel: "warn",
        build: {
          outDir,
          emptyOutDir: false,
          target,
          lib: {
            entry: resolve(here, "src/widget/launcher/launcher.ts"),
            formats: ["iife"],
            name: "dijiLauncher",
            fileName: () => "widget.js",
          },
        },
      });
    },
  };
}

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [launcher()],
  build: {
    target,
    emptyOutDir: false,
    // Data addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: [resolve(here, "widget-frame.html"), resolve(here, "widget-try.html")],
    },
  },
});
