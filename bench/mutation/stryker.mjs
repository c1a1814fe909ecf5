// StrykerJS on a copy of a repository, with that repository's own vitest.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "../checkouts.mjs";

export const strykerVersion = "10.1.1";

/**
 * @typedef {{ readonly line: number, readonly column: number }} Place
 * @typedef {{ readonly id: string, readonly mutatorName: string, readonly replacement: string, readonly status: string, readonly location: { readonly start: Place, readonly end: Place } }} ReportedMutant
 * @typedef {{ readonly files: Readonly<Record<string, { readonly mutants: readonly ReportedMutant[] }>> }} Report The common schema, as far as it is read here.
 */

/** @param {string} dir @returns {string} The folder. */
export function installStryker(dir) {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "package.json"), `{ "private": true }\n`);
  const packages = [`@stryker-mutator/core@${strykerVersion}`, `@stryker-mutator/vitest-runner@${strykerVersion}`];
  // Without its peers: vitest is the repository's. It reads tsconfigs with a compiler in JavaScript.
  execFileSync(
    "npm",
    ["install", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error", ...packages, "typescript@5.9.3"],
    { cwd: dir, stdio: "ignore" },
  );
  return dir;
}

/**
 * @param {string} stryker Its folder.
 * @param {string} dir The copy of the repository.
 * @param {{ name: string, ranges: readonly string[], excluded?: readonly string[], configFile?: string }} options
 *   `ranges`: as `mutate` takes them. `excluded`: kinds of mutants.
 * @returns {{ step: import("../compare.mjs").Step, clean: () => void, report: () => Report }}
 */
export function strykerRun(stryker, dir, { name, ranges, excluded = [], configFile }) {
  const vitest = join(stryker, "node_modules/vitest");
  const file = (/** @type {string} */ suffix) => join(stryker, `${name}${suffix}`);
  const options = {
    testRunner: "vitest",
    plugins: [join(stryker, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js")],
    coverageAnalysis: "perTest",
    concurrency: 2,
    // It copies files, and fails on a link to a folder.
    ignorePatterns: linksIn(dir),
    mutate: ranges,
    mutator: { excludedMutations: excluded },
    reporters: ["json"],
    jsonReporter: { fileName: file(".report.json") },
    tempDirName: file(".tmp"),
    ...(configFile === undefined ? {} : { vitest: { configFile } }),
  };
  writeFileSync(file(".conf.json"), JSON.stringify(options));
  const bin = join(stryker, "node_modules/@stryker-mutator/core/bin/stryker.js");
  return {
    step: { command: process.execPath, args: [bin, "run", file(".conf.json")], cwd: dir },
    clean() {
      rmSync(file(".report.json"), { force: true });
      rmSync(file(".tmp"), { recursive: true, force: true });
      rmSync(vitest, { recursive: true, force: true });
      symlinkSync(join(dir, "node_modules/vitest"), vitest);
    },
    report() {
      if (!existsSync(file(".report.json"))) throw new Error("StrykerJS has written no report");
      return /** @type {Report} */ (JSON.parse(readFileSync(file(".report.json"), "utf8")));
    },
  };
}

/** Symbolic links that git tracks. @param {string} dir */
function linksIn(dir) {
  const entries = git(dir, "ls-files", "--stage", "-z").split("\0");
  return entries
    .filter((entry) => entry.startsWith("120000 "))
    .map((entry) => `/${entry.slice(entry.indexOf("\t") + 1)}`);
}
