import { operatorOf, type Mutator } from "../mutator.ts";

/**
 * Swaps `&&` and `||`.
 *
 * A survivor means that no test has operands that disagree.
 */
export const logicalOperator: Mutator = {
  id: "logical-operator",
  survivor: "No test has operands that disagree.",
  kill: "the result when exactly one side holds",

  *mutate(node, place) {
    if (node.type !== "LogicalExpression") return;
    if (node.operator === "&&") yield { replace: operatorOf(node, place), with: "||" };
    // `a || b || c` is `(a || b) || c`; without the parentheses `&&` would take `b` away from it.
    if (node.operator === "||")
      yield { replace: node, with: `(${place.textOf(node.left)}) && (${place.textOf(node.right)})` };
  },
};
