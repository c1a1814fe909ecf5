import type { Node } from "../../source/walk.ts";
import { isTransparent, operatorOf, type Mutator } from "../mutator.ts";

/**
 * Goes on where an optional chain would end: `a?.b` becomes `a.b`.
 *
 * A survivor means that no test has nothing there. Where the compiler knows that there can be nothing, it refuses the
 * edit, which is then no survivor.
 *
 * Left alone: an element by its number (`list[i]?.name`), for which a compiler may ask whether it is there.
 */
export const optionalChaining: Mutator = {
  id: "optional-chaining",
  family: "nullish",
  byDefault: true,
  survivor: "No test has `undefined` or `null` before the `?.`.",
  kill: "the result when there is nothing before the `?.`",

  *mutate(node, place) {
    if ((node.type !== "MemberExpression" && node.type !== "CallExpression") || !node.optional) return;
    if (node.type === "MemberExpression" && isElement(node.object)) return;
    const left = node.type === "MemberExpression" ? node.object : node.callee;
    const replace = operatorOf({ operator: "?.", left, right: { start: node.end, end: node.end } }, place);
    yield { replace, with: node.type === "MemberExpression" && !node.computed ? "." : "" };
  },
};

function isElement(node: Node): boolean {
  if (isTransparent(node)) return isElement(node.expression);
  return node.type === "MemberExpression" && node.computed && node.property.type === "Identifier";
}
