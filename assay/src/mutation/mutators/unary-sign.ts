import type { Mutator } from "../mutator.ts";

/**
 * Drops a sign: `-x` becomes `x`. A bitwise complement goes as well.
 *
 * A survivor means that no test depends on the sign.
 */
export const unarySign: Mutator = {
  id: "unary-sign",
  survivor: "No test depends on the sign.",
  kill: "the exact result, sign included",

  *mutate(node, place) {
    if (node.type !== "UnaryExpression" || (node.operator !== "-" && node.operator !== "~")) return;
    yield { replace: node, with: place.textOf(node.argument) };
  },
};
