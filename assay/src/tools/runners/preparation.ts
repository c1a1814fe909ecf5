// What a test script makes before it starts a known runner: `node generate.js && vitest run`, or what stands in "pretest".
import { delimiter, join } from "node:path";
import type { Task } from "../../model/check.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import type { Host } from "../../model/process.ts";
import { ancestors, isWithin, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { judgeByExitCode, runScriptOnce } from "../scripts/run-script.ts";
import { calledScript, stepsBeforeRunner } from "../scripts/test-steps.ts";
import { testScript } from "./runner-uses.ts";
import { shellCall } from "./test-command.ts";

/** The lines that one package's test script has in front of its runner. */
export interface PreparedPackage {
  readonly pkg: Package;
  readonly lines: readonly string[];
}

/** Of the packages that a run in `dir` is of: the one around it, and those below it. */
export function preparedPackages(workspace: Workspace, dir: RepoPath): readonly PreparedPackage[] {
  const around = workspace.packages.findLast((pkg) => isWithin(pkg.dir, dir));
  return workspace.packages
    .filter((pkg) => pkg === around || isWithin(dir, pkg.dir))
    .flatMap((pkg) => preparedPackage(workspace, pkg) ?? []);
}

/** Undefined where the package's test script makes nothing first. */
export function preparedPackage(workspace: Workspace, pkg: Package): PreparedPackage | undefined {
  const script = testScript(pkg.manifest);
  const steps = script === undefined ? [] : stepsBeforeRunner(workspace, pkg.manifest, script);
  return steps.length === 0 ? undefined : { pkg, lines: steps.map(({ line }) => line) };
}

/** A run of tests that has been made ready for first, as the script would. */
export function behindPreparation(workspace: Workspace, packages: readonly PreparedPackage[], task: Task): Task["run"] {
  return async (host) => {
    const made = await prepare(host, workspace, packages);
    return made.status === "passed" ? task.run(host) : made;
  };
}

/** A run of tests that is made ready for, and run again, where it fails for something that is not there. */
export function withPreparation(workspace: Workspace, packages: readonly PreparedPackage[], task: Task): Task["run"] {
  return async (host) => {
    const first = await task.run(host);
    if (first.status !== "failed" || !first.findings.some(({ message }) => speaksOfMissing(message))) return first;
    const made = await prepare(host, workspace, packages);
    return made.status === "passed" ? task.run(host) : first;
  };
}

/** Node's, Vite's, Jest's and the compiler's words for a file that nobody has made. */
export function speaksOfMissing(message: string): boolean {
  return /cannot find (?:module|package)|failed to (?:resolve|load)|could not (?:resolve|locate)|no such file|ENOENT|ERR_MODULE_NOT_FOUND|is the file missing/i.test(
    message,
  );
}

const made = new WeakMap<Host, Map<RepoPath, Promise<TaskOutcome>>>();
const told = new WeakSet<TaskOutcome>();

/** Does what the scripts of these packages do first, once in a run. Answers the first outcome that is no pass, once. */
export async function prepare(
  host: Host,
  workspace: Workspace,
  packages: readonly PreparedPackage[],
): Promise<TaskOutcome> {
  const known = made.get(host) ?? new Map<RepoPath, Promise<TaskOutcome>>();
  made.set(host, known);
  for (const prepared of packages) {
    const { dir } = prepared.pkg;
    const running = known.get(dir) ?? prepareOne(host, workspace, prepared);
    known.set(dir, running);
    const outcome = await running;
    if (outcome.status === "passed") continue;
    if (told.has(outcome)) return { status: "skipped", reason: "what the test script does first has failed" };
    told.add(outcome);
    return outcome;
  }
  return { status: "passed" };
}

async function prepareOne(host: Host, workspace: Workspace, { pkg, lines }: PreparedPackage): Promise<TaskOutcome> {
  for (const line of lines) {
    host.progress(`${line}, which the test script runs first`);
    const outcome = await runLine(host, workspace, pkg, line);
    if (outcome.status !== "passed") return outcome;
  }
  return { status: "passed" };
}

async function runLine(host: Host, workspace: Workspace, pkg: Package, line: string): Promise<TaskOutcome> {
  const script = calledScript(pkg.manifest, line);
  if (script !== undefined) return runScriptOnce(host, workspace, pkg, script);
  const { file, args } = shellCall(line);
  const env = { CI: "true", UPDATE_SNAPSHOT: undefined, PATH: pathOf(workspace, pkg.dir) };
  const outcome = await host.run({ file, args, cwd: join(workspace.root, pkg.dir), env });
  return judgeByExitCode(host, workspace, pkg, line, outcome);
}

/** With the commands of what is installed, as package managers have it. */
function pathOf({ root }: Workspace, dir: RepoPath): string {
  const folders = [...new Set([dir, ...ancestors(dir), rootDir])];
  const commands = folders.map((folder) => join(root, folder, "node_modules", ".bin"));
  return [...commands, process.env["PATH"] ?? ""].join(delimiter);
}
