// Node's own test runner, started by `node --test` or `tsx --test` in a script.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import picomatch from "picomatch";
import { isWithin, joinPath, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { readArguments, type ReadArguments } from "../scripts/argument-lists.ts";
import { findInstalled, installCommand, usesPlugAndPlay, type InstalledPackage } from "../packages/installed.ts";
import { builtTests } from "./built-tests.ts";
import { reporterPath } from "./reporter-path.ts";
import { flagTable } from "./runner-flags.ts";
import type { DrivenPlace, RunnerStart } from "./runner-start.ts";
import { findUses, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import { usesBeside } from "./runs-beside.ts";
import { pathFrom } from "./test-patterns.ts";
import { cutIntoBatches, filesBelow, isSource } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";
import type { Detection, Tool } from "../tool.ts";

const signs: RunnerSigns = {
  packageName: "node:test",
  startedBy: ({ program, args }) => (program === "node" || program === "tsx") && args.includes("--test"),
  configFiles: [],
  projectsAlone: false,
  manifestField: null,
};

export const nodeTest: Tool = {
  name: "node:test",
  role: "tests",
  detect(workspace) {
    return Promise.resolve(
      findPlaces(workspace).map((place) => built(workspace, place) ?? toDetection(workspace, place)),
    );
  },
};

/** Where Node's own runner is run, for whoever runs its files in another way. */
export function nodePlaces(workspace: Workspace): Promise<readonly DrivenPlace[]> {
  const seen = findPlaces(workspace).filter((place) => built(workspace, place) === undefined);
  return Promise.resolve(drivenAt(workspace, seen));
}

/** Where scripts beside the test script run other tests with it. */
export function nodePlacesBeside(workspace: Workspace): Promise<readonly DrivenPlace[]> {
  return Promise.resolve(drivenAt(workspace, placesAt(workspace, usesBeside(workspace, signs))));
}

function drivenAt(workspace: Workspace, places: readonly Place[]): readonly DrivenPlace[] {
  return places.flatMap(({ use: { dir, invocation }, loader, given, candidates }) => {
    if (loader === undefined) return [];
    const start: RunnerStart = {
      runner: "node:test",
      dir,
      version: process.versions.node,
      runnerDir: loader?.dir ?? join(workspace.root, dir),
      nodeArgs: [],
      args: [...(loader === null ? [] : loaderArgs(loader)), ...nodeFlags(given, loader !== null)],
      env: { ...invocation?.env, ...(loader === null ? {} : loaderVariables(given)) },
    };
    return [{ start, tests: { candidates, exact: true, whole: false } }];
  });
}

interface Place {
  readonly use: RunnerUse;
  /** Null: Node alone. Undefined: tsx, which is not installed. */
  readonly loader: InstalledPackage | null | undefined;
  readonly given: ReadArguments;
  readonly candidates: readonly RepoPath[];
}

function findPlaces(workspace: Workspace): readonly Place[] {
  return placesAt(workspace, findUses(workspace, signs));
}

function placesAt(workspace: Workspace, all: readonly RunnerUse[]): readonly Place[] {
  const uses = all.filter((use) => !usesPlugAndPlay(workspace, use.dir));
  return uses.map((use) => {
    const loader = use.invocation?.program === "tsx" ? findInstalled(workspace, use.dir, "tsx") : null;
    const given = readArguments(use.invocation?.args ?? [], flags);
    return { use, loader, given, candidates: testFiles(workspace, use.dir, given, loader !== null) };
  });
}

/** The script as it is, where a run names tests that are not there, or finds none. */
function built(workspace: Workspace, { use, loader, given, candidates }: Place): Detection | undefined {
  if (loader === undefined) return undefined;
  const isNamed = given.paths.some(
    (path) => testFiles(workspace, use.dir, { ...given, paths: [path] }, loader !== null).length === 0,
  );
  return isNamed || candidates.length === 0 ? builtTests(workspace, "node:test", use, isNamed) : undefined;
}

/** What the command `tsx` hands to Node. */
function loaderArgs({ dir }: InstalledPackage): readonly string[] {
  const main = pathToFileURL(join(dir, "dist/loader.mjs")).href;
  return ["--require", join(dir, "dist/preflight.cjs"), "--import", main];
}

/** Flags that are tsx's own become the variables that it makes of them. */
function nodeFlags({ flags: kept }: ReadArguments, isTsx: boolean): readonly string[] {
  const own = (flag: string): boolean => isTsx && /^--(?:tsconfig=|no-cache$)/.test(flag);
  return kept.filter((flag, index) => {
    const follows = isTsx && kept[index - 1] === "--tsconfig";
    return flag !== "--test" && !own(flag) && !(isTsx && flag === "--tsconfig") && !follows;
  });
}

function loaderVariables({ seen }: ReadArguments): Readonly<Record<string, string>> {
  const config = seen.get("--tsconfig");
  const cache: Record<string, string> = seen.has("--no-cache") ? { TSX_DISABLE_CACHE: "1" } : {};
  return config ? { ...cache, TSX_TSCONFIG_PATH: config } : cache;
}

function toDetection(workspace: Workspace, { use, loader, given, candidates }: Place): Detection {
  const { dir, evidence, invocation } = use;
  const common = { tool: "node:test", role: "tests", dir, evidence } as const;
  if (loader === undefined) {
    return { ...common, tool: "tsx", version: null, install: installCommand(workspace, dir, "tsx"), plan: () => [] };
  }
  const setup: RunnerSetup = {
    workspace,
    tool: "node:test",
    version: loader === null ? process.version : `${process.version} with tsx ${loader.version}`,
    dir,
    args: [...(loader === null ? [] : [loader.bin("tsx")]), ...given.flags],
    env: invocation?.env ?? {},
    fileArgs: (files) => (files ?? candidates.map((path) => join(workspace.root, path))).map(asPattern),
    reportArgs: (report) => [
      `--require=${reporterPath("node-test-process")}`,
      `--test-reporter=${reporterPath("node-test")}`,
      `--test-reporter-destination=${report}`,
    ],
  };
  return {
    ...common,
    version: setup.version,
    install: null,
    // The files are always named, so that assay and the runner mean the same ones.
    plan: (selection) =>
      cutIntoBatches(selection, { candidates, exact: true, whole: false }).map((batch) => testTask(setup, batch)),
  };
}

/** Flags of a script that would change what a run tells, or make it wait for a person. */
const flags = flagTable({
  values: `
    -r --require --import --loader --experimental-loader -C --conditions --env-file --test-reporter
    --test-reporter-destination --test-name-pattern --test-skip-pattern --tsconfig --test-timeout
    --test-concurrency --test-shard --test-global-setup --test-rerun-failures --env-file-if-exists
    --test-isolation --experimental-test-isolation --test-coverage-lines --test-coverage-branches
    --test-coverage-functions --test-coverage-include --test-coverage-exclude --disable-warning
    --unhandled-rejections --experimental-default-type
  `,
  dropped: `
    --watch --test-reporter --test-reporter-destination --experimental-test-coverage --test-shard
    --test-coverage-lines --test-coverage-branches --test-coverage-functions --test-coverage-include
    --test-coverage-exclude --test-update-snapshots --test-rerun-failures --test-only
  `,
});

/** What Node looks for when a script names no files. */
const defaultGlobs = [
  "**/*{.,-,_}test.[cm]js",
  "**/*{.,-,_}test.js",
  "**/test-*.[cm]js",
  "**/test-*.js",
  "**/test.[cm]js",
  "**/test.js",
  "**/test/**/*.[cm]js",
  "**/test/**/*.js",
];

function testFiles(
  workspace: Workspace,
  dir: RepoPath,
  { paths }: ReadArguments,
  typescript: boolean,
): readonly RepoPath[] {
  const strips = typescript || Boolean(Reflect.get(process.features, "typescript"));
  const defaults = strips ? [...defaultGlobs, ...defaultGlobs.map((glob) => glob.replace(/js$/, "ts"))] : defaultGlobs;
  const globs = paths.length === 0 ? defaults : paths;
  const fits = globs.map((glob) => matcher(workspace, dir, glob));
  return filesBelow(workspace, dir, [], (path) => fits.some((matches) => matches(path)));
}

/** A glob, a file or a folder, as a script names them. */
function matcher(workspace: Workspace, dir: RepoPath, glob: string): (path: RepoPath) => boolean {
  const exact = /[*?[\]{}!]/.test(glob) ? undefined : pathFrom(dir, glob);
  if (exact === undefined) {
    const matches = picomatch(glob.replace(/^\.\//, ""), { ignore: "**/node_modules/**" });
    return (path) => isSource(path) && matches(dir === "" ? path : path.slice(dir.length + 1));
  }
  if (workspace.tree.has(exact)) return (path) => path === exact;
  return (path) => isWithin(joinPath(exact, ""), path) && /\.[cm]?[jt]s$/.test(path) && isSource(path);
}

/** Node 21 and later read their arguments as globs, so that a name with brackets has to be written as one. `[!]` has no end. */
function asPattern(path: string): string {
  const [major = "0"] = process.versions.node.split(".");
  return Number(major) < 21 ? path : path.replaceAll(/[[\]{}*?()]/g, (character) => `[${character}]`);
}
