import type { Mutator } from "../mutator.ts";
import type { Node } from "../../source/walk.ts";

/**
 * Inverts the condition of an `if`, a `while` or a `?:`.
 *
 * A survivor means that both branches look the same to every test.
 *
 * Left alone: conditions that are a comparison, a negation or a logical operation, which other mutators change.
 */
export const conditionInversion: Mutator = {
  id: "condition-inversion",
  family: "control-flow",
  byDefault: true,
  survivor: "Both branches look the same to every test.",
  kill: "what happens in one branch and not in the other",

  *mutate(node, place) {
    if (node.type !== "IfStatement" && node.type !== "ConditionalExpression" && node.type !== "WhileStatement") return;
    if (hasItsOwnMutator(node.test)) return;
    yield { replace: node.test, with: `!(${place.textOf(node.test)})`, expression: node.test };
  },
};

function hasItsOwnMutator(test: Node): boolean {
  if (test.type === "UnaryExpression") return test.operator === "!";
  if (test.type === "BinaryExpression") return /^([<>]=?|[!=]==?|in|instanceof)$/.test(test.operator);
  if (test.type === "LogicalExpression") return test.operator !== "??";
  return test.type === "Literal" && typeof test.value === "boolean";
}
