import type { Mutator } from "../mutator.ts";

/**
 * Counts the other way: `++` becomes `--`.
 *
 * A survivor means that no test sees which way it counts.
 */
export const updateOperator: Mutator = {
  id: "update-operator",
  family: "arithmetic",
  byDefault: true,
  survivor: "No test sees which way it counts.",
  kill: "the count afterwards",

  *mutate(node) {
    if (node.type !== "UpdateExpression") return;
    const start = node.prefix ? node.start : node.end - 2;
    yield { replace: { start, end: start + 2 }, with: node.operator === "++" ? "--" : "++" };
  },
};
