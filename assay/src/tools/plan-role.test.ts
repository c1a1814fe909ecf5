import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Change } from "../model/change.ts";
import type { PlanContext, Task } from "../model/check.ts";
import { repoPath } from "../model/paths.ts";
import { unaffected } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import { planRole } from "./plan-role.ts";
import { pairOf, planContext, scopeOf } from "./testing/plan-context.ts";
import { temporaryWorkspace } from "./testing/temporary-workspace.ts";
import { show, testHost } from "./testing/test-host.ts";
import type { ToolRole } from "./tool.ts";

const everything = { ...unaffected, everything: true };

async function tasksOf(role: ToolRole, context: PlanContext): Promise<readonly Task[]> {
  const plan = await planRole(role, context);
  return plan.status === "planned" ? plan.tasks : [];
}

/** The labels of the work, or why there is none. */
async function planned(role: ToolRole, context: PlanContext): Promise<unknown> {
  const plan = await planRole(role, context);
  return plan.status === "planned" ? plan.tasks.map(({ label }) => label) : plan.reason;
}

/** What each task says. */
async function outcomes(role: ToolRole, context: PlanContext): Promise<readonly unknown[]> {
  using host = testHost();
  const tasks = await tasksOf(role, context);
  // The host is there until all have said something.
  return await Promise.all(
    tasks.map(async (task) => {
      const outcome = await task.run(host);
      return outcome.status === "skipped" ? outcome : show(outcome);
    }),
  );
}

/** A package with one test for each number, and a formatter. */
function manyTests(count: number): Workspace {
  const scripts = { test: "node --test", "format:check": "dprint check" };
  const files = Array.from({ length: count }, (_, index) => [`t/a${index + 10}.test.js`, ""] as const);
  return temporaryWorkspace({ "package.json": JSON.stringify({ scripts }), ...Object.fromEntries(files) });
}

test("the tools of one role are asked, and no others", async () => {
  const workspace = manyTests(1);
  const context = planContext(workspace, { affected: everything });
  expect(await planned("format", context)).toEqual(["npm run format:check"]);
  expect(await planned("tests", context)).toEqual(["node:test, t/a10.test.js"]);
  expect(await planned("types", context)).toBe("the repository has no tool for types");
  expect(await planned("tests", planContext(workspace))).toBe("nothing affected");
});

test("where all tests are due, the loop begins with the nearest and the gate runs them as one", async () => {
  const reached = new Map([[repoPath("t/a40.test.js"), { distance: 0, why: "changed" }]]);
  const context = planContext(manyTests(31), { affected: { ...everything, reached } });
  expect(await planned("tests", context)).toEqual(["node:test, 12 files", "node:test, 19 files"]);
  expect(await planned("tests", { ...context, command: "gate" })).toEqual(["node:test, 31 files"]);
});

test("files of an affected scope are looked at, files without one are not", async () => {
  const lint = (name: string): string => JSON.stringify({ name, scripts: { lint: "stylelint ." } });
  const workspace = temporaryWorkspace({
    "a/package.json": lint("a"),
    "b/package.json": lint("b"),
    "package.json": "{}",
  });
  const scope = scopeOf({ expanded: ["a"] });
  expect(await planned("lint", planContext(workspace, { scope }))).toEqual(["npm run lint in a"]);
  expect(await planned("lint", planContext(workspace, { scope: scopeOf({}) }))).toBe("nothing affected");
});

test("a tool that is declared and not installed can not have its say", async () => {
  const manifest = JSON.stringify({ name: "a", devDependencies: { typescript: "5" } });
  const files = { "tsconfig.json": "{}", "a.ts": "" };
  const inA = { "a/package.json": manifest, "a/tsconfig.json": "{}", "a/a.ts": "" };
  const root = temporaryWorkspace({ "package.json": manifest, ...files });
  const nested = temporaryWorkspace({ "package.json": "{}", ...inA });
  expect(await planned("types", planContext(root))).toEqual(["tsc"]);
  expect(await planned("types", planContext(nested))).toEqual(["tsc in a"]);
  const said = "is declared (tsconfig.json) but not installed";
  expect(await outcomes("types", planContext(root))).toEqual([[`errored tool-missing: tsc ${said}`]]);
  expect(await outcomes("types", planContext(nested))).toEqual([
    ["errored tool-missing: tsc is declared in a (a/tsconfig.json) but not installed"],
  ]);
});

test("what is too much for the loop is left to the gate, and says so", async () => {
  const scripts = { test: "npm run unit", unit: "c8 --100 node --test" };
  const workspace = temporaryWorkspace({ "package.json": JSON.stringify({ scripts }) });
  const context = planContext(workspace, { affected: everything });
  expect(await outcomes("tests", context)).toEqual([
    { status: "skipped", reason: "npm run unit: measures coverage; `assay gate` runs it" },
  ]);
  expect(await planned("tests", { ...context, command: "gate" })).toEqual(["npm run unit"]);
});

/** Its linter misses a package that the manifest declares. */
function unresolved(): Workspace {
  const scripts = { test: "xo && node --test" };
  const workspace = temporaryWorkspace({
    "package.json": JSON.stringify({ scripts, devDependencies: { gone: "1" } }),
    "a.js": "",
  });
  const bin = join(workspace.root, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "xo"), `#!/bin/sh\necho "a.js:1:1: Cannot find package 'gone'"; exit 1\n`);
  chmodSync(join(bin, "xo"), 0o755);
  return workspace;
}

const failed = "failed a.js:1 xo: Cannot find package 'gone'";
const renamed = (previousPath: string): Partial<Change> => ({ kind: "renamed", previousPath: repoPath(previousPath) });

test.each<[string, string, Partial<Change>, string]>([
  ["changed code", "a.js", {}, "errored"],
  ["changed a manifest", "package.json", {}, "errored"],
  ["deleted code", "b.js", { kind: "deleted" }, "errored"],
  ["renamed code", "a.js", renamed("b.js"), "errored"],
  ["deleted a manifest", "b/package.json", { kind: "deleted" }, failed],
  ["moved a manifest", "b/package.json", renamed("c/package.json"), failed],
  ["renamed a manifest", "b/old.json", renamed("b/package.json"), failed],
])("a package that is not installed is the checkout's fault, unless a package went: %s", async (...row) => {
  const [, path, change, expected] = row;
  const pairs = [pairOf("x.js"), pairOf(path, "", "", change)];
  const [said] = await outcomes("lint", planContext(unresolved(), { affected: everything, pairs }));
  const errored = "errored tool-missing: gone is declared and not installed: xo: Cannot find package 'gone'";
  expect(said).toEqual([expected === "errored" ? errored : expected]);
});

test("the gate makes what the test script makes first, and runs nothing else without it; a linter needs none of it", async () => {
  const scripts = { pretest: "node nowhere.js", test: "node --test a.test.js", lint: "node --version" };
  const workspace = temporaryWorkspace({
    "package.json": JSON.stringify({ scripts }),
    "a.test.js": 'require("node:test").test("a", () => {});\n',
  });
  const said = async (role: ToolRole, command: PlanContext["command"]): Promise<readonly unknown[]> =>
    (await outcomes(role, planContext(workspace, { command, affected: everything }))).flat();
  expect(await said("tests", "gate")).toEqual([expect.stringMatching(/node nowhere\.js: Error: Cannot find module/)]);
  expect(await said("tests", "loop")).toEqual(["passed"]);
  expect(await said("lint", "gate")).toEqual(["passed"]);
});
