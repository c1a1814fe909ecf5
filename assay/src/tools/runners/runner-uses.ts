// Where a repository uses a test runner: what its manifests, scripts and configuration files say.
import { join } from "node:path";
import picomatch from "picomatch";
import { isWithin, joinPath, type RepoPath } from "../../model/paths.ts";
import { declaredDependencies, type Manifest, type Package, type Workspace } from "../../model/workspace.ts";
import { findInstalled, isDeclared } from "../packages/installed.ts";
import { pathFrom } from "./test-patterns.ts";
import { isPreparation, isRunner } from "../scripts/known-programs.ts";
import type { ReadArguments } from "../scripts/argument-lists.ts";
import { filledIn } from "../scripts/filled-in.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { delegates, readScript } from "../scripts/read-scripts.ts";
import { variablesIn } from "../scripts/variable-files.ts";

/** How a runner shows that it is used. */
export interface RunnerSigns {
  readonly packageName: string;
  /** Does a program that the test script starts belong to it? */
  startedBy(invocation: Invocation): boolean;
  /** Files that configure nothing else. */
  readonly configFiles: readonly string[];
  /** Are the folders that a run from above takes as its projects better run one by one? */
  readonly projectsAlone: boolean;
  /** The manifest's field that configures it. */
  readonly manifestField: string | null;
}

/** A runner in one folder. */
export interface RunnerUse {
  readonly dir: RepoPath;
  readonly evidence: string;
  /** How the folder's test script starts it; null where only a configuration speaks for it. */
  readonly invocation: Invocation | null;
}

/** Every folder a runner is to be run in. A script that starts it twice, with different arguments, counts twice. */
export function findUses(workspace: Workspace, signs: RunnerSigns): readonly RunnerUse[] {
  const all = workspace.packages.flatMap((pkg) => usesOf(workspace, pkg, signs));
  const uses = all.filter((use) => use.invocation !== null || !isBase(workspace, use, all));
  return signs.projectsAlone ? uses : uses.filter((use) => use.invocation !== null || !useAbove(use, uses));
}

/** The nearest use in a folder above. What nobody starts in its own folder is part of that one's run. */
export function useAbove(use: RunnerUse, uses: readonly RunnerUse[]): RunnerUse | undefined {
  return uses
    .filter((other) => other.dir !== use.dir && isWithin(other.dir, use.dir))
    .reduce<RunnerUse | undefined>(
      (best, other) => (best && best.dir.length >= other.dir.length ? best : other),
      undefined,
    );
}

/**
 * The arguments of a run as a shell hands them on: a pattern without quotes is followed by what it fits, the folders or,
 * where the runner knows no patterns, the files as well.
 */
export function argumentsOf(
  workspace: Workspace,
  { dir, invocation }: Pick<RunnerUse, "dir" | "invocation">,
  given: ReadArguments,
  { knowsPatterns }: { readonly knowsPatterns: boolean },
): ReadArguments {
  const patterns = new Set(invocation?.patterns);
  const paths = given.paths.flatMap((path) => {
    if (!patterns.has(path)) return [path];
    const { folders, files } = filledIn(workspace, dir, path, (glob) => picomatch(glob));
    return [path, ...folders, ...(knowsPatterns ? [] : files)];
  });
  return { ...given, paths };
}

function usesOf(workspace: Workspace, pkg: Package, signs: RunnerSigns): readonly RunnerUse[] {
  const invocations = testInvocations(pkg.manifest);
  const prepared = preparedRuns(pkg.manifest, invocations);
  const all = invocations.filter((invocation) => signs.startedBy(invocation));
  const started = all.filter((invocation) => !prepared.has(invocation));
  if (all.length > 0) {
    return started.flatMap((invocation) => startedUse(workspace, pkg, invocation));
  }
  // A configuration that was left behind speaks for nothing.
  const { dir } = pkg;
  if (!isDeclared(workspace, dir, signs.packageName) && !findInstalled(workspace, dir, signs.packageName)) return [];
  const config = signs.configFiles.map((name) => joinPath(pkg.dir, name)).find((path) => workspace.tree.has(path));
  if (config !== undefined) return [{ dir: pkg.dir, evidence: config, invocation: null }];
  const field = signs.manifestField;
  if (field === null || pkg.manifest.raw[field] === undefined) return [];
  return [{ dir: pkg.dir, evidence: `"${field}" in ${joinPath(pkg.dir, "package.json")}`, invocation: null }];
}

