import type { CallExpression, Node } from "../../source/walk.ts";
import { holderOf, isTransparent, type Mutator, type Place } from "../mutator.ts";
import { isAllocation, rootName } from "../names.ts";

const swapped: ReadonlyMap<string, string> = new Map([
  ["every", "some"],
  ["endsWith", "startsWith"],
  ["some", "every"],
  ["startsWith", "endsWith"],
]);

/** A list seldom holds the same thing twice, so that these differ for texts only. */
const swappedForTexts: ReadonlyMap<string, string> = new Map([
  ["indexOf", "lastIndexOf"],
  ["lastIndexOf", "indexOf"],
]);

const swappedOfMath: ReadonlyMap<string, string> = new Map([
  ["ceil", "floor"],
  ["floor", "ceil"],
  ["max", "min"],
  ["min", "max"],
  ["round", "floor"],
]);

/**
 * Swaps a method for its counterpart: `some` becomes `every`, `Math.min` becomes `Math.max`, and so on.
 *
 * A survivor means that no test has a value for which both differ.
 *
 * Left alone: `indexOf` with anything but a text, or where it only asks whether the text is there; the size of a buffer;
 * methods whose counterpart gives the same in another order; and methods that change a text, which are left out as a
 * whole.
 */
export const methodSwap: Mutator = {
  id: "method-swap",
  family: "method",
  byDefault: true,
  survivor: "No test has a value for which the method and its counterpart differ.",
  kill: "the result for a value that tells both methods apart",

  *mutate(node, place) {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression" || node.callee.computed) return;
    const replacement = counterpartOf(node, node.callee.property.name, place);
    if (replacement !== undefined) yield { replace: node.callee.property, with: replacement };
  },
};

function counterpartOf(call: CallExpression, name: string, place: Place): string | undefined {
  if (rootName(call.callee) === "Math") return isSize(place) ? undefined : swappedOfMath.get(name);
  return swapped.get(name) ?? (asksWhere(call, place) ? swappedForTexts.get(name) : undefined);
}

/** Of a buffer, which may be larger than it has to be. */
function isSize({ ancestors }: Place): boolean {
  const user = ancestors.findLast((node) => !isTransparent(node) && !isCalculation(node));
  return user !== undefined && isAllocation(user);
}

function isCalculation(node: Node): boolean {
  return node.type === "BinaryExpression" || (node.type === "CallExpression" && rootName(node.callee) === "Math");
}

/** And not whether: `text.indexOf("a") === -1`. */
function asksWhere({ arguments: given }: CallExpression, place: Place): boolean {
  const [text, ...others] = given;
  if (text?.type !== "Literal" || typeof text.value !== "string" || others.length > 0) return false;
  return holderOf(place)?.type !== "BinaryExpression";
}
