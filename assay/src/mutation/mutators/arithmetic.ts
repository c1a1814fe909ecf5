import { holderOf, isConstant, looksLikeText, operatorOf, type Mutator, type Place } from "../mutator.ts";

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
 * Left alone: `+` between texts; what is calculated from constants only, such as `24 * 60`; and what is compared right
 * away (`start + size < length`), where it only moves a boundary.
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
    if (replacement === undefined || looksLikeText(node) || isConstant(node) || isBoundary(place)) return;
    yield { replace: operatorOf(node, place), with: replacement };
  },
};

function isBoundary(place: Place): boolean {
  const holder = holderOf(place);
  return holder?.type === "BinaryExpression" && /^[<>]=?$/.test(holder.operator);
}
