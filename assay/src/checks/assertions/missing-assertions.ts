// What a test that stays asserted before and does not any more.
import { descendants, type Node } from "../../source/walk.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { soundsAsserting } from "./assertion-names.ts";
import { strengthOf, vague } from "./assertion-strength.ts";
import { isHelperModule } from "./assertions.ts";
import { isMemberOf } from "./lost-shape.ts";
import { eachAssertion, type StatedAssertion } from "./stated-assertions.ts";
import { tabledValues, valuesIn } from "./tabled-values.ts";
import { testsOf, wordsOf, type PlacedAssertion } from "../test-code/test-bodies.ts";
import type { CodeMatch, TestsOfChange } from "../test-code/test-matching.ts";

/** One assertion before and after it was edited. */
export interface EditedAssertion {
  readonly base: PlacedAssertion;
  readonly head: PlacedAssertion;
  /** Is it still about the same? Otherwise the two only stand for each other by their order. */
  readonly sameSubject: boolean;
}

export interface Missing {
  readonly match: CodeMatch;
  readonly edited: readonly EditedAssertion[];
  /** Neither there any more, nor edited, nor moved to another place of the change, nor said by another one. */
  readonly lost: readonly PlacedAssertion[];
}

/** One for each test that stays and had an assertion edited or deleted, and for helpers and hooks of a file. */
export function missingAssertions(change: TestsOfChange): readonly Missing[] {
  const gainedAnywhere = gainedAssertions(change);
  const moved = counted(gainedAnywhere);
  const turned = new Set(gainedAnywhere.filter(({ negated }) => negated).map(turnKey));
  return [...change.matches, ...restOfFiles(change)].flatMap((match): Missing[] => {
    if (match.base.text === match.head.text) return [];
    const { lost, gained } = without(match);
    const missing = lost.filter(({ text }) => !takeFrom(moved, text));
    if (missing.length === 0) return [];
    const edited = pairUp(missing, gained);
    const before = new Set(edited.map(({ base }) => base));
    const left = missing.filter(
      (each) =>
        !before.has(each) && !isSaidBy(match, each, gained) && !turned.has(turnKey(each)) && !isTabled(match, each),
    );
    const others = new Set(edited.flatMap(({ head, sameSubject }) => (sameSubject ? [head] : [])));
    const rewritten =
      gained.some((each) => !others.has(each) && strengthOf(each) > vague) ||
      isOtherLibrary(match) ||
      callsNewHelper(match);
    return [{ match, edited, lost: rewritten ? [] : left }];
  });
}

function restOfFiles({ pairs }: TestsOfChange): readonly CodeMatch[] {
  return pairs.flatMap((pair) => {
    const [base, head] = [testsOf(pair.base).rest, testsOf(pair.head).rest];
    return base && head ? [{ base, head }] : [];
  });
}

function without({ base, head }: CodeMatch): Record<"lost" | "gained", readonly PlacedAssertion[]> {
  const left = counted(head.assertions);
  const lost = base.assertions.filter(({ text }) => !takeFrom(left, text));
  const kept = counted(base.assertions);
  return { lost, gained: head.assertions.filter(({ text }) => !takeFrom(kept, text)) };
}

function pairUp(lost: readonly PlacedAssertion[], gained: readonly PlacedAssertion[]): readonly EditedAssertion[] {
  const edited: EditedAssertion[] = [];
  let [left, free] = [lost, gained];
  const pair = (sameSubject: boolean, fits: (base: PlacedAssertion, head: PlacedAssertion) => boolean): void => {
    for (const base of left) {
      const head = free.find((each) => fits(base, each));
      if (!head) continue;
      edited.push({ base, head, sameSubject });
      left = left.filter((each) => each !== base);
      free = free.filter((each) => each !== head);
    }
  };
  // Where several are about the same, the one that says it in the same way is meant, then one that says as much.
  pair(true, (base, head) => isSameSubject(base, head) && base.matcher === head.matcher);
  pair(true, (base, head) => isSameSubject(base, head) && strengthOf(head) >= strengthOf(base));
  pair(true, isSameSubject);
  pair(false, (base, head) => restOf(base) === restOf(head));
  pair(false, isMemberOf);
  if (left.length === 1 && free.length === 1) pair(false, sharesWord);
  return edited;
}

/** All but the subject: a value that is held in another variable is held against the same. */
function restOf({ text, subjectText }: StatedAssertion): string {
  return text.replace(subjectText, "");
}

