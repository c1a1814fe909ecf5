import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url);

test("no file of code has more than 500 lines, tests neither, which the guard lets be long", () => {
  const listed = execFileSync("git", ["ls-files"], { cwd: fileURLToPath(root), encoding: "utf8" });
  const code = listed.split("\n").filter((path) => /\.(?:[cm]?[jt]sx?|as)$/.test(path));
  expect(code.length).toBeGreaterThan(500);
  const long = code.filter((path) => readFileSync(new URL(path, root), "utf8").split("\n").length > 501);
  expect(long).toEqual([]);
});
