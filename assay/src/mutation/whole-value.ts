// Which part of an expression can be put in parentheses without changing what it means.
import type { Node } from "../source/walk.ts";
import { isTransparent } from "./mutator.ts";

/**
 * The smallest value around the node, itself included, that can have two versions without a change to what is around
 * it. A link of `a?.b.c` ends the whole chain where it is nullish, and `a.b` hands `a` on where it is called, tagged or
 * deleted: there the whole of it has two versions.
 */
export function wholeValueOf(node: Node, ancestors: readonly Node[]): Node {
  let whole = node;
  let inner = node;
  let isSettled = true;
  for (const outer of ancestors.toReversed()) {
    if (outer.type === "ChainExpression") {
      whole = outer;
      isSettled = true;
    } else if (isSettled && handsOn(outer, inner)) whole = outer;
    else if (continues(outer, inner)) isSettled = false;
    else if (!isTransparent(outer)) break;
    inner = outer;
  }
  return whole;
}

/** As a link of a chain, which turns out to be an optional one where it ends in a `ChainExpression`. */
function continues(outer: Node, inner: Node): boolean {
  const link = valueOf(inner);
  if (link.type !== "MemberExpression" && link.type !== "CallExpression") return false;
  if (outer.type === "MemberExpression") return outer.object === inner;
  return outer.type === "CallExpression" && outer.callee === inner;
}

function handsOn(outer: Node, inner: Node): boolean {
  const reference = valueOf(inner);
  if (reference.type !== "MemberExpression" && reference.type !== "ChainExpression") return false;
  if (outer.type === "CallExpression") return outer.callee === inner;
  if (outer.type === "TaggedTemplateExpression") return outer.tag === inner;
  return outer.type === "UnaryExpression" && outer.operator === "delete";
}

/** Without type syntax. */
function valueOf(node: Node): Node {
  return isTransparent(node) ? valueOf(node.expression) : node;
}
