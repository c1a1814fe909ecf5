// Reads the scripts of a manifest: which programs one starts, and with what. Honest rather than complete: what a shell
// would have to work out (pipes, substitutions, subshells, redirections) makes a script opaque.
import type { Manifest } from "../model/workspace.ts";

/** One program that a script starts. */
export interface Invocation {
  /** `vitest`; for a file below `node_modules`, the package it belongs to. */
  readonly command: string;
  readonly args: readonly string[];
  /** Set in front of it, or by `cross-env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Given to Node itself: `--import tsx` in `node --import tsx node_modules/mocha/bin/mocha`. */
  readonly nodeArgs: readonly string[];
  /** `"test": "vitest run"`: the script that it stands in. */
  readonly evidence: string;
}

export type ScriptReading =
  | { readonly kind: "read"; readonly invocations: readonly Invocation[] }
  | { readonly kind: "opaque" }
  | { readonly kind: "none" };

/** The programs that script `name` starts in its own folder, with other scripts of the manifest that it runs written out. */
export function readScript(manifest: Manifest, name: string): ScriptReading {
  return readNamed(manifest, name, 0);
}

const deepestScript = 5;

function readNamed(manifest: Manifest, name: string, depth: number): ScriptReading {
  const script = manifest.scripts[name];
  if (script === undefined) return { kind: "none" };
  const segments = splitScript(script);
  if (segments === undefined || depth > deepestScript) return { kind: "opaque" };
  const invocations: Invocation[] = [];
  for (const words of segments) {
    const invocation = unwrap(words, `"${name}": "${script}"`);
    if (invocation === undefined) continue;
    const scripts = scriptsRunBy(manifest, invocation);
    if (scripts === undefined) invocations.push(invocation);
    for (const called of scripts ?? []) {
      const reading = readNamed(manifest, called, depth + 1);
      if (reading.kind !== "read") return { kind: "opaque" };
      for (const inner of reading.invocations) invocations.push({ ...inner, env: { ...invocation.env, ...inner.env } });
    }
  }
  return { kind: "read", invocations };
}

/** The words of each command of a `&&` chain; undefined for what only a shell can read. */
export function splitScript(script: string): readonly (readonly string[])[] | undefined {
  const segments: string[][] = [[]];
  const pattern = /\s+|&&|(?:[^\s&|;<>()`$"'\\]|\\.|"(?:[^"\\$`]|\\.)*"|'[^']*')+/gy;
  for (let at = 0; at < script.length; at = pattern.lastIndex) {
    const match = pattern.exec(script)?.[0];
    if (match === undefined) return undefined;
    if (match === "&&") segments.push([]);
    else if (match.trim() !== "") segments.at(-1)?.push(unquote(match));
  }
  return segments;
}

function unquote(word: string): string {
  return word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs, (_, double: string, single: string, escaped: string) => {
    if (double !== undefined) return double.replace(/\\(["\\$`])/g, "$1");
    return single ?? escaped;
  });
}

const wrappers = new Set(["npx", "bunx", "c8", "nyc"]);

/** Takes off what stands in front of the program that matters; undefined where nothing is left. */
function unwrap(words: readonly string[], evidence: string): Invocation | undefined {
  const env: Record<string, string> = {};
  let rest = words;
  for (;;) {
    const [first, second] = rest;
    if (first === undefined) return undefined;
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(first);
    if (assignment?.[1] !== undefined) env[assignment[1]] = assignment[2] ?? "";
    else if (first === "cross-env" || first === "env") {
      // The assignments come next.
    } else if (wrappers.has(first)) {
      rest = afterFlags(first, rest.slice(1));
      continue;
    } else if (["pnpm", "yarn", "npm", "bun"].includes(first) && (second === "exec" || second === "x")) {
      rest = rest.slice(rest[2] === "--" ? 3 : 2);
      continue;
    } else return invocationOf(rest, env, evidence);
    rest = rest.slice(1);
  }
}

/** Coverage tools take flags with and without a value, so the program is found by its name. */
function afterFlags(wrapper: string, words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) =>
    wrapper === "c8" || wrapper === "nyc" ? knownPrograms.has(programOf(word)) : !word.startsWith("-"),
  );
  return start === -1 ? [] : words.slice(start);
}

const knownPrograms = new Set(["ava", "jest", "mocha", "node", "npm", "pnpm", "tsx", "vitest", "yarn"]);
const nodeFlagsWithValue = new Set([
  "-r",
  "--require",
  "--import",
  "--loader",
  "--experimental-loader",
  "-C",
  "--conditions",
]);

function invocationOf(words: readonly string[], env: Record<string, string>, evidence: string): Invocation {
  const [first = "", ...args] = words;
  if (first !== "node") return { command: programOf(first), args, env, nodeArgs: [], evidence };
  let at = 0;
  while (args[at]?.startsWith("-")) at += nodeFlagsWithValue.has(args[at] ?? "") ? 2 : 1;
  const program = programOf(args[at] ?? "");
  if (args.includes("--test") || program === args[at]) return { command: "node", args, env, nodeArgs: [], evidence };
  return { command: program, args: args.slice(at + 1), env, nodeArgs: args.slice(0, at), evidence };
}

/** `jest` for `jest`, `./node_modules/.bin/jest` and `node_modules/jest/bin/jest.js`. */
function programOf(word: string): string {
  return /(?:^|\/)node_modules\/(?:\.bin\/)?((?:@[^/]+\/)?[^/]+)/.exec(word)?.[1] ?? word;
}

const managers = new Set(["npm", "pnpm", "yarn", "bun"]);

/** Names of the manifest's own scripts that this runs; undefined when it is no script runner. */
function scriptsRunBy(manifest: Manifest, { command, args }: Invocation): readonly string[] | undefined {
  if (["run-s", "run-p", "npm-run-all", "npm-run-all2"].includes(command)) {
    return args.filter((arg) => !arg.startsWith("-")).flatMap((pattern) => expand(manifest, pattern));
  }
  if (!managers.has(command)) return undefined;
  const [first = "", second = ""] = args;
  if (first.startsWith("-") || args.some((arg) => isWorkspaceFlag(arg))) return undefined;
  if (first === "run" || first === "run-script") return [second];
  if (first === "test" || first === "t") return ["test"];
  return command !== "npm" && first in manifest.scripts ? [first] : undefined;
}

function expand(manifest: Manifest, pattern: string): readonly string[] {
  if (!pattern.endsWith("*")) return [pattern];
  return Object.keys(manifest.scripts).filter((name) => name.startsWith(pattern.replace(/\*+$/, "")));
}

const delegating = new Set(["lerna", "moon", "nx", "rush", "turbo", "wsrun"]);

/** Does this run scripts of other packages, or have a task runner do it? */
export function delegates({ command, args }: Invocation): boolean {
  if (delegating.has(command)) return true;
  return managers.has(command) && (args[0] === "workspaces" || args.some(isWorkspaceFlag));
}

function isWorkspaceFlag(arg: string): boolean {
  return /^(?:-r|--recursive|-w|-ws|--workspaces?|-F|--filter|-C|--dir|--prefix|workspace)(?:=|$)/.test(arg);
}
