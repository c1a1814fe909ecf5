// Bundles the sources into dist/: one small entry, heavy parts in chunks that load when they are needed.
import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const bundle = await rolldown({
  input: { cli: here("src/cli/main.ts") },
  platform: "node",
  external: [/^node:/, "oxc-parser", "oxc-resolver"],
});
await bundle.write({
  dir: here("dist"),
  format: "esm",
  chunkFileNames: "[name]-[hash].js",
  minify: { compress: true, mangle: false },
});
await bundle.close();
chmodSync(here("dist/cli.js"), 0o755);
