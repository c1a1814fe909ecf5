// What is called an assertion: names of libraries, of their functions, and of helpers that say what they do.

/** Modules whose functions are assertions, all of them. */
export const assertionModules =
  /^(?:(?:node:)?assert(?:\/strict)?|uvu\/assert|chai|power-assert|should|unexpected|expect|expect-type|tsd|earl|@japa\/assert|@vitest\/expect|@jest\/expect|@std\/assert|jsr:@std\/(?:assert|expect).*|@std\/expect|@matteo\.collina\/tspl)$/;

/** Those of them whose functions are given what they judge, and then what it is held against. */
export const plainAssertModules =
  /^(?:node:)?assert(?:\/strict)?$|^uvu\/assert$|^power-assert$|^jsr:@std\/assert|^@std\/assert/;

/** Modules that give `expect` among other things. */
export const runnerModules =
  /^(?:vitest|@jest\/globals|bun:test|node:test|@playwright\/test|@rstest\/core|vite-plus\/test|ava|tape|tap|uvu|mocha)$/;

/** What a test's context has besides assertions. */
export const contextOther: ReadonlySet<string> = new Set(
  "after afterEach annotate before beforeEach comment context diagnostic end log mock name onTestFailed onTestFinished only signal skip task teardown test timeout todo tags title".split(
    " ",
  ),
);

/** Methods by which a parameter is known as a test's context. */
export const contextMethods: ReadonlySet<string> = new Set(
  "assert deepEqual deepEquals deepLooseEqual deepStrictEqual doesNotMatch doesNotReject doesNotThrow equal equals error fail false falsy ifError is like match not notDeepEqual notDeepStrictEqual notEqual notOk notSame notStrictEqual notThrows notThrowsAsync ok partialDeepStrictEqual pass plan regex rejects resolves same snapshot strictDeepEqual strictEqual strictNotSame strictSame throws throwsAsync true truthy".split(
    " ",
  ),
);

/** What may be asserted with an object that is known for a context; all else on it is not an assertion. */
export const contextAssertions: ReadonlySet<string> = namesIn(`
  is not equal equals notEqual deepEqual notDeepEqual strictEqual notStrictEqual same deepStrictEqual
  notDeepStrictEqual like looseEqual notSame strictSame match notMatch has hasStrict true false truthy falsy
  ok notOk throws throwsAsync doesNotThrow notThrows notThrowsAsync regex notRegex rejects resolves
  resolveMatch type error snapshot matchSnapshot assert propEqual deepLooseEqual isEquivalent matchOnly
  hasOwnProps partialDeepStrictEqual doesNotMatch doesNotReject ifError fileSnapshot
`);

/** What a value is held against by, in the sentences of assertion libraries: `assume(x).is.a("string")`. */
export const claimWords: ReadonlySet<string> = namesIn(`
  be deep eql equal equals have has include includes is match matches not throw throws to
`);

const assertingWords: ReadonlySet<string> = new Set([
  "assert",
  "assertion",
  "assertions",
  "asserts",
  "attest",
  "ensure",
  "expect",
  "expectation",
  "expectations",
  "expects",
  "must",
  "should",
]);
const askingWords: ReadonlySet<string> = new Set(["check", "checks", "verifies", "verify"]);

/** A set of names, from a text with white space between them. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Does a function's name say that it asserts? For one of which no more than the name is known. */
export function soundsAsserting(name: string): boolean {
  return wordsOf(name).some((word) => assertingWords.has(word) || askingWords.has(word));
}

/** Does it say so without a doubt? A program may verify and check as well. */
export function saysAsserting(name: string): boolean {
  return wordsOf(name).some((word) => assertingWords.has(word));
}

/** What a page and time come to by themselves. */
const onlyWaits: ReadonlySet<string> = new Set(["waitForLoadState", "waitForTimeout"]);

/** Does a method's name say so, on whatever it is called? */
export function isAssertingMethod(name: string): boolean {
  if (onlyWaits.has(name)) return false;
  return saysAsserting(name) || /^(?:get|find)(?:All)?By[A-Z]|^waitFor|^verify|[sS]napshot$|^toMatch|^done$/.test(name);
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_$]+/);
}

/** Is it what `unexpected` is told to make sure of: `to equal`, `not to throw`, `when called with`? */
export function isAssertionSentence(text: string | undefined): boolean {
  return /^(?:not )?(?:to|when|with|was|has|have|itself|queried|items|value) ?\b/.test(text ?? "");
}
