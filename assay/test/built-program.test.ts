// What the end-to-end tests, and every other test that starts the program, may rely on while the program is built.
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { binary } from "./repository.ts";

/** When each file of the built program was last written. */
function written(): ReadonlyMap<string, number> {
  const dist = dirname(binary);
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).map((name) => join(dist, name));
  return new Map(files.filter((file) => statSync(file).isFile()).map((file) => [file, statSync(file).mtimeMs]));
}

test("building again what has not changed touches nothing that a running program may be reading", () => {
  const before = written();
  execFileSync(process.execPath, ["build.mjs"], { cwd: join(dirname(binary), "..") });
  expect(written()).toEqual(before);
  expect(before.size).toBeGreaterThan(20);
});
