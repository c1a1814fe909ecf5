import { expect, test } from "vitest";
import { planScripts } from "./plan-scripts.ts";
import { temporaryWorkspace } from "./testing/temporary-workspace.ts";
import { show, testHost } from "./testing/test-host.ts";

type Scripts = Readonly<Record<string, string>>;

/** Folder to scripts. Each package depends on those that are named after it. */
function planOf(
  packages: Readonly<Record<string, Scripts>>,
  ...names: readonly [string, ...string[]]
): ReturnType<typeof planScripts> {
  const dirs = Object.keys(packages);
  const files = Object.entries(packages).map(([dir, scripts], index) => {
    const dependencies = Object.fromEntries(dirs.slice(index + 1).map((later) => [later, "*"]));
    const manifest = JSON.stringify({ name: dir, scripts, dependencies });
    return [dir === "" ? "package.json" : `${dir}/package.json`, manifest] as const;
  });
  return planScripts(temporaryWorkspace(Object.fromEntries(files)), names);
}

/** Its label and what it says, or why there is none. */
async function run(
  packages: Readonly<Record<string, Scripts>>,
  ...names: readonly [string, ...string[]]
): Promise<unknown> {
  const plan = planOf(packages, ...names);
  if (plan.status === "skipped") return plan.reason;
  using host = testHost();
  const said: string[] = [];
  for (const task of plan.tasks) said.push(task.label, ...show(await task.run(host)));
  return [said, host.commands.length];
}

test("the first name that the root has is the script, whatever the packages have", async () => {
  const packages = { "": { "docs:build": "exit 0", "build:docs": "exit 1" }, a: { docs: "exit 1" } };
  expect(await run(packages, "docs", "docs:build", "build:docs")).toEqual([["npm run docs:build", "passed"], 1]);
});

test("without one in the root, packages run theirs after those that they depend on", async () => {
  const packages = { "": {}, a: { build: "exit 0" }, b: { build: "exit 0" }, c: {} };
  expect(await run(packages, "build")).toEqual([["npm run build in b, npm run build in a", "passed"], 2]);
  expect(await run({ a: { build: "exit 0" } }, "build")).toEqual([["npm run build in a", "passed"], 1]);
});

test("what comes after a script that fails is not run", async () => {
  const packages = { "": {}, a: { build: "exit 0" }, b: { build: "echo no such colour; exit 1" } };
  const said = ["npm run build in b, npm run build in a", "failed -:- npm run build in b: no such colour"];
  expect(await run(packages, "build")).toEqual([said, 1]);
});

test("where nobody has the script, its first name is said", async () => {
  expect(await run({ "": { test: "exit 0" }, a: {} }, "build", "compile")).toBe("no script named build");
});
