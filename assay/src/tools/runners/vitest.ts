// Vitest, from version 1 on.
import { joinPath, rootDir, type RepoPath } from "../../model/paths.ts";
import { declaredDependencies, type Workspace } from "../../model/workspace.ts";
import { readArguments, type ReadArguments } from "../scripts/argument-lists.ts";
import { findInstalled, installCommand, usesPlugAndPlay, type InstalledPackage } from "../packages/installed.ts";
import { builtTests } from "./built-tests.ts";
import { reporterPath } from "./reporter-path.ts";
import { commandsIn, type StartedCommand } from "./runner-command.ts";
import { drivenPlaces, type DrivenPlace, type PackagePlace } from "./runner-start.ts";
import { camelCased, flagTable, wordsOf } from "./runner-flags.ts";
import { argumentsOf, findUses, nestedDirs, useAbove, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import { usesBeside } from "./runs-beside.ts";
import { grouped, type VitestRun } from "./vitest-groups.ts";
import { findTestFiles, isLeftToBuild } from "./test-patterns.ts";
import { cutIntoBatches, type RunTests, type TestFiles } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";
import { transformFlags } from "./vitest-transforms.ts";
import type { Detection, Tool } from "../tool.ts";
import {
  listsPlainProjects,
  projectsAbove,
  viteConfigFiles,
  vitestConfigFiles,
  vitestPatterns,
  vitestWorkspaceFiles,
  vitestFolders,
} from "./vitest-config.ts";

const otherCommands = new Set(["bench", "init", "list"]);

const signs: RunnerSigns = {
  packageName: "vitest",
  startedBy: ({ program, args }) => program === "vitest" && !otherCommands.has(args[0] ?? ""),
  configFiles: [...vitestConfigFiles, ...vitestWorkspaceFiles],
  projectsAlone: true,
  manifestField: null,
};

export const vitest: Tool = {
  name: "vitest",
  role: "tests",
  async detect(workspace) {
    const places = await findPlaces(workspace);
    const runs = places.map((place) => toRun(workspace, place));
    return grouped(workspace, runs);
  },
};

/** Where vitest is installed and run, for whoever runs it in another way. */
export async function vitestPlaces(workspace: Workspace): Promise<readonly DrivenPlace[]> {
  return drivenPlaces("vitest", await findPlaces(workspace));
}

/** Where scripts beside the test script run other tests of it. */
export async function vitestPlacesBeside(workspace: Workspace): Promise<readonly DrivenPlace[]> {
  return drivenPlaces("vitest", await placesAt(workspace, usesBeside(workspace, signs)));
}

/** Each of these as a command that can be run elsewhere. */
export async function vitestCommands(workspace: Workspace): Promise<readonly StartedCommand[]> {
  return commandsIn("vitest", await findPlaces(workspace), (place, found) => setupOf(workspace, place, found));
}

/** Where vitest is run and which files are its tests, installed or not. */
export async function vitestTestFiles(workspace: Workspace): Promise<readonly RunTests[]> {
  return (await findPlaces(workspace)).map(({ use, tests }) => ({ dir: use.dir, tests }));
}

async function findPlaces(workspace: Workspace): Promise<readonly PackagePlace[]> {
  const uses = [...findUses(workspace, signs)];
  uses.push(...viteUses(workspace, uses));
  const own = await Promise.all(uses.map((use) => ownRun(workspace, use, uses)));
  return placesAt(
    workspace,
    own.filter((use) => use !== undefined),
  );
}

async function placesAt(workspace: Workspace, uses: readonly RunnerUse[]): Promise<readonly PackagePlace[]> {
  const native = uses.filter((use) => !usesPlugAndPlay(workspace, use.dir));
  return Promise.all(
    native.map(async (use) => {
      const given = argumentsOf(workspace, use, writtenArguments(use), { knowsPatterns: false });
      const found = findInstalled(workspace, use.dir, "vitest");
      const tests = await testFilesOf(workspace, use.dir, nestedDirs(use.dir, native), given);
      if (isLeftToBuild(workspace, use.dir, await foldersOf(workspace, use.dir, given)))
        return { use, found, given, tests: { ...tests, candidates: [] }, isNamed: true };
      return { use, found, given, tests, isNamed: filters(given).length > 0 };
    }),
  );
}

/** A package that declares vitest and configures it beside its build, where nothing above runs it already. */
function viteUses(workspace: Workspace, uses: readonly RunnerUse[]): readonly RunnerUse[] {
  return workspace.packages.flatMap((pkg) => {
    const covered = uses.some((use) => use.dir === pkg.dir || use.dir === rootDir);
    const config = viteConfigFiles.map((name) => joinPath(pkg.dir, name)).find((path) => workspace.tree.has(path));
    if (covered || config === undefined || !declaredDependencies(pkg.manifest).has("vitest")) return [];
    return [{ dir: pkg.dir, evidence: config, invocation: null }];
  });
}

/** The use as a run of its own; undefined where the run from above has to do it. */
async function ownRun(
  workspace: Workspace,
  use: RunnerUse,
  uses: readonly RunnerUse[],
): Promise<RunnerUse | undefined> {
  // Without a configuration of its own it would take the projects of the one above for its own, and find none.
  const projectsDir = await projectsAbove(workspace, use.dir);
  if (uses.some((other) => other.dir === projectsDir)) return undefined;
  const above = useAbove(use, uses);
  if (use.invocation !== null || above === undefined) return use;
  const given = writtenArguments(above);
  const plain = given.flags.length === 0 && filters(given).length === 0;
  if (!plain || !(await listsPlainProjects(workspace, above.dir))) return undefined;
  // Variables that the script above sets are meant for all of its projects.
  return { ...use, invocation: above.invocation === null ? null : { ...above.invocation, args: [] } };
}

function toRun(workspace: Workspace, { use, found, given, tests, isNamed }: PackagePlace): VitestRun {
  const { dir, evidence } = use;
  const common = { tool: "vitest", role: "tests", dir, evidence } as const;
  if (found === undefined) {
    const install = installCommand(workspace, dir, "vitest");
    return { detection: { ...common, version: null, install, plan: () => [] }, setup: null, tests };
  }
  const built = tests.candidates.length > 0 ? undefined : builtTests(workspace, "vitest", use, isNamed);
  if (built !== undefined) return { detection: built, setup: null, tests };
  const scriptFlags = [...(use.invocation?.nodeArgs ?? []), ...given.flags, ...filters(given)];
  const setup = setupOf(workspace, { use, given }, found);
  const plan: Detection["plan"] = (selection) =>
    cutIntoBatches(selection, tests).map((batch) => testTask(setup, batch));
  const detection: Detection = { ...common, version: found.version, install: null, plan };
  return { detection, setup: scriptFlags.length === 0 ? setup : null, tests };
}

function setupOf(
  workspace: Workspace,
  { use, given }: Pick<PackagePlace, "use" | "given">,
  found: InstalledPackage,
): RunnerSetup {
  return {
    workspace,
    tool: "vitest",
    version: found.version,
    dir: use.dir,
    args: [...(use.invocation?.nodeArgs ?? []), found.bin("vitest"), "run", ...given.flags, ...fixedFlags()],
    hostArgs: (host, dirs) => transformFlags(host, workspace, isPlain(use, given) ? dirs : [], found.version),
    // In CI mode vitest compares snapshots and never writes one.
    env: { ...use.invocation?.env, CI: "true" },
    fileArgs: (files) => files ?? filters(given),
    reportArgs: () => [],
  };
}

function writtenArguments({ invocation }: RunnerUse): ReadArguments {
  return readArguments(withoutCoverage(camelCased(invocation?.args ?? [])), flags);
}

/** Flags of a script that would change what a run tells, or make it wait for a person. */
const flags = flagTable({
  values: `
    -c --config -r --root --dir --project --workspace --environment --pool --mode --exclude -t --testNamePattern
    --testTimeout --hookTimeout --retry --maxWorkers --minWorkers --maxConcurrency --configLoader --tagsFilter
    --reporter --outputFile --shard --bail --teardownTimeout --execArgv --changed --diff --slowTestThreshold
    --attachmentsDir --vmMemoryLimit --retry.count --retry.delay --sequence.seed --sequence.hooks
    --sequence.setupFiles --typecheck.checker --typecheck.tsconfig --typecheck.spawnTimeout --expect.poll.interval
    --expect.poll.timeout --browser --browser.name --browser.provider --browser.connectTimeout --api --api.host
    --api.port --poolOptions.forks.maxForks --poolOptions.forks.minForks --poolOptions.threads.maxThreads
    --poolOptions.threads.minThreads
  `,
  dropped: `
    --run -w --watch --ui --open --reporter --outputFile --bail --passWithNoTests -u --update --changed --shard
    --silent --standalone --inspect --inspect-brk --inspectBrk --hideSkippedTests
  `,
});

function fixedFlags(): readonly string[] {
  const reporter = `--reporter=${reporterPath("vitest")}`;
  // Runs side by side must not share the cache of results.
  return [reporter, "--coverage.enabled=false", "--bail=0", "--passWithNoTests=false", "--no-update", "--no-cache"];
}

/** `--coverage.reporter text` has its value behind it, `--coverage.all` has none. */
function withoutCoverage(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => {
    const isValue = !arg.startsWith("-") && coverageFlagWithValue.test(args[index - 1] ?? "");
    return !isValue && !/^--(?:no-)?coverage/.test(arg);
  });
}

