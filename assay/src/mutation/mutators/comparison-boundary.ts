import type { Node } from "../../source/walk.ts";
import { inLoopHead, operatorOf, type Mutator, type Place } from "../mutator.ts";

const movedBoundary: ReadonlyMap<string, string> = new Map([
  ["<", "<="],
  ["<=", "<"],
  [">", ">="],
  [">=", ">"],
]);

/**
 * Moves a comparison's boundary by one: `<` becomes `<=`, and so on.
 *
 * A survivor means that no test stands exactly on the boundary.
 *
 * Left alone: the heads of loops, where one more round is often no different from none, and choices between the two
 * values that are compared (`a < b ? a : b`, `if (x > high) return high`), which are the same on the boundary.
 */
export const comparisonBoundary: Mutator = {
  id: "comparison-boundary",
  survivor: "No test stands exactly on the boundary.",
  kill: "the result when both sides are equal",

  *mutate(node, place) {
    if (node.type !== "BinaryExpression" || inLoopHead(node, place)) return;
    const replacement = movedBoundary.get(node.operator);
    if (replacement === undefined) return;
    const compared = new Set([place.textOf(node.left), place.textOf(node.right)]);
    if (!choosesBetween(compared, node, place)) yield { replace: operatorOf(node, place), with: replacement };
  },
};

function choosesBetween(compared: ReadonlySet<string>, test: Node, place: Place): boolean {
  const parent = place.ancestors.at(-1);
  const isCompared = (node: Node | null): boolean => node !== null && compared.has(place.textOf(node));
  if (parent?.type === "ConditionalExpression") {
    return parent.test === test && isCompared(parent.consequent) && isCompared(parent.alternate);
  }
  if (parent?.type !== "IfStatement" || parent.test !== test) return false;
  const only = parent.consequent.type === "BlockStatement" ? parent.consequent.body[0] : parent.consequent;
  return only?.type === "ReturnStatement" && isCompared(only.argument);
}
