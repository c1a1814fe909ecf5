// What formatters and linters have in common: they take files, are called by scripts, and print findings.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { Cost, ReplayInputs, Task } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { nameOf, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Command, Host, ProcessOutcome } from "../../model/process.ts";
import { isAffected } from "../../model/scope.ts";
import type { HeadFile } from "../../model/change.ts";
import type { Workspace } from "../../model/workspace.ts";
import { chunked } from "../scripts/argument-lists.ts";
import { findUses, type FileToolUse, type UseSource } from "./file-tool-uses.ts";
import { findInstalled, installCommand, usesPlugAndPlay, type InstalledPackage } from "../packages/installed.ts";
import type { ChangeFacts, Detection, Selection, Tool } from "../tool.ts";
import { interruptedOutcome, reconcile, withoutRoot, type Reading } from "../output/tool-outcome.ts";

/** One formatter or linter: only what it does differently from the others. */
export interface FileTool extends UseSource {
  readonly name: string;
  readonly role: "format" | "lint";
  readonly cost: Cost;
  /** Which files a change calls for: those that can see the change, all of the affected scopes, or those that changed. */
  readonly reach: "affected" | "scope" | ChangedFiles;
  /** Could the tool have something to say about this file? */
  handles(file: HeadFile): boolean;
  /** Does it expand glob patterns itself? Those that don't get the files. */
  readonly expandsGlobs: boolean;
  /** False: it is always run as the scripts call it. */
  takesFiles?(installed: InstalledPackage, use: FileToolUse): boolean;
  command(installed: InstalledPackage, use: FileToolUse, given: "as-called" | "files"): Pick<Command, "file" | "args">;
  /** Undefined when the output is not what the tool prints. */
  read(outcome: ProcessOutcome, place: Place): Reading | undefined;
  /** For a tool that is silent when all is well: an argument of its command to replace, and what its output begins with then. */
  readonly proof?: { readonly without: string; readonly with: string; readonly says: string };
}

/** The verdict on a file depends on that file and the tool's configuration alone. */
export interface ChangedFiles {
  /** Does a file of this name configure it? */
  isConfiguration(name: string): boolean;
}

/** Where a tool ran. */
export interface Place {
  readonly root: string;
  readonly dir: RepoPath;
}

export function fileTool(tool: FileTool): Tool {
  return {
    name: tool.name,
    role: tool.role,
    detect: async (workspace) => {
      const uses = await findUses(tool, workspace);
      return uses.filter((use) => !usesPlugAndPlay(workspace, use.dir)).map((use) => detection(tool, workspace, use));
    },
  };
}

function detection(tool: FileTool, workspace: Workspace, use: FileToolUse): Detection {
  const { name, role, packageName } = tool;
  const installed = findInstalled(workspace, use.dir, packageName);
  return {
    tool: name,
    role,
    dir: use.dir,
    version: installed?.version ?? null,
    install: installed === undefined ? installCommand(workspace, use.dir, packageName) : null,
    evidence: use.evidence,
    plan: (selection) => (installed === undefined ? [] : planUse({ tool, workspace, use, installed }, selection)),
  };
}

interface Work {
  readonly tool: FileTool;
  readonly workspace: Workspace;
  readonly use: FileToolUse;
  readonly installed: InstalledPackage;
}

function planUse(work: Work, selection: Selection): readonly Task[] {
  const { tool, workspace, use } = work;
  const inRange = workspace.tree.files.filter((file) => tool.handles(file) && use.covers(file.path));
  const isSelected = selector(work, selection);
  const selected = inRange.filter((file) => isSelected(file.path));
  if (selected.length === 0) return [];
  const asCalled = selected.length === inRange.length && (tool.expandsGlobs || use.globs.length === 0);
  if (asCalled || tool.takesFiles?.(work.installed, use) === false)
    return [
      task(
        work,
        inRange.map(({ path }) => path),
        null,
      ),
    ];
  const paths = selected.map((file) => file.path);
  return [
    task(
      work,
      paths,
      paths.map((path) => argument(use.dir, path)),
    ),
  ];
}

function selector(work: Work, selection: Selection): (path: RepoPath) => boolean {
  const { change } = selection;
  const { reach } = work.tool;
  if (typeof reach === "object" && change !== null) {
    // What was not touched is as it was at the base, and judged there: an old fault is not this change's.
    return differsFromBase(work, reach, change) ? () => true : (path) => change.paths.has(path);
  }
  if (selection.kind === "all") return () => true;
  return (path) => isAffected(selection.affected, path) || (reach === "scope" && selection.inScope(path));
}

