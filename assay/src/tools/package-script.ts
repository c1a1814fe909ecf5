// Runs a script of a package through its package manager. Its exit code is all that is known of it.
import { join } from "node:path";
import { AssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import type { Host, ProcessOutcome } from "../model/process.ts";
import { declaredDependencies, type Package, type Workspace } from "../model/workspace.ts";
import { interruptedOutcome, usefulLine } from "./tool-outcome.ts";

const shownLines = 5;

/** `npm run build in packages/core` */
export function scriptLabel(workspace: Workspace, pkg: Package, script: string): string {
  return `${workspace.manager} run ${script}${pkg.dir === "" ? "" : ` in ${pkg.dir}`}`;
}

/** Runs one script. A failing one's last words stand for its findings. */
export async function runScript(host: Host, workspace: Workspace, pkg: Package, script: string): Promise<TaskOutcome> {
  const label = scriptLabel(workspace, pkg, script);
  const outcome = await host.run({
    file: workspace.manager,
    args: ["run", script],
    cwd: join(workspace.root, pkg.dir),
    env: { CI: "true", NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  const interrupted = interruptedOutcome(label, label, host, outcome);
  if (interrupted !== undefined) return interrupted;
  if (outcome.exitCode === 0) return { status: "passed" };
  if (outcome.exitCode === 126 || outcome.exitCode === 127) {
    const said = usefulLine(outcome.stderr) ?? "a program of it was not found";
    return {
      status: "errored",
      error: new AssayError("tool-missing", `${label}: ${said}`, { hint: `${workspace.manager} install` }),
    };
  }
  return { status: "failed", findings: lastWords(outcome).map((message) => finding(`${label}: ${message}`)) };
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

function finding(message: string): Finding {
  return { path: null, line: null, message };
}

/** What package managers add about a failing script says nothing about why. */
const managersOwn = /^\s*(?:npm (?:error|ERR!|warn)|> |error Command failed|info Visit|.*ELIFECYCLE|.*Exit status|\$ )/;

function lastWords({ stdout, stderr, exitCode }: ProcessOutcome): readonly string[] {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => !managersOwn.test(line));
  const useful = lines.flatMap((line) => usefulLine(line) ?? []);
  const telling = useful.filter((line) => /error|fail|:\d+/i.test(line));
  const shown = (telling.length > 0 ? telling : useful.slice(-shownLines)).slice(0, shownLines);
  return shown.length > 0 ? shown : [`exit code ${String(exitCode)} and no output`];
}
