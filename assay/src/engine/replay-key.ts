// What a verdict depends on, as one digest.
import { createHash } from "node:crypto";
import type { Task } from "../model/check.ts";
import { isWithin, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";

/** Variables that differ from one shell to the next without a program caring. */
const volatile =
  /^(_|PWD|OLDPWD|SHLVL|COLUMNS|LINES|TERM|TERM_.*|COLORTERM|WINDOWID|SSH_.*|XDG_SESSION_.*|DBUS_.*|GPG_.*|npm_lifecycle_.*|npm_command|npm_execpath|INIT_CWD|ASSAY_RUN|.*SESSION_ID|.*THREAD_ID|.*_PID|HISTFILE.*)$/;

/** What is the same for every task of a run. */
export interface ReplayEnvironment {
  readonly assayVersion: string;
  /** Digest of what is installed. */
  readonly installState: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes the keys of a run. Null for a task that is not to be replayed, or one of whose inputs can not be identified.
 *
 * Every key holds assay's and Node's version, the environment, what is installed, every file that lies in no package
 * (root configuration, lockfile) and the files or folders the task names.
 */
export function replayKeys(
  workspace: Workspace,
  run: ReplayEnvironment,
): (checkId: string, task: Task) => string | null {
  const common = digest([
    run.assayVersion,
    process.version,
    process.platform,
    process.arch,
    run.installState,
    ...environmentLines(run.environment),
    ...lines(workspace, outsidePackages(workspace)),
    ...environmentFiles(workspace),
  ]);
  return (checkId, task) => {
    if (task.replay === null) return null;
    const paths = inputPaths(workspace, task.replay.inputs);
    if (paths.some((path) => workspace.tree.blobOf(path) === null)) return null;
    return digest([common, checkId, task.label, ...task.replay.facts, ...lines(workspace, paths)]);
  };
}

function inputPaths(workspace: Workspace, inputs: NonNullable<Task["replay"]>["inputs"]): readonly RepoPath[] {
  if (inputs.kind === "files") return inputs.files;
  return workspace.tree.files.map((file) => file.path).filter((path) => inputs.dirs.some((dir) => isWithin(dir, path)));
}

function outsidePackages(workspace: Workspace): readonly RepoPath[] {
  const dirs = workspace.packages.map((pkg) => pkg.dir).filter((dir) => dir !== "");
  return workspace.tree.files.map((file) => file.path).filter((path) => !dirs.some((dir) => isWithin(dir, path)));
}

/** `.env` files are read by many tools and usually ignored by git, so the tree does not show them. */
function environmentFiles(workspace: Workspace): readonly string[] {
  const names = [".env", ".env.local", ".env.test", ".env.test.local"];
  const dirs = new Set(["", ...workspace.packages.map((pkg) => pkg.dir)]);
  return [...dirs].flatMap((dir) =>
    names.map((name) => workspace.readText((dir === "" ? name : `${dir}/${name}`) as RepoPath) ?? ""),
  );
}

function lines(workspace: Workspace, paths: readonly RepoPath[]): readonly string[] {
  return paths.map((path) => `${path}\0${workspace.tree.blobOf(path) ?? ""}`);
}

function environmentLines(environment: ReplayEnvironment["environment"]): readonly string[] {
  return Object.entries(environment)
    .filter(([name, value]) => value !== undefined && !volatile.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted();
}

function digest(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest("hex");
}
