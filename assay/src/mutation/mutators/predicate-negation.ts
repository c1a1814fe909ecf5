import { isTransparent, type Mutator, type Place } from "../mutator.ts";
import { isPredicate } from "../names.ts";

/**
 * Negates the answer of a call that says true or false: `list.includes(x)` becomes `!(list.includes(x))`.
 *
 * A survivor means that no test sees a difference between both answers.
 *
 * Seen by name: `includes`, `startsWith`, `some`, `has`, `test` and the like, `isValid()`, `hasItems()`. Left alone: what
 * is negated already, awaited, or a whole condition, which other mutators change.
 */
export const predicateNegation: Mutator = {
  id: "predicate-negation",
  family: "logic",
  byDefault: true,
  survivor: "No test sees a difference between both answers of the call.",
  kill: "a result that holds only while the call answers as it does",

  *mutate(node, place) {
    if (node.type !== "CallExpression" || !isPredicate(node) || !isUsedAsIs(place)) return;
    yield { replace: node, with: `!(${place.textOf(node)})` };
  },
};

function isUsedAsIs(place: Place): boolean {
  const user = place.ancestors.findLast((node) => !isTransparent(node) && node.type !== "ChainExpression");
  if (user?.type === "UnaryExpression") return user.operator !== "!";
  return (
    user?.type !== "AwaitExpression" &&
    user?.type !== "CallExpression" &&
    user?.type !== "ExpressionStatement" &&
    user?.type !== "MemberExpression"
  );
}
