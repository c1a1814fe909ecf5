// What is left: a package's own `test` script, run through its package manager.
import type { Task } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import { isWithin, joinPath } from "../../model/paths.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { testRunners } from "../runners/known.ts";
import { nestedDirs, testInvocations, testScript, testsElsewhere } from "../runners/runner-uses.ts";
import { tapToReport } from "../runners/tap.ts";
import { shellCall, type TestCommand } from "../runners/test-command.ts";
import { pathFrom } from "../runners/test-patterns.ts";
import { readReport } from "../runners/test-report.ts";
import { permitting } from "../scripts/deno-permissions.ts";
import { concerns } from "../runners/test-selection.ts";
import { ownVariables } from "../runners/test-task.ts";
import { isRunner } from "../scripts/known-programs.ts";
import { readScript } from "../scripts/read-scripts.ts";
import { runScript, scriptLabel } from "../scripts/run-script.ts";
import type { Detection, Tool } from "../tool.ts";
import { fileRuns } from "./file-runs.ts";
import { mayLimit, uncovered } from "../scripts/coverage-limits.ts";
import { buildLine, fileSteps, otherSteps, testSteps, type TestSteps } from "../scripts/test-steps.ts";

export const testScriptTool: Tool = {
  name: "test script",
  role: "tests",
  async detect(workspace) {
    return (await scriptsLeft(workspace)).map(({ pkg, script }) => toDetection(workspace, pkg, script));
  },
};

interface TestScript {
  readonly pkg: Package;
  readonly script: string;
}

/** The test scripts of packages that start no known runner. */
async function scriptsLeft(workspace: Workspace): Promise<readonly TestScript[]> {
  return scriptsBeside(workspace, await knownRuns(workspace));
}

/** What the known runners run, wherever that is. */
export async function knownRuns(workspace: Workspace): Promise<readonly Detection[]> {
  return (await Promise.all(testRunners.map((runner) => runner.detect(workspace)))).flat();
}

/** Are known runners what the package's test script starts, in its own folder or in those that it goes to? */
export function isCovered({ dir, manifest }: Package, known: readonly Detection[]): boolean {
  const dirs = new Set(known.map((detection) => detection.dir));
  if (dirs.has(dir)) return true;
  const started = testInvocations(manifest).filter((call) => isRunner(call));
  const folders = started.map(({ cd }) => pathFrom(dir, cd));
  return folders.length > 0 && folders.every((folder) => folder !== undefined && dirs.has(folder));
}

function scriptsBeside(workspace: Workspace, known: readonly Detection[]): readonly TestScript[] {
  const left = workspace.packages.filter((pkg) => !isCovered(pkg, known) && !testsElsewhere(pkg.manifest));
  return left.flatMap((pkg) => {
    const script = testScript(pkg.manifest);
    return script === undefined ? [] : [{ pkg, script }];
  });
}

/**
 * They run nothing that only judges files: a linter has an opinion about code that was edited for a moment. A script
 * that may fail for what is covered is none of them.
 */
export async function scriptCommands(workspace: Workspace): Promise<readonly TestCommand[]> {
  const known = await knownRuns(workspace);
  return [
    ...[...scriptsBeside(workspace, known), ...scriptsThatBuild(workspace, known)]
      .filter(({ pkg, script }) => !testsNothing(pkg, script))
      .map(({ pkg, script }) => ({ pkg, script, steps: testSteps(pkg.manifest, script), program: null })),
    ...otherPrograms(workspace, known),
  ]
    .filter(({ steps }) => !steps.run.some(mayLimit))
    .map((each) => commandOf(workspace, each));
}

/** Test programs that a script starts beside a known runner: what that one lets pass they may notice. */
function otherPrograms({ packages }: Workspace, known: readonly Detection[]): readonly ScriptRun[] {
  return packages.flatMap((pkg) => {
    const script = testScript(pkg.manifest);
    const asTheyAre = known.filter(({ builtBy = [] }) => builtBy.length === 0);
    if (script === undefined || !isCovered(pkg, asTheyAre)) return [];
    const steps = otherSteps(pkg.manifest, script);
    const files = fileSteps(pkg.manifest, script);
    return [
      ...(steps === undefined ? [] : [{ pkg, script, steps, program: steps.program }]),
      ...(files === undefined ? [] : [{ pkg, script, steps: files, program: files.program, isUnknown: true }]),
    ];
  });
}

