// Does a change of what the code does come with a change of what its tests say?
import type { Change } from "../model/change.ts";
import type { FilePair } from "../model/check.ts";
import type { TaskOutcome } from "../model/finding.ts";
import type { RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isAmongTests } from "../source/role.ts";
import type { Node } from "../source/walk.ts";
import { meaningOf } from "./meaning.ts";
import { isProgramFile } from "./program-file.ts";

/**
 * Fails when runtime code changed and no test did that can observe any of it. Comments, layout and types are no change,
 * nor are imports. A deleted test is no changed test; a deleted source needs none. A helper of tests and what they read
 * (fixtures, snapshots) count where one of those that use it can observe the code, and `if (import.meta.vitest)` in a
 * source is a test of it.
 */
export function requireChangedTests(
  pairs: readonly FilePair[],
  observersOf: (changed: RepoPath) => ReadonlySet<RepoPath>,
): TaskOutcome {
  const [first, ...others] = changedFiles(pairs, isProgramFile, (part) => !isInSourceTest(part));
  if (first === undefined) return { status: "skipped", reason: "no runtime code changed" };
  const tests = [
    ...changedFiles(pairs, isTest),
    ...changedFiles(pairs, holdsTests, isInSourceTest),
    ...changedFiles(pairs, isMaterial),
    ...pairs.flatMap(({ change, head, headText }) =>
      head === undefined && headText !== undefined && isAmongTests(change.path) ? [change] : [],
    ),
  ];
  const observers = [first, ...others].map(({ path }) => observersOf(path));
  const canObserve = (user: RepoPath): boolean => observers.some((each) => each.has(user));
  if (tests.some(({ path }) => [path, ...observersOf(path)].some(canObserve))) {
    return { status: "passed" };
  }
  const where = others.length > 0 ? ` here and in ${others.length} more` : "";
  const [test] = tests;
  const which = test === undefined ? "no test did" : `no test that can reach it did (${test.path} can not)`;
  const message = `runtime code changed${where}, and ${which}; add or change a test that fails without this change`;
  return { status: "failed", findings: [{ path: first.path, line: first.changedLines[0]?.start ?? null, message }] };
}

function isTest(head: SourceFile | undefined): head is SourceFile {
  return head?.role === "test";
}

/** A table of cases is what many tests consist of. */
function isMaterial(head: SourceFile | undefined): head is SourceFile {
  return head?.role === "source" && isAmongTests(head.path);
}

function holdsTests(head: SourceFile | undefined): head is SourceFile {
  return isProgramFile(head) && head.program.body.some(isInSourceTest);
}

/** `if (import.meta.vitest) { … }`. */
function isInSourceTest(part: Node): boolean {
  if (part.type !== "IfStatement" || part.test.type !== "MemberExpression") return false;
  const { object, property } = part.test;
  return object.type === "MetaProperty" && property.type === "Identifier" && property.name === "vitest";
}

type Part = (statement: Node) => boolean;

/** Of which a part says something else than at the base. */
function changedFiles(
  pairs: readonly FilePair[],
  counts: (head: SourceFile | undefined) => head is SourceFile,
  part: Part = () => true,
): readonly Change[] {
  return pairs.flatMap(({ change, base, head }) => (counts(head) && differs(base, head, part) ? [change] : []));
}

function differs(base: SourceFile | undefined, head: SourceFile, part: Part): boolean {
  return (base === undefined ? "" : codeOf(base, part)) !== codeOf(head, part);
}

function codeOf(file: SourceFile, part: Part): string {
  // What could not be parsed can not be compared either: any difference counts.
  return file.syntaxErrors.length > 0 ? file.text : file.program.body.filter(part).map(meaningOf).join("");
}
