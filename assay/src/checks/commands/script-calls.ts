// Commands that only lead to other commands: calls of package scripts, shells, and programs that start several.
import type { RepoPath } from "../../model/paths.ts";
import { managers } from "../../tools/scripts/invocation.ts";
import type { ManifestSide } from "./manifest-sides.ts";

export interface ScriptCall {
  readonly dir: RepoPath;
  readonly script: string;
  /** Handed on to the last command of the script. */
  readonly extra: readonly string[];
}

export interface InnerLine {
  readonly line: string;
  readonly stopsAtFailure: boolean;
}

const taskRunners = new Set(["turbo", "lerna", "nx", "lage", "moon", "wsrun", "ultra", "wireit"]);
const manyRunners = new Set(["run-s", "run-p", "npm-run-all", "npm-run-all2", "run-z"]);
const everywhere: ReadonlySet<string> = new Set(["-r", "--recursive", "-ws", "--workspaces", "-A", "--all"]);
const oneFlags = /^(?:-w|--workspace|-F|--filter|--filter-prod|--prefix|-C|--dir|--cwd)(?:=(.*))?$/u;
/** What bun does by itself, whatever scripts are called. */
const ofBun = new Set(["test", "build", "install", "add", "x"]);
const shorthands = new Set(["test", "t", "tst", "start", "stop", "restart"]);

/**
 * The scripts that a command calls; undefined where it calls none. Scripts that are nowhere are left out, so that an
 * empty list says: whatever this calls, it is not here.
 */
export function calledScripts(
  words: readonly string[],
  side: ManifestSide,
  dir: RepoPath,
): readonly ScriptCall[] | undefined {
  const [program = "", ...args] = words[0] === "npx" || words[0] === "bunx" ? words.slice(1) : words;
  if (program === "node" && args.includes("--run")) return inPlace(side, dir, [args[args.indexOf("--run") + 1] ?? ""]);
  if (manyRunners.has(program))
    return inPlace(
      side,
      dir,
      args.flatMap((name) => matching(side, dir, name)),
    );
  if (taskRunners.has(program)) return inSome(side, dir, args);
  if (!managers.has(program)) return undefined;
  const { own, places, all } = readManagerArguments(args);
  const name = scriptName(program, own, side.scriptsIn(dir) ?? {}, all || places.length > 0);
  if (name === undefined)
    return taskRunners.has(own[0] ?? "") || taskRunners.has(own[1] ?? "") ? inSome(side, dir, args) : undefined;
  const dirs = places.flatMap((place) => side.foldersNamed(place, dir));
  const out = new Set(places.flatMap((place) => (place.startsWith("!") ? side.foldersNamed(place.slice(1), dir) : [])));
  const extra = handedOn(program, args, name);
  if (all || (places.length > 0 && dirs.length === 0))
    return inAll(side, [name], extra).filter((call) => !out.has(call.dir));
  return dirs.length > 0
    ? dirs.flatMap((each) => inPlace(side, each, [name], extra))
    : inPlace(side, dir, matching(side, dir, name), extra);
}

/** npm keeps flags in front of `--` for itself; the others hand on what stands behind the name. */
function handedOn(program: string, args: readonly string[], name: string): readonly string[] {
  const end = args.indexOf("--");
  if (program === "npm" || end >= 0) return end < 0 ? [] : args.slice(end + 1);
  return args.slice(args.indexOf(name) + 1).filter((arg) => arg !== "--if-present");
}

function readManagerArguments(args: readonly string[]): { own: string[]; places: string[]; all: boolean } {
  const end = args.indexOf("--");
  const kept = end < 0 ? args : args.slice(0, end);
  const own: string[] = [];
  const places: string[] = [];
  let all = false;
  for (let index = 0; index < kept.length; index += 1) {
    const word = kept[index] ?? "";
    const [flag, inline] = oneFlags.exec(word) ?? [];
    if (everywhere.has(word)) all = true;
    else if (flag !== undefined && inline !== undefined) places.push(inline);
    else if (flag !== undefined) places.push(kept[(index += 1)] ?? "");
    else if (!word.startsWith("-")) own.push(word);
  }
  if (own[0] === "workspace") return { own: own.slice(2), places: [own[1] ?? ""], all };
  if (own[0] === "workspaces" || own[0] === "recursive" || own[0] === "multi")
    return { own: own.slice(own[1] === "foreach" ? 2 : 1), places, all: true };
  return { own, places, all };
}

