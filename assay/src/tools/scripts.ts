// Reads package scripts as data: which programs they start, with which arguments. Nothing is run.
import type { Manifest, Package } from "../model/workspace.ts";

/** One program started by a script. */
export interface Invocation {
  /** The script's name in the manifest. */
  readonly script: string;
  /** The program without its path: `eslint`. */
  readonly program: string;
  readonly args: readonly string[];
  /** Variables set in front of it. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder, relative to the package's, that a `cd` in front led to. */
  readonly cd: string;
  /** An argument is only known to a shell: `$(git diff --name-only)`. */
  readonly dynamic: boolean;
  /** Another program reads its output, and decides on the exit code. */
  readonly piped: boolean;
}

/** Every program that the package's scripts start directly, in order. Runners (`npx`, `cross-env`, …) are looked through. */
export function invocationsOf(pkg: Package): readonly Invocation[] {
  return Object.entries(pkg.manifest.scripts).flatMap(([name, line]) => readScript(name, line));
}

/** The programs that one script starts, through the scripts of the same manifest that it calls. Nothing when it has no such script. */
export function leavesOf(
  manifest: Manifest,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): readonly Invocation[] {
  const line = manifest.scripts[name];
  if (line === undefined || seen.has(name)) return [];
  const inside = new Set([...seen, name]);
  return readScript(name, line).flatMap((invocation) => {
    const called = calledScripts(manifest, invocation);
    return called.length === 0 ? [invocation] : called.flatMap((other) => leavesOf(manifest, other, inside));
  });
}

/** Reads one script line. */
export function readScript(script: string, line: string): readonly Invocation[] {
  const invocations: Invocation[] = [];
  let cd = "";
  for (const { words, piped } of splitCommands(line)) {
    const { env, rest } = withoutRunners(words.map((word) => word.text));
    const [program, ...args] = rest;
    if (program === undefined) continue;
    if (program === "cd") cd = [cd, args[0] ?? ""].filter((part) => part !== "").join("/");
    else
      invocations.push({
        script,
        program: programName(program),
        args,
        env,
        cd,
        dynamic: words.some((word) => word.dynamic),
        piped,
      });
  }
  return invocations;
}

interface Word {
  readonly text: string;
  readonly dynamic: boolean;
}

const wordPattern =
  /\d*[<>]+&?\d*|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\$\([^)]*\)|`[^`]*`|[^\s;&|()<>'"\\`])+|[;&|()]+|\n/gu;

interface ShellCommand {
  readonly words: Word[];
  piped: boolean;
}

function splitCommands(line: string): readonly ShellCommand[] {
  let current: ShellCommand = { words: [], piped: false };
  const commands = [current];
  let redirected = false;
  for (const [raw] of line.matchAll(wordPattern)) {
    if (/^[;&|()\n]+$/u.test(raw)) {
      current.piped = /^\|&?$/u.test(raw);
      current = { words: [], piped: false };
      commands.push(current);
    } else if (/^\d*[<>]/u.test(raw)) redirected = !/&\d$/u.test(raw);
    else if (redirected) redirected = false;
    else current.words.push({ text: unquote(raw), dynamic: /[$`]/u.test(raw.replaceAll(/'[^']*'/gu, "")) });
  }
  return commands.filter(({ words }) => words.length > 0);
}

function unquote(raw: string): string {
  return raw.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gu,
    (_whole, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(["\\$`])/gu, "$1") ?? escaped ?? "",
  );
}

const assignment = /^([A-Za-z_]\w*)=(.*)$/su;

/** Words that only lead to the next program. The second column lists subcommands that must follow for that to be so. */
const runners: ReadonlyMap<string, ReadonlySet<string> | null> = new Map([
  ["npx", null],
  ["bunx", null],
  ["cross-env", null],
  ["cross-env-shell", null],
  ["env", null],
  ["time", null],
  ["dotenv", null],
  ["npm", new Set(["exec", "x"])],
  ["pnpm", new Set(["exec", "dlx"])],
  ["yarn", new Set(["exec", "dlx"])],
  ["bun", new Set(["x"])],
]);

const managers = new Set(["npm", "pnpm", "yarn", "bun"]);

/** What `pnpm`, `yarn` and `bun` start without a subcommand, when it is one of these. */
const bareTools = new Set(["biome", "eslint", "oxfmt", "oxlint", "prettier", "tsc", "tsgo"]);

function withoutRunners(words: readonly string[]): { env: Readonly<Record<string, string>>; rest: readonly string[] } {
  const env: Record<string, string> = {};
  let rest = words;
  for (;;) {
    const [first, second] = rest;
    if (first === undefined) return { env, rest };
    const [, name, value] = assignment.exec(first) ?? [];
    if (name !== undefined && value !== undefined) {
      env[name] = value;
      rest = rest.slice(1);
      continue;
    }
    if (first !== "npm" && managers.has(first) && bareTools.has(second ?? "")) return { env, rest: rest.slice(1) };
    const subcommands = runners.get(first);
    if (subcommands === undefined) return { env, rest };
    if (subcommands !== null && !subcommands.has(second ?? "")) return { env, rest };
    rest = afterFlags(rest.slice(subcommands === null ? 1 : 2));
  }
}

const runnerFlagsWithValue = new Set(["-p", "--package", "-e", "-c", "--call"]);

function afterFlags(words: readonly string[]): readonly string[] {
  let start = 0;
  for (let word = words[start]; word?.startsWith("-") === true; word = words[start]) {
    start += runnerFlagsWithValue.has(word) ? 2 : 1;
    if (word === "--") break;
  }
  return words.slice(start);
}

function programName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1).replace(/\.(?:cmd|exe)$/u, "");
}

const manyRunners = new Set(["run-s", "run-p", "npm-run-all", "npm-run-all2", "run-z"]);

/** The scripts of the same manifest that an invocation calls. */
function calledScripts(manifest: Manifest, { program, args }: Invocation): readonly string[] {
  const words = args.filter((arg) => !arg.startsWith("-"));
  if (manyRunners.has(program)) return words.flatMap((word) => matchingScripts(manifest, word));
  if (!managers.has(program) || args.some((arg) => /^(?:-r|-w|-F|--filter|--recursive|--workspaces?)\b/u.test(arg)))
    return [];
  const [first, second] = words;
  const name = first === "run" || first === "run-script" ? second : program === "npm" ? npmShorthand(first) : first;
  return name !== undefined && name in manifest.scripts ? [name] : [];
}

function npmShorthand(word: string | undefined): string | undefined {
  return word === "test" || word === "t" ? "test" : undefined;
}

function matchingScripts(manifest: Manifest, pattern: string): readonly string[] {
  const names = Object.keys(manifest.scripts);
  if (!pattern.includes("*")) return names.filter((name) => name === pattern);
  const source = pattern.split(/\*+/u).map((part) => part.replaceAll(/[^\w:-]/gu, "\\$&"));
  const matcher = new RegExp(`^${source.join(pattern.includes("**") ? ".*" : "[^:]*")}$`, "u");
  return names.filter((name) => matcher.test(name));
}
