// What the programs that scripts start are for, as far as no other file here runs them.

/** Checks by their command. Those of `tests` look at what a build has made. */
export const checkers: ReadonlyMap<string, CheckerRole> = new Map<string, CheckerRole>([
  ...roleOf("lint", "xo standard ts-standard semistandard stylelint tslint jshint markdownlint markdownlint-cli2 knip"),
  ...roleOf("types", "check-dts tsd tsd-lite tstyche dtslint flow svelte-check expect-type"),
  ...roleOf("tests", "attw publint size-limit bundlewatch bundlesize import-size es-check"),
]);

type CheckerRole = "lint" | "types" | "tests";

function roleOf(role: CheckerRole, programs: string): readonly (readonly [string, CheckerRole])[] {
  return programs.split(" ").map((program) => [program, role]);
}

/** Test programs of which no more is known than what they print. */
const otherRunners = new Set(["borp", "brittle", "jasmine", "lab", "poku", "qunit", "tap", "tape", "uvu"]);
const runners = new Set(["_mocha", "ava", "jest", "jest-cli", "mocha", "vitest"]);
const fileTools = new Set(["biome", "eslint", "oxfmt", "oxlint", "prettier"]);
const compilers = new Set(["tsc", "tsgo", "vue-tsc"]);
const silent = new Set([":", "cd", "echo", "exit", "set", "true"]);
const makers = new Set(
  `bnt cp cpy copyfiles del del-cli esbuild microbundle mkdir mkdirp ncc nodemon parcel preconstruct rimraf rm rollup
  shx swc tsc-alias tsdown tshy tsup unbuild vite webpack zshy`.split(/\s+/u),
);

const buildScript = /(?:^|:)(?:build|bundle|compile|prepare)(?:$|:)/u;

interface Started {
  readonly program: string;
  readonly args: readonly string[];
  readonly script: string;
}

/** Is it one of the test runners that are known? */
export function isRunner({ program, args }: Started): boolean {
  return runners.has(program) || ((program === "node" || program === "tsx") && args.includes("--test"));
}

/** Is it a test program that is run by what a script says alone? */
export function isOtherRunner({ program }: Pick<Started, "program">): boolean {
  return otherRunners.has(program);
}

const interpreters = new Set("bash bun deno jiti node sh ts-node tsx".split(" "));
const outgoing = /publish|deploy|upload|release|coverage|report/iu;

/** Does it run a file of the repository, which may be a test, and sends nothing away? */
export function runsFile(started: Started): boolean {
  const { program, args } = started;
  if (isRunner(started) || [program, ...args].some((word) => outgoing.test(word))) return false;
  return interpreters.has(program) ? args.length > 0 : /\.(?:sh|[cm]?js)$/u.test(program);
}

/** Does it check nothing, but make what a later command needs? */
export function isPreparation(started: Started): boolean {
  const { program, script } = started;
  if (isRunner(started) || checkers.has(program) || fileTools.has(program) || silent.has(program)) return false;
  return !compilers.has(program) || buildScript.test(script);
}

/** Could there be files behind it that were not there? A compiler makes some unless it is told not to. */
export function mayMake(started: Started): boolean {
  return isPreparation(started) || (compilers.has(started.program) && !judgesFiles(started));
}

/** Is it neither run by another file here nor a maker of files? */
export function isStrange(started: Started): boolean {
  const { program, script } = started;
  const known = [fileTools, compilers, silent, makers].some((names) => names.has(program));
  return !known && !isRunner(started) && !buildScript.test(script);
}

/** Does it judge files as they are, and make none? */
export function judgesFiles({ program, args }: Started): boolean {
  if (checkers.has(program) || fileTools.has(program)) return true;
  return compilers.has(program) && args.some((arg) => /^--noEmit$/iu.test(arg));
}
