import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { readGraph } from "./graph.ts";
import { packageReach } from "./package-reach.ts";
import { temporaryWorkspace, type TemporaryWorkspace } from "./testing/temporary-workspace.ts";

const made: TemporaryWorkspace[] = [];

afterEach(() => {
  for (const workspace of made.splice(0)) workspace.remove();
});

const packages = {
  "package.json": '{"name":"root"}',
  "a/package.json": '{"name":"a","dependencies":{"b":"*"}}',
  "a/a.ts": "",
  "b/package.json": '{"name":"b"}',
  "b/b.ts": "",
  "c/package.json": '{"name":"c"}',
  "c/c.ts": "",
};

/** What the package `a` can see, when these files are added; `everything` where that can't be told. */
async function reachOfA(
  files: Readonly<Record<string, string>>,
  prepare: (root: string) => void = () => {},
): Promise<string> {
  const temporary = temporaryWorkspace({ ...packages, ...files });
  made.push(temporary);
  prepare(temporary.root);
  const workspace = temporary.read();
  const reach = packageReach(workspace, await readGraph(workspace, { cacheFile: null }))(repoPath("a"));
  return reach === null ? "everything" : [...reach].toSorted().join(" ");
}

test.each<readonly [string, Readonly<Record<string, string>>, string]>([
  ["what its manifest names", {}, "a b"],
  ["what that one's manifest names in turn", { "b/package.json": '{"name":"b","dependencies":{"c":"*"}}' }, "a b c"],
  ["what it imports without saying so", { "a/a.ts": 'import "../c/c.ts";' }, "a b c"],
  ["what a dependency imports without saying so", { "b/b.ts": 'import "../c/c";' }, "a b c"],
  ["everything, when a file reads others", { "a/load.ts": 'import { readFileSync } from "node:fs";' }, "everything"],
  ["everything, when a dependency runs programs", { "b/run.ts": 'import "node:child_process";' }, "everything"],
  ["no more for a configuration that stays in its folder", { "a/vite.config.ts": 'import "vite";' }, "a b"],
  ["everything, when its configuration leaves its folder", { "a/vite.config.ts": 'load("../x");' }, "everything"],
  ["no more for what another reads", { "c/load.ts": 'import "node:fs";' }, "a b"],
  ["no package for what the root holds", { "a/a.ts": 'import "../tool.ts";', "tool.ts": "" }, "a b"],
])("a package sees %s", async (_what, files, expected) => {
  expect(await reachOfA(files)).toBe(expected);
});

test("a package sees everything, when its configuration can not be read", async () => {
  const temporary = temporaryWorkspace({ ...packages, "a/vite.config.ts": "" });
  made.push(temporary);
  const workspace = temporary.read();
  const graph = await readGraph(workspace, { cacheFile: null });
  expect(packageReach({ ...workspace, readText: () => undefined }, graph)(repoPath("a"))).toBe(null);
});

test("a package sees what a link in it leads to", async () => {
  const link = (root: string): void => symlinkSync("../c", join(root, "a/shared"));
  expect(await reachOfA({ "a/a.ts": 'import "./shared/c.ts";' }, link)).toMatch(/^(?:a b c|everything)$/);
});
