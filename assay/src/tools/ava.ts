// AVA, run as a whole, read through its TAP output.
import type { RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { readArguments } from "./argument-lists.ts";
import { findInstalled, installCommand, usesPlugAndPlay } from "./installed.ts";
import { flagTable } from "./runner-flags.ts";
import { findUses, nestedDirs, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import { tapToReport } from "./tap.ts";
import { concerns } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";
import type { Detection, Tool } from "./tool.ts";

const signs: RunnerSigns = {
  packageName: "ava",
  startedBy: ({ command, args }) => command === "ava" && args[0] !== "debug",
  configFiles: ["ava.config.js", "ava.config.mjs", "ava.config.cjs"],
  projectsAlone: false,
  manifestField: "ava",
};

export const ava: Tool = {
  name: "ava",
  role: "tests",
  detect(workspace) {
    const uses = findUses(workspace, signs).filter((use) => !usesPlugAndPlay(workspace, use.dir));
    return Promise.resolve(uses.map((use) => toDetection(workspace, use, nestedDirs(use.dir, uses))));
  },
};

function toDetection(workspace: Workspace, use: RunnerUse, nested: readonly RepoPath[]): Detection {
  const { dir, evidence } = use;
  const found = findInstalled(workspace, dir, "ava");
  const common = { tool: "ava", role: "tests", dir, evidence } as const;
  if (found === undefined) {
    return { ...common, version: null, install: installCommand(workspace, dir, "ava"), plan: () => [] };
  }
  const given = readArguments(use.invocation?.args ?? [], flags);
  const setup: RunnerSetup = {
    workspace,
    tool: "ava",
    version: found.version,
    dir,
    args: [...(use.invocation?.nodeArgs ?? []), found.bin("ava"), ...given.flags, "--tap", "--no-watch"],
    // In CI mode AVA compares snapshots and never writes one.
    env: { ...use.invocation?.env, CI: "true" },
    fileArgs: () => given.paths,
    reportArgs: () => [],
    readOutput: ({ stdout }) => tapToReport(stdout),
  };
  const whole = { files: null, first: false, mayBeEmpty: false };
  return {
    ...common,
    version: found.version,
    install: null,
    plan: (selection) => (concerns(selection, workspace, dir, nested) ? [testTask(setup, whole)] : []),
  };
}

const flags = flagTable({
  values: `
    -c --concurrency --config -m --match -T --timeout --node-arguments
  `,
  dropped: `
    -w --watch -t --tap -v --verbose --fail-fast -u --update-snapshots --color --no-color --reset-cache
  `,
});
