import { expect, test } from "vitest";
import type { Command, Host, ProcessOutcome } from "../../model/process.ts";
import type { PackageManager, Workspace } from "../../model/workspace.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { endedWell, show, testHost } from "../testing/test-host.ts";
import { inBuildOrder, runScript } from "./run-script.ts";

/** What the script `a` of a package comes to where its process ends like this, and how it was started. */
async function run(
  ended: Partial<ProcessOutcome>,
  manager: PackageManager = "npm",
  dir = "",
): Promise<readonly [readonly string[], Command | undefined, string | null]> {
  const path = dir === "" ? "package.json" : `${dir}/package.json`;
  const workspace = { ...temporaryWorkspace({ [path]: "{}" }), manager };
  const [pkg] = workspace.packages;
  if (pkg === undefined) throw new Error("there is a package");
  using real = testHost();
  let started: Command | undefined;
  const host: Host = {
    ...real,
    run: (command) => {
      started = { ...command, cwd: command.cwd.replace(workspace.root, "") };
      return Promise.resolve({ ...endedWell, ...ended });
    },
  };
  const outcome = await runScript(host, workspace, pkg, "a");
  return [show(outcome), started, outcome.status === "errored" ? outcome.error.hint : null];
}

test("a script is started by the manager in its folder, quietly where that has a word for it", async () => {
  const [, npm] = await run({}, "npm", "b");
  expect(npm).toEqual({
    file: "npm",
    args: ["run", "--silent", "a"],
    cwd: "/b",
    env: { CI: "true", UPDATE_SNAPSHOT: undefined },
  });
  expect((await run({}, "yarn"))[1]).toMatchObject({ file: "yarn", args: ["run", "a"], cwd: "" });
  expect((await run({}, "pnpm"))[1]?.args).toEqual(["run", "--silent", "a"]);
  expect((await run({}, "bun"))[1]?.args).toEqual(["run", "--silent", "a"]);
});

test("its exit code is the verdict, but where a program was not found", async () => {
  expect((await run({}))[0]).toEqual(["passed"]);
  expect((await run({ exitCode: 1, stdout: "it failed\n" }, "npm", "b"))[0]).toEqual([
    "failed -:- npm run a in b: it failed",
  ]);
  expect((await run({ exitCode: 125, stderr: "it failed" }))[0]).toEqual(["failed -:- npm run a: it failed"]);
  expect((await run({ exitCode: 128, stderr: "it failed" }))[0]).toEqual(["failed -:- npm run a: it failed"]);
  const missing = { exitCode: 127, stdout: "out", stderr: "sh: x: not found" };
  expect(await run(missing, "pnpm")).toMatchObject([
    ["errored tool-missing: pnpm run a: sh: x: not found"],
    {},
    "pnpm install",
  ]);
  expect((await run({ exitCode: 126, stdout: "out" }))[0]).toEqual(["errored tool-missing: npm run a: out"]);
  expect((await run({ exitCode: 127 }))[0]).toEqual(["errored tool-missing: npm run a: a program of it was not found"]);
});

test("without its manager, or before its end, there is no verdict", async () => {
  expect(await run({ exitCode: null, spawnError: "spawn yarn ENOENT" }, "yarn")).toMatchObject([
    ["errored tool-missing: yarn run a: yarn is not installed"],
    {},
    "npm install --global yarn",
  ]);
  expect((await run({ exitCode: null, spawnError: "EACCES" }))[0]).toEqual([
    "errored tool-failed: npm run a could not be started: EACCES",
  ]);
  expect((await run({ exitCode: null, timedOut: true }))[0]).toEqual(["deferred"]);
});

test("packages come after those that they depend on, in a circle too, and only those that have the script", () => {
  const manifest = (name: string, needs: readonly string[], scripts: object = { build: "x" }): string =>
    JSON.stringify({ name, scripts, dependencies: Object.fromEntries(needs.map((each) => [each, "*"])) });
  const workspace: Workspace = temporaryWorkspace({
    "a/package.json": manifest("a", ["c", "elsewhere"]),
    "b/package.json": manifest("b", ["d"], {}),
    "c/package.json": manifest("c", ["b"]),
    "d/package.json": manifest("d", ["c"]),
  });
  expect(inBuildOrder(workspace, "build").map(({ dir }) => dir)).toEqual(["d", "c", "a"]);
  expect(inBuildOrder(workspace, "lint")).toEqual([]);
});
