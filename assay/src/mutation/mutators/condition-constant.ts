import type { Mutator } from "../mutator.ts";

/**
 * Settles the condition of an `if`, a `while` or a `?:`, once to `true` and once to `false`.
 *
 * A survivor means that one branch is enough for every test.
 *
 * Not used by default: it asks for a test of every branch, which is what coverage asks for, and where a branch is a
 * shortcut to the same result no test can see a difference.
 */
export const conditionConstant: Mutator = {
  id: "condition-constant",
  family: "control-flow",
  byDefault: false,
  survivor: "One branch is enough for every test.",
  kill: "what happens only in the other branch",

  *mutate(node) {
    if (node.type !== "IfStatement" && node.type !== "ConditionalExpression" && node.type !== "WhileStatement") return;
    const { test } = node;
    if (test.type === "Literal") return;
    if (node.type !== "WhileStatement") yield { replace: test, with: "true", expression: test };
    yield { replace: test, with: "false", expression: test };
  },
};
