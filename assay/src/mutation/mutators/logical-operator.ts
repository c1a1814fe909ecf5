import type { Node } from "../../source/walk.ts";
import { operatorOf, type Mutator, type Place, type Span } from "../mutator.ts";

/**
 * Swaps `&&` and `||`.
 *
 * A survivor means that no test has operands that disagree.
 */
export const logicalOperator: Mutator = {
  id: "logical-operator",
  family: "logic",
  byDefault: true,
  survivor: "No test has operands that disagree.",
  kill: "the result when exactly one side holds",

  *mutate(node, place) {
    if (node.type !== "LogicalExpression" || node.operator === "??") return;
    const operator = operatorOf(node, place);
    if (node.operator === "&&") yield { replace: operator, with: "||" };
    // `a || b || c` is `(a || b) || c`; without the parentheses `&&` would take `b` away from it.
    else if (isBareOr(node.left, place, operator))
      yield { replace: { start: node.start, end: operator.end }, with: `(${place.textOf(node.left)}) &&` };
    else yield { replace: operator, with: "&&" };
  },
};

function isBareOr(left: Node, place: Place, operator: Span): boolean {
  const between = place.textOf({ start: left.end, end: operator.start });
  return left.type === "LogicalExpression" && left.operator === "||" && !between.includes(")");
}