interface ScriptRun extends TestScript {
  readonly steps: TestSteps;
  /** The test program that is run alone, beside a known runner; null: the script. */
  readonly program: string | null;
  readonly isUnknown?: boolean;
}

/** Those of packages whose tests only a build makes, once each. */
function scriptsThatBuild({ packages }: Workspace, known: readonly Detection[]): readonly TestScript[] {
  return packages.flatMap((pkg) => {
    const runs = known.filter(({ dir }) => packages.findLast((each) => isWithin(each.dir, dir)) === pkg);
    return [...new Set(runs.flatMap(({ builtBy = [] }) => builtBy))].map((script) => ({ pkg, script }));
  });
}

function commandOf(workspace: Workspace, each: ScriptRun): TestCommand {
  const { pkg, script, program, steps, isUnknown = false } = each;
  const { prepare, run } = steps;
  const { manifest, dir } = pkg;
  const version = manifest.raw["version"];
  const env = {
    ...ownVariables,
    ...uncovered,
    CI: "true",
    npm_lifecycle_event: script,
    npm_package_name: manifest.name ?? undefined,
    npm_package_version: typeof version === "string" ? version : undefined,
  };
  const line = run.join(" && ");
  const some = process.platform === "win32" ? undefined : fileRuns(manifest, dir, line);
  return {
    tool: program ?? testScriptTool.name,
    label: isUnknown ? line : (program ?? scriptLabel(workspace, pkg, script)),
    isBeside: program !== null,
    isUnknown,
    dir,
    evidence: joinPath(dir, "package.json"),
    prepare,
    build: buildLine(workspace, manifest),
    takesFiles: some !== undefined,
    accepts: (path) => some?.accepts(path) ?? true,
    call: (files, stops, access) =>
      files === null || some === undefined
        ? shellCall(access === undefined ? line : run.map((step) => permitting(step, access)).join(" && "), env)
        : shellCall(some.line(files, stops), env),
    read: ({ stdout }) => (isTap(stdout) ? readReport(tapToReport(stdout)) : null),
  };
}

/** Several runs in one output would not be one report. */
function isTap(text: string): boolean {
  return (text.match(/^TAP version 1[34]$/gm) ?? []).length === 1 && (text.match(/^1\.\.\d+/gm) ?? []).length === 1;
}

function toDetection(workspace: Workspace, pkg: Package, script: string): Detection {
  const evidence = `"${script}": "${pkg.manifest.scripts[script] ?? ""}"`;
  return scriptDetection(workspace, pkg, evidence, () => scriptTask(workspace, pkg, script));
}

/** A script that is run whole, where the selection reaches its package. */
export function scriptDetection(workspace: Workspace, pkg: Package, evidence: string, task: () => Task): Detection {
  const nested = nestedDirs(pkg.dir, workspace.packages);
  return {
    tool: "test script",
    role: "tests",
    dir: pkg.dir,
    version: "",
    install: null,
    evidence,
    plan: (selection) => (concerns(selection, workspace, pkg.dir, nested) ? [task()] : []),
  };
}

function scriptTask(workspace: Workspace, pkg: Package, script: string): Task {
  const label = scriptLabel(workspace, pkg, script);
  const error = new AssayError("no-tests-ran", `${label}: the script tests nothing`);
  return {
    label,
    cost: "expensive",
    // Nobody knows what a script reads.
    replay: null,
    run: (host) =>
      testsNothing(pkg, script)
        ? Promise.resolve({ status: "errored", error })
        : runScript(host, workspace, pkg, script),
  };
}

const idle = new Set([":", "echo", "exit", "true"]);

/** `exit 0`, `true`, `echo no tests yet`. */
function testsNothing({ manifest }: Package, script: string): boolean {
  const reading = readScript(manifest, script);
  return reading?.plain === true && reading.invocations.every(({ program }) => idle.has(program));
}
