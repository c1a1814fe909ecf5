import type { Workspace } from "../../model/workspace.ts";
import type { Tool } from "../tool.ts";
import { reporterPath } from "./reporter-path.ts";
import { flagTable } from "./runner-flags.ts";
import type { TestCommand } from "./test-command.ts";
import { wholeRunner, wholeRunnerCommands, type WholeRunner } from "./whole-runner.ts";

const runner: WholeRunner = {
  signs: {
    packageName: "mocha",
    startedBy: ({ program }) => program === "mocha" || program === "_mocha",
    configFiles: ["cjs", "js", "mjs", "json", "jsonc", "yaml", "yml"].map((extension) => `.mocharc.${extension}`),
    projectsAlone: false,
    manifestField: "mocha",
  },
  flags: flagTable({
    values: `
      -r --require --import --loader -t --timeout --config --package --spec --file -f --fgrep -g --grep --ignore
      --exclude --extension -u --ui --jobs -j --retries -s --slow -R --reporter -O --reporter-option
      --reporter-options --watch-files --watch-ignore --global --globals -n --node-option
    `,
    dropped: `
      -R --reporter -O --reporter-option --reporter-options -w --watch --watch-files --watch-ignore -b --bail
      --pass-on-failing-test-suite --dry-run
    `,
  }),
  fixedFlags: () => ["--reporter", reporterPath("mocha"), "--no-bail", "--no-watch"],
  stopFlags: ["--bail"],
  env: {},
};

export const mocha: Tool = wholeRunner(runner);

export function mochaCommands(workspace: Workspace): readonly TestCommand[] {
  return wholeRunnerCommands(runner, workspace);
}
