// Which configurations of runners a change bears on.
import type { ChangeContext, FilePair } from "../model/check.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import { isSourcePath } from "../source/role.ts";
import { isFixture } from "./hand-written.ts";
import { placesIn, type RunnerPlace } from "./runner-files.ts";

/** A configuration, and where it was at the base. */
export interface ConfigChange {
  readonly place: RunnerPlace;
  readonly was: RunnerPlace;
}

/** Configurations in files of the change, or that import one of those, once each. */
export function configChanges(context: ChangeContext): readonly ConfigChange[] {
  const changes = context.pairs.flatMap((pair) => {
    const own = ownChanges(pair);
    return own.length > 0 || nameOf(pair.change.path) === "package.json" ? own : importers(context, pair);
  });
  return [...new Map(changes.map((change) => [JSON.stringify(change.place), change])).values()];
}

/** A manifest counts only where it says something of a runner. */
function ownChanges({ change, baseText, headText }: FilePair): readonly ConfigChange[] {
  const { path, previousPath } = change;
  if (isFixture(path)) return [];
  const before = placesIn(previousPath ?? path);
  const after = placesIn(path);
  const isManifest = nameOf(path) === "package.json";
  const says = (runner: string): boolean => [baseText, headText].some((text) => text?.includes(`"${runner}"`));
  const now = after
    .filter(({ runner }) => !isManifest || says(runner))
    .map((place) => ({ place, was: before.find(({ runner }) => runner === place.runner) ?? place }));
  const gone = before.filter(({ runner }) => !after.some((place) => place.runner === runner));
  return [...now, ...gone.map((place) => ({ place, was: place }))];
}

const speaksOfRuns = /\b(?:thresholds?|coverage|passWithNoTests|retry|retries|exclude|include|testTimeout)\b/;

/** Configurations that name the file, which may be a part of them. */
function importers({ workspace }: ChangeContext, { change, headText }: FilePair): readonly ConfigChange[] {
  if (!isSourcePath(change.path) || headText === undefined || !speaksOfRuns.test(headText)) return [];
  const stem = nameOf(change.path).replace(/\.\w+$/, "");
  return workspace.tree.files
    .filter(({ path }) => mayImport(path) && workspace.readText(path)?.includes(`/${stem}`) === true)
    .flatMap(({ path }) => placesIn(path).map((place) => ({ place, was: place })));
}

function mayImport(path: RepoPath): boolean {
  return isSourcePath(path) && placesIn(path).length > 0 && !isFixture(path);
}
