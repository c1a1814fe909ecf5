import type { Tool } from "../tool.ts";
import { reporterPath } from "./reporter-path.ts";
import { flagTable } from "./runner-flags.ts";
import { wholeRunner } from "./whole-runner.ts";

export const mocha: Tool = wholeRunner({
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
      --reporter-options --watch-files --global
    `,
    dropped: `
      -R --reporter -O --reporter-option --reporter-options -w --watch --watch-files --watch-ignore -b --bail
      --pass-on-failing-test-suite --dry-run
    `,
  }),
  fixedFlags: () => ["--reporter", reporterPath("mocha"), "--no-bail", "--no-watch"],
  env: {},
});
