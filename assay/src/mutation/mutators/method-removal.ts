import type { CallExpression } from "../../source/walk.ts";
import { withoutComments, type Mutator, type Place } from "../mutator.ts";

/** What these give can stand where they were given it, by the least number of arguments that makes a difference. */
const removable: ReadonlyMap<string, number> = new Map([
  ["concat", 1],
  ["filter", 1],
  ["flat", 0],
  ["normalize", 0],
  ["padEnd", 1],
  ["padStart", 1],
  ["replace", 2],
  ["replaceAll", 2],
  ["reverse", 0],
  ["slice", 1],
  ["sort", 0],
  ["substring", 1],
  ["toLowerCase", 0],
  ["toReversed", 0],
  ["toSorted", 0],
  ["toUpperCase", 0],
  ["trim", 0],
  ["trimEnd", 0],
  ["trimStart", 0],
]);

/**
 * Leaves out a method that gives a list or a text like the one it has: `text.trim()` becomes `text`, and so does
 * `Math.abs(x)`.
 *
 * A survivor means that no test has a value which the method would change.
 *
 * Left alone: `slice()` without an argument, which copies.
 */
export const methodRemoval: Mutator = {
  id: "method-removal",
  family: "method",
  byDefault: true,
  survivor: "No test has a value which the method would change.",
  kill: "the result for a value which the method changes",

  *mutate(node, place) {
    if (node.type !== "CallExpression" || place.ancestors.at(-1)?.type === "ExpressionStatement") return;
    const kept = keptOf(node, place);
    if (kept !== undefined) yield { replace: node, with: kept };
  },
};

function keptOf({ start, callee, arguments: given }: CallExpression, place: Place): string | undefined {
  if (callee.type !== "MemberExpression" || callee.computed) return undefined;
  const { object, property, optional } = callee;
  const [first] = given;
  if (object.type === "Identifier" && object.name === "Math")
    return property.name === "abs" && first ? place.textOf(first) : undefined;
  const least = removable.get(property.name);
  if (least === undefined || given.length < least || given.some(({ type }) => type === "SpreadElement"))
    return undefined;
  // `a?.trim().length`: what is left would no longer end where there is nothing.
  if (optional && place.ancestors.at(-1)?.type !== "ChainExpression") return undefined;
  return place.textOf({ start, end: object.end }) + closingParentheses(object.end, property.start, place);
}

/** Those that stand behind the object. */
function closingParentheses(start: number, end: number, place: Place): string {
  return withoutComments(place.textOf({ start, end })).replaceAll(/[^)]/g, "");
}
