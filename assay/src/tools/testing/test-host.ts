// For the tests of the test runners: repositories in temporary folders, and a host that really starts processes.
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
import { fileURLToPath } from "node:url";
import { defaultConfig } from "../../model/config.ts";
import type { Task } from "../../model/check.ts";
import type { Finding, TaskOutcome } from "../../model/finding.ts";
import { byPath, dirOf, repoPath, type RepoPath } from "../../model/paths.ts";
import type { Command, Host, ProcessOutcome } from "../../model/process.ts";
import { unaffected } from "../../model/scope.ts";
import type { Manifest, Package, Workspace } from "../../model/workspace.ts";
import type { Detection, Selection } from "../tool.ts";

export interface TestRepository extends Disposable {
  readonly root: string;
  readonly workspace: Workspace;
}

/** Writes files to a temporary folder. With `linked`, the packages that this repository has installed can be found there. */
export function testRepository(files: Readonly<Record<string, string>>, linked = false): TestRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-tools-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (linked)
    symlinkSync(fileURLToPath(new URL("../../../../node_modules", import.meta.url)), join(root, "node_modules"));
  const paths = Object.keys(files)
    .filter((path) => !path.includes("node_modules/"))
    .map((path) => repoPath(path))
    .toSorted(byPath);
  return { root, workspace: workspaceOf(root, paths), [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}

function workspaceOf(root: string, paths: readonly RepoPath[]): Workspace {
  const known = new Set(paths);
  const manifests = paths.filter((path) => path === "package.json" || path.endsWith("/package.json"));
  return {
    root,
    manager: "npm",
    tree: {
      files: paths.map((path) => ({ path, blob: null, symlink: false })),
      has: (path) => known.has(path),
      blobOf: () => null,
    },
    packages: manifests.map((path) => packageAt(root, path)).toSorted((a, b) => byPath(a.dir, b.dir)),
    config: defaultConfig,
    readText: (path) => (known.has(path) ? readFileSync(join(root, path), "utf8") : undefined),
  };
}

function packageAt(root: string, path: RepoPath): Package {
  const raw = JSON.parse(readFileSync(join(root, path), "utf8")) as Partial<Manifest>;
  const manifest: Manifest = {
    name: raw.name ?? null,
    type: raw.type ?? "commonjs",
    scripts: raw.scripts ?? {},
    dependencies: raw.dependencies ?? {},
    devDependencies: raw.devDependencies ?? {},
    peerDependencies: {},
    optionalDependencies: {},
    raw: { ...raw },
  };
  return { name: manifest.name ?? path, dir: dirOf(path), manifest };
}

export interface TestHost extends Host, Disposable {
  readonly commands: readonly Command[];
}

/** Ends what it started as soon as a report has `endAfter` in it, as a run's budget does at its end. */
export function testHost(endAfter: string | null = null): TestHost {
  const scratch = mkdtempSync(join(tmpdir(), "assay-scratch-"));
  const commands: Command[] = [];
  return {
    commands,
    scratch,
    keptTransforms: () => null,
    memory: () => null,
    progress: () => undefined,
    deadline: Infinity,
    signal: new AbortController().signal,
    run: (command) => {
      commands.push(command);
      return runProcess(command, () => endAfter !== null && reported(scratch).includes(endAfter));
    },
    start: () => {
      throw new Error("no test runner is talked to");
    },
    [Symbol.dispose]: () => rmSync(scratch, { recursive: true }),
  };
}

function reported(scratch: string): string {
  return readdirSync(scratch)
    .map((name) => readFileSync(join(scratch, name), "utf8"))
    .join("");
}

async function runProcess(command: Command, isOver: () => boolean): Promise<ProcessOutcome> {
  const started = performance.now();
  const env = Object.fromEntries(
    Object.entries({ ...process.env, ...command.env }).filter(([, value]) => value !== undefined),
  );
  const child = spawn(command.file, command.args, { cwd: command.cwd, env, detached: true });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
  let timedOut = false;
  const timer = setInterval(() => {
    if (timedOut || child.pid === undefined || !isOver()) return;
    timedOut = true;
    process.kill(-child.pid, "SIGKILL");
  }, 50);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ ...ended(null, null), spawnError: error.message }));
    child.on("close", (exitCode, signal) => {
      clearInterval(timer);
      resolve(ended(exitCode, signal));
    });
  });

  function ended(exitCode: number | null, signal: string | null): ProcessOutcome {
    const durationMs = performance.now() - started;
    return { exitCode, signal, spawnError: null, timedOut, ...output, truncated: false, durationMs };
  }
}

/** All of it, without a base. */
/** Of a process that did what it was started for and said nothing. */
export const endedWell: ProcessOutcome = {
  exitCode: 0,
  signal: null,
  spawnError: null,
  timedOut: false,
  stdout: "",
  stderr: "",
  truncated: false,
  durationMs: 1,
};

export const everything: Selection = { kind: "all", change: null };

/** A selection of these files, the first one nearest. */
export function affected(...paths: readonly string[]): Selection {
  const reached = new Map(paths.map((path, distance) => [repoPath(path), { distance, why: "changed" }]));
  return { kind: "affected", change: null, affected: { ...unaffected, reached }, inScope: () => false };
}

/** Runs every task of a detection, one after the other. */
export async function runAll(
  detections: readonly Detection[],
  selection: Selection,
  host: Host,
): Promise<readonly TaskOutcome[]> {
  const outcomes: TaskOutcome[] = [];
  for (const task of plans(detections, selection)) outcomes.push(await task.run(host));
  return outcomes;
}

export function plans(detections: readonly Detection[], selection: Selection): readonly Task[] {
  return detections.flatMap((detection) => detection.plan(selection));
}

/** `failed src/a.test.ts:3 message`, `errored no-tests-ran`, `passed`. */
export function show(outcome: TaskOutcome): readonly string[] {
  if (outcome.status === "failed") return outcome.findings.map((finding) => `failed ${showFinding(finding)}`);
  return [outcome.status === "errored" ? `errored ${outcome.error.code}: ${outcome.error.message}` : outcome.status];
}

function showFinding({ path, line, message }: Finding): string {
  return `${path ?? "-"}:${line ?? "-"} ${message}`;
}

/** Every file below a folder, to see that nothing was written. */
export function listFiles(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, encoding: "utf8" });
  return entries.filter((path) => !path.startsWith("node_modules")).toSorted(byPath);
}