const coverageFlagWithValue =
  /^--coverage\.(?:provider|reporter|reportsDirectory|include|exclude|extension|customProviderModule|processingConcurrency|changed|watermarks\.\w+|thresholds\.(?:lines|functions|branches|statements))$/;

const subcommands = new Set(["run", "watch", "dev", "related"]);

/** What a script restricts its run to: parts of paths. */
function filters({ paths }: ReadArguments): readonly string[] {
  return subcommands.has(paths[0] ?? "") ? paths.slice(1) : paths;
}

/** Is what configures the run what lies in its folder? */
function isPlain({ invocation }: RunnerUse, given: ReadArguments): boolean {
  const configured = [...movingFlags, "-c", "--config"].some((flag) => given.seen.has(flag));
  return !configured && (invocation?.nodeArgs ?? []).length === 0;
}

const movingFlags = ["-r", "--root", "--dir", "--workspace", "--typecheck", "--typecheck.enabled", "--typecheck.only"];

/** The folders that a run looks for tests in, where it says so. */
async function foldersOf(workspace: Workspace, dir: RepoPath, { seen }: ReadArguments): Promise<readonly string[]> {
  const given = seen.get("--dir") ?? seen.get("--root") ?? seen.get("-r");
  return given ? [given] : vitestFolders(workspace, dir, configFlag(seen));
}

function configFlag(seen: ReadArguments["seen"]): string | null {
  return seen.get("-c") ?? seen.get("--config") ?? null;
}

async function testFilesOf(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  given: ReadArguments,
): Promise<TestFiles> {
  const readable = !movingFlags.some((flag) => given.seen.has(flag));
  const patterns = readable ? await vitestPatterns(workspace, dir, nested, configFlag(given.seen)) : undefined;
  const exclude = [...(patterns?.exclude ?? []), ...wordsOf(given.flags, "--exclude")];
  const tests = findTestFiles(workspace, dir, nested, patterns && { ...patterns, exclude });
  const parts = filters(given).map((part) => part.replace(/^\.\//, "").toLowerCase());
  if (parts.length === 0) return tests;
  const kept = tests.candidates.filter((path) => parts.some((part) => path.toLowerCase().includes(part)));
  return { ...tests, candidates: kept };
}
