// A small project on disk with a real test runner in it, and a host that starts real processes.
import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { FilePair } from "../../model/check.ts";
import type { LineRange } from "../../model/change.ts";
import { byPath, repoPath, type RepoPath } from "../../model/paths.ts";
import type { Command, Host, Memory, ProcessOutcome, RunningProcess } from "../../model/process.ts";
import { parseFile } from "../../source/parse.ts";
import type { RunnerStart } from "../../tools/runners/runner-start.ts";
import type { Mutator } from "../mutator.ts";
import type { MutationReport } from "../report.ts";
import { workersBeside, type MutationRequest } from "../request.ts";
import { runMutation } from "../run.ts";

const checkout = fileURLToPath(new URL("../../../../", import.meta.url));
export const vitestStart: RunnerStart = {
  dir: repoPath(""),
  version: "4.1.12",
  runner: "vitest",
  runnerDir: realpathSync(join(checkout, "node_modules/vitest")),
  nodeArgs: [],
  args: [],
  env: {},
};
export const jestStart: RunnerStart = {
  ...vitestStart,
  version: "30.5.2",
  runner: "jest",
  runnerDir: realpathSync(join(checkout, "node_modules/jest")),
};
/** A folder with a TypeScript that has a compiler API, and what needs it. */
export const typescript5 = realpathSync(join(checkout, "test/typescript-5/node_modules"));

/** Node's own test runner, given these flags. */
export function nodeStart(...args: readonly string[]): RunnerStart {
  const common = { dir: repoPath(""), version: process.versions.node, runnerDir: checkout, nodeArgs: [], env: {} };
  return { ...common, runner: "node:test", args };
}

/** The built ones. */
export const workers = workersBeside(new URL("../../../dist/cli.js", import.meta.url).href);

