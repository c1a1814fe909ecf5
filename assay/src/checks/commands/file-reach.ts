// Which files a verification is told to look at, by its arguments.
import type { ChangeContext } from "../../model/check.ts";
import { isWithin, nameOf, type RepoPath } from "../../model/paths.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import { isFixture } from "../change/hand-written.ts";
import type { Loss } from "./verification-losses.ts";
import type { Amount, Verification } from "./verifications.ts";
import { shortenedPath } from "../change/shortened.ts";

const byName: ReadonlySet<string> = new Set(["vitest", "jest", "jest-cli", "playwright", "bun"]);
const byPattern: ReadonlySet<string> = new Set(["mocha", "_mocha", "ava", "node", "tsx", "uvu", "tape", "tap"]);
const byFolder: ReadonlySet<string> = new Set(["eslint", "oxlint", "prettier", "biome", "oxfmt", "xo"]);
const testName = /[._-](?:test|spec)\.[cm]?[jt]sx?$/u;

const withValue =
  /^(?:--config|-c|--ext|--reporter|-r|--require|--import|--loader|--format|-f|--output-file|--outputFile|-o|--max-warnings|--cache-location|--project|-p|--environment|--pool|--parser|--rulesdir|--resolve-plugins-relative-to|--ignore-path|--timeout|-t|--testNamePattern|--grep|-g|--maxWorkers|--testTimeout|--test-reporter|--test-reporter-destination|--test-concurrency|--env-file|--conditions|-C|--tsconfig|--ui|-u|--spec|--shard|--retry|--retries|--plugin|--experimental-loader|--coverage\.\S+|--coverageDirectory|--coverageProvider|--coverageReporters|--reporters|--mode|--test-name-pattern)$/u;
const pathFlags: ReadonlySet<string> = new Set([
  "--testPathPattern",
  "--testPathPatterns",
  "--dir",
  "--root",
  "--roots",
  "--rootDir",
  "--testRegex",
]);
const excluding: ReadonlySet<string> = new Set([
  "--exclude",
  "--ignore-pattern",
  "--ignore",
  "--testPathIgnorePatterns",
  "--modulePathIgnorePatterns",
  "--test-exclude",
]);

/** Files that were looked at and no longer are, by this or any other of the amounts. */
export async function lostFiles(
  context: ChangeContext,
  base: Amount,
  head: Amount,
  others: Amount,
): Promise<readonly Loss[]> {
  const programs = new Set(head.verifications.map(commandOf));
  const losses: Loss[] = [];
  for (const program of programs) {
    const before = ofProgram(base, program);
    const after = ofProgram(head, program);
    if (JSON.stringify(before.map(argsOf)) === JSON.stringify(after.map(argsOf))) continue;
    const lost = await unseenFiles(context, before, after, ofProgram(others, program));
    const [first] = lost;
    if (first === undefined) continue;
    const rest = lost.length > 1 ? ` and ${lost.length - 1} more` : "";
    losses.push({ key: `${program} files`, says: `no longer lets ${program} see ${shortenedPath(first, 50)}${rest}` });
  }
  return losses;
}

function argsOf({ args, dir }: Verification): unknown {
  return [args, dir];
}

function ofProgram({ verifications }: Amount, program: string): readonly Verification[] {
  return verifications.filter((each) => commandOf(each) === program);
}

/** What Deno tests and what it lints are told apart. */
function commandOf({ program, args }: Verification): string {
  return program === "deno" ? `deno ${args[0]}` : program;
}

async function unseenFiles(
  context: ChangeContext,
  before: readonly Verification[],
  after: readonly Verification[],
  others: readonly Verification[],
): Promise<readonly RepoPath[]> {
  const all = [...before, ...after];
  if (all.some(({ dynamic }) => dynamic)) return [];
  const reaches = await Promise.all([before, after, others].map((list) => Promise.all(list.map(reachOf))));
  const [old = [], now = [], elsewhere = []] = reaches;
  if ([...old, ...now].includes(undefined)) return [];
  const added = new Set(
    context.pairs.filter(({ baseText }) => baseText === undefined).map(({ change }) => change.path),
  );
  const isTests = before.some(({ kinds }) => kinds.includes("tests"));
  const files = context.workspace.tree.files
    .map(({ path }) => path)
    .filter((path) => !added.has(path) && isJudged(path, isTests));
  return files.filter((path) => sees(old, path) && !sees(now, path) && !sees(elsewhere, path));
}

function isJudged(path: RepoPath, isTests: boolean): boolean {
  if (!isSourcePath(path) || isFixture(path)) return false;
  if (isTests)
    return (
      testName.test(nameOf(path)) ||
      (roleOf(path) === "test" &&
        /(?:^|\/)tests?\/[\w-]+\.[cm]?[jt]sx?$/u.test(path) &&
        !/^[_.]|helper|util|setup|common/u.test(nameOf(path)))
    );
  return (
    ["source", "test"].includes(roleOf(path)) &&
    !/(?:^|\/)(?:dist|build|vendor|examples?|docs?|benchmarks?|coverage|node_modules)\//u.test(path)
  );
}

type Reach = (path: RepoPath) => boolean;

