// Reads package scripts as data: which programs they start, with which arguments. Nothing is run.
import { posix } from "node:path";
import type { Manifest, Package } from "../../model/workspace.ts";
import { managers, readProgram, type Invocation } from "./invocation.ts";
import { ownTasks } from "./own-tasks.ts";
import { readShellLine, shellPatterns } from "./shell-line.ts";

/** What a script does, with the scripts of the same manifest that it calls written out. */
export interface ScriptReading {
  readonly invocations: readonly Invocation[];
  /** This is all that it does, one after the other, up to the first that fails. */
  readonly plain: boolean;
}

/** Every program that the package's scripts start directly, in order. */
export function invocationsOf({ manifest }: Package): readonly Invocation[] {
  return Object.keys(manifest.scripts).flatMap((name) => readLine(manifest, name).invocations);
}

/** Undefined when there is no such script. */
export function readScript(
  manifest: Manifest,
  name: string,
  above: ReadonlySet<string> = new Set(),
  behind: readonly string[] = [],
): ScriptReading | undefined {
  if (manifest.scripts[name] === undefined) return undefined;
  if (above.has(name)) return { invocations: [], plain: false };
  const line = readLine(manifest, name, { behind });
  return allWrittenOut(manifest, line, new Set([...above, name]));
}

function allWrittenOut(manifest: Manifest, line: ScriptReading, above: ReadonlySet<string>): ScriptReading {
  const parts = line.invocations.map((invocation) => writtenOut(manifest, invocation, above));
  return {
    invocations: parts.flatMap(({ invocations }) => invocations),
    plain: line.plain && parts.every(({ plain }) => plain),
  };
}

interface Line {
  /** A part of the script, where it is not all of it. */
  readonly text?: string;
  /** Words that follow it. */
  readonly behind?: readonly string[];
}

function readLine(
  manifest: Manifest,
  script: string,
  { text = manifest.scripts[script] ?? "", behind = [] }: Line = {},
): ScriptReading {
  const { commands, plain } = readShellLine(text);
  const last = commands.at(-1);
  const invocations: Invocation[] = [];
  const exported: Record<string, string> = {};
  let [cd, left] = ["", ""];
  for (const command of commands) {
    const words = command === last ? [...command.words, ...behind] : command.words;
    const read = readProgram(manifest, { ...command, words });
    if (read?.program === "cd") [cd, left] = [read.args[0] === "-" ? left : changedTo(cd, read.args[0] ?? ""), cd];
    else if (read?.program === "export") Object.assign(exported, assignments(read.args));
    else if (read !== undefined) {
      const env = { ...exported, ...read.env };
      const { dynamic, piped } = command;
      const evidence = `"${script}": "${text}"`;
      invocations.push({ ...read, env, script, cd, patterns: shellPatterns(command), dynamic, piped, evidence });
    }
  }
  return { invocations, plain: plain && !invocations.some(({ program }) => shellOnly.has(program)) };
}

function changedTo(cd: string, named: string): string {
  if (posix.isAbsolute(named)) return named;
  const folder = posix.join(cd, named).replace(/\/$/u, "");
  return folder === "." ? "" : folder;
}

/** They change what the shell gives to all that follow. */
const shellOnly = new Set([".", "source", "unset", "eval", "pushd", "popd"]);

function assignments(words: readonly string[]): Readonly<Record<string, string>> {
  const assigned = words.filter((word) => /^\w+=/u.test(word));
  return Object.fromEntries(
    assigned.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
  );
}

function writtenOut(manifest: Manifest, invocation: Invocation, above: ReadonlySet<string>): ScriptReading {
  const lines = linesSideBySide(manifest, invocation);
  if (lines !== undefined) {
    const readings = lines.map((text) => readLine(manifest, invocation.script, { text }));
    const parts = readings.map((reading) => allWrittenOut(manifest, reading, above));
    const invocations: Invocation[] = [];
    for (const each of parts.flatMap((part) => part.invocations)) invocations.push(startedBy(invocation, each));
    return { invocations, plain: parts.every(({ plain }) => plain) };
  }
  const call = calledTasks(manifest, invocation, above) ?? calledScripts(manifest, invocation);
  if (call === undefined) return { invocations: [invocation], plain: true };
  // As the managers do it: what is handed on ends up behind the line of the script that is called.
  const readings = call.names.map((name) => readScript(manifest, name, above, call.extra));
  const missing = readings.includes(undefined) || readings.length === 0;
  if (missing) return { invocations: [invocation], plain: false };
  const invocations: Invocation[] = [];
  for (const each of readings.flatMap((reading) => reading?.invocations ?? []))
    invocations.push(startedBy(invocation, each));
  return { invocations, plain: readings.every((reading) => reading?.plain === true) };
}

/** With what is set for the program that starts it. */
function startedBy({ env, variables }: Invocation, inner: Invocation): Invocation {
  return { ...inner, env: { ...env, ...inner.env }, variables: [...variables, ...inner.variables] };
}

interface ScriptCall {
  readonly names: readonly string[];
  /** Arguments that are handed on. */
  readonly extra: readonly string[];
}

const manyRunners = new Set(["run-s", "run-p", "npm-run-all", "npm-run-all2", "run-z"]);

