import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { dirOf, joinPath, type RepoPath } from "../model/paths.ts";
import { collectorFor, type Collects } from "./runners/collected-tests.ts";
import { configuredReaches } from "./runners/configured-reach.ts";
import { isFixture } from "./change/hand-written.ts";
import { unreachedBecause } from "./runners/reach.ts";
import { referencesOf } from "./imports/references.ts";
import { testsOf } from "./test-code/test-bodies.ts";
import { testsOfChange, type TestMatch } from "./test-code/test-matching.ts";
import { isSnapshotFile } from "./test-code/test-signs.ts";

/** How many of a file's tests have to be found in another one for it to be the same file elsewhere. */
const mostTests = 0.5;

/**
 * Flags tests that are still there and are not run any more: their file was given a name, or moved to a folder, that the
 * runner does not look at, or nothing calls the code that declares them.
 *
 * What is not run can not fail.
 *
 * Not seen: what the runner's configuration leaves out now, which `loosened-test-runner` sees.
 */
export const unreachedTest: ChangeCheck = {
  id: "unreached-test",
  kind: "change",
  summary: "A test is still there, and the runner does not come to it any more",
  in: ["loop", "gate"],

  async inspect(context) {
    const { matches } = await testsOfChange(context);
    const before = context.pairs.filter(({ base }) => base && !isFixture(base.path) && testsOf(base).tests.length > 0);
    if (before.length === 0) return [];
    return [...(await movedAway(context, before)), ...cutOff(context, matches)];
  },
};

async function movedAway(context: ChangeContext, pairs: readonly FilePair[]): Promise<readonly Finding[]> {
  const moved = pairs.flatMap((pair) => {
    const to = pair.base && isStillThere(pair) ? undefined : placeOf(context, pair);
    return pair.base && to !== undefined && !isImported(context, to) ? [{ from: pair.base.path, to }] : [];
  });
  if (moved.length === 0) return [];
  const collects: Collects = await collectorFor(
    context.workspace,
    moved.map(({ from }) => from),
  );
  const { leadsAway, leadsTo } = await configuredReaches(context);
  return moved
    .filter(({ from, to }) => (collects(from) && !collects(to) && !leadsTo(to)) || leadsAway(from, to))
    .map(({ from, to }) => {
      const message = `the tests of ${from} are where the test runner does not look; give the file a name and a place that it collects`;
      return { path: to, line: null, message };
    });
}

/** Does a file of the change load the one that the tests are in now? Then they are run from there. */
function isImported({ pairs }: ChangeContext, path: RepoPath): boolean {
  const wanted = path.replace(sourceEnding, "");
  return pairs.some(
    ({ head }) =>
      head !== undefined &&
      referencesOf(head).some(
        ({ specifier }) =>
          specifier.startsWith(".") && joinPath(dirOf(head.path), specifier).replace(sourceEnding, "") === wanted,
      ),
  );
}

const sourceEnding = /\.[cm]?[jt]sx?$/;

/** Most of the tests are in the file where they were. */
function isStillThere({ change, base, headText }: FilePair): boolean {
  return change.previousPath === null && change.kind !== "deleted" && holds(base, headText);
}

/** The file of the change in which most of the tests are now. */
function placeOf({ pairs }: ChangeContext, pair: FilePair): RepoPath | undefined {
  if (pair.change.previousPath !== null && holds(pair.base, pair.headText)) return pair.change.path;
  // A snapshot has the titles of tests as well.
  const others = pairs.filter(
    (other) => other !== pair && other.baseText === undefined && !isSnapshotFile(other.change.path),
  );
  return others.find(({ headText }) => holds(pair.base, headText))?.change.path;
}

function holds(base: FilePair["base"], text: string | undefined): boolean {
  const titles = testsOf(base)
    .tests.map(({ title }) => title)
    .filter((title) => title !== "");
  if (text === undefined || titles.length === 0) return false;
  return titles.filter((title) => text.includes(title)).length / titles.length >= mostTests;
}

/** One finding for all tests of a file that are cut off for the same reason. */
function cutOff(context: ChangeContext, matches: readonly TestMatch[]): readonly Finding[] {
  const cut = new Map<string, TestMatch[]>();
  for (const match of matches) {
    const reason = newReason(context, match);
    if (reason === undefined) continue;
    const key = `${match.head.file.path} ${reason}`;
    cut.set(key, [...(cut.get(key) ?? []), match]);
  }
  return [...cut.values()].flatMap(([match, ...others]) => (match ? [findingFor(context, match, others.length)] : []));
}

function newReason(context: ChangeContext, { base, head }: TestMatch): string | undefined {
  const reason = unreachedBecause(head, false);
  if (reason === undefined || unreachedBecause(base, false) !== undefined) return undefined;
  return unreachedBecause(head, isImported(context, head.file.path));
}

function findingFor(context: ChangeContext, match: TestMatch, others: number): Finding {
  const { file, node, title } = match.head;
  const shown = title.length > 50 ? `${title.slice(0, 49)}…` : title;
  const rest = others > 0 ? ` (and ${others} more)` : "";
  const message = `the test \`${shown}\`${rest} is not run any more: it ${newReason(context, match) ?? ""}; let it run, or delete it and say why`;
  return { path: file.path, line: file.lineOf(node.start), message };
}
