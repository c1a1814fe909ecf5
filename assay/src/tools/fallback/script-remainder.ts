// What a test script does beside the runner that is known: a linter or type checker of its own, a look at the bundle.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "../../model/check.ts";
import { ancestors, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { findInstalled, installCommand, isDeclared, usesPlugAndPlay } from "../packages/installed.ts";
import { interruptedOutcome } from "../output/tool-outcome.ts";
import { prepare, preparedPackage } from "../runners/preparation.ts";
import { nestedDirs, preparedRuns, testInvocations } from "../runners/runner-uses.ts";
import { pathFrom } from "../runners/test-patterns.ts";
import { concerns } from "../runners/test-selection.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { checkers, isOtherRunner, isPreparation, isRunner, isStrange } from "../scripts/known-programs.ts";
import { delegates, readScript } from "../scripts/read-scripts.ts";
import { judgeByExitCode, runScript, scriptLabel } from "../scripts/run-script.ts";
import type { Detection, Tool } from "../tool.ts";
import { scriptsRunWhole, writes } from "./conventional-script.ts";
import { isCovered, knownRuns, scriptDetection } from "./test-script.ts";

/** `xo` in `xo && ava && tsd`. */
export const lintRemainder: Tool = remainderTool("lint");

/** `tsd` in `xo && ava && tsd`. */
export const typesRemainder: Tool = remainderTool("types");

/** What else a test script starts, and the runs that it makes something for first or holds to a coverage. */
export const testsRemainder: Tool = remainderTool("tests");

type Role = "lint" | "types" | "tests";

function remainderTool(role: Role): Tool {
  return {
    name: "test script",
    role,
    async detect(workspace) {
      const drafts = workspace.packages.flatMap((pkg) => [
        ...programsOf(workspace, pkg, role),
        ...(role === "tests" ? wholeScripts(workspace, pkg) : []),
      ]);
      if (drafts.length === 0) return [];
      // Where no runner is known the script is run as it is.
      const known = await knownRuns(workspace);
      return drafts.filter(({ pkg }) => isCovered(pkg, known)).map(({ detection }) => detection);
    },
  };
}

interface Draft {
  readonly pkg: Package;
  readonly detection: Detection;
}

function programsOf(workspace: Workspace, pkg: Package, role: Role): readonly Draft[] {
  if (usesPlugAndPlay(workspace, pkg.dir)) return [];
  const covered = new Set(
    scriptsRunWhole(workspace, pkg).flatMap((name) => readScript(pkg.manifest, name)?.invocations.map(written) ?? []),
  );
  const calls = testInvocations(pkg.manifest);
  const made = calls.findIndex((call) => isPreparation(call));
  const start = preparedPackage(workspace, pkg) === undefined ? -1 : calls.findIndex((call) => isRunner(call));
  const left = calls.filter(
    (call) => isStrange(call) && !delegates(call) && !writes(call) && !covered.has(written(call)),
  );
  return left
    .filter(({ program }) => (checkers.get(program) ?? "tests") === role)
    .flatMap((call) => {
      if (role === "tests" && calls.indexOf(call) < start && !isOtherRunner(call))
        return [{ pkg, detection: inFront(workspace, pkg, call) }];
      const late = role === "tests" || (made >= 0 && calls.indexOf(call) > made);
      const detection = programDetection(workspace, pkg, call, { role, late });
      return detection === undefined ? [] : [{ pkg, detection }];
    });
}

function written({ program, args }: Invocation): string {
  return [program, ...args].join(" ");
}

function programDetection(
  workspace: Workspace,
  pkg: Package,
  call: Invocation,
  // What stands behind a build may look at what that made.
  { role, late }: { readonly role: Role; readonly late: boolean },
): Detection | undefined {
  const { program, evidence } = call;
  const dir = pathFrom(pkg.dir, call.cd);
  if (dir === undefined) return undefined;
  const file = commandFile(workspace, dir, program);
  const testsNoCode = role !== "tests" || checkers.has(program);
  const common = { tool: program, role, dir, evidence, testsNoCode } as const;
  if (file === undefined) {
    const name = program === "flow" ? "flow-bin" : program;
    if (isDeclared(workspace, dir, name)) {
      return { ...common, version: null, install: installCommand(workspace, dir, name), plan: () => [] };
    }
    // Node's scripts and shell commands in front of a run make something for it; a checker is missed.
    return checkers.has(program) ? undefined : scriptAlone(workspace, pkg, call);
  }
  const nested = nestedDirs(pkg.dir, workspace.packages);
  return {
    ...common,
    version: findInstalled(workspace, dir, program)?.version ?? "",
    install: null,
    ...(late && { gateOnly: `part of "${call.script}"` }),
    plan: (selection) =>
      concerns(selection, workspace, pkg.dir, nested) ? [programTask({ workspace, pkg, dir, file, call })] : [],
  };
}

/** The nearest command of this name that some package has brought. */
function commandFile(workspace: Workspace, dir: RepoPath, program: string): string | undefined {
  const folders = [dir, ...ancestors(dir), rootDir].map((folder) => join(workspace.root, folder, "node_modules/.bin"));
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

interface ProgramRun {
  readonly workspace: Workspace;
  readonly pkg: Package;
  readonly dir: RepoPath;
  readonly file: string;
  readonly call: Invocation;
}

function programTask({ workspace, pkg, dir, file, call }: ProgramRun): Task {
  const label = `${written(call)}${dir === rootDir ? "" : ` in ${dir}`}`;
  const facts = ["program", process.version, dir, label, JSON.stringify(call.env)];
  return {
    label,
    cost: "medium",
    replay: { facts, inputs: { kind: "dirs", dirs: [rootDir] } },
    async run(host) {
      const env = { ...call.env, CI: "true", UPDATE_SNAPSHOT: undefined };
      const outcome = await host.run({ file, args: [...call.args], cwd: join(workspace.root, dir), env });
      const interrupted = interruptedOutcome(call.program, label, host, outcome);
      return interrupted ?? judgeByExitCode(host, workspace, pkg, label, outcome);
    },
  };
}

/** What the script does before it starts the runner. */
function inFront(workspace: Workspace, pkg: Package, call: Invocation): Detection {
  const prepared = preparedPackage(workspace, pkg);
  const task: Task = {
    label: written(call),
    cost: "medium",
    replay: null,
    run: (host) => prepare(host, workspace, prepared === undefined ? [] : [prepared]),
  };
  const detection = scriptDetection(workspace, pkg, call.evidence, () => task);
  return { ...detection, gateOnly: "the tests come after it", testsNoCode: true };
}

/** A program of the test script that nobody has installed: only the script itself can tell what it finds. */
function scriptAlone(workspace: Workspace, pkg: Package, call: Invocation): Detection {
  const reason = `\`${written(call)}\` of "${call.script}" is not run here`;
  const skipped: Task = {
    label: written(call),
    cost: "instant",
    replay: null,
    run: () => Promise.resolve({ status: "skipped", reason }),
  };
  const { program } = call;
  return { ...scriptDetection(workspace, pkg, call.evidence, () => skipped), program };
}

/** Scripts of runs that need something made first, or that fail below a coverage: run as they are. */
function wholeScripts(workspace: Workspace, pkg: Package): readonly Draft[] {
  const calls = testInvocations(pkg.manifest);
  const prepared = preparedRuns(pkg.manifest, calls);
  const special = calls.filter((call) => prepared.has(call) || call.coverageLimit);
  return [...new Map(special.map((call) => [call.script, call])).values()].map((call) => {
    const why = prepared.has(call) ? "makes something first" : "measures coverage";
    const task: Task = {
      label: scriptLabel(workspace, pkg, call.script),
      cost: "expensive",
      // Nobody knows what a script reads.
      replay: null,
      run: (host) => runScript(host, workspace, pkg, call.script),
    };
    const detection = scriptDetection(workspace, pkg, call.evidence, () => task);
    // What measures coverage is known as the run that it measures.
    return { pkg, detection: { ...detection, gateOnly: why, testsNoCode: !prepared.has(call) } };
  });
}
