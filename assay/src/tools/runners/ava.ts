import type { Tool } from "../tool.ts";
import { flagTable } from "./runner-flags.ts";
import { tapToReport } from "./tap.ts";
import { wholeRunner } from "./whole-runner.ts";

/** AVA, read through its TAP output. */
export const ava: Tool = wholeRunner({
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
  // In CI mode AVA compares snapshots and never writes one.
  env: { CI: "true" },
  readOutput: ({ stdout }) => tapToReport(stdout),
});
