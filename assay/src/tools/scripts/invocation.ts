// From the words of a command to the program that matters: what only leads to it is taken off.
import type { Manifest } from "../../model/workspace.ts";
import { checkers } from "./known-programs.ts";
import type { ShellCommand } from "./shell-line.ts";
import { readWrapper, type VariableFiles } from "./variable-files.ts";

/** One program started by a script. */
export interface Invocation {
  /** The script's name in the manifest. */
  readonly script: string;
  /** The program without its path: `eslint`. A tool's file that Node is given counts as the tool. */
  readonly program: string;
  readonly args: readonly string[];
  /** Given to Node itself: `--import tsx` in `node --import tsx node_modules/mocha/bin/mocha`. */
  readonly nodeArgs: readonly string[];
  /** Variables set in front of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Files with more of them, that a program in front of it reads. */
  readonly variables: readonly VariableFiles[];
  /** The folder, relative to the package's, that a `cd` in front led to. */
  readonly cd: string;
  /** A tool in front of it fails the run where too little of the code is covered. */
  readonly coverageLimit: boolean;
  /** Those of the arguments that a shell fills in with the paths they fit: without quotes. */
  readonly patterns: readonly string[];
  /** An argument is only known to a shell. */
  readonly dynamic: boolean;
  /** Another program reads its output, and decides on the exit code. */
  readonly piped: boolean;
  /** `"test": "vitest run"`: the script that it stands in. */
  readonly evidence: string;
}

export const managers: ReadonlySet<string> = new Set(["npm", "pnpm", "yarn", "bun"]);

/** Tools that a manager starts by their name, and that stand behind a wrapper. */
const tools = new Set([
  ..."ava biome eslint jest mocha node oxfmt oxlint prettier tsc tsgo tsx vitest vue-tsc".split(" "),
  ...checkers.keys(),
]);

/** The program of a command; undefined where there is none: assignments alone. */
export function readProgram(
  manifest: Manifest,
  { words }: ShellCommand,
): Pick<Invocation, "program" | "args" | "nodeArgs" | "env" | "variables" | "coverageLimit"> | undefined {
  const variables: VariableFiles[] = [];
  const env: Record<string, string> = {};
  let coverageLimit = false;
  for (let rest = words; ;) {
    const [first] = rest;
    if (first === undefined) return undefined;
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/su.exec(first) ?? [];
    if (name !== undefined && value !== undefined) env[name] = value;
    const wrapper = readWrapper(rest);
    if (wrapper !== undefined) variables.push(wrapper.variables);
    const next = wrapper?.rest ?? (name === undefined ? behindRunner(manifest, rest) : rest.slice(1));
    if (next === undefined) return { ...started(rest), env, variables, coverageLimit };
    coverageLimit ||= coverageTools.has(first) && limitsCoverage(rest.slice(0, -next.length));
    rest = next;
  }
}

const runners = new Set(["npx", "bunx", "pnpx", "cross-env", "cross-env-shell", "env", "time"]);
/** They take flags with and without a value, so that the program is found by its name. */
export const coverageTools: ReadonlySet<string> = new Set(["c8", "nyc"]);

function limitsCoverage(words: readonly string[]): boolean {
  return words.some((word) => /^--(?:100|check-coverage|per-file)$/u.test(word));
}

const starters = new Set(["exec", "x", "dlx"]);

/** The words behind one that only leads to the next program; undefined where the first is the program. */
function behindRunner(manifest: Manifest, words: readonly string[]): readonly string[] | undefined {
  const [first = "", second = "", third = ""] = words;
  if (runners.has(first)) return afterFlags(words.slice(1));
  if (coverageTools.has(first)) {
    const start = words.findIndex((word, index) => index > 0 && (tools.has(programName(word)) || managers.has(word)));
    return start < 0 ? undefined : words.slice(start);
  }
  if (!managers.has(first)) return undefined;
  if (starters.has(second)) return afterFlags(words.slice(2));
  // npm knows its own commands only; the others start what is installed, if no script has the name.
  const startsTool = (word: string): boolean => tools.has(word) && !(word in manifest.scripts);
  if (first === "npm" || first === "pnpm") return first === "pnpm" && startsTool(second) ? words.slice(1) : undefined;
  if (second === "run" && startsTool(third)) return words.slice(2);
  return startsTool(second) ? words.slice(1) : undefined;
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

const nodeFlagsWithValue = new Set([
  ..."-r --require --import --loader --experimental-loader -C --conditions --env-file --env-file-if-exists".split(" "),
  ..."--disable-warning --unhandled-rejections --experimental-default-type".split(" "),
]);

function started(words: readonly string[]): Pick<Invocation, "program" | "args" | "nodeArgs"> {
  const [first = "", ...args] = words;
  const program = programName(first);
  const plain = { program, args, nodeArgs: [] };
  if (program !== "node" || args.includes("--test")) return plain;
  let at = 0;
  while (args[at]?.startsWith("-") === true) at += nodeFlagsWithValue.has(args[at] ?? "") ? 2 : 1;
  const file = args[at] ?? "";
  if (!file.includes("node_modules/")) return plain;
  return { program: programName(file), args: args.slice(at + 1), nodeArgs: args.slice(0, at) };
}

/** `jest` for `jest`, `npx jest@30`, `./node_modules/.bin/jest` and `node_modules/jest/bin/jest.js`. */
function programName(word: string): string {
  const file = word.slice(word.lastIndexOf("/") + 1).replace(/(?<=.)@[^@]*$/u, "");
  if (!word.includes("node_modules/")) return file.replace(/\.(?:cmd|exe)$/u, "");
  const stem = file.replace(/\.(?:cmd|exe|[cm]?js)$/u, "");
  const owner = /node_modules\/(?:@[^/]+\/)?([^/]+)\//u.exec(word)?.[1] ?? stem;
  return /^(?:bin|cli|index|main)$/u.test(stem) ? owner : stem;
}
