// What an assertion no longer sees because it looks at less of the value: at its length, at its members in any order, or
// at the first links of a chain.
import type { Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";
import { exact, lastOf, strengthOf } from "./assertion-strength.ts";
import type { StatedAssertion } from "./stated-assertions.ts";

/** In words that follow the assertion as it was; undefined where nothing of that kind is lost. */
export function lostShape(base: StatedAssertion, head: StatedAssertion): string | undefined {
  if (isCutChain(base, head)) return "lost a part of what it expects";
  if (base.negated || head.negated || strengthOf(base) < exact) return undefined;
  if (lastOf(head.matcher) === "toMatchSnapshot" && isStated(base) && isPartOf(head, base))
    return "became `toMatchSnapshot`, which writes down whatever comes";
  if (isOfLength(head) && !isOfLength(base) && hasCount(base, head) && isPartOf(head, base))
    return "now looks at how many there are";
  if (isRounded(head) && !isRounded(base) && head.subjectText.includes(base.subjectText) && base.subjectText !== "")
    return "now looks at a rounded value";
  return ignoresOrder(base, head) ? "now looks at its members in any order" : undefined;
}

/** `expect(rates).toEqual({ base, rates })` became `expect(rates.base)`: of so many members so few are left. */
export function isMemberOnly(base: StatedAssertion, head: StatedAssertion, all: readonly StatedAssertion[]): boolean {
  if (base.negated || strengthOf(base) < exact || base.subjectText === "") return false;
  const count = sizeOf(base.args[0]);
  const isMember = (each: StatedAssertion): boolean => isMemberOf(base, each);
  const isWhole = all.some(({ subjectText }) => subjectText === base.subjectText);
  return count > 1 && isMember(head) && !isWhole && all.filter(isMember).length < count;
}

/** `rates.base` is a member of `rates`. */
export function isMemberOf(base: StatedAssertion, { subjectText }: StatedAssertion): boolean {
  return subjectText.startsWith(base.subjectText) && /^\??[.[]/.test(subjectText.slice(base.subjectText.length));
}

function sizeOf(value: Node | undefined): number {
  if (value?.type === "ObjectExpression") return value.properties.length;
  return value?.type === "ArrayExpression" ? value.elements.length : 0;
}

/** `request(app).get("/").expect(200).expect({ a: 1 })` became `….expect(200)`. */
function isCutChain(base: StatedAssertion, head: StatedAssertion): boolean {
  // Of what supertest is to expect, the status is left, and the body is not.
  if (/\.expect\([^()]*\)$/.test(head.text) && base.text.startsWith(`${head.text.slice(0, -1)},`)) return true;
  if (!base.text.startsWith(`${head.text}.`)) return false;
  return /\.(?:expect|and|to|should)\b/.test(base.text.slice(head.text.length));
}

/** It says in the test what is expected. */
function isStated({ matcher, args }: StatedAssertion): boolean {
  return args.length > 0 && !matcher.endsWith("Snapshot");
}

const ofLength = /^(?:toHaveLength|toHaveSize|lengthOf|toBeArrayOfSize|toHaveCount)$/;

function isOfLength(assertion: StatedAssertion): boolean {
  const isCounted = /\.(?:length|size)$/.test(assertion.subjectText) && strengthOf(assertion) === exact;
  return isCounted || ofLength.test(lastOf(assertion.matcher));
}

/** A value of which `length` or `size` is how many there are, and no member that is written down with the others. */
function hasCount(base: StatedAssertion, head: StatedAssertion): boolean {
  const [expected] = base.args;
  if (expected?.type === "ObjectExpression") return !isMemberOf(base, head);
  return expected !== undefined && (expected.type === "ArrayExpression" || constantString(expected) !== undefined);
}

/** The same value, or what the value was made of. */
function isPartOf(head: StatedAssertion, base: StatedAssertion): boolean {
  const [now, before] = [head.subjectText.replace(/\.(?:length|size)$/, ""), base.subjectText];
  return now !== "" && (before === now || before.startsWith(`${now}.`) || before.startsWith(`${now}[`));
}

/** `expect(total(lines)).toBe(2023)` became `expect(Math.round(total(lines) / 100)).toBe(20)`. */
function isRounded({ subjectText }: StatedAssertion): boolean {
  return /^(?:Math\.(?:round|floor|ceil|trunc)|parseInt|Number\.parseInt)\(|\.toFixed\(0?\)$/.test(subjectText);
}

const unordered = /\.(?:sort|toSorted)\((?:[^()]|\([^()]*\))*\)$|^(?:newSet|(?:_\.)?sortBy)\(/;

/** `expect(ids).toEqual([2, 1])` became `expect(ids.sort()).toEqual([1, 2])`. */
function ignoresOrder(base: StatedAssertion, head: StatedAssertion): boolean {
  if (!unordered.test(head.subjectText) || unordered.test(base.subjectText)) return false;
  if (base.args[0]?.type !== "ArrayExpression" || base.args[0].elements.length < 2) return false;
  // `[...(await ids())].sort()`
  const value = head.subjectText.replace(/^(?:\[\.{3}|newSet\(|Array\.from\(|(?:_\.)?sortBy\(|\()+/, "");
  return value.startsWith(base.subjectText.replaceAll(/^\(|\)$/g, ""));
}
