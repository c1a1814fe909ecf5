import { isConstant, looksLikeText, operatorOf, type Mutator } from "../mutator.ts";

const swapped: ReadonlyMap<string, string> = new Map([
  ["+", "-"],
  ["-", "+"],
  ["*", "/"],
  ["/", "*"],
  ["%", "*"],
  ["**", "*"],
  ["&", "|"],
  ["|", "&"],
  ["^", "&"],
  ["<<", ">>"],
  [">>", "<<"],
  [">>>", "<<"],
]);

/**
 * Swaps an arithmetic or bitwise operator for its counterpart.
 *
 * A survivor means that no test checks the number that comes out, or only with operands that make no difference.
 *
 * Left alone: `+` between texts, and what is calculated from constants only, such as `24 * 60`.
 */
export const arithmetic: Mutator = {
  id: "arithmetic",
  family: "arithmetic",
  byDefault: true,
  survivor: "No test checks the number that comes out, or only with operands that make no difference.",
  kill: "the exact result, where the two operators differ",

  *mutate(node, place) {
    if (node.type !== "BinaryExpression") return;
    const replacement = swapped.get(node.operator);
    if (replacement === undefined || looksLikeText(node) || isConstant(node)) return;
    yield { replace: operatorOf(node, place), with: replacement };
  },
};