/** Could the tool say something else about an untouched file than at the base? A new `.gitignore` is not reason enough. */
function differsFromBase({ tool, workspace }: Work, reach: ChangedFiles, change: ChangeFacts): boolean {
  const isOwn = (path: RepoPath): boolean => nameOf(path) !== ".gitignore" && reach.isConfiguration(nameOf(path));
  if ([...change.paths].some(isOwn) || change.touchesPackage(tool.packageName)) return true;
  return change.configuration && hasProgramConfiguration(reach, workspace);
}

/** A file as an argument of a tool that runs in `dir`. What looks like a flag or a negated pattern gets a `./`. */
function argument(dir: RepoPath, path: RepoPath): string {
  const fromDir = posix.relative(dir, path);
  return /^[-!@#]/u.test(fromDir) ? `./${fromDir}` : fromDir;
}

/** `given` null: the tool finds the files itself, as the script says. */
function task(work: Work, files: readonly RepoPath[], given: readonly string[] | null): Task {
  const { tool, workspace, use, installed } = work;
  const { file, args } = tool.command(installed, use, given === null ? "as-called" : "files");
  const where = use.dir === "" ? "" : ` in ${use.dir}`;
  const label = `${tool.name}${where}, ${String(files.length)} ${files.length === 1 ? "file" : "files"}`;
  const commands = chunked(given ?? use.paths).map((targets) => ({
    file,
    args: [...args, ...targets],
    cwd: join(workspace.root, use.dir),
    env: { NO_COLOR: "1", FORCE_COLOR: undefined, ...use.env },
  }));
  return {
    label,
    cost: tool.cost,
    replay: {
      facts: [
        tool.name,
        installed.version,
        process.version,
        use.dir,
        JSON.stringify(use.env),
        // The same in every checkout of the repository.
        ...args.map((arg) => arg.replace(workspace.root, "")),
        ...(given === null ? use.paths : []),
      ],
      inputs: inputsOf(work, files),
    },
    run: (host) => run(work, label, commands, host),
  };
}

const lockfiles = new Set([
  "package.json",
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
]);

function inputsOf({ tool: { reach }, workspace }: Work, files: readonly RepoPath[]): ReplayInputs {
  if (typeof reach === "string" || hasProgramConfiguration(reach, workspace)) return { kind: "dirs", dirs: [rootDir] };
  const configuring = workspace.tree.files
    .map((file) => file.path)
    .filter((path) => lockfiles.has(nameOf(path)) || reach.isConfiguration(nameOf(path)));
  return { kind: "files", files: [...files, ...configuring] };
}

/** Configuration that is a program can read anything. */
function hasProgramConfiguration(reach: ChangedFiles, workspace: Workspace): boolean {
  return workspace.tree.files.some(({ path }) => /\.[cm]?[jt]s$/u.test(path) && reach.isConfiguration(nameOf(path)));
}

async function run(work: Work, label: string, commands: readonly Command[], host: Host): Promise<TaskOutcome> {
  const { tool, workspace, use } = work;
  if (!existsSync(join(workspace.root, use.dir))) {
    return {
      status: "errored",
      error: new AssayError("tool-failed", `${tool.name} is to run in ${use.dir}, which is not there`),
    };
  }
  const errors = [];
  const warnings = [];
  for (const command of commands) {
    const outcome = await host.run(command);
    const interrupted = interruptedOutcome(tool.name, label, host, outcome);
    if (interrupted !== undefined) return interrupted;
    const read = tool.read(outcome, { root: workspace.root, dir: use.dir });
    const reading = reconcile(tool.name, withoutRoot(workspace.root, outcome), read);
    if (reading instanceof AssayError) return { status: "errored", error: reading };
    const idle =
      reading.errors.length + reading.warnings.length === 0 ? await idleError(tool, command, host) : undefined;
    if (idle !== undefined) return { status: "errored", error: idle };
    errors.push(...reading.errors);
    warnings.push(...reading.warnings);
  }
  const findings = warnings.length > use.maxWarnings ? [...errors, ...warnings] : errors;
  return findings.length > 0 ? { status: "failed", findings } : { status: "passed" };
}

/** Why a tool that found nothing may not have looked at all. */
async function idleError({ name, proof }: FileTool, command: Command, host: Host): Promise<AssayError | undefined> {
  if (proof === undefined) return undefined;
  const args = command.args.map((arg) => (arg === proof.without ? proof.with : arg));
  const outcome = await host.run({ ...command, args });
  if (outcome.stdout.trimStart().startsWith(proof.says)) return undefined;
  return new AssayError("tool-failed", `${name} ended with exit code 0 and does not say that it checked anything`);
}
