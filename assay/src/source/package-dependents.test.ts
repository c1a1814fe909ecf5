import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { readGraph } from "./graph.ts";
import { packageDependents } from "./package-dependents.ts";
import { temporaryWorkspace } from "./testing/temporary-workspace.ts";

test("a package is followed by all that depend on it, by manifest or by an import, and by no others", async () => {
  const temporary = temporaryWorkspace({
    "package.json": '{"name":"root"}',
    "core/package.json": '{"name":"core"}',
    "core/core.ts": "",
    "app/package.json": '{"name":"app","dependencies":{"core":"*","elsewhere":"*"}}',
    "shop/package.json": '{"name":"shop"}',
    "shop/shop.ts": 'import "../app/app.ts";',
    "app/app.ts": "",
    "alone/package.json": '{"name":"alone","dependencies":{"shop":"*"}}',
  });
  onTestFinished(() => temporary.remove());
  const workspace = temporary.read();
  const dependentsOf = packageDependents(workspace, await readGraph(workspace, { cacheFile: null }));
  expect([...dependentsOf(repoPath("core"))]).toEqual(["core", "app", "shop", "alone"]);
  expect([...dependentsOf(repoPath("shop"))]).toEqual(["shop", "alone"]);
  // Asked again it is no other answer.
  expect(dependentsOf(repoPath("core"))).toBe(dependentsOf(repoPath("core")));
  expect([...dependentsOf(repoPath("gone"))]).toEqual(["gone"]);
});
