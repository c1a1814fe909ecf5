// Which tests of the base and of the head are the same test.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { handWritten } from "../change/hand-written.ts";
import { testsOf, wordsOf, type AssertingCode, type TestBody } from "./test-bodies.ts";

export interface TestMatch {
  readonly base: TestBody;
  readonly head: TestBody;
}

/** The same code before and after: a test, or what asserts in a file outside of its tests. */
export interface CodeMatch {
  readonly base: AssertingCode;
  readonly head: AssertingCode;
}

export interface TestsOfChange {
  /** Changed files that have tests, or assert something, on either side. */
  readonly pairs: readonly FilePair[];
  readonly matches: readonly TestMatch[];
  /** Tests of the base that no test of the head stands for. */
  readonly gone: readonly { readonly test: TestBody; readonly pair: FilePair }[];
  readonly added: readonly TestBody[];
}

/** How much of two tests has to be the same for them to be one, under other titles. */
const alikeInFile = 0.6;
const alikeInChange = 0.75;
/** Beyond this many, only tests of one file are compared. */
const mostComparisons = 40_000;
/** Between the same neighbours less will do. */
const alikeInPlace = 0.3;

/** So many tests, and such a share of them, are not edited unless what they are about is another thing now. */
const manyTests = 6;
const largeShare = 0.25;

/** Are the tests of a file rewritten at large, as for another interface? Then what one of them lost tells little. */
export function isOverhaul({ matches, gone }: TestsOfChange, file: SourceFile): boolean {
  const own = matches.filter(({ base }) => base.file === file);
  const edited = own.filter(({ base, head }) => base.text !== head.text).length;
  const all = own.length + gone.filter(({ test }) => test.file === file).length;
  return edited >= manyTests && edited >= all * largeShare;
}

const known = new WeakMap<ChangeContext, Promise<TestsOfChange>>();

/** Worked out once for a change, whichever guard asks first. */
export function testsOfChange(context: ChangeContext): Promise<TestsOfChange> {
  const found = known.get(context) ?? matchTests(context);
  known.set(context, found);
  return found;
}

async function matchTests(context: ChangeContext): Promise<TestsOfChange> {
  const pairs = (await handWritten(context)).filter(({ base, head }) => asserts(base) || asserts(head));
  const matcher = new Matcher(pairs);
  matcher.inFiles(({ fullTitle }) => fullTitle);
  matcher.inFiles(({ title }) => title);
  matcher.acrossFiles(({ fullTitle }) => fullTitle);
  matcher.acrossFiles(({ title }) => title);
  matcher.inFiles(({ text }) => text);
  matcher.acrossFiles(({ text }) => text);
  matcher.alike();
  matcher.inPlace();
  return matcher.result();
}

function asserts(file: SourceFile | undefined): boolean {
  const { tests, rest } = testsOf(file);
  return tests.length > 0 || rest !== undefined;
}

interface Placed {
  readonly test: TestBody;
  readonly pair: FilePair;
}

class Matcher {
  readonly #pairs: readonly FilePair[];
  readonly #base: readonly Placed[];
  readonly #head: readonly Placed[];
  readonly #headOf = new Map<TestBody, TestBody>();
  readonly #taken = new Set<TestBody>();

  constructor(pairs: readonly FilePair[]) {
    this.#pairs = pairs;
    this.#base = pairs.flatMap((pair) => testsOf(pair.base).tests.map((test) => ({ test, pair })));
    this.#head = pairs.flatMap((pair) => testsOf(pair.head).tests.map((test) => ({ test, pair })));
  }

  inFiles(keyOf: (test: TestBody) => string): void {
    for (const pair of this.#pairs) this.#byKey(testsOf(pair.base).tests, testsOf(pair.head).tests, keyOf);
  }

  acrossFiles(keyOf: (test: TestBody) => string): void {
    this.#byKey(
      this.#base.map(({ test }) => test),
      this.#head.map(({ test }) => test),
      keyOf,
    );
  }

