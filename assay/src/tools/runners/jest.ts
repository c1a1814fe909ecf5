// Jest.
import { join } from "node:path";
import { joinPath, nameOf, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { readArguments, type ReadArguments } from "../scripts/argument-lists.ts";
import { findInstalled, installCommand, usesPlugAndPlay, type InstalledPackage } from "../packages/installed.ts";
import { builtTests } from "./built-tests.ts";
import { reporterPath } from "./reporter-path.ts";
import { commandsIn, type StartedCommand } from "./runner-command.ts";
import { drivenPlaces, type DrivenPlace, type PackagePlace } from "./runner-start.ts";
import { camelCased, flagTable, wordsOf } from "./runner-flags.ts";
import { argumentsOf, findUses, nestedDirs, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import { usesBeside } from "./runs-beside.ts";
import { fieldOf, fromJson, isAbsent, readStaticConfig, stringsOf, type StaticValue } from "./static-config.ts";
import { findTestFiles, isLeftToBuild, pathFrom, type TestPatterns } from "./test-patterns.ts";
import { cutIntoBatches, type RunTests, type TestFiles } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";
import type { Detection, Tool } from "../tool.ts";

const configFiles = ["js", "ts", "mjs", "cjs", "mts", "cts", "json"].map((extension) => `jest.config.${extension}`);

const signs: RunnerSigns = {
  packageName: "jest",
  startedBy: ({ program }) => program === "jest" || program === "jest-cli",
  configFiles,
  projectsAlone: false,
  manifestField: "jest",
};

export const jest: Tool = {
  name: "jest",
  role: "tests",
  async detect(workspace) {
    return (await findPlaces(workspace)).map((place) => builtRun(workspace, place) ?? toDetection(workspace, place));
  },
};

/** Where jest is installed and run, for whoever runs it in another way. */
export async function jestPlaces(workspace: Workspace): Promise<readonly DrivenPlace[]> {
  return drivenPlaces("jest", await findPlaces(workspace));
}

/** Where scripts beside the test script run other tests of it. */
export async function jestPlacesBeside(workspace: Workspace): Promise<readonly DrivenPlace[]> {
  return drivenPlaces("jest", await placesAt(workspace, usesBeside(workspace, signs)));
}

/** Each of these as a command that can be run elsewhere. */
export async function jestCommands(workspace: Workspace): Promise<readonly StartedCommand[]> {
  return commandsIn("jest", await findPlaces(workspace), (place, found) => setupOf(workspace, place, found));
}

/** Where jest is run and which files are its tests, installed or not. */
export async function jestTestFiles(workspace: Workspace): Promise<readonly RunTests[]> {
  return (await findPlaces(workspace)).map(({ use, tests }) => ({ dir: use.dir, tests }));
}

function findPlaces(workspace: Workspace): Promise<readonly PackagePlace[]> {
  return placesAt(workspace, findUses(workspace, signs));
}

async function placesAt(workspace: Workspace, all: readonly RunnerUse[]): Promise<readonly PackagePlace[]> {
  const uses = all.filter((use) => !usesPlugAndPlay(workspace, use.dir));
  return Promise.all(
    uses.map(async (use) => {
      const written = readArguments(camelCased(use.invocation?.args ?? []), flags);
      const given = argumentsOf(workspace, use, written, { knowsPatterns: false });
      const found = findInstalled(workspace, use.dir, "jest");
      const tests = await testFilesOf(workspace, use.dir, nestedDirs(use.dir, uses), given);
      if (isLeftToBuild(workspace, use.dir, await foldersOf(workspace, use.dir, given)))
        return { use, found, given, tests: { ...tests, candidates: [] }, isNamed: true };
      return { use, found, given, tests, isNamed: given.paths.length > 0 };
    }),
  );
}

async function testFilesOf(
  workspace: Workspace,
  dir: RepoPath,
  nested: readonly RepoPath[],
  given: ReadArguments,
): Promise<TestFiles> {
  const moved = movingFlags.some((flag) => given.seen.has(flag));
  const patterns = moved ? undefined : await jestPatterns(workspace, dir, given);
  const tests = findTestFiles(workspace, dir, nested, patterns);
  return { ...tests, candidates: tests.candidates.filter(matching(workspace, given.paths)) };
}

/** The folders that a run looks for tests in, where it says so. */
async function foldersOf(workspace: Workspace, dir: RepoPath, given: ReadArguments): Promise<readonly string[]> {
  const config = await readConfig(workspace, dir, given);
  const named = (name: string): readonly string[] =>
    [given.seen.get(`--${name}`) ?? stringsOf(fieldOf(config, name))?.items ?? []].flat();
  const [rootDir = "."] = named("rootDir");
  const roots = named("roots").map((root) => root.replace(/^<rootDir>(?=\/|$)/, rootDir));
  return [rootDir, ...roots];
}

function builtRun(workspace: Workspace, { use, found, isNamed, tests }: PackagePlace): Detection | undefined {
  if (found === undefined || tests.candidates.length > 0) return undefined;
  return builtTests(workspace, "jest", use, isNamed);
}

/** A script restricts its run by patterns, of which one has to match somewhere in the whole path. */
function matching(workspace: Workspace, patterns: readonly string[]): (path: RepoPath) => boolean {
  if (patterns.length === 0) return () => true;
  const parts = patterns.map((pattern) => patternOf(pattern.replace(/^\.\//, "")));
  return (path) => parts.some((part) => part.test(join(workspace.root, path)));
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, "i");
  } catch {
    return new RegExp(escapeRegExp(text), "i");
  }
}

function toDetection(workspace: Workspace, { use, found, given, tests }: PackagePlace): Detection {
  const { dir, evidence } = use;
  const common = { tool: "jest", role: "tests", dir, evidence } as const;
  if (found === undefined) {
    return { ...common, version: null, install: installCommand(workspace, dir, "jest"), plan: () => [] };
  }
  const setup = setupOf(workspace, { use, given }, found);
  return {
    ...common,
    version: found.version,
    install: null,
    plan: (selection) => cutIntoBatches(selection, tests).map((batch) => testTask(setup, batch)),
  };
}

function setupOf(
  workspace: Workspace,
  { use, given }: Pick<PackagePlace, "use" | "given">,
  found: InstalledPackage,
): RunnerSetup {
  return {
    workspace,
    tool: "jest",
    version: found.version,
    dir: use.dir,
    args: [...(use.invocation?.nodeArgs ?? []), found.bin("jest"), ...given.flags, ...fixedFlags()],
    env: use.invocation?.env ?? {},
    fileArgs: (files) => (files === null ? given.paths : ["--runTestsByPath", ...files]),
    reportArgs: () => [],
  };
}

/** Flags of a script that would change what a run tells, or make it wait for a person. */
const flags = flagTable({
  values: `
    -c --config --rootDir --env --testEnvironment -t --testNamePattern -w --maxWorkers --testTimeout
    --cacheDirectory --preset --runner --changedSince --shard --outputFile --coverageDirectory
    --coverageProvider --coverageThreshold --collectCoverageFrom --seed --maxConcurrency --filter --globalSetup
    --globalTeardown --globals --haste --moduleNameMapper --notifyMode --resolver --testEnvironmentOptions
    --testFailureExitCode --testResultsProcessor --testRunner --testSequencer --transform --workerIdleMemoryLimit
    --openHandlesTimeout --prettierPath --workerGracefulExitTimeout
  `,
  lists: `
    --coveragePathIgnorePatterns --coverageReporters --ignoreProjects --moduleDirectories --moduleFileExtensions
    --modulePathIgnorePatterns --modulePaths --projects --reporters --roots --selectProjects --setupFiles
    --setupFilesAfterEnv --snapshotSerializers --testMatch --testPathIgnorePatterns --testRegex
    --transformIgnorePatterns --unmockedModulePathPatterns --watchPathIgnorePatterns
    --testPathPattern --testPathPatterns
  `,
  paths: "--testPathPattern --testPathPatterns",
  dropped: `
    --watch --watchAll --coverage --collectCoverage --coverageDirectory --coverageProvider --coverageReporters
    --coverageThreshold --collectCoverageFrom --bail -b --ci -u --json --updateSnapshot --passWithNoTests
    --onlyChanged -o --lastCommit --changedSince --shard --reporters --outputFile --verbose --silent --forceExit
    --notify --detectOpenHandles --findRelatedTests --onlyFailures -f
  `,
});

const movingFlags = [
  "--rootDir",
  "--roots",
  "--projects",
  "--selectProjects",
  "--preset",
  "--testMatch",
  "--testRegex",
];

function fixedFlags(): readonly string[] {
  // A run that has reported everything may still be kept alive by what a test left open. A run without any test writes a
  // report only where that is no error; the report then says so.
  const once = ["--ci", "--watch=false", "--watchAll=false", "--bail=0", "--passWithNoTests", "--forceExit"];
  return [`--reporters=${reporterPath("jest")}`, ...once, "--coverage=false", "--testLocationInResults"];
}

/** The patterns of a run in `dir`; undefined where they can't be read. */
async function jestPatterns(
  workspace: Workspace,
  dir: RepoPath,
  { flags, seen }: ReadArguments,
): Promise<TestPatterns | undefined> {
  const config = await readConfig(workspace, dir, { seen });
  const moved = ["rootDir", "roots", "projects", "testRegex", "runner"].some(
    (name) => !isAbsent(fieldOf(config, name)),
  );
  if (moved || !isPlainPreset(fieldOf(config, "preset"))) return undefined;
  const given = wordsOf(flags, "--testPathIgnorePatterns");
  const ignored = given.length > 0 ? given : (stringsOf(fieldOf(config, "testPathIgnorePatterns"))?.items ?? []);
  const accepts = ignoring(workspace, dir, ignored);
  const match = fieldOf(config, "testMatch");
  if (isAbsent(match)) return { include: defaultMatch, exclude: ["**/node_modules/**"], accepts };
  const globs = stringsOf(match);
  if (globs === undefined || globs.open) return undefined;
  const written = globs.items.map((glob) => glob.replace(/^(!?)(?:<rootDir>\/|\.\/)/, "$1"));
  if (written.some((glob) => /^!?(?:\/|\.\.)/.test(glob) || glob.includes("<"))) return undefined;
  const exclude = written.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const include = written.filter((glob) => !glob.startsWith("!"));
  return { include, exclude: ["**/node_modules/**", ...exclude], accepts };
}

const defaultMatch = ["**/__tests__/**/*.?([mc])[jt]s?(x)", "**/?(*.)@(spec|test).?([mc])[jt]s?(x)"];

/** Jest matches these against the whole path. One that can't be read leaves out nothing here, and jest does it. */
function ignoring(workspace: Workspace, dir: RepoPath, patterns: readonly string[]): (path: RepoPath) => boolean {
  const rootDir = join(workspace.root, dir);
  const ignored = patterns.flatMap((pattern) => {
    try {
      return [new RegExp(pattern.replaceAll("<rootDir>", escapeRegExp(rootDir)))];
    } catch {
      return [];
    }
  });
  return (path) => !ignored.some((pattern) => pattern.test(join(workspace.root, path)));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

async function readConfig(
  workspace: Workspace,
  dir: RepoPath,
  { seen }: Pick<ReadArguments, "seen">,
): Promise<StaticValue> {
  const configFlag = seen.get("-c") ?? seen.get("--config") ?? null;
  const named = configFlag === null ? configFiles.map((name) => joinPath(dir, name)) : [pathFrom(dir, configFlag)];
  const path = named.find((candidate) => candidate !== undefined && workspace.tree.has(candidate));
  if (path !== undefined) return readStaticConfig(nameOf(path), workspace.readText(path) ?? "");
  if (configFlag !== null) return { kind: "unknown" };
  const pkg = workspace.packages.find((candidate) => candidate.dir === dir);
  return fromJson(pkg?.manifest.raw["jest"] ?? null);
}

/** A preset may bring patterns of its own; those of ts-jest do not. */
function isPlainPreset(preset: StaticValue): boolean {
  return preset.kind === "literal" && (preset.value === null || String(preset.value).startsWith("ts-jest"));
}
