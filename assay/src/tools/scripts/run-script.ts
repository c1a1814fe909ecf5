// Runs a script of a package through its package manager. Its exit code is the verdict, its last words the findings.
import { join } from "node:path";
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import { declaredDependencies, type Package, type PackageManager, type Workspace } from "../../model/workspace.ts";
import { interruptedOutcome, usefulLine } from "../output/tool-outcome.ts";
import { findingsIn } from "./script-output.ts";

/** `npm run build in packages/core` */
export function scriptLabel({ manager }: Workspace, { dir }: Package, script: string): string {
  return `${manager} run ${script}${dir === "" ? "" : ` in ${dir}`}`;
}

/** Yarn has no such flag from version 2 on. */
const quietRuns: { readonly [M in PackageManager]: readonly string[] } = {
  npm: ["run", "--silent"],
  pnpm: ["run", "--silent"],
  yarn: ["run"],
  bun: ["run", "--silent"],
};

const ran = new WeakMap<Host, Map<string, Promise<TaskOutcome>>>();

/** What became of a script that this run has started already; runs it where it has not. */
export function runScriptOnce(host: Host, workspace: Workspace, pkg: Package, script: string): Promise<TaskOutcome> {
  return ran.get(host)?.get(scriptLabel(workspace, pkg, script)) ?? runScript(host, workspace, pkg, script);
}

export function runScript(host: Host, workspace: Workspace, pkg: Package, script: string): Promise<TaskOutcome> {
  const outcome = outcomeOf(host, workspace, pkg, script);
  const known = ran.get(host) ?? new Map<string, Promise<TaskOutcome>>();
  ran.set(host, known.set(scriptLabel(workspace, pkg, script), outcome));
  return outcome;
}

async function outcomeOf(host: Host, workspace: Workspace, pkg: Package, script: string): Promise<TaskOutcome> {
  const { manager, root } = workspace;
  const label = scriptLabel(workspace, pkg, script);
  const outcome = await host.run({
    file: manager,
    args: [...quietRuns[manager], script],
    cwd: join(root, pkg.dir),
    // In CI mode nothing waits for a person and no test runner writes a snapshot.
    // Colours are left alone: tests may look at them.
    env: { CI: "true", UPDATE_SNAPSHOT: undefined },
  });
  if (outcome.spawnError?.includes("ENOENT") === true) {
    const error = new AssayError("tool-missing", `${label}: ${manager} is not installed`, {
      hint: `npm install --global ${manager}`,
    });
    return { status: "errored", error };
  }
  return judgeByExitCode(host, workspace, pkg, label, outcome);
}

/** The verdict on a program of which nothing is known but that its exit code tells. */
export function judgeByExitCode(
  host: Host,
  workspace: Workspace,
  pkg: Package,
  label: string,
  outcome: ProcessOutcome,
): TaskOutcome {
  const interrupted = interruptedOutcome(label, label, host, outcome);
  if (interrupted !== undefined) return interrupted;
  if (outcome.exitCode === 0) return { status: "passed" };
  if (outcome.exitCode === 126 || outcome.exitCode === 127) {
    const said = usefulLine(outcome.stderr) ?? usefulLine(outcome.stdout) ?? "a program of it was not found";
    const error = new AssayError("tool-missing", `${label}: ${said}`, { hint: `${workspace.manager} install` });
    return { status: "errored", error };
  }
  return { status: "failed", findings: findingsIn(workspace, pkg, label, outcome) };
}

/** The packages that have a script, each after the packages of the workspace that it depends on. */
export function inBuildOrder(workspace: Workspace, script: string): readonly Package[] {
  const byName = new Map(workspace.packages.map((pkg) => [pkg.name, pkg]));
  const ordered = new Set<Package>();
  const started = new Set<Package>();
  const visit = (pkg: Package): void => {
    // A cycle has no right order; the one that is met first comes first.
    if (started.has(pkg)) return;
    started.add(pkg);
    for (const name of declaredDependencies(pkg.manifest)) {
      const dependency = byName.get(name);
      if (dependency) visit(dependency);
    }
    ordered.add(pkg);
  };
  workspace.packages.forEach(visit);
  return [...ordered].filter((pkg) => script in pkg.manifest.scripts);
}
