// Chooses the few mutants that are worth their time.
import type { Mutant } from "../model/mutant.ts";
import { byPath } from "../model/paths.ts";
import { allMutators } from "./mutators/index.ts";

const ranks: ReadonlyMap<string, number> = new Map(allMutators.map((mutator, index) => [mutator.id, index]));

/**
 * At most `limit` mutants: files take turns; within a file untouched lines come first, then kinds that were used
 * least, then the most telling kind. `isUsable` is asked only about what would be chosen. The same candidates give
 * the same choice, ordered by path and offset.
 */
export function selectMutants(
  candidates: readonly Mutant[],
  limit: number,
  isUsable: (mutant: Mutant) => boolean,
): Mutant[] {
  // With room for all of them there is nothing to choose.
  if (candidates.length <= limit) return inOrder(candidates.filter(isUsable));
  const remaining = new Set(candidates);
  const chosen: Mutant[] = [];
  while (chosen.length < limit) {
    const best = bestOf(remaining, chosen);
    if (best === undefined) break;
    remaining.delete(best);
    if (isUsable(best)) chosen.push(best);
  }
  return inOrder(chosen);
}

function inOrder(mutants: readonly Mutant[]): Mutant[] {
  return mutants.toSorted((a, b) => byPath(a.path, b.path) || a.start - b.start || rankOf(a) - rankOf(b));
}

function bestOf(remaining: ReadonlySet<Mutant>, chosen: readonly Mutant[]): Mutant | undefined {
  let best: { readonly mutant: Mutant; readonly key: readonly (number | string)[] } | undefined;
  for (const mutant of remaining) {
    const key = keyOf(mutant, chosen);
    if (best === undefined || compare(key, best.key) < 0) best = { mutant, key };
  }
  return best?.mutant;
}

function keyOf(mutant: Mutant, chosen: readonly Mutant[]): readonly (number | string)[] {
  const inFile = chosen.filter(({ path }) => path === mutant.path);
  const onLine = inFile.filter(({ line }) => line === mutant.line);
  const ofKind = chosen.filter(({ mutator }) => mutator === mutant.mutator);
  return [inFile.length, mutant.path, onLine.length, ofKind.length, rankOf(mutant), mutant.start];
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}

function rankOf(mutant: Mutant): number {
  return ranks.get(mutant.mutator) ?? ranks.size;
}