function scriptName(
  program: string,
  own: readonly string[],
  scripts: Readonly<Record<string, string>>,
  elsewhere: boolean,
): string | undefined {
  const [first = "", second] = own;
  if (first === "run" || first === "run-script" || first === "rum")
    return program === "bun" && isModule(second ?? "") ? undefined : second;
  if (shorthands.has(first) && program !== "bun") return first === "t" || first === "tst" ? "test" : first;
  if (program === "npm" || (program === "bun" && ofBun.has(first))) return undefined;
  return first in scripts || (elsewhere && first !== "exec" && first !== "dlx" && first !== "install")
    ? first
    : undefined;
}

/** Is it a file that bun runs by itself? */
export function isModule(word: string): boolean {
  return /\.[cm]?[jt]sx?$/u.test(word);
}

const ofTaskRunners: ReadonlySet<string> = new Set(["run", "run-many", "affected", "exec", "turbo", "nx", "lerna"]);

/** The tasks that a task runner is asked for. Its flags are among them, which are the names of none. */
export function taskNames(args: readonly string[]): readonly string[] {
  const flagged = args.flatMap((arg, index) => {
    if (arg === "-t" || arg === "--target" || arg === "--targets") return (args[index + 1] ?? "").split(",");
    return /^--targets?=(.*)$/u.exec(arg)?.[1]?.split(",") ?? [];
  });
  const words = args.filter((word) => !ofTaskRunners.has(word));
  // What stands behind a flag is among the words as well.
  return [...new Set([...flagged, ...words].map((word) => word.slice(word.lastIndexOf("#") + 1)))];
}

function inPlace(
  side: ManifestSide,
  dir: RepoPath,
  names: readonly string[],
  extra: readonly string[] = [],
): readonly ScriptCall[] {
  const scripts = side.scriptsIn(dir) ?? {};
  return names.filter((script) => script in scripts).map((script) => ({ dir, script, extra }));
}

function inAll(side: ManifestSide, names: readonly string[], extra: readonly string[] = []): readonly ScriptCall[] {
  return side.folders.filter((dir) => dir !== "").flatMap((dir) => inPlace(side, dir, names, extra));
}

/** A task runner that only says what it would run. */
export function isOnlyShown(words: readonly string[]): boolean {
  return (
    words.some((word) => taskRunners.has(word)) && words.some((word) => /^--(?:dry|dry-run|graph)(?:=|$)/u.test(word))
  );
}

const selecting: ReadonlySet<string> = new Set(
  "--filter -F --scope --project --projects -p --exclude --ignore".split(" "),
);

/** Of a task runner: in the packages that its filters leave. */
function inSome(side: ManifestSide, dir: RepoPath, args: readonly string[]): readonly ScriptCall[] {
  const only: string[] = [];
  const left: string[] = [];
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    const [flag = "", ...inline] = word.split("=");
    if (!selecting.has(flag)) {
      words.push(word);
      continue;
    }
    const value = inline.length > 0 ? inline.join("=") : (args[(index += 1)] ?? "");
    for (const name of value.split(",")) {
      const isOut = flag === "--exclude" || flag === "--ignore" || name.startsWith("!");
      (isOut ? left : only).push(name.replace(/^!/u, "").replace(/\[.*$/u, ""));
    }
  }
  const folders = (names: readonly string[]): ReadonlySet<RepoPath> =>
    new Set(names.flatMap((name) => side.foldersNamed(name, dir)));
  const [kept, out] = [folders(only), folders(left)];
  return inAll(side, taskNames(words)).filter((call) => (kept.size === 0 || kept.has(call.dir)) && !out.has(call.dir));
}

