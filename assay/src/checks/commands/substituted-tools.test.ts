import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { substitutions } from "./substituted-tools.ts";

async function found(head: Texts, base: Texts = {}): Promise<readonly string[]> {
  return substitutions(await contextOf({ base, head })).map(({ line, what }) => `${line} ${what}`);
}

test.each([
  "@vitest/coverage-v8",
  "jest-environment-jsdom",
  "@jest/core",
  "@typescript-eslint/parser",
  "@playwright/test",
  "@stryker-mutator/core",
  "@biomejs/biome",
])("%s judges, and is not taken from a folder", async (name) => {
  const text = (place: string): string => JSON.stringify({ devDependencies: { [name]: place } }, null, 2);
  const before = { "package.json": text("^1.0.0") };
  expect(await found({ "package.json": text("file:./tools/it") }, before)).toEqual([`3 package.json ${name}`]);
  expect(await found({ "package.json": text("^2.0.0") }, before)).toEqual([]);
});

test("a patch is told at the line that names its package, where one does", async () => {
  const patch = "diff --git a/lib/x.js b/lib/x.js\n--- a/node_modules/vitest/lib/x.js\n";
  expect(await found({ "patches/vitest+3.2.0.patch": patch })).toEqual(["2 patches/vitest+3.2.0.patch vitest"]);
  expect(await found({ "patches/vitest+3.2.0.patch": "-a\n+b\n" })).toEqual(["null patches/vitest+3.2.0.patch vitest"]);
  expect(await found({ "patches/vitest+3.2.0.patch.md": patch })).toEqual([]);
});

test.each([
  ["/sh", 0],
  ["sh", 0],
  ["/usr/bin/zsh", 0],
  ["bash-pass", 1],
  ["hush", 1],
])("scripts are run by %s, which is no shell: %i", async (shell, count) => {
  expect(await found({ ".npmrc": `script-shell=${shell}\n` })).toHaveLength(count);
});
