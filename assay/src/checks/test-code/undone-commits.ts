// Commits that a change takes back: not those that it only says it reverts.
import type { RevertedCommit } from "../../model/change.ts";
import type { ChangeContext } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import type { Node } from "../../source/walk.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import { baseTextReader } from "../change/base-text.ts";
import { isFixture } from "../change/hand-written.ts";

/** How much of what a commit did to the program has to be there to take back. */
const leastLeft = 0.5;
/** How many lines of a test have to be lines that the commit brought. */
const leastBrought = 0.7;

/** How often a line stands in texts, one side less the other. */
type LineCounts = ReadonlyMap<string, number>;

/**
 * What tests gained in commits that the change takes back. Every line of the program that such a commit brought is gone,
 * and every line that it took away is there again: a commit that brought tests alone can not be taken back, nor can one
 * of which something of the program stays.
 */
export interface UndoneCommits {
  /** Did a part of a test file come with one? */
  brought(part: Node, file: SourceFile): boolean;
}

export async function undoneCommits(context: ChangeContext): Promise<UndoneCommits> {
  const reverted = await context.reverted();
  const undone = reverted.filter((commit) => isUndone(context, commit));
  const gained = undone.map(({ files }) =>
    difference(files.filter(({ path }) => !isProgram(path)).map(({ before, after }) => [before, after])),
  );
  return { brought: (part, file) => gained.some((lines) => isMostly(linesOf(file, part), lines)) };
}

function isUndone(context: ChangeContext, { files }: RevertedCommit): boolean {
  const program = files.filter(({ path }) => isProgram(path));
  const did = difference(program.map(({ before, after }) => [before, after]));
  const pairs = context.pairs.filter(({ change }) => isProgram(change.path));
  const does = difference(pairs.map(({ baseText, headText }) => [baseText, headText]));
  const there = counted([...textsAtBase(context, [...program, ...pairs.map(({ change }) => change)])]);
  let all = 0;
  let left = 0;
  for (const [line, count] of did) {
    // What became of a line since is no part of this change.
    const wanted = count > 0 ? -Math.min(count, there.get(line) ?? 0) : -count;
    const given = does.get(line) ?? 0;
    if (wanted < 0 ? given > wanted : given < wanted) return false;
    all += Math.abs(count);
    left += Math.abs(wanted);
  }
  return left > 0 && left >= all * leastLeft;
}

/** Of the files that either touched, each once. */
function textsAtBase(
  context: ChangeContext,
  files: readonly { readonly path: RepoPath; readonly previousPath?: RepoPath | null }[],
): readonly (string | undefined)[] {
  const read = baseTextReader(context);
  const paths = new Set(files.map(({ path, previousPath }) => previousPath ?? path));
  return [...paths].map(read);
}

function isProgram(path: RepoPath): boolean {
  return isSourcePath(path) && roleOf(path) === "source" && !isFixture(path);
}

function difference(texts: readonly (readonly [before: string | undefined, after: string | undefined])[]): LineCounts {
  const counts = new Map(counted(texts.map(([, after]) => after)));
  for (const [line, count] of counted(texts.map(([before]) => before))) {
    const rest = (counts.get(line) ?? 0) - count;
    if (rest === 0) counts.delete(line);
    else counts.set(line, rest);
  }
  return counts;
}

function counted(texts: readonly (string | undefined)[]): LineCounts {
  const counts = new Map<string, number>();
  for (const line of texts.flatMap((text) => telling(text ?? ""))) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** Lines without their indentation; brackets alone and comments say nothing. */
function telling(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/[;,]$/, ""))
    .filter((line) => /\w/.test(line) && !/^(?:\/\/|\/?\*)/.test(line));
}

/** Whole lines, though the part may begin or end inside one. */
function linesOf({ text }: SourceFile, { start, end }: Node): readonly string[] {
  const from = text.lastIndexOf("\n", start) + 1;
  const to = text.indexOf("\n", end);
  return telling(text.slice(from, to === -1 ? undefined : to));
}

function isMostly(lines: readonly string[], gained: LineCounts): boolean {
  const brought = lines.filter((line) => (gained.get(line) ?? 0) > 0).length;
  return lines.length > 0 && brought >= lines.length * leastBrought;
}
