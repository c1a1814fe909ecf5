import { looksLikeText, operatorOf, type Mutator } from "../mutator.ts";

const swapped: ReadonlyMap<string, string> = new Map([
  ["+=", "-="],
  ["-=", "+="],
  ["*=", "/="],
  ["/=", "*="],
  ["%=", "*="],
  ["**=", "*="],
  ["&=", "|="],
  ["|=", "&="],
  ["^=", "&="],
  ["<<=", ">>="],
  [">>=", "<<="],
  [">>>=", "<<="],
  ["&&=", "||="],
  ["||=", "&&="],
  ["??=", "&&="],
]);

/**
 * Swaps the operator of an assignment: `+=` becomes `-=`, and so on.
 *
 * A survivor means that no test checks what accumulates.
 *
 * Left alone: `+=` with a text on its right.
 */
export const assignmentOperator: Mutator = {
  id: "assignment-operator",
  family: "arithmetic",
  byDefault: true,
  survivor: "No test checks what accumulates.",
  kill: "the exact value after the assignment",

  *mutate(node, place) {
    if (node.type !== "AssignmentExpression") return;
    const replacement = swapped.get(node.operator);
    if (replacement === undefined || looksLikeText(node.right)) return;
    yield { replace: operatorOf(node, place), with: replacement };
  },
};
