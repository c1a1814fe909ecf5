import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf } from "../change/change-of-texts.ts";
import { manifestSides } from "./manifest-sides.ts";

const packages = {
  "package.json": '{ "name": "root" }',
  "packages/a/package.json": '{ "name": "@x/a" }',
  "packages/b/package.json": '{ "name": "b", "scripts": { "test": "ava", "old": null } }',
  "tools/package.json": "{}",
};

test.each<[place: string, from: string, folders: string]>([
  ["b", "", "packages/b"],
  ["@x/a", "tools", "packages/a"],
  ["b...", "", "packages/b"],
  ["...b", "", "packages/b"],
  ["./packages/b", "", "packages/b"],
  ["packages/b/", "", "packages/b"],
  ["../tools", "packages", "tools"],
  ["packages/b", "tools", "packages/b"],
  ["./packages/*", "", "packages/a packages/b"],
  ["../packages/*", "tools", "packages/a packages/b"],
  ["../*", "tools", "packages/a packages/b tools"],
  ["../..", "tools", ""],
  ["x", "", ""],
])("%s, said in the folder %j, leads to %j", async (place, from, folders) => {
  const { head } = manifestSides(await contextOf({ base: packages, head: packages }));
  expect(head.foldersNamed(place, repoPath(from)).join(" ")).toBe(folders);
});

test("the scripts of a manifest are those that have a command", async () => {
  const { head } = manifestSides(await contextOf({ base: packages, head: packages }));
  expect(head.scriptsIn(repoPath("packages/b"))).toEqual({ test: "ava" });
});

test("a package's manifest is read as it is at each end, and one that an installation brought not at all", async () => {
  const base = { ...packages, "tools/package.json": '{ "name": "old" }' };
  const head = { ...packages, "packages/b/package.json": '{ "name": "new" }', "node_modules/y/package.json": "{}" };
  const sides = manifestSides(await contextOf({ base, head }));
  const named = (name: string): string =>
    [sides.base, sides.head].map((side) => side.foldersNamed(name, repoPath("tools")).join(" ")).join(" | ");
  expect(["old", "new", "b"].map(named)).toEqual(["tools | ", " | packages/b", "packages/b | "]);
});
