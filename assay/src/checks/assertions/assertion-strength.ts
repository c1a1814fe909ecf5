// How much an assertion says about its subject.
import type { Expression, Node } from "../../source/walk.ts";
import { namesIn } from "./assertion-names.ts";
import type { StatedAssertion } from "./stated-assertions.ts";

/** `vague`: almost anything passes; `partial`: one side of the value is seen; `exact`: one value passes. */
export type Strength = 1 | 2 | 3;
export const vague: Strength = 1;
export const partial: Strength = 2;
export const exact: Strength = 3;

const vagueMatchers: ReadonlySet<string> = namesIn(`
  toBeDefined toBeTruthy toBeFalsy toBeTypeOf toBeInstanceOf toBeAny toBeUnknown toBeObject toHaveBeenCalled
  toBeCalled toHaveReturned toBeFunction toBeArray toBeString toBeNumber ok truthy falsy isOk exists exist
  isDefined isNotNull isObject isFunction isArray isString isNumber instanceOf instanceof isInstance a an
  doesNotThrow notThrows called doesNotReject notThrowsAsync notOk isFalsy isTruthy type toBeInTheDocument
  fulfilled ifError toBeVisible toBeAttached toBeInViewport
`);
const partialMatchers: ReadonlySet<string> = namesIn(`
  toMatchObject toContain toContainEqual toMatch toBeGreaterThan toBeGreaterThanOrEqual toBeLessThan
  toBeLessThanOrEqual toBeOneOf toSatisfy toHaveBeenCalledTimes toHaveBeenCalledOnce toBeCalledTimes
  toContainEntries toIncludeAllMembers toContainKeys toExtend toMatchTypeOf match matches regex like has
  include includes contain contains partialDeepStrictEqual isAbove isBelow isAtLeast isAtMost above below
  least most gt lt gte lte calledOnce callCount keys satisfy oneOf matchObject containSubset toInclude members
  toIncludeSameMembers sameMembers sameDeepMembers
`);
const throwing: ReadonlySet<string> = namesIn(`
  toThrow toThrowError throw throws throwsAsync rejects Throw toHaveProperty property
`);
const truthful: ReadonlySet<string> = new Set(["ok", "true", "toBeTruthy", "isTrue", "toBeTrue", "truthy", "isOk"]);

export function strengthOf(assertion: StatedAssertion): Strength {
  if (assertion.style === "helper") return exact;
  const name = lastOf(assertion.matcher);
  const { subject } = assertion;
  // `expect(…).toBe(…).catch(() => {})` forgives.
  if (name === "catch" || (subject?.type === "UnaryExpression" && subject.operator === "typeof")) return vague;
  if (truthful.has(name) || isTrueArgument(assertion)) return ofCondition(assertion, name);
  // Of a promise without a value this says that it was kept.
  if (assertion.negated || assertion.matcher === "resolves.toBeUndefined") return vague;
  if (vagueMatchers.has(name)) return vague;
  if (name === "toContain" && assertion.subject?.type === "ArrayExpression") return vague;
  if (throwing.has(name)) return assertion.args.length > (isPropertyMatcher(name) ? 1 : 0) ? exact : partial;
  if (isCloseness(name)) return digitsOf(assertion) > 0 ? exact : partial;
  return partialMatchers.has(name) || isPattern(assertion.args[0]) ? partial : exact;
}

/** The last word of a matcher: `equal` of `to.equal`. */
export function lastOf(matcher: string): string {
  return matcher.slice(matcher.lastIndexOf(".") + 1);
}

/** The value of a number as it is written, negative ones included. */
export function numberOf(node: Node | undefined): number | undefined {
  if (node?.type === "Literal") return typeof node.value === "number" ? node.value : undefined;
  if (node?.type !== "UnaryExpression" || node.operator !== "-") return undefined;
  const value = numberOf(node.argument);
  return value === undefined ? undefined : -value;
}

/** `toHaveURL(/dashboard/)` */
function isPattern(argument: Node | undefined): boolean {
  return argument?.type === "Literal" && "regex" in argument;
}

function isPropertyMatcher(name: string): boolean {
  return name === "toHaveProperty" || name === "property";
}

function isCloseness(name: string): boolean {
  return name === "toBeCloseTo";
}

function digitsOf({ args }: StatedAssertion): number {
  return args.length < 2 ? 2 : (numberOf(args[1]) ?? 2);
}

function isTrueArgument({ matcher, args }: StatedAssertion): boolean {
  const [first] = args;
  const named = /(?:^|\.)(?:toBe|toEqual|toStrictEqual|equal|strictEqual|is)$/.test(matcher);
  return named && first?.type === "Literal" && typeof first.value === "boolean";
}

/** `assert(a === b)` says as much as `a` being `b`; `assert(a)` says little, unless `a` has to be exactly true. */
function ofCondition(assertion: StatedAssertion, name: string): Strength {
  const { subject, matcher } = assertion;
  const isDenied = assertion.negated !== isFalse(assertion.args[0]);
  const isBoolean = !["ok", "toBeTruthy", "truthy", "isOk"].includes(name) || matcher.includes("true");
  if (subject?.type === "LogicalExpression") return subject.operator === (isDenied ? "||" : "&&") ? exact : vague;
  if (subject?.type === "BinaryExpression") return comparison(subject, isDenied);
  if (subject && isTruthiness(subject)) return vague;
  return isBoolean ? exact : vague;
}

function isFalse(node: Node | undefined): boolean {
  return node?.type === "Literal" && node.value === false;
}

/** `!!a`, `Boolean(a)`, `Array.isArray(a)`: asks for hardly more than that there is something. */
function isTruthiness(node: Node): boolean {
  if (node.type === "UnaryExpression") return node.operator === "!" && node.argument.type === "UnaryExpression";
  if (node.type !== "CallExpression") return false;
  const { callee } = node;
  if (callee.type === "Identifier") return callee.name === "Boolean";
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
  return callee.property.type === "Identifier" && typeTests.has(`${callee.object.name}.${callee.property.name}`);
}

const typeTests: ReadonlySet<string> = new Set([
  "Array.isArray",
  "Number.isFinite",
  "Number.isInteger",
  "Number.isNaN",
]);

function comparison(
  { operator, left }: Extract<Expression, { type: "BinaryExpression" }>,
  isDenied: boolean,
): Strength {
  if (/^[=!]==?$/.test(operator)) {
    const isType = left.type === "UnaryExpression" && left.operator === "typeof";
    return operator.startsWith("=") === isDenied || isType ? vague : exact;
  }
  return operator === "instanceof" || operator === "in" ? vague : partial;
}
