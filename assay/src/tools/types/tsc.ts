import { createHash } from "node:crypto";
import { join, posix } from "node:path";
import type { Task } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { isWithin, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Host } from "../../model/process.ts";
import { isAffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import { installCommand, usesPlugAndPlay, type InstalledPackage } from "../packages/installed.ts";
import { compilerPackages, compilerProgram, findCompiler } from "./tsc-compiler.ts";
import type { ChangeFacts, Detection, Selection, Tool } from "../tool.ts";
import { interruptedOutcome, reconcile, withoutRoot } from "../output/tool-outcome.ts";
import { environmentFault, readDiagnostics, type Diagnostic } from "./tsc-output.ts";
import { findPrograms } from "./tsc-programs.ts";
import { typeRuns, type TypeProject, type TypeRun } from "./tsc-runs.ts";
import { tsConfigsOf, type TsConfig } from "./tsconfig.ts";

/**
 * The TypeScript compiler: 5 and 6 under Node, 7 and `tsgo` by their native program.
 *
 * A single project is checked with `-p … --noEmit`; the memory that `composite` and `incremental` would have it write
 * beside the sources goes to the run's scratch folder. Projects that refer to each other need each other's declaration
 * files, which `--noEmit` refuses to make (TS6310, in 5.9, 6.0 and 7.0): they are built with `tsc -b`, exactly as the
 * repository does, where git ignores everything that this writes. Where it doesn't, see `typeRuns`.
 */
export const tsc: Tool = {
  name: "tsc",
  role: "types",
  detect: async (workspace) => {
    const configs = tsConfigsOf(workspace);
    const programs = (await findPrograms(configs)).filter(({ dir }) => !usesPlugAndPlay(workspace, dir));
    const runs = await typeRuns(configs, programs);
    return runs.map((run) => detection(workspace, run));
  },
};

function detection(workspace: Workspace, run: TypeRun): Detection {
  const installed = findCompiler(workspace, run.dir, run.compiler);
  return {
    tool: run.compiler,
    role: "types",
    dir: run.dir,
    version: installed?.version ?? null,
    install: installed === undefined ? installCommand(workspace, run.dir, compilerPackages[run.compiler]) : null,
    evidence: run.evidence,
    plan: (selection) => (installed === undefined ? [] : planRun(workspace, run, installed, selection)),
  };
}

function planRun(
  workspace: Workspace,
  run: TypeRun,
  installed: InstalledPackage,
  selection: Selection,
): readonly Task[] {
  const selected = withDependents(
    run.projects.filter((project) => isSelected(project, selection)),
    run.projects,
  );
  if (selected.length === 0) return [];
  const configs = selected.map(({ config }) => config);
  const label = `${run.compiler} ${configs.length === 1 ? (configs[0]?.path ?? "") : `of ${String(configs.length)} projects`}`;
  const program = compilerProgram(installed, run.compiler);
  const args = [...program.args, ...argumentsOf(run, configs)];
  const { change } = selection;
  const work = { workspace, run, label, file: program.file, args, configs, change };
  return [
    {
      label,
      cost: "medium",
      replay: {
        facts: [
          run.compiler,
          installed.version,
          process.version,
          run.dir,
          JSON.stringify(run.env),
          ...args.map((arg) => arg.replace(workspace.root, "")),
          ...(run.guessed ? heldAgainst(change) : []),
        ],
        inputs: { kind: "dirs", dirs: [rootDir] },
      },
      run: (host) => runTypes(work, host),
    },
  ];
}

/** What decides which errors of a guessed program count: see `verdict`. */
function heldAgainst(change: ChangeFacts | null): readonly string[] {
  if (change === null) return ["everything"];
  return [JSON.stringify([...change.paths].toSorted()), JSON.stringify([...change.reached].toSorted())];
}

function isSelected(project: TypeProject, selection: Selection): boolean {
  if (selection.kind === "all") return true;
  const { affected } = selection;
  const { path, dir } = project.config;
  if (selection.inScope(path) || isAffected(affected, path)) return true;
  if ([...affected.whole.keys()].some((whole) => isWithin(whole, dir) || isWithin(dir, whole))) return true;
  return [...affected.reached.keys()].some((file) => project.contains(file));
}

/** A project's references are what it sees of the others: it is looked at whenever one of them is. */
function withDependents(selected: readonly TypeProject[], all: readonly TypeProject[]): readonly TypeProject[] {
  const paths = new Set(selected.map(({ config }) => config.path));
  const dependents = all.filter(
    ({ config }) => paths.has(config.path) || config.references.some((path) => paths.has(path)),
  );
  return dependents.length === selected.length ? selected : withDependents(dependents, all);
}

function argumentsOf(run: TypeRun, configs: readonly TsConfig[]): readonly string[] {
  const paths = configs.map(({ path }) => posix.relative(run.dir, path));
  const how = run.build ? ["-b", ...paths] : ["-p", ...paths, "--noEmit"];
  return [...how, "--pretty", "false", ...run.flags];
}

interface TypeWork {
  readonly workspace: Workspace;
  readonly run: TypeRun;
  readonly label: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly configs: readonly TsConfig[];
  readonly change: ChangeFacts | null;
}

async function runTypes(work: TypeWork, host: Host): Promise<TaskOutcome> {
  const { workspace, run, label, file, args, configs } = work;
  if (run.obstacle !== null) return withoutVerdict(run, run.obstacle);
  const outcome = await host.run({
    file,
    args: [...args, ...memoryFlags(run, configs, host)],
    cwd: join(workspace.root, run.dir),
    env: { NO_COLOR: "1", FORCE_COLOR: undefined, ...run.env },
  });
  const interrupted = interruptedOutcome(run.compiler, label, host, outcome);
  if (interrupted !== undefined) return interrupted;
  const diagnostics = readDiagnostics(
    outcome.stdout,
    { root: workspace.root, dir: run.dir },
    configs[0]?.path ?? rootDir,
  );
  const reading = reconcile(run.compiler, withoutRoot(workspace.root, outcome), { errors: diagnostics, warnings: [] });
  if (reading instanceof AssayError) return { status: "errored", error: reading };
  const fault = environmentFault(workspace, diagnostics, run.notBuilt);
  if (fault !== undefined) return withoutVerdict(run, fault);
  return verdict(work, diagnostics);
}

/** Nobody but us says that a guessed program can be checked at all. */
function withoutVerdict({ guessed }: TypeRun, error: AssayError): TaskOutcome {
  return guessed
    ? { status: "skipped", reason: `${error.message}; no script checks types` }
    : { status: "errored", error };
}

/**
 * All errors of a program that a script checks. Of a guessed one, which may never have been free of errors, only those
 * in files that the change reaches; all, where it changes what is seen without an import.
 */
function verdict({ run, change, configs }: TypeWork, diagnostics: readonly Diagnostic[]): TaskOutcome {
  const everywhere = !run.guessed || change === null || [...change.paths].some(isSeenEverywhere);
  const counted = diagnostics.filter(({ path }) => everywhere || (path !== null && change.reached.has(path)));
  const findings = counted.map(({ path, line, message }) => ({ path, line, message }));
  if (findings.length > 0) return { status: "failed", findings };
  if (diagnostics.length === 0) return { status: "passed" };
  const errors = diagnostics.length === 1 ? "1 type error" : `${String(diagnostics.length)} type errors`;
  const where = configs.map(({ path }) => path).join(", ");
  return { status: "passed", note: `${errors} in files that the change does not reach; no script checks ${where}` };
}

function isSeenEverywhere(path: RepoPath): boolean {
  return /\.d\.[cm]?ts$|(?:^|\/)[jt]sconfig[^/]*\.json$/u.test(path);
}

/**
 * Only for projects that keep such a memory: to ask others for one would change what they are told. TypeScript 7.0
 * leaves out TS9007 and its like in a project that is made incremental by a flag.
 */
function memoryFlags(run: TypeRun, configs: readonly TsConfig[], host: Host): readonly string[] {
  const [config] = configs;
  if (run.build || config === undefined) return [];
  if (!config.flags.has("composite") && !config.flags.has("incremental")) return [];
  const name = createHash("sha256")
    .update(`${run.compiler} ${config.path} ${run.flags.join(" ")}`)
    .digest("hex")
    .slice(0, 16);
  return ["--tsBuildInfoFile", join(host.scratch, `${name}.tsbuildinfo`)];
}