  /** Renamed, and perhaps edited: the most alike come first. */
  alike(): void {
    const [gone, added] = [this.#gone(), this.#added()];
    const everywhere = gone.length * added.length <= mostComparisons;
    const candidates = gone.flatMap((base) =>
      added
        .filter((head) => everywhere || head.pair === base.pair)
        .map((head) => ({ base: base.test, head: head.test, score: this.#score(base, head) })),
    );
    for (const { base, head } of candidates.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score))
      this.#match(base, head);
  }

  /** What stands between the same neighbours, and speaks of the same things, was rewritten. */
  inPlace(): void {
    for (const pair of this.#pairs) {
      const heads = testsOf(pair.head).tests;
      let from = 0;
      let waiting: TestBody[] = [];
      for (const test of [...testsOf(pair.base).tests, undefined]) {
        const match = test && this.#headOf.get(test);
        const at = match ? heads.indexOf(match) : test === undefined ? heads.length : -1;
        if (test && !match) waiting.push(test);
        if (at < from) continue;
        this.#rewritten(waiting, heads.slice(from, at));
        [from, waiting] = [at + 1, []];
      }
    }
  }

  result(): TestsOfChange {
    const matches = this.#base.flatMap(({ test }) => {
      const head = this.#headOf.get(test);
      return head ? [{ base: test, head }] : [];
    });
    return { pairs: this.#pairs, matches, gone: this.#gone(), added: this.#added().map(({ test }) => test) };
  }

  #byKey(base: readonly TestBody[], head: readonly TestBody[], keyOf: (test: TestBody) => string): void {
    const free = new Map<string, TestBody[]>();
    for (const test of head.filter((each) => !this.#taken.has(each) && keyOf(each) !== "")) {
      const list = free.get(keyOf(test)) ?? [];
      list.push(test);
      free.set(keyOf(test), list);
    }
    for (const test of base.filter((each) => !this.#headOf.has(each))) {
      const match = free.get(keyOf(test))?.shift();
      if (match) this.#match(test, match);
    }
  }

  #match(base: TestBody, head: TestBody): void {
    if (this.#headOf.has(base) || this.#taken.has(head)) return;
    this.#headOf.set(base, head);
    this.#taken.add(head);
  }

  #score(base: Placed, head: Placed): number {
    const least = base.pair === head.pair ? alikeInFile : alikeInChange;
    const score = likeness(base.test, head.test);
    return score >= least && isAboutTheSame(base.test, head.test) ? score : 0;
  }

  #rewritten(gone: readonly TestBody[], heads: readonly TestBody[]): void {
    const free = heads.filter((head) => !this.#taken.has(head));
    for (const test of gone) {
      const index = free.findIndex((head) => isRewriteOf(test, head));
      const [match] = index < 0 ? [] : free.splice(index, 1);
      if (match) this.#match(test, match);
    }
  }

  #gone(): readonly Placed[] {
    return this.#base.filter(({ test }) => !this.#headOf.has(test));
  }

  #added(): readonly Placed[] {
    return this.#head.filter(({ test }) => !this.#taken.has(test));
  }
}

/** The share of words that two tests have in common (Dice's coefficient). */
function likeness(base: TestBody, head: TestBody): number {
  const [a, b] = [wordsIn(base), wordsIn(head)];
  let shared = 0;
  let all = 0;
  for (const [word, count] of a) {
    shared += Math.min(count, b.get(word) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 0 : (2 * shared) / all;
}

const words = new WeakMap<TestBody, ReadonlyMap<string, number>>();

function wordsIn(test: TestBody): ReadonlyMap<string, number> {
  const found = words.get(test) ?? wordsOf(test.body ?? test.call.node);
  words.set(test, found);
  return found;
}

/** Is there a test that gets its title from data and was made of this one and others like it: `new ${name}()`? */
export function isGeneralized({ matches, added }: TestsOfChange, test: TestBody): boolean {
  return [...added, ...matches.map(({ head }) => head)].some(
    (head) => fitsTemplate(head.title, test.title) && isRewriteOf(test, head),
  );
}

/** At least a word of the template has to be the same. */
function fitsTemplate(template: string, title: string): boolean {
  const parts = template.split(/\$\{[^}]*\}/);
  if (parts.length < 2 || !parts.some((part) => /\p{L}{3}/u.test(part))) return false;
  let at = 0;
  for (const part of parts) {
    at = title.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return title.startsWith(parts[0] ?? "") && title.endsWith(parts.at(-1) ?? "");
}

function isRewriteOf(base: TestBody, head: TestBody): boolean {
  const asserts = head.assertions.length >= Math.min(1, base.assertions.length);
  return asserts && likeness(base, head) >= alikeInPlace && isAboutTheSame(base, head);
}

/** Tests of one function have most of their words in common; those of one behaviour have values or a title as well. */
function isAboutTheSame(base: TestBody, head: TestBody): boolean {
  const values = [...wordsIn(base).keys()].filter((word) => !/^[A-Za-z_$][\w$]*$/.test(word));
  const shared = values.filter((word) => wordsIn(head).has(word)).length;
  return shared >= values.length / 3 || titlesAlike(base.title, head.title) >= 0.4;
}

/** The share of words that two titles have in common. */
export function titlesAlike(a: string, b: string): number {
  const [first, second] = [a, b].map((title) => new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  const total = (first?.size ?? 0) + (second?.size ?? 0);
  return total === 0 ? 0 : (2 * [...(first ?? [])].filter((word) => second?.has(word)).length) / total;
}
