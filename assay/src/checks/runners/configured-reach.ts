// Which files the runners' configurations, and the scripts that start them, make them run.
import type { ChangeContext } from "../../model/check.ts";
import { ancestors, dirOf, isWithin, joinPath, pathInside, type RepoPath } from "../../model/paths.ts";
import { isFixture } from "../change/hand-written.ts";
import { sidesOf, type Side } from "../change/sides.ts";
import { reachOf } from "../commands/file-reach.ts";
import { manifestSides, type ManifestSide } from "../commands/manifest-sides.ts";
import { amountOfScript } from "../commands/verifications.ts";
import { placesIn, type RunnerPlace } from "../configuration/config-paths.ts";
import { valueAt } from "./runner-files.ts";
import { testReach, type Reaches } from "./runner-reach.ts";
import { settingsIn, type Settings } from "./runner-settings.ts";

export interface ConfiguredReach {
  /** Did something that says which tests are run come to `from`, and does nothing of the kind come to `to`? */
  readonly leadsAway: (from: RepoPath, to: RepoPath) => boolean;
  /** Does a runner's configuration say that it is run? */
  readonly leadsTo: (path: RepoPath) => boolean;
}

interface Configured {
  readonly place: RunnerPlace;
  readonly reaches: Reaches;
}

/**
 * Judges by all configurations of runners, and by all scripts that run tests. A runner that is given up where the test was
 * says nothing.
 */
export async function configuredReaches(context: ChangeContext): Promise<ConfiguredReach> {
  const sides = await sidesOf(context);
  const [before, after] = await Promise.all([reachesOn(sides.base), reachesOn(sides.head)]);
  const isKept = (was: RunnerPlace, from: RepoPath): boolean =>
    after.some(
      ({ place: is }) =>
        is.runner === was.runner &&
        (isWithin(is.dir, from) || packageAt(sides.head, is) === packageAt(sides.base, was)),
    );
  const manifests = manifestSides(context);
  const [ran, run] = await Promise.all([scriptReaches(manifests.base), scriptReaches(manifests.head)]);
  const leadsAway = (from: RepoPath, to: RepoPath): boolean => {
    // Of a package without a configuration nobody says what is run there.
    const folder = packageDir(sides.head, to);
    const isTold = folder === packageDir(sides.head, from) || after.some(({ place }) => place.dir === folder);
    const kept = before.filter(({ place }) => isKept(place, from));
    return (
      (isTold && isLeft(kept.map(reachIn), after.map(reachIn), from, to)) ||
      (ran !== undefined && run !== undefined && isLeft(ran, run, from, to))
    );
  };
  return { leadsAway, leadsTo: (path) => after.some(({ reaches }) => reaches(path, false)) };
}

function reachIn({ reaches }: Configured): Reaches {
  return reaches;
}

function isLeft(before: readonly Reaches[], after: readonly Reaches[], from: RepoPath, to: RepoPath): boolean {
  return before.some((reach) => reach(from)) && after.length > 0 && !after.some((reach) => reach(to));
}

async function reachesOn(side: Side): Promise<readonly Configured[]> {
  const places = [...side.paths].filter((path) => !isFixture(path)).flatMap(placesIn);
  const read = await Promise.all(places.map(async (place) => ({ place, reaches: await configuredReach(side, place) })));
  return read.flatMap(({ place, reaches }) => (reaches === undefined ? [] : [{ place, reaches }]));
}

/** Undefined where there is no configuration, or it can not be told. */
export async function configuredReach(side: Side, place: RunnerPlace): Promise<Reaches | undefined> {
  const at = await valueAt(side, place);
  return at && testReach(rooted(place, side), withRealFolders(settingsIn(at.value), place, side));
}

/** What package managers start by themselves, and what serves people: a program that nobody knows runs no tests there. */
const besideTests = /^(?:prepare|(?:pre|post)?(?:install|pack|publish)|prepublishOnly|start|dev|serve|preview)$/;

/** Undefined where one of them can not be read. */
async function scriptReaches(side: ManifestSide): Promise<readonly Reaches[] | undefined> {
  const scripts = side.folders.flatMap((dir) => Object.keys(side.scriptsIn(dir) ?? {}).map((name) => ({ dir, name })));
  const amounts = scripts.map(({ dir, name }) => ({ name, amount: amountOfScript(side, dir, name) }));
  const runs = amounts.flatMap(({ amount }) => amount.verifications.filter(({ kinds }) => kinds.includes("tests")));
  const isUnsure =
    amounts.some(({ name, amount }) => amount.strangers.length > 0 && !besideTests.test(name)) ||
    runs.some(({ dynamic }) => dynamic);
  const reaches = await Promise.all(runs.map(reachOf));
  const known = reaches.filter((reach) => reach !== undefined);
  return isUnsure || known.length < reaches.length ? undefined : known;
}

function packageDir({ paths }: Side, path: RepoPath): RepoPath | undefined {
  return [...ancestors(path)].find((dir) => paths.has(joinPath(dir, "package.json")));
}

function packageAt(side: Side, { dir }: RunnerPlace): RepoPath | undefined {
  return packageDir(side, joinPath(dir, "x"));
}

/** Patterns of vitest begin in the folder that it is started in, wherever its configuration lies. */
export function rooted(place: RunnerPlace, side: Side): RunnerPlace {
  if (place.runner !== "vitest") return place;
  const dir = packageAt(side, place);
  return dir === undefined ? place : { ...place, dir };
}

const folderKeys: ReadonlySet<string> = new Set(["test.dir", "test.root", "root"]);

/** A folder that is not there is one of those that take over this configuration. A run in it finds nothing, and fails. */
export function withRealFolders(settings: Settings, { dir }: RunnerPlace, { paths }: Side): Settings {
  const isReal = (key: string): boolean => {
    const named = settings.get(key);
    const folder =
      named?.kind === "scalar" && typeof named.value === "string" ? pathInside(dir, named.value) : undefined;
    return folder === undefined || [...paths].some((path) => isWithin(folder, dirOf(path)));
  };
  return new Map([...settings].filter(([key]) => !folderKeys.has(key) || isReal(key)));
}
