import type { Node } from "../../source/walk.ts";
import { holderOf, type Mutator } from "../mutator.ts";

/**
 * Empties a list or an object that is returned, and puts something into an empty list that is returned.
 *
 * A survivor means that no test looks into what is returned.
 */
export const collectionConstant: Mutator = {
  id: "collection-constant",
  family: "constant",
  byDefault: true,
  survivor: "No test looks into what is returned.",
  kill: "what the returned value holds",

  *mutate(node, place) {
    if (node.type !== "ArrayExpression" && node.type !== "ObjectExpression") return;
    if (!isReturned(holderOf(place))) return;
    if (node.type === "ArrayExpression")
      yield { replace: node, with: node.elements.length === 0 ? "[undefined]" : "[]" };
    else if (node.properties.length > 0) yield { replace: node, with: "{}" };
  },
};

function isReturned(holder: Node | undefined): boolean {
  return holder?.type === "ReturnStatement" || holder?.type === "ArrowFunctionExpression";
}