/** Scripts by name, by a pattern of npm-run-all, or by an expression between slashes as pnpm reads it. */
function matching(side: ManifestSide, dir: RepoPath, pattern: string): readonly string[] {
  const scripts = Object.keys(side.scriptsIn(dir) ?? {});
  const expression = /^\/(.+)\/$/u.exec(pattern)?.[1];
  if (expression !== undefined) {
    const matcher = expressionOf(expression);
    return scripts.filter((name) => matcher?.test(name) === true);
  }
  // What stands behind the name is handed on.
  const [name = ""] = pattern.split(" ");
  return withoutBraces(name).flatMap((each) => {
    if (!each.includes("*")) return [each];
    const parts = each
      .split(/(\*+)/u)
      .map((part) => (part === "*" ? "[^:]*" : part.includes("*") ? ".*" : quoted(part)));
    const matcher = new RegExp(`^${parts.join("")}$`, "u");
    return scripts.filter((script) => matcher.test(script));
  });
}

function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source, "u");
  } catch {
    // No script is run by what pnpm can't read.
    return undefined;
  }
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.+?()[\]{}|/]/gu, String.raw`\$&`);
}

/** `test:{unit,e2e}`: each of them. */
function withoutBraces(pattern: string): readonly string[] {
  const [, before = "", inside, after = ""] = /^(.*)\{([^{}]*)\}(.*)$/u.exec(pattern) ?? [];
  if (inside === undefined) return [pattern];
  return inside.split(",").flatMap((each) => withoutBraces(`${before}${each}${after}`));
}

/** The lines of shell that a command runs: of `sh -c`, of a shell script of the repository, of `concurrently`. */
export function innerLines(
  words: readonly string[],
  read: (path: string) => string | undefined,
): readonly InnerLine[] | undefined {
  const [first = "", ...args] = words[0] === "npx" || words[0] === "bunx" ? words.slice(1) : words;
  if (/^(?:ba|z|da|k)?sh$/u.test(first)) return ofShell(args, read);
  if (first === "concurrently" || first === "conc") return ofConcurrently(args);
  if (first === "cross-env-shell" || first === "eval") return [{ line: args.join(" "), stopsAtFailure: false }];
  // What is named without a path is a program that is installed.
  if (!first.includes("/") && !first.endsWith(".sh")) return undefined;
  const text = read(first);
  return text !== undefined && isShellText(first, text) ? [ofFile(text)] : undefined;
}

function ofShell(
  args: readonly string[],
  read: (path: string) => string | undefined,
): readonly InnerLine[] | undefined {
  const at = args.findIndex((arg) => /^-\w*c\w*$/u.test(arg));
  const stopsAtFailure = args.some((arg) => /^-\w*e/u.test(arg));
  if (at >= 0) return [{ line: args[at + 1] ?? "", stopsAtFailure }];
  const file = args.find((arg, index) => !arg.startsWith("-") && !/^-\w*o$/u.test(args[index - 1] ?? ""));
  const text = file === undefined ? undefined : read(file);
  return text === undefined ? undefined : [{ ...ofFile(text), ...(stopsAtFailure && { stopsAtFailure }) }];
}

function isShellText(path: string, text: string): boolean {
  return path.endsWith(".sh") || /^#!.*\b(?:ba|z|da|k)?sh\b/u.test(text);
}

function ofFile(text: string): InnerLine {
  return { line: text, stopsAtFailure: /^#!.*sh -\w*e/u.test(text) };
}

const concurrentlyFlagsWithValue: ReadonlySet<string> = new Set(
  `-n --names -c --prefix-colors -p --prefix -m --max-processes -s --success --restart-tries --restart-after`.split(
    " ",
  ),
);

function ofConcurrently(args: readonly string[]): readonly InnerLine[] {
  const success =
    args.some((arg, index) => ["-s", "--success"].includes(args[index - 1] ?? "") && arg !== "all") ||
    args.some((arg) => arg.startsWith("--success=") && arg !== "--success=all");
  const lines = args.filter(
    (arg, index) => !arg.startsWith("-") && !concurrentlyFlagsWithValue.has(args[index - 1] ?? ""),
  );
  return lines.map((line) => {
    // Its `*` stands for whatever there is, as npm-run-all's `**`.
    const called = line.replace(
      /^(npm|pnpm|yarn|bun|node):(.*)$/u,
      (_whole, manager: string, name: string) =>
        `${manager} ${manager === "node" ? "--run" : "run"} ${name.replaceAll("*", "**")}`,
    );
    return { line: success ? `${called} || true` : called, stopsAtFailure: false };
  });
}
