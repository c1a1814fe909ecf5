import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Builds the binary once before any test: the end-to-end tests drive what users get. */
export default function setup(): void {
  execFileSync(process.execPath, ["build.mjs"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: "inherit",
  });
}
