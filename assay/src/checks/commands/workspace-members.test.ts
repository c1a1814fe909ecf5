import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { memberLoosenings } from "./workspace-members.ts";

const testing = '{ "scripts": { "build": "tsc", "test": "ava" } }';
const members: Texts = {
  "packages/a/package.json": testing,
  "packages/a/a.ts": "",
  "packages/b/package.json": '{ "scripts": { "testbed": "x", "linter": "x" } }',
  "other/c/package.json": testing,
};

/** The packages that leave, where one file of each side lists them. */
async function leaving(before: Texts, after: Texts): Promise<readonly string[]> {
  const manifest = { "package.json": "{}" };
  const context = await contextOf({
    base: { ...members, ...manifest, ...before },
    head: { ...members, ...manifest, ...after },
  });
  return (await memberLoosenings(context)).map(({ what }) => what);
}

const workspaces = (...globs: readonly unknown[]): Texts => ({ "package.json": JSON.stringify({ workspaces: globs }) });

test("a package is told once, whatever lies in it, and only where it verifies something", async () => {
  expect(await leaving(workspaces("packages/*", "x"), workspaces("x"))).toEqual(["package.json packages/a"]);
});

test("what a pattern took out was no member", async () => {
  expect(await leaving(workspaces("packages/*", "!packages/b"), workspaces("packages/*"))).toEqual([]);
  expect(await leaving(workspaces("packages/*", "!./packages/a/"), workspaces("packages/b"))).toEqual([]);
});

test("a script for types counts, and a folder may be written from where the list lies", async () => {
  const types = { "packages/d/package.json": '{ "scripts": { "type:check": "tsc" } }' };
  expect(await leaving({ ...types, ...workspaces("./packages/*", "x") }, { ...types, ...workspaces("x") })).toEqual([
    "package.json packages/a",
    "package.json packages/d",
  ]);
});

test("what is no pattern names no package", async () => {
  expect(await leaving(workspaces(1, "packages/*"), workspaces(null, "x"))).toEqual(["package.json packages/a"]);
});

test("another file than those that list the packages lists none", async () => {
  const other = (name: string): Texts => ({ "list.yaml": `packages: [${name}]` });
  expect(await leaving(other("packages/a"), other("x"))).toEqual([]);
  expect(await leaving({}, { "pnpm-workspace.yaml": "packages: [x]" })).toEqual([]);
});
