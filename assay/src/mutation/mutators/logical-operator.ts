import type { Node } from "../../source/walk.ts";
import { isPredicateName, lastName } from "../names.ts";
import { isTransparent, operatorOf, type Mutator, type Place, type Span } from "../mutator.ts";

/**
 * Swaps `&&` and `||`.
 *
 * A survivor means that no test has operands that disagree.
 *
 * Left alone: the inner links of a chain (`a && b` of `a && b && c`), which mostly make the later ones possible; and
 * `&&` beside a bare name (`user && isOpen(user)`), which mostly asks whether there is anything at all, unless the name
 * says that it is true or false (`isOwner`).
 */
export const logicalOperator: Mutator = {
  id: "logical-operator",
  family: "logic",
  byDefault: true,
  survivor: "No test has operands that disagree.",
  kill: "the result when exactly one side holds",

  *mutate(node, place) {
    if (node.type !== "LogicalExpression" || node.operator === "??") return;
    if (isLink(node.operator, place) || (node.operator === "&&" && [node.left, node.right].some(isThing))) return;
    const operator = operatorOf(node, place);
    if (node.operator === "&&") yield { replace: operator, with: "||" };
    // `a || b || c` is `(a || b) || c`; without the parentheses `&&` would take `b` away from it.
    else if (isBareOr(node.left, place, operator))
      yield { replace: { start: node.start, end: operator.end }, with: `(${place.textOf(node.left)}) &&` };
    else yield { replace: operator, with: "&&" };
  },
};

function isLink(operator: string, { ancestors }: Place): boolean {
  const parent = ancestors.at(-1);
  return parent?.type === "LogicalExpression" && parent.operator === operator;
}

/** A name that does not say that it is true or false. */
function isThing(node: Node): boolean {
  if (isTransparent(node)) return isThing(node.expression);
  const name = node.type === "CallExpression" ? undefined : lastName(node);
  return name !== undefined && !isPredicateName(name);
}

function isBareOr(left: Node, place: Place, operator: Span): boolean {
  const between = place.textOf({ start: left.end, end: operator.start });
  return left.type === "LogicalExpression" && left.operator === "||" && !between.includes(")");
}