/** They change what is shown, and nothing that is run. */
const shownFlags = new Set("-r --raw -g --group --timings --no-color --kill-others-on-fail".split(" "));
const shownFlagsWithValue = new Set("-n --names -c --prefix-colors -p --prefix -l --prefix-length".split(" "));

/**
 * The lines that concurrently is given, all of which have to end well; undefined where it is another program, or told
 * to end some of them or to heed only some.
 */
function linesSideBySide(manifest: Manifest, { program, args }: Invocation): readonly string[] | undefined {
  if (program !== "concurrently" && program !== "conc") return undefined;
  const words = args.filter((arg, index) => !shownFlags.has(arg) && !isShownValue(arg, args[index - 1]));
  if (words.some((word) => word.startsWith("-"))) return undefined;
  const lines = words.flatMap((word) => {
    const [, manager, pattern = ""] = /^(npm|pnpm|yarn|bun):(\S+)$/u.exec(word) ?? [];
    if (manager === undefined) return [word];
    // A star stands for colons as well here.
    return matchingScripts(manifest, pattern.replaceAll("*", "**")).map((name) => `${manager} run ${name}`);
  });
  return lines.length === 0 ? undefined : lines;
}

function isShownValue(arg: string, before = ""): boolean {
  const [flag = ""] = arg.split("=");
  return shownFlagsWithValue.has(before) || shownFlagsWithValue.has(flag);
}

/** Those that a task runner runs in the one package that there is. A task that is its own caller is another package's. */
function calledTasks(manifest: Manifest, invocation: Invocation, above: ReadonlySet<string>): ScriptCall | undefined {
  const names = invocation.cd === "" ? ownTasks(manifest, invocation) : undefined;
  if (names === undefined || names.some((name) => above.has(name))) return undefined;
  const end = invocation.args.indexOf("--");
  return { names, extra: end < 0 ? [] : invocation.args.slice(end + 1) };
}

/** The scripts of the same manifest that an invocation calls; undefined when it calls none. */
function calledScripts(manifest: Manifest, invocation: Invocation): ScriptCall | undefined {
  const { program, args, cd } = invocation;
  if (cd !== "" || delegates(invocation)) return undefined;
  const own = (args.includes("--") ? args.slice(0, args.indexOf("--")) : args).filter((arg) => !arg.startsWith("-"));
  if (manyRunners.has(program)) return { names: own.flatMap((word) => matchingScripts(manifest, word)), extra: [] };
  if (!managers.has(program)) return undefined;
  const [first, second] = own;
  if (first === undefined) return undefined;
  const behind = args.slice(args.indexOf(first) + 1);
  if ((first === "run" || first === "run-script") && second !== undefined) {
    const extra = handedOn(program, behind.slice(behind.indexOf(second) + 1));
    return { names: scriptsNamed(manifest, program, second), extra };
  }
  const extra = handedOn(program, behind);
  if ((first === "test" || first === "t") && program !== "bun") return { names: ["test"], extra };
  if (program === "npm" || program === "bun") return undefined;
  const names = scriptsNamed(manifest, program, first);
  return names.some((name) => name in manifest.scripts) ? { names, extra } : undefined;
}

/** What a manager starts by this word; pnpm also takes an expression, for all the scripts that it fits. */
export function scriptsNamed({ scripts }: Manifest, manager: string, word: string): readonly string[] {
  const [, source] = /^\/(.+)\/$/u.exec(word) ?? [];
  if (manager !== "pnpm" || source === undefined) return [word];
  try {
    const expression = new RegExp(source);
    return Object.keys(scripts).filter((name) => expression.test(name));
  } catch {
    // It is no expression, and pnpm says so.
    return [word];
  }
}

/** Of what stands behind the name of a script: npm takes flags for its own, up to `--`; the others hand on everything. */
function handedOn(program: string, behind: readonly string[]): readonly string[] {
  const end = behind.indexOf("--");
  const before = end < 0 ? behind : behind.slice(0, end);
  const flag = program === "npm" ? before.findIndex((arg) => arg.startsWith("-")) : -1;
  return [...(flag < 0 ? before : before.slice(0, flag)), ...(end < 0 ? [] : behind.slice(end + 1))];
}

function matchingScripts(manifest: Manifest, pattern: string): readonly string[] {
  if (!pattern.includes("*")) return [pattern];
  const source = pattern.split(/\*+/u).map((part) => part.replaceAll(/[^\w:-]/gu, "\\$&"));
  const matcher = new RegExp(`^${source.join(pattern.includes("**") ? ".*" : "[^:]*")}$`, "u");
  return Object.keys(manifest.scripts).filter((name) => matcher.test(name));
}

const taskRunners = new Set(["lage", "lerna", "moon", "nx", "rush", "turbo", "wireit", "wsrun"]);
const elsewhere = /^(?:-r|--recursive|-w|-ws|--workspaces?|-F|--filter|-C|--dir|--prefix|--cwd|workspaces?)(?:=|$)/u;

/** Does this run scripts of other packages, or have a task runner do it? */
export function delegates({ program, args }: Pick<Invocation, "program" | "args">): boolean {
  if (taskRunners.has(program)) return true;
  const end = args.indexOf("--");
  return managers.has(program) && (end < 0 ? args : args.slice(0, end)).some((arg) => elsewhere.test(arg));
}
