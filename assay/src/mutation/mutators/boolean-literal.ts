import type { Mutator, Place } from "../mutator.ts";

/**
 * Turns `true` into `false` and the other way round.
 *
 * A survivor means that no test depends on the value.
 *
 * Left alone: how a property may be used, as in `Object.defineProperty(a, "b", { writable: true })`; and what only Windows
 * heeds, as in `spawn(file, { windowsHide: true })`.
 */
export const booleanLiteral: Mutator = {
  id: "boolean-literal",
  family: "logic",
  byDefault: true,
  survivor: "No test depends on this value.",
  kill: "what only this value brings about",

  *mutate(node, place) {
    if (node.type !== "Literal" || typeof node.value !== "boolean" || isPassedOver(place)) return;
    yield { replace: node, with: String(!node.value) };
  },
};

function isPassedOver({ ancestors }: Place): boolean {
  const parent = ancestors.at(-1);
  return (
    parent?.type === "Property" &&
    parent.key.type === "Identifier" &&
    /^(?:configurable|enumerable|windowsHide|windowsVerbatimArguments|writable)$/.test(parent.key.name)
  );
}
