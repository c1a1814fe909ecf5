import type { Workspace } from "../../model/workspace.ts";
import type { Tool } from "../tool.ts";
import { flagTable } from "./runner-flags.ts";
import { tapToReport } from "./tap.ts";
import type { TestCommand } from "./test-command.ts";
import { wholeRunner, wholeRunnerCommands, type WholeRunner } from "./whole-runner.ts";

const runner: WholeRunner = {
  signs: {
    packageName: "ava",
    startedBy: ({ program, args }) => program === "ava" && args[0] !== "debug",
    configFiles: ["ava.config.js", "ava.config.mjs", "ava.config.cjs"],
    projectsAlone: false,
    manifestField: "ava",
  },
  flags: flagTable({
    values: `
      -c --concurrency --config -m --match -T --timeout --node-arguments
    `,
    dropped: `
      -w --watch -t --tap -v --verbose --fail-fast -u --update-snapshots --reset-cache
    `,
  }),
  fixedFlags: () => ["--tap", "--no-watch"],
  stopFlags: ["--fail-fast"],
  // In CI mode AVA compares snapshots and never writes one.
  env: { CI: "true" },
  readOutput: ({ stdout }) => tapToReport(stdout),
};

/** AVA, read through its TAP output. */
export const ava: Tool = wholeRunner(runner);

export function avaCommands(workspace: Workspace): readonly TestCommand[] {
  return wholeRunnerCommands(runner, workspace);
}