export interface Project {
  readonly root: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Removed when the test ends. */
export function temporaryFolder(prefix: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Written to a temporary folder, which the test removes. */
export function project(files: Readonly<Record<string, string>>): Project {
  const root = temporaryFolder("assay-mutation-");
  const all = { "package.json": '{ "name": "project", "type": "module" }', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  return { root, files: all };
}

/** A CommonJS package whose jest compiles TypeScript; `config` is added to its configuration. */
export function jestProject(files: Readonly<Record<string, string>>, config: object = {}): Project {
  const jest = { transform: { "\\.[jt]sx?$": "@swc/jest" }, ...config };
  return project({ "package.json": JSON.stringify({ name: "project", jest }), ...files });
}

/** The same suite, but run by jest. */
export function mutateInJest(
  built: Project,
  options: MutateOptions = {},
  signal?: AbortSignal,
): Promise<MutationReport> {
  return mutate(built, { start: jestStart, ...options }, signal);
}

export interface MutateOptions extends Partial<MutationRequest> {
  readonly changed?: Readonly<Record<string, readonly LineRange[]>>;
  /** Vitest, unless given. */
  readonly start?: RunnerStart;
  readonly mutators?: readonly Mutator[];
  readonly memory?: Memory;
}

/** Runs mutation testing; every line of every source that is not a test counts as changed, unless `changed` says otherwise. */
export async function mutate(
  { root, files }: Project,
  options: MutateOptions = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<MutationReport> {
  const { changed, mutators, start = vitestStart, memory = null, ...request } = options;
  const isSource = changed === undefined ? /\.[jt]sx?$/ : /\.[cm]?[jt]sx?$/;
  const paths = Object.keys(files).filter((path) => isSource.test(path));
  const testFiles = paths.filter((path) => path.includes(".test.")).map((path) => repoPath(path));
  const whole: MutationRequest = {
    root,
    pairs: paths.flatMap((path) => {
      const lines = changed === undefined ? everyLine : changed[path];
      return lines && !/\.test\.|\.config\.|setup/.test(path) ? [pairOf(path, null, files[path] ?? "", lines)] : [];
    }),
    support: new Set(),
    overlooked: new Set(),
    doubted: new Set(),
    maxMutants: 12,
    equivalents: [],
    listed: null,
    replay: null,
    runners: [{ start, testFiles }],
    commands: [],
    longestCommandMs: 60_000,
    patienceMs: 120_000,
    files: Object.keys(files).map((path) => repoPath(path)),
    loads: null,
    otherRunners: [],
    workers,
    compilersOf: () => Promise.resolve([]),
    filesBeside: () => Promise.resolve([]),
    ...request,
  };
  return runMutation(realHost(signal, memory), whole, mutators);
}

const everyLine: readonly LineRange[] = [{ start: 1, end: 10_000 }];

export function pairOf(
  path: string,
  baseText: string | null,
  headText: string | null,
  changedLines = everyLine,
): FilePair {
  const at: RepoPath = repoPath(path);
  return {
    change: {
      path: at,
      kind: baseText === null ? "added" : headText === null ? "deleted" : "modified",
      previousPath: null,
      changedLines,
      binary: false,
      submodule: false,
      symlink: false,
      stages: new Set(["unstaged"]),
      baseBlob: null,
    },
    base: baseText === null ? undefined : parseFile(at, baseText),
    head: headText === null ? undefined : parseFile(at, headText),
    baseText: baseText ?? undefined,
    headText: headText ?? undefined,
  };
}

/** `< → >=: killed`, one line for each mutant, in the order of the report. */
export function verdicts(report: MutationReport): string[] {
  return report.mutants.map(({ mutant, status }) => `${mutant.original} → ${mutant.replacement}: ${status}`);
}

export function statuses(report: MutationReport): string[] {
  return [...new Set(report.mutants.map(({ status }) => status))].toSorted();
}

/** Every path below the project's folder, dependencies aside, with its content. */
export function snapshotOf(root: string): Map<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted(byPath);
  return new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
}

function realHost(signal: AbortSignal, memory: Memory | null): Host {
  const startUntil = (command: Command): RunningProcess => {
    const running = start(command);
    const kill = (): void => running.kill();
    signal.addEventListener("abort", kill);
    void running.done.then(() => signal.removeEventListener("abort", kill));
    return running;
  };
  return {
    run: (command) => collect(startUntil(command), command),
    start: startUntil,
    scratch: temporaryFolder("assay-scratch-"),
    keptTransforms: () => null,
    memory: () => memory,
    progress: () => undefined,
    deadline: Infinity,
    signal,
  };
}

async function collect(running: RunningProcess, { timeoutMs }: Command): Promise<ProcessOutcome> {
  const started = performance.now();
  let timedOut = false;
  const expire = (): void => {
    timedOut = true;
    running.kill();
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
  const lines: string[] = [];
  for await (const line of running.lines) lines.push(line);
  const outcome = await running.done;
  clearTimeout(timer);
  return { ...outcome, timedOut, stdout: lines.join("\n"), durationMs: performance.now() - started };
}

function start({ file, args, cwd, env }: Command): RunningProcess {
  const child = spawn(file, args, { cwd, detached: true, env: { ...process.env, ...env } });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  // A process that is gone takes no more input; its outcome says why.
  child.stdin.on("error", () => undefined);
  const ended = { spawnError: null, timedOut: false, stdout: "", truncated: false, durationMs: 0 };
  const done = new Promise<ProcessOutcome>((resolve) => {
    child.on("close", (exitCode, signal) => resolve({ ...ended, exitCode, signal, stderr }));
  });
  return {
    send: (line) => void child.stdin.write(`${line}\n`),
    lines: createInterface({ input: child.stdout }),
    done,
    kill: () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, "SIGKILL");
    },
  };
}

/** A test file: one test, of names that it imports. */
export function suite(names: string, from: string, body: string): string {
  return `import { expect, test } from "vitest";\nimport { ${names} } from "${from}";\ntest("${names}", () => ${body});\n`;
}
