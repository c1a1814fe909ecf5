import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import { ancestors, byPath, dirOf, isWithin, joinPath, nameOf, pathInside, type RepoPath } from "../model/paths.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import { notApproved, type Loosening } from "./configuration/approvals.ts";
import { isFixture, madeByPrograms } from "./change/hand-written.ts";
import { ignoreMatcher, linesOf } from "./configuration/ignore-patterns.ts";
import { referencesOf } from "./imports/references.ts";
import { shortenedPath } from "./change/shortened.ts";

const id = "hidden-source";

/**
 * Flags changes after which tools and reviewers no longer see code that a person wrote: marked as generated or binary in
 * `.gitattributes`, ignored in `.gitignore`, or moved into a folder of fixtures and used from there.
 *
 * What is hidden is in no diff, and no check looks at it.
 *
 * Not seen: a file that says of itself that it is generated, and attributes in git's own folder.
 */
export const hiddenSource: ChangeCheck = {
  id,
  kind: "change",
  summary: "Code that a person wrote is hidden from tools and reviewers",
  in: ["loop", "gate"],

  async inspect(context) {
    const named = (name: string): readonly FilePair[] =>
      context.pairs.filter(({ change }) => nameOf(change.path) === name);
    const loosenings = [
      ...(await Promise.all(named(".gitattributes").map((pair) => hiddenByMarks(context, pair)))).flat(),
      ...(await Promise.all(named(".gitignore").map((pair) => hiddenByIgnores(context, pair)))).flat(),
      ...(await movedBelowMarks(context)),
      ...usedFixtures(context),
    ];
    return notApproved(context, id, loosenings);
  },
};

const saysGenerated = /@generated|auto-?generated|generated (?:by|from|file|code|using|with)|do not (?:edit|modify)/i;

function isHandWritten({ workspace }: ChangeContext, path: RepoPath): boolean {
  if (!isSourcePath(path) || isFixture(path) || madeByPrograms.test(path) || roleOf(path) === "declaration")
    return false;
  return !saysGenerated.test((workspace.readText(path) ?? "").slice(0, 1000));
}

async function hiddenByMarks(
  context: ChangeContext,
  { change, baseText = "", headText = "" }: FilePair,
): Promise<readonly Loosening[]> {
  const before = await marksIn(dirOf(change.path), baseText);
  const after = await marksIn(dirOf(change.path), headText);
  const hidden = sourcesBelow(context, change.path).filter(
    (path) => isHidden(after, path) && !isHidden(before, path) && isHandWritten(context, path),
  );
  return told(
    change.path,
    hidden,
    "is marked as generated or binary, and nobody wrote it by a program; take the mark off",
  );
}

function isHidden(marks: readonly Mark[], path: RepoPath): boolean {
  return marks.findLast((mark) => mark.matches(path))?.hides ?? false;
}

interface Mark {
  readonly hides: boolean;
  matches(path: RepoPath): boolean;
}

const hiding = /^(?:linguist-(?:generated|vendored)(?:=(?:true|1|on|yes))?|binary|-diff)$/i;
const showing =
  /^(?:[-!]linguist-(?:generated|vendored)|linguist-(?:generated|vendored)=(?:false|0|off|no)|!?diff(?:=.*)?)$/i;

async function marksIn(dir: RepoPath, text: string): Promise<readonly Mark[]> {
  return Promise.all(
    linesOf(text).flatMap((line): readonly Promise<Mark>[] => {
      const [pattern = "", ...attributes] = line.split(/\s+/);
      const last = attributes.findLast((attribute) => hiding.test(attribute) || showing.test(attribute));
      return last === undefined ? [] : [markOf(dir, pattern, hiding.test(last))];
    }),
  );
}

async function markOf(dir: RepoPath, pattern: string, hides: boolean): Promise<Mark> {
  return {
    hides,
    matches: await ignoreMatcher({ dir, style: "gitignore", patterns: [pattern] }),
  };
}

