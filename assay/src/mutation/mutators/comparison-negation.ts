import { operatorOf, type Mutator } from "../mutator.ts";

const opposite: ReadonlyMap<string, string> = new Map([
  ["<", ">="],
  ["<=", ">"],
  [">", "<="],
  [">=", "<"],
  ["===", "!=="],
  ["!==", "==="],
  ["==", "!="],
  ["!=", "=="],
]);

/**
 * Turns a comparison into its opposite: `<` becomes `>=`, `===` becomes `!==`, `a in b` becomes `!(a in b)`.
 *
 * A survivor means that no test sees a difference between both answers of the comparison.
 */
export const comparisonNegation: Mutator = {
  id: "comparison-negation",
  family: "comparison",
  byDefault: true,
  survivor: "No test sees a difference between both answers of the comparison.",
  kill: "a result that holds only while the comparison is right",

  *mutate(node, place) {
    if (node.type !== "BinaryExpression") return;
    const replacement = opposite.get(node.operator);
    if (replacement !== undefined) yield { replace: operatorOf(node, place), with: replacement };
    if (node.operator === "in" || node.operator === "instanceof")
      yield { replace: node, with: `!(${place.textOf(node)})` };
  },
};
