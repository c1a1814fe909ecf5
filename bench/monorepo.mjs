// Generates a TypeScript monorepo to measure on: layered packages linked from source, real tests, a linter, a formatter,
// turbo and nx beside each other, and a git history. The same options give the same repository.
//
// node bench/monorepo.mjs DIR [--packages 40] [--files 8] [--tests 2] [--bytes 0] [--lint eslint|oxlint]
//                             [--format prettier|oxfmt] [--seed 1] [--no-install]
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { writeConfiguration } from "./monorepo/configuration.mjs";
import { planPackages } from "./monorepo/layout.mjs";
import { writeSources } from "./monorepo/sources.mjs";

/**
 * @typedef {object} MonorepoOptions
 * @property {number} [packages]
 * @property {number} [files] Source files a package, its index counted.
 * @property {number} [tests] Test files a package, 8 tests each.
 * @property {number} [bytes] The least size of a source file; 0: as long as its five functions are.
 * @property {number} [imports] How many modules of its package a module imports.
 * @property {import("./monorepo/configuration.mjs").Linter} [lint]
 * @property {import("./monorepo/configuration.mjs").Formatter} [format]
 * @property {number} [seed]
 * @property {boolean} [install] Installs the tools from the registry and commits the lockfile.
 *
 * @typedef {object} Monorepo
 * @property {string} dir
 * @property {Target} near A module of a package that few depend on.
 * @property {Target} deep A module of a package that most depend on.
 * @property {{ packages: number, source_files: number, test_files: number, tests: number, bytes: number }} size
 *
 * @typedef {{ readonly path: string, readonly dir: string, readonly affected: readonly string[] }} Target
 *   `affected`: the folders of its package and of all that depend on it.
 */

const defaults = {
  packages: 40,
  files: 8,
  tests: 2,
  bytes: 0,
  imports: 2,
  lint: "oxlint",
  format: "oxfmt",
  seed: 1,
  install: true,
};

/**
 * Leaves `main`, and `work` checked out at the same commit.
 *
 * @param {string} dir An empty folder, or one that is not there yet.
 * @param {MonorepoOptions} [given]
 * @returns {Monorepo}
 */
export function generateMonorepo(dir, given = {}) {
  const options = /** @type {Required<MonorepoOptions>} */ ({ ...defaults, ...given });
  mkdirSync(dir, { recursive: true });
  if (readdirSync(dir).length > 0) throw new Error("the folder for the monorepo is not empty");
  const layout = planPackages({
    packages: options.packages,
    modules: options.files - 1,
    imports: options.imports,
    seed: options.seed,
  });
  const configuration = writeConfiguration(layout, options);
  const sources = writeSources(layout, {
    functions: options.bytes > 0 ? 1 : 5,
    bytes: options.bytes,
    testFiles: options.tests,
    testsPerFile: 8,
    seed: options.seed,
  });
  for (const file of [...configuration, ...sources]) write(dir, file);
  if (options.install) install(dir, options.format);
  commitHistory(dir, layout);
  const tests = sources.filter(({ path }) => path.endsWith(".test.ts"));
  return {
    dir,
    ...targets(layout),
    size: {
      packages: layout.length,
      source_files: sources.length - tests.length,
      test_files: tests.length,
      tests: tests.reduce((sum, { text }) => sum + text.split('\ntest("').length - 1, 0),
      bytes: sources.reduce((sum, { text }) => sum + text.length, 0),
    },
  };
}

/**
 * Adds a function to a module: an edit that breaks nothing.
 *
 * @param {string} dir
 * @param {Target} target
 * @param {string} [name]
 */
export function editModule(dir, target, name = "roundedToTen") {
  const path = join(dir, target.path);
  const addition = `\n/** Rounds to the ten below. */\nexport function ${name}(value: number): number {\n  return Math.floor(value / 10) * 10;\n}\n`;
  writeFileSync(path, readFileSync(path, "utf8") + addition);
}

/** @param {string} dir @param {readonly string[]} args */
export function git(dir, ...args) {
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], {
    cwd: dir,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 28,
  }).trim();
}

/** @param {string} dir @param {import("./monorepo/sources.mjs").TextFile} file */
function write(dir, { path, text }) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

/** @param {string} dir @param {string} formatter */
function install(dir, formatter) {
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: dir,
    stdio: "ignore",
  });
  // Manifests and configuration are written for reading here; the formatter has the last word on them.
  const args = formatter === "prettier" ? ["prettier", "--write", "--log-level=error", "."] : ["oxfmt"];
  execFileSync("npx", args, { cwd: dir, stdio: "ignore" });
}

/** One commit for the configuration, one a layer. @param {string} dir @param {readonly import("./monorepo/layout.mjs").PackageLayout[]} layout */
function commitHistory(dir, layout) {
  git(dir, "init", "-q", "-b", "main");
  git(
    dir,
    "add",
    "--",
    ...readdirSync(dir).filter((name) => name !== "packages" && name !== ".git" && name !== "node_modules"),
  );
  commit(dir, "chore: set up the workspace", 0);
  for (const layer of new Set(layout.map((pkg) => pkg.layer))) {
    git(dir, "add", "--", ...layout.filter((pkg) => pkg.layer === layer).map((pkg) => pkg.dir));
    commit(dir, `feat: add the packages of layer ${layer}`, layer + 1);
  }
  git(dir, "checkout", "-q", "-b", "work");
}

/** @param {string} dir @param {string} message @param {number} day */
function commit(dir, message, day) {
  const date = `2026-01-0${1 + (day % 9)}T12:00:00Z`;
  process.env.GIT_AUTHOR_DATE = date;
  process.env.GIT_COMMITTER_DATE = date;
  git(dir, "commit", "-q", "-m", message);
  delete process.env.GIT_AUTHOR_DATE;
  delete process.env.GIT_COMMITTER_DATE;
}

/** @param {readonly import("./monorepo/layout.mjs").PackageLayout[]} layout @returns {{ near: Target, deep: Target }} */
function targets(layout) {
  const sorted = layout
    .map((pkg) => ({
      path: `${pkg.dir}/src/${pkg.modules[0].name}.ts`,
      dir: pkg.dir,
      affected: dependentsOf(layout, pkg),
    }))
    .toSorted((a, b) => a.affected.length - b.affected.length);
  const near = sorted.find(({ affected }) => affected.length === 3) ?? sorted[0];
  return { near, deep: sorted[sorted.length - 1] };
}

/** @param {readonly import("./monorepo/layout.mjs").PackageLayout[]} layout @param {import("./monorepo/layout.mjs").PackageLayout} start */
function dependentsOf(layout, start) {
  const reached = new Set([start]);
  // In the layout's order what is needed comes first, so that one pass is enough.
  for (const pkg of layout) if (pkg.needs.some((need) => reached.has(need))) reached.add(pkg);
  return layout.filter((pkg) => reached.has(pkg)).map((pkg) => pkg.dir);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      packages: { type: "string" },
      files: { type: "string" },
      tests: { type: "string" },
      bytes: { type: "string" },
      imports: { type: "string" },
      seed: { type: "string" },
      lint: { type: "string" },
      format: { type: "string" },
      "no-install": { type: "boolean", default: false },
    },
  });
  const { lint, format, "no-install": bare, ...numbers } = values;
  const given = {
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)])),
    ...(lint === undefined ? {} : { lint }),
    ...(format === undefined ? {} : { format }),
    install: !bare,
  };
  const { dir: _, ...made } = generateMonorepo(
    resolve(positionals[0] ?? "monorepo"),
    /** @type {MonorepoOptions} */ (given),
  );
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
}