function sees(reaches: readonly (Reach | undefined)[], path: RepoPath): boolean {
  return reaches.some((reach) => reach?.(path) === true);
}

/** Undefined where it can't be told. */
export async function reachOf(verification: Verification): Promise<Reach | undefined> {
  const { args, dir } = verification;
  const program = commandOf(verification);
  const { paths, globs, excluded } = positionals(program, args);
  const { default: picomatch } = await import("picomatch");
  const isOut = excluded.map((pattern) => globReach(picomatch, dir, pattern, program));
  const isIn = globs.map((glob) => globReach(picomatch, dir, glob.replace("<rootDir>/", ""), ""));
  const matches = readPaths(picomatch, program, dir, paths);
  if (matches === undefined) return undefined;
  const isAmong: Reach = (path) => isIn.length === 0 || isIn.some((within) => within(path));
  return (path) => isWithin(dir, path) && matches(path) && isAmong(path) && !isOut.some((out) => out(path));
}

type Picomatch = (pattern: string, options: { dot: true }) => (path: string) => boolean;

function readPaths(picomatch: Picomatch, program: string, dir: RepoPath, paths: readonly string[]): Reach | undefined {
  if (paths.some((path) => path.startsWith("..") || path.startsWith("/"))) return undefined;
  const own = paths.filter((path) => !path.startsWith("!"));
  const out = paths
    .filter((path) => path.startsWith("!"))
    .map((path) => globReach(picomatch, dir, path.slice(1), program));
  const isKept: Reach = (path) => !out.some((each) => each(path));
  if (byName.has(program))
    return own.length === 0 ? isKept : (path) => isKept(path) && own.some((part) => nameMatches(program, path, part));
  if (byPattern.has(program)) {
    if (own.length > 0) return anyOf(own, isKept);
    return program === "node" || program === "tsx"
      ? (path) => testName.test(path)
      : program === "ava"
        ? isKept
        : undefined;
  }
  if (!byFolder.has(program) && !program.startsWith("deno ")) return undefined;
  return own.length === 0 ? isKept : anyOf(own, isKept);

  function anyOf(patterns: readonly string[], kept: Reach): Reach {
    const reaches = patterns.map((pattern) => globReach(picomatch, dir, pattern, program));
    return (path) => kept(path) && reaches.some((reach) => reach(path));
  }
}

function nameMatches(program: string, path: string, part: string): boolean {
  const bare = part.replace(/^\.\//u, "");
  if (program === "vitest") return path.includes(bare);
  try {
    return new RegExp(bare, "iu").test(path);
  } catch {
    return path.includes(bare);
  }
}

/** A folder stands for all in it. */
function globReach(picomatch: Picomatch, dir: RepoPath, pattern: string, program: string): Reach {
  const bare = pattern.replace(/^\.\//u, "").replace(/\/$/u, "");
  if (bare === "." || bare === "") return () => true;
  const isRegex = program.startsWith("jest");
  const glob = bare.replaceAll(/\{([^,{}]*)\}/gu, "$1");
  const matches = picomatch(glob, { dot: true });
  const anywhere = glob.includes("/") ? undefined : picomatch(`**/${glob}`, { dot: true });
  return (path) => {
    const relative = dir === "" ? path : path.slice(dir.length + 1);
    if (isRegex) return nameMatches(program, relative, bare);
    return matches(relative) || relative.startsWith(`${glob}/`) || (anywhere?.(relative) ?? false);
  };
}

function positionals(
  program: string,
  args: readonly string[],
): { paths: readonly string[]; globs: readonly string[]; excluded: readonly string[] } {
  const paths: string[] = [];
  const globs: string[] = [];
  const excluded: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    const [name = "", inline] = word.split("=");
    if (excluding.has(name)) excluded.push(...(inline ?? args[(index += 1)] ?? "").split(","));
    else if (name === "--testMatch") globs.push(inline ?? args[(index += 1)] ?? "");
    else if (pathFlags.has(name) || (name === "-r" && program === "vitest"))
      paths.push(inline ?? args[(index += 1)] ?? "");
    else if (name === "--spec" && byPattern.has(program)) paths.push(inline ?? args[(index += 1)] ?? "");
    else if (withValue.test(word) && !isPlainFlag(program, word)) index += 1;
    // A number is the value of a flag: `--bail 1`.
    else if (!word.startsWith("-") && !/^\d+%?$/u.test(word)) paths.push(word);
  }
  const withCommands: ReadonlySet<string> = new Set(["vitest", "biome", "playwright", "bun"]);
  const commands = /^(?:run|watch|dev|related|bench|test|check|ci|lint|fmt|format|--)$/u;
  const isCommand =
    (withCommands.has(program) || program.startsWith("deno ")) && paths[0] !== undefined && commands.test(paths[0]);
  return { paths: isCommand ? paths.slice(1) : paths, globs, excluded };
}

/** The same letter means different things: `prettier -c`, `vitest -u`, `jest -o`. */
function isPlainFlag(program: string, word: string): boolean {
  return (
    (program === "prettier" && word === "-c") ||
    (program.startsWith("jest") && word === "-o") ||
    (word === "-u" && program !== "mocha" && program !== "_mocha")
  );
}
