import { isConstant, type Mutator } from "../mutator.ts";

/**
 * Drops a sign: `-x` becomes `x`. A bitwise complement goes as well.
 *
 * A survivor means that no test depends on the sign.
 *
 * Left alone: what a variable starts with (`let found = -1`), which mostly stands for nothing.
 */
export const unarySign: Mutator = {
  id: "unary-sign",
  family: "arithmetic",
  byDefault: true,
  survivor: "No test depends on the sign.",
  kill: "the exact result, sign included",

  *mutate(node, place) {
    if (node.type !== "UnaryExpression" || (node.operator !== "-" && node.operator !== "~")) return;
    if (isConstant(node.argument) && place.ancestors.at(-1)?.type === "VariableDeclarator") return;
    yield { replace: node, with: place.textOf(node.argument) };
  },
};
