import type { Mutator } from "../mutator.ts";

/**
 * Drops a `throw`, so that what was refused goes on.
 *
 * A survivor means that the tests reach the `throw` and see no difference: something else fails later, or nothing does.
 */
export const throwRemoval: Mutator = {
  id: "throw-removal",
  family: "control-flow",
  byDefault: true,
  survivor: "The tests reach the `throw`, and none of them sees that it is this error which ends the call.",
  kill: "that it is this error which ends the call",

  *mutate(node) {
    if (node.type === "ThrowStatement") yield { replace: node, with: ";" };
  },
};