/** The use that a script of a package is; none where it leads out of the repository. */
export function startedUse({ root }: Workspace, pkg: Package, invocation: Invocation): readonly RunnerUse[] {
  const dir = pathFrom(pkg.dir, invocation.cd);
  if (dir === undefined) return [];
  return [{ dir, evidence: invocation.evidence, invocation: withVariables(join(root, dir), invocation) }];
}

/** With what stands in files by now. */
function withVariables(dir: string, invocation: Invocation): Invocation {
  let { env } = invocation;
  for (const files of invocation.variables) {
    const said = variablesIn(dir, files, process.env);
    env = files.overrides ? { ...env, ...said } : { ...said, ...env };
  }
  return { ...invocation, env };
}

/** A configuration above folders that run the runner themselves, in a package whose own test script does not. */
function isBase(workspace: Workspace, use: RunnerUse, uses: readonly RunnerUse[]): boolean {
  const pkg = workspace.packages.find((candidate) => candidate.dir === use.dir);
  if (pkg === undefined || testScript(pkg.manifest) === undefined) return false;
  return nestedDirs(use.dir, uses).length > 0 && readTestScript(pkg.manifest)?.plain === true;
}

/** The folders of other uses below this one. */
export function nestedDirs(dir: RepoPath, uses: readonly { readonly dir: RepoPath }[]): readonly RepoPath[] {
  return uses.map((use) => use.dir).filter((other) => other !== dir && isWithin(dir, other));
}

const testScriptNames = [
  "test",
  "test:unit",
  "test:run",
  "test:ci",
  "test:node",
  "tests",
  "unit",
  "unit-test",
  "unit-tests",
];

/** The name of the script that a person would type to run the tests. npm's placeholder is none. */
export function testScript(manifest: Manifest): string | undefined {
  return testScriptNames.find((name) => {
    const script = manifest.scripts[name];
    return script !== undefined && !script.includes("no test specified");
  });
}

function readTestScript(manifest: Manifest): ReturnType<typeof readScript> {
  return readScript(manifest, testScript(manifest) ?? "test");
}

/** Every program that the test script starts, where it can be told without a shell. */
export function testInvocations(manifest: Manifest): readonly Invocation[] {
  const reading = readTestScript(manifest);
  return reading?.plain === true ? reading.invocations : [];
}

/**
 * The calls of runners in scripts of their own that need something made first: `yarn build && vitest run --config …`.
 *
 * Empty where no other call would be left.
 */
export function preparedRuns(manifest: Manifest, invocations: readonly Invocation[]): ReadonlySet<Invocation> {
  const runs = invocations.filter(isRunner);
  const first = invocations.findIndex(isPreparation);
  const own = testScript(manifest);
  const late = runs.filter((run) => first >= 0 && invocations.indexOf(run) > first && run.script !== own);
  return new Set(late.length < runs.length ? late : []);
}

/** Does the test script leave the work to other packages' scripts? */
export function testsElsewhere(manifest: Manifest): boolean {
  return testInvocations(manifest).some(delegates);
}

/** The folders that a package's tests can see: its own and those of the workspace packages it depends on, transitively. */
export function reachableDirs(workspace: Workspace, dir: RepoPath): readonly RepoPath[] {
  const byName = new Map(workspace.packages.map((pkg) => [pkg.name, pkg]));
  const dirs = new Set<RepoPath>([dir]);
  const queue = workspace.packages.filter((pkg) => pkg.dir === dir);
  for (let pkg = queue.pop(); pkg !== undefined; pkg = queue.pop()) {
    for (const name of declaredDependencies(pkg.manifest)) {
      const dependency = byName.get(name);
      if (dependency === undefined || dirs.has(dependency.dir)) continue;
      dirs.add(dependency.dir);
      queue.push(dependency);
    }
  }
  return [...dirs];
}
