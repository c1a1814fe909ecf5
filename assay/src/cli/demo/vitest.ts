// A vitest for the demo: one that is already there, else the pinned one.
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import manifest from "../../../../package.json" with { type: "json" };
import { openHost } from "../../engine/host.ts";
import { AssayError } from "../../model/errors.ts";
import type { Console } from "../command.ts";

/** The version that is installed when none can be resolved: the one this repository is tested with. */
const pinned = manifest.devDependencies.vitest;

/**
 * Makes vitest resolvable in `root`: linked from the caller's folder or from beside this program, else installed.
 *
 * @throws AssayError `tool-missing` when it can be neither found nor installed.
 */
export async function provideVitest(root: string, callerDir: string, console: Console): Promise<void> {
  const modules = [callerDir, dirname(fileURLToPath(import.meta.url))]
    .map(modulesWithVitest)
    .find((dir) => dir !== undefined);
  if (modules !== undefined) return symlinkSync(modules, join(root, "node_modules"));
  console.progress(() => `installing vitest ${pinned}`);
  const host = openHost({ deadline: Infinity, signal: console.signal });
  try {
    const args = ["install", "--no-save", "--no-audit", "--no-fund", "--no-package-lock", `vitest@${pinned}`];
    const { exitCode, stderr, spawnError } = await host.run({ file: "npm", args, cwd: root });
    if (exitCode !== 0) {
      throw new AssayError(
        "tool-missing",
        `the demo needs vitest and could not install it: ${spawnError ?? stderr.trim()}`,
        {
          hint: "npm install --save-dev vitest",
        },
      );
    }
  } finally {
    await host.dispose();
  }
}

/** The `node_modules` folder through which a module in `dir` would find a vitest that assay knows. */
function modulesWithVitest(dir: string): string | undefined {
  const require = createRequire(pathToFileURL(join(dir, "resolve.js")));
  const candidates = require.resolve.paths("vitest") ?? [];
  return candidates.find(
    (modules) => existsSync(join(modules, "vitest", "package.json")) && isKnown(join(modules, "vitest")),
  );
}

function isKnown(vitestDir: string): boolean {
  const { version } = JSON.parse(readFileSync(join(vitestDir, "package.json"), "utf8")) as { version?: unknown };
  return typeof version === "string" && /^[345]\./.test(version);
}