/** `() => f(1)` and `f(1)` are the same subject. */
function isSameSubject(base: StatedAssertion, head: StatedAssertion): boolean {
  return base.subjectText.replace(/^(?:async)?\(\)=>/, "") === head.subjectText.replace(/^(?:async)?\(\)=>/, "");
}

function sharesWord(base: StatedAssertion, head: StatedAssertion): boolean {
  const words = head.subject ? wordsOf(head.subject) : new Map<string, number>();
  return base.subject !== undefined && [...wordsOf(base.subject).keys()].some((word) => words.has(word));
}

/** An assertion about the same that is new and exact, or any about it where the old one said next to nothing. */
function isSaidBy({ head }: CodeMatch, lost: StatedAssertion, gained: readonly StatedAssertion[]): boolean {
  if (gained.some((each) => isSameSubject(lost, each) && strengthOf(each) > vague)) return true;
  if (strengthOf(lost) > vague || lost.subjectText === "") return false;
  return head.assertions.some(({ text }) => text.includes(lost.subjectText));
}

/** Has it become a row of a table of the file? */
function isTabled({ base, head }: CodeMatch, { node }: StatedAssertion): boolean {
  const values = valuesIn(node);
  const [before, after] = [tabledValues(base.file), tabledValues(head.file)];
  return values.every((value) => after.has(value)) && values.some((value) => !before.has(value));
}

/** Did all of its assertions go from one library to another? */
function isOtherLibrary({ base, head }: CodeMatch): boolean {
  const styles = new Set(base.assertions.map(({ style }) => style));
  return head.assertions.length > 0 && head.assertions.every(({ style }) => !styles.has(style));
}

/** Does the test call a function that asserts, which it did not call before? */
function callsNewHelper({ base, head }: CodeMatch): boolean {
  const before = wordsOf(base.body ?? base.node);
  const names = calledIn(head.body ?? head.node).filter((name) => !before.has(name));
  return names.length > 0 && mayAssert(head.file, base.file, new Set(names));
}

function calledIn(root: Node): readonly string[] {
  return [...descendants(root)].flatMap((node) =>
    node.type === "CallExpression" && node.callee.type === "Identifier" ? [node.callee.name] : [],
  );
}

/** Is something asserted in a function of such a name, in a suite or outside, or may that be one that is imported? */
function mayAssert(file: SourceFile, before: SourceFile, names: ReadonlySet<string>): boolean {
  return [...descendants(file.program)].some((node) => {
    if (node.type === "ImportDeclaration")
      return node.specifiers.some(
        ({ local: { name } }) => names.has(name) && isHelper(name, node.source.value, before),
      );
    const named = node.type === "FunctionDeclaration" || node.type === "VariableDeclarator" ? node.id : null;
    return named?.type === "Identifier" && names.has(named.name) && asserts(file, node);
  });
}

/** Of the repository; the module that was tested before gives helpers if they sound like some. */
function isHelper(name: string, specifier: string, before: SourceFile): boolean {
  if (!specifier.startsWith(".")) return false;
  return soundsAsserting(name) || isHelperModule(specifier) || !importsFrom(before, specifier);
}

function importsFrom({ program }: SourceFile, specifier: string): boolean {
  return program.body.some((node) => node.type === "ImportDeclaration" && node.source.value === specifier);
}

function asserts(file: SourceFile, root: Node): boolean {
  let found = false;
  eachAssertion(file, () => (found = true), root);
  return found;
}

/** Assertions that are new where they stand: in tests, hooks and helpers. */
function gainedAssertions({ pairs, matches, added }: TestsOfChange): readonly StatedAssertion[] {
  return [
    ...matches.flatMap((match) => without(match).gained),
    ...added.flatMap(({ assertions }) => assertions),
    ...pairs.flatMap(({ base, head }) => {
      const before = counted(testsOf(base).rest?.assertions ?? []);
      return (testsOf(head).rest?.assertions ?? []).filter(({ text }) => !takeFrom(before, text));
    }),
  ];
}

/** What was asserted and is now asserted not to be was changed on purpose. */
function turnKey({ subjectText, matcher }: StatedAssertion): string {
  return `${subjectText} ${matcher}`;
}

function counted(assertions: readonly StatedAssertion[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of assertions) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function takeFrom(counts: Map<string, number>, text: string): boolean {
  const count = counts.get(text) ?? 0;
  if (count > 0) counts.set(text, count - 1);
  return count > 0;
}