async function hiddenByIgnores(
  context: ChangeContext,
  { change, baseText = "", headText = "" }: FilePair,
): Promise<readonly Loosening[]> {
  const dir = dirOf(change.path);
  const list = (patterns: readonly string[]) => ignoreMatcher({ dir, style: "gitignore", patterns });
  const [old, now] = [linesOf(baseText), linesOf(headText)];
  // Only what a new line names, or a line that is gone took back, can have become hidden.
  const gone = old.filter((line) => line.startsWith("!") && !now.includes(line)).map((line) => line.slice(1));
  const fresh = [...gone, ...now.filter((line) => !line.startsWith("!") && !old.includes(line))];
  if (fresh.length === 0) return [];
  const [isNamed, before, after] = await Promise.all([list(fresh), list(old), list(now)]);
  const hidden = sourcesBelow(context, change.path).filter(
    (path) => isNamed(path) && after(path) && !before(path) && isHandWritten(context, path),
  );
  return told(change.path, hidden, "is ignored by git, so that its changes may go unseen; take the pattern out");
}

/** Sources that are there, and those that the change takes away: they may be on disk all the same. */
function sourcesBelow({ workspace, pairs }: ChangeContext, path: RepoPath): readonly RepoPath[] {
  const gone = pairs
    .filter(({ change, baseText = "" }) => change.kind === "deleted" && !saysGenerated.test(baseText.slice(0, 1000)))
    .map(({ change }) => change.path);
  const all = new Set([...workspace.tree.files.map((file) => file.path), ...gone]);
  return [...all].filter((each) => isSourcePath(each) && isWithin(dirOf(path), each)).toSorted(byPath);
}

function told(path: RepoPath, hidden: readonly RepoPath[], says: string): readonly Loosening[] {
  const [first] = hidden;
  if (first === undefined) return [];
  const rest = hidden.length > 1 ? ` (and ${hidden.length - 1} more)` : "";
  const name = shortenedPath(first, 60);
  return [{ path, line: null, what: `${path} ${first}`, message: `${name}${rest} ${says}` }];
}

/** Sources that were moved to where the base has marked everything as generated. */
async function movedBelowMarks(context: ChangeContext): Promise<readonly Loosening[]> {
  const moved = context.pairs.filter(
    ({ change: { path, previousPath } }) =>
      previousPath !== null && isSourcePath(path) && dirOf(previousPath) !== dirOf(path),
  );
  const loosenings: Loosening[] = [];
  for (const { change } of moved) {
    const { path, previousPath } = change;
    if (previousPath === null || !(await isMarked(context, path)) || (await isMarked(context, previousPath))) continue;
    const generated = saysGenerated.test((context.workspace.readText(path) ?? "").slice(0, 1000));
    const message = `is where .gitattributes marks files as generated, and came from ${previousPath}; move it back`;
    if (!generated) loosenings.push({ path, line: null, what: `${path} moved`, message });
  }
  return loosenings;
}

async function isMarked(context: ChangeContext, path: RepoPath): Promise<boolean> {
  const files = [...ancestors(path)].toReversed().map((dir) => joinPath(dir, ".gitattributes"));
  const marks = files.map((file) => marksIn(dirOf(file), context.workspace.readText(file) ?? ""));
  return isHidden((await Promise.all(marks)).flat(), path);
}

/** Programs beside a package, which measure it or show it, use what its tests use. */
const accompanies = /(?:^|\/)(?:bench\w*|examples?|scripts?|tools?|demos?)\//;

/** Sources that begin to use a module of a folder of fixtures, which is left alone for being material of tests. */
function usedFixtures(context: ChangeContext): readonly Loosening[] {
  return context.pairs.flatMap(({ change: { path }, base, head, headText = "" }) => {
    if (!/fixture|test-?data/i.test(headText) || isFixture(path) || head?.role !== "source" || accompanies.test(path))
      return [];
    const old = new Set(base === undefined ? [] : fixturesOf(base));
    return fixturesOf(head)
      .filter((fixture) => !old.has(fixture))
      .map((fixture): Loosening => {
        const message = `uses ${fixture}, which checks leave alone as material of tests; move it to where sources are`;
        return { path, line: null, what: `${path} ${fixture}`, message };
      });
  });
}

function fixturesOf(file: Parameters<typeof referencesOf>[0]): readonly RepoPath[] {
  return [...referencesOf(file)].flatMap(({ specifier }) => {
    if (!specifier.startsWith(".")) return [];
    const target = pathInside(dirOf(file.path), specifier);
    const isUsed = target && isFixture(target) && !/\.(?!(?:[cm]?[jt]sx?)$)\w+$/.test(target);
    return isUsed ? [target] : [];
  });
}
