import type { ChangeCheck, FilePair, Sighting } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import { walk } from "../source/walk.ts";
import { handWritten } from "./change/hand-written.ts";
import { newFindings } from "./change/new-findings.ts";

/** A single one may be what the compiler cannot know. */
const few = 2;

/** In merged changes of libraries there is one to eleven changed lines where there are most. */
const linesForEach = 8;

/**
 * Flags changes that assert absence away again and again: `x!`, and fields declared with `x!: T`, at least two and more
 * than one to eight changed lines, in one file or in the whole change.
 *
 * A value of which the compiler says that it may not be there is used as if it always were. Once that can be
 * knowledge; line after line it is the way to a green type check.
 *
 * Tests may: a test that finds nothing fails. So may, one for one, what takes the place of a `@ts-ignore`.
 *
 * Not seen: `!` spread thinly over much other code.
 */
export const nonNullAssertion: ChangeCheck = {
  id: "non-null-assertion",
  kind: "change",
  summary: "Absence is asserted away again and again",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    const found = newFindings(pairs, assertionsIn);
    if (found.length < few) return [];
    const findings = pairs.flatMap((pair) =>
      found.filter(({ path }) => path === pair.change.path).slice(liftedIgnores(pair)),
    );
    const sources = pairs.filter(({ change: { path } }) => isSourcePath(path) && roleOf(path) === "source");
    const files = sources.map((pair) => ({
      lines: changedLines(pair),
      here: findings.filter(({ path }) => path === pair.change.path),
    }));
    const perFile = files.filter(({ lines, here }) => isTooMany(here.length, lines));
    if (perFile.length > 0) return perFile.map(({ lines, here }) => toFinding(here, here.length, lines));
    const lines = files.reduce((sum, each) => sum + each.lines, 0);
    return isTooMany(findings.length, lines) ? [toFinding(findings, findings.length, lines)] : [];
  },
};

/** How many comments that hid errors of types a file lost: each stood for more than an `!` in its place. */
function liftedIgnores({ base, head }: FilePair): number {
  return Math.max(0, ignoresIn(base) - ignoresIn(head));
}

function ignoresIn(file: SourceFile | undefined): number {
  return file?.comments.filter(({ value }) => /^\s*@ts-(?:ignore|expect-error)\b/.test(value)).length ?? 0;
}

function isTooMany(count: number, lines: number): boolean {
  return count >= few && count * linesForEach > lines;
}

function changedLines({ change }: FilePair): number {
  return change.changedLines.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}

function toFinding([first]: readonly Finding[], count: number, lines: number): Finding {
  const message = `${count} new \`!\` in ${lines} changed lines; ask whether the value is there, or mend the type that says it may not be`;
  return { path: first?.path ?? null, line: first?.line ?? null, message };
}

function* assertionsIn(file: SourceFile): Generator<Sighting> {
  if (file.role !== "source" || !/[\w$)\]}>"'`]\s*!(?!=)/.test(file.text)) return;
  const found: Sighting[] = [];
  const add = ({ start, end }: { start: number; end: number }, shown: string): void => {
    // Of the same words on one line only the end tells them apart.
    found.push({ at: { start }, message: String(end), fingerprint: `!\n${shown}` });
  };
  walk(file.program, {
    enter(node) {
      const text = (): string => file.text.slice(node.start, node.end).replaceAll(/\s+/g, "");
      if (node.type === "TSNonNullExpression") add(node, text());
      else if ("definite" in node && node.definite) add({ start: node.start, end: node.start + 1 }, text());
    },
  });
  yield* found;
}
