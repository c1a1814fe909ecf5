// The same tools, called by hand in their own affected modes, one after the other.
import { join } from "node:path";

/**
 * @typedef {import("../monorepo/configuration.mjs").Linter} Linter
 * @typedef {import("../compare.mjs").Step} Step
 */

/**
 * @param {string} dir
 * @param {Linter} lint
 * @param {readonly string[]} affected Folders of packages.
 * @param {{ report?: boolean, moduleCache?: string }} [options]
 *   `report`: in the form that a program reads, and whatever the exit code. `moduleCache`: a folder in which vitest keeps
 *   transformed modules, which it does not do by itself.
 * @returns {{ tests: Step, lint: Step, types: readonly Step[] }}
 */
export function peerSteps(dir, lint, affected, { report = false, moduleCache } = {}) {
  const expect = report ? [0, 1, 2] : [0];
  const step = (/** @type {string} */ name, /** @type {readonly string[]} */ args) => ({
    ...tool(dir, name, args),
    expect,
  });
  const cached =
    moduleCache === undefined
      ? []
      : ["--experimental.fsModuleCache", `--experimental.fsModuleCachePath=${moduleCache}`];
  const typeAware = lint === "oxlint" ? ["--type-aware"] : [];
  return {
    tests: step("vitest", ["run", "--changed", "main", ...cached, ...(report ? ["--reporter=json"] : [])]),
    lint: step(lint, [...typeAware, ...(report ? ["--format=json"] : []), ...affected]),
    types: affected.map((pkg) => step("tsc", ["-p", pkg, "--pretty", "false"])),
  };
}

/** @param {string} dir @returns {Step} */
export function turboStep(dir) {
  const args = ["run", "lint", "typecheck", "test", "--affected", "--force", "--output-logs=errors-only"];
  return {
    ...tool(dir, "turbo", args),
    env: { TURBO_SCM_BASE: "main", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  };
}

/** @param {string} dir @returns {Step} */
export function nxStep(dir) {
  const args = [
    "affected",
    "-t",
    "lint",
    "typecheck",
    "test",
    "--base=main",
    "--head=HEAD",
    "--skip-nx-cache",
    "--output-style=static",
  ];
  return { ...tool(dir, "nx", args), env: nxEnvironment };
}

/** @param {string} dir @returns {Step} */
export function nxReset(dir) {
  return { ...tool(dir, "nx", ["reset"]), env: nxEnvironment };
}

// Cold, and nothing left running behind the measurement.
const nxEnvironment = { NX_DAEMON: "false", NX_NO_CLOUD: "true", NX_TUI: "false", CI: "1", DO_NOT_TRACK: "1" };

/** A tool as the package manager linked it: no `npx`, no package script in front. @param {string} dir @param {string} name @param {readonly string[]} args @returns {Step} */
export function tool(dir, name, args) {
  return { command: join(dir, "node_modules/.bin", name), args, cwd: dir };
}
