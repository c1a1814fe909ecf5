// Which configurations of runners a change bears on.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { dirOf, nameOf, type RepoPath } from "../../model/paths.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import { isFixture } from "../change/hand-written.ts";
import { placesIn, type RunnerPlace } from "../configuration/config-paths.ts";

/** A configuration, and where it was at the base. */
export interface ConfigChange {
  readonly place: RunnerPlace;
  readonly was: RunnerPlace;
}

/** Configurations in files of the change, or that import one of those, once each. */
export function configChanges(context: ChangeContext): readonly ConfigChange[] {
  const parts = context.pairs.filter(mayBePart).map(({ change }) => wordFor(change.path));
  const changes = [...withMoved(context.pairs.flatMap(ownChanges), context.pairs), ...importers(context, parts)];
  return [...new Map(changes.toReversed().map((change) => [JSON.stringify(change.place), change])).values()];
}

/** What stands in every specifier that names the file, which is the folder's name for an index. */
function wordFor(path: RepoPath): string {
  const stem = nameOf(path).replace(/\.\w+$/, "");
  return `/${stem === "index" && dirOf(path) !== "" ? nameOf(dirOf(path)) : stem}`;
}

/** One that is deleted while one of the same runner is added elsewhere was moved there, and edited until git did not know it. */
function withMoved(changes: readonly ConfigChange[], pairs: readonly FilePair[]): readonly ConfigChange[] {
  const placesOf = (kind: FilePair["change"]["kind"]): readonly string[] =>
    pairs.flatMap(({ change }) =>
      change.kind === kind ? placesIn(change.path).map((place) => JSON.stringify(place)) : [],
    );
  const [deleted, added] = [new Set(placesOf("deleted")), new Set(placesOf("added"))];
  const isOf =
    (places: ReadonlySet<string>, runner: string) =>
    ({ place }: ConfigChange) =>
      places.has(JSON.stringify(place)) && place.runner === runner;
  return changes.flatMap((change) => {
    const { runner } = change.place;
    const [from, to] = [deleted, added].map((places) => changes.filter(isOf(places, runner)));
    if (from?.length !== 1 || to?.length !== 1) return [change];
    if (change === from[0]) return [];
    return [change === to[0] && from[0] ? { place: change.place, was: from[0].was } : change];
  });
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

const speaksOfRuns =
  /\b(?:thresholds?|coverage|lines|branches|functions|statements|passWithNoTests|retry|retries|exclude|include|testTimeout)\b/;

/** What configurations share lies beside them, and not among the sources. */
function mayBePart({ change: { path }, headText }: FilePair): boolean {
  const isRead = isSourcePath(path) || path.endsWith(".json");
  const isBeside = isRead && placesIn(path).length === 0 && !/(?:^|\/)src\//.test(path);
  return isBeside && roleOf(path) !== "test" && headText !== undefined && speaksOfRuns.test(headText);
}

/** Configurations that name one of these files, which may be a part of them. */
function importers({ workspace }: ChangeContext, stems: readonly string[]): readonly ConfigChange[] {
  if (stems.length === 0) return [];
  return workspace.tree.files
    .filter(({ path }) => mayImport(path) && stems.some((stem) => workspace.readText(path)?.includes(stem)))
    .flatMap(({ path }) => placesIn(path).map((place) => ({ place, was: place })));
}

function mayImport(path: RepoPath): boolean {
  return isSourcePath(path) && placesIn(path).length > 0 && !isFixture(path);
}
