// What an assertion claims: of which value, by which matcher.
import type { Argument } from "../../source/walk.ts";
import type { Assertion } from "./assertions.ts";
import type { Link } from "./call-chain.ts";

export interface Claim {
  readonly assertion: Assertion;
  readonly subject: Argument | undefined;
  /** In the words of `expect`: `assert.strictEqual` is `toBe`. Undefined where there is none. */
  readonly matcher: string | undefined;
  readonly negated: boolean;
  /** `resolves` or `rejects`. */
  readonly settles: "resolves" | "rejects" | undefined;
  readonly args: readonly Argument[];
  /** `expect(x).toBe` without a call asserts nothing. */
  readonly isCalled: boolean;
}

/** Words of chai that only join others. */
const joining: ReadonlySet<string> = new Set(
  "to be been is that which and has have with at of same but does still also deep nested own ordered any all itself not resolves rejects eventually soft".split(
    " ",
  ),
);

/** Names of matchers that say nothing until they are called: all of jest's, and of chai's those that are no properties. */
const takesArguments =
  /^(?:to[A-Z]\w*|equals?|eq|eqls?|throws?|above|gte?|greaterThan|below|lte?|lessThan|least|most|within|match|matches|property|members|keys?|string|closeTo|oneOf|satisf(?:y|ies)|instanceof|instanceOf|calledWith\w*)$/;

/** One matcher under its different names. */
const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "": "toBeTruthy",
    above: "toBeGreaterThan",
    deepEqual: "toEqual",
    deepStrictEqual: "toEqual",
    eq: "toBe",
    eql: "toEqual",
    eqls: "toEqual",
    equal: "toBe",
    equals: "toBe",
    exist: "toBeDefined",
    exists: "toBeDefined",
    false: "toBeFalse",
    isDefined: "toBeDefined",
    isFalse: "toBeFalse",
    isNotNull: "!toBeNull",
    isOk: "toBeTruthy",
    isTrue: "toBeTrue",
    gt: "toBeGreaterThan",
    gte: "toBeGreaterThanOrEqual",
    is: "toBe",
    isAbove: "toBeGreaterThan",
    isAtLeast: "toBeGreaterThanOrEqual",
    least: "toBeGreaterThanOrEqual",
    notEqual: "!toBe",
    notStrictEqual: "!toBe",
    null: "toBeNull",
    ok: "toBeTruthy",
    same: "toEqual",
    strictEqual: "toBe",
    toEqual: "toEqual",
    toStrictEqual: "toEqual",
    true: "toBeTrue",
    truthy: "toBeTruthy",
    undefined: "toBeUndefined",
    doesNotThrow: "!toThrow",
    notThrows: "!toThrow",
    toThrowError: "toThrow",
    throw: "toThrow",
    throws: "toThrow",
  }),
);

/** Undefined for what is no claim: `expect.assertions(1)`, `throw`. */
export function claimOf(assertion: Assertion): Claim | undefined {
  const { kind, chain } = assertion;
  if (!chain || kind === "other") return undefined;
  if (kind === "expect") return ofExpect(assertion, chain.links);
  const link = chain.links.findLast(({ name }) => !["assert", "is", "strict"].includes(name)) ?? chain.links.at(-1);
  // `import { equal } from "node:assert"`: the function is the matcher.
  const isOwn = chain.root.type === "Identifier" && link?.name === "" && chain.root.name !== "assert";
  const name = isOwn && chain.root.type === "Identifier" ? chain.root.name.replace(/^assert(?=.)/, "") : link?.name;
  return ofAssert(assertion, lowerFirst(name ?? ""), link?.args);
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function ofAssert(assertion: Assertion, name: string, args: readonly Argument[] | undefined): Claim | undefined {
  const { matcher, negated } = inOneWord(name);
  return {
    assertion,
    subject: args?.[0],
    matcher,
    negated,
    settles: undefined,
    args: args?.slice(1) ?? [],
    isCalled: args !== undefined,
  };
}

function ofExpect(assertion: Assertion, links: readonly Link[]): Claim | undefined {
  const first = links.findIndex(({ args }) => args !== undefined);
  const start = links[first];
  if (!start || !["", "soft", "poll", "element", "expect"].includes(start.name)) return undefined;
  const rest = untilSettled(links.slice(first + 1));
  const last = rest.findLast(({ name, args }) => args !== undefined || !joining.has(name));
  const { matcher, negated } = last ? inOneWord(last.name) : { matcher: undefined, negated: false };
  const isNot = rest.some(({ name }) => name === "not");
  const settles = rest.some(({ name }) => name === "rejects")
    ? "rejects"
    : rest.some(({ name }) => name === "resolves")
      ? "resolves"
      : undefined;
  return {
    assertion,
    subject: start.args?.[0],
    matcher,
    negated: isNot !== negated,
    settles,
    args: last?.args ?? [],
    isCalled: last?.args !== undefined || !takesArguments.test(last?.name ?? "toBe"),
  };
}

/** Without the `.catch(…)` of the promise that an assertion is. */
function untilSettled(links: readonly Link[]): readonly Link[] {
  const end = links.findIndex(({ name, args }) => args !== undefined && /^(?:then|catch|finally)$/.test(name));
  return end < 0 ? links : links.slice(0, end);
}

function inOneWord(name: string): { readonly matcher: string; readonly negated: boolean } {
  const word = synonyms.get(name) ?? name;
  return word.startsWith("!") ? { matcher: word.slice(1), negated: true } : { matcher: word, negated: false };
}
