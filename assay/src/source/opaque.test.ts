import { expect, test } from "vitest";
import { loadsModules, opaqueText } from "./opaque.ts";

test.each([
  ["new Worker(file)", ["runs new Worker"]],
  ["new  SharedWorker(file)", ["runs new SharedWorker"]],
  ["await $`ls`", ["runs await $`"]],
  ["renew Worker", []],
  ["Bun.spawn([])", ["runs Bun.spawn", "locates Bun.spawn"]],
  ["here(__dirname)", ["locates __dirname"]],
])("the text alone tells of %s", (text, expected) => {
  expect(opaqueText(text).map(({ by, what }) => `${by} ${what}`)).toEqual(expected);
});

test.each([
  ["runs", "jiti", true],
  ["runs", "import(…)", true],
  ["runs", "node:child_process", false],
  ["runs", "@playwright/test/reporter", false],
  ["runs", "esbuild", false],
  ["reads", "glob", false],
  ["locates", "__dirname", false],
] as const)("who %s by way of %s loads modules into its own process: %s", (by, what, expected) => {
  expect(loadsModules({ by, what })).toBe(expected);
});
