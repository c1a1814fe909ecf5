// Mocha, run as a whole: its own configuration says which files, and tests may depend on each other's order.
import { findInstalled, installCommand, usesPlugAndPlay } from "./installed.ts";
import { readArguments } from "./argument-lists.ts";
import { reporterPath } from "./reporter-path.ts";
import { flagTable } from "./runner-flags.ts";
import { findUses, nestedDirs, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import { concerns } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";
import type { Workspace } from "../model/workspace.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Detection, Tool } from "./tool.ts";

const signs: RunnerSigns = {
  packageName: "mocha",
  startedBy: ({ command }) => command === "mocha" || command === "_mocha",
  configFiles: ["cjs", "js", "mjs", "json", "jsonc", "yaml", "yml"].map((extension) => `.mocharc.${extension}`),
  projectsAlone: false,
  manifestField: "mocha",
};

export const mocha: Tool = {
  name: "mocha",
  role: "tests",
  detect(workspace) {
    const uses = findUses(workspace, signs).filter((use) => !usesPlugAndPlay(workspace, use.dir));
    return Promise.resolve(uses.map((use) => toDetection(workspace, use, nestedDirs(use.dir, uses))));
  },
};

function toDetection(workspace: Workspace, use: RunnerUse, nested: readonly RepoPath[]): Detection {
  const { dir, evidence } = use;
  const found = findInstalled(workspace, dir, "mocha");
  const common = { tool: "mocha", role: "tests", dir, evidence } as const;
  if (found === undefined) {
    return { ...common, version: null, install: installCommand(workspace, dir, "mocha"), plan: () => [] };
  }
  const given = readArguments(use.invocation?.args ?? [], flags);
  const setup: RunnerSetup = {
    workspace,
    tool: "mocha",
    version: found.version,
    dir,
    args: [...(use.invocation?.nodeArgs ?? []), found.bin("mocha"), ...given.flags, ...fixedFlags()],
    env: use.invocation?.env ?? {},
    fileArgs: () => given.paths,
    reportArgs: () => [],
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
    -r --require --import --loader -t --timeout --config --package --spec --file -f --fgrep -g --grep --ignore
    --exclude --extension -u --ui --jobs -j --retries -s --slow -R --reporter -O --reporter-option
    --reporter-options --watch-files --global
  `,
  dropped: `
    -R --reporter -O --reporter-option --reporter-options -w --watch --watch-files --watch-ignore -b --bail -c
    --color --colors --pass-on-failing-test-suite --dry-run
  `,
});

function fixedFlags(): readonly string[] {
  return ["--reporter", reporterPath("mocha"), "--no-bail", "--no-color", "--no-watch"];
}
