import type { Mutator } from "../mutator.ts";

/**
 * Drops a negation: `!x` becomes `x`.
 *
 * A survivor means that no test sees a difference between `x` and its opposite.
 *
 * Left alone: the inner half of `!!x`.
 */
export const negationRemoval: Mutator = {
  id: "negation-removal",
  family: "logic",
  byDefault: true,
  survivor: "No test sees a difference between the condition and its opposite.",
  kill: "what happens only while the negation is there",

  *mutate(node, place) {
    if (node.type !== "UnaryExpression" || node.operator !== "!") return;
    const parent = place.ancestors.at(-1);
    if (parent?.type === "UnaryExpression" && parent.operator === "!") return;
    yield { replace: node, with: place.textOf(node.argument) };
  },
};
