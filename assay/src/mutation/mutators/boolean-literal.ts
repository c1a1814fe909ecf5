import type { Mutator } from "../mutator.ts";

/**
 * Turns `true` into `false` and the other way round.
 *
 * A survivor means that no test depends on the value.
 */
export const booleanLiteral: Mutator = {
  id: "boolean-literal",
  family: "logic",
  byDefault: true,
  survivor: "No test depends on this value.",
  kill: "what only this value brings about",

  *mutate(node) {
    if (node.type === "Literal" && typeof node.value === "boolean") yield { replace: node, with: String(!node.value) };
  },
};
