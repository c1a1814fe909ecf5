// Chooses the few mutants that are worth their time.
import type { Mutant } from "../model/mutant.ts";
import { byPath } from "../model/paths.ts";
import { allMutators, mutatorOf } from "./mutators/index.ts";

const ranks: ReadonlyMap<string, number> = new Map(allMutators.map((mutator, index) => [mutator.id, index]));

/**
 * At most `limit` mutants: files take turns, and within a file families do. Of what is left untouched lines come first,
 * then kinds that were used least, then the most telling kind. `isUsable` is asked only about what would be chosen. The
 * same candidates give the same choice, ordered by path and offset.
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
  const uses = new Uses();
  while (chosen.length < limit) {
    const best = bestOf(remaining, uses);
    if (best === undefined) break;
    remaining.delete(best);
    if (!isUsable(best)) continue;
    chosen.push(best);
    uses.add(best);
  }
  return inOrder(chosen);
}

function inOrder(mutants: readonly Mutant[]): Mutant[] {
  return mutants.toSorted((a, b) => byPath(a.path, b.path) || a.start - b.start || rankOf(a) - rankOf(b));
}

/** How often files, families, lines and kinds were chosen. */
class Uses {
  readonly #counts = new Map<string, number>();

  add(mutant: Mutant): void {
    for (const use of usesOf(mutant)) this.#counts.set(use, (this.#counts.get(use) ?? 0) + 1);
  }

  /** What comes before what. */
  keyOf(mutant: Mutant): readonly (number | string)[] {
    const [inFile = 0, ofFamily = 0, onLine = 0, ofKind = 0] = usesOf(mutant).map((use) => this.#counts.get(use) ?? 0);
    return [inFile, mutant.path, ofFamily, onLine, ofKind, rankOf(mutant), mutant.start];
  }
}

function usesOf({ path, line, mutator }: Mutant): readonly string[] {
  return [`file ${path}`, `family ${mutatorOf(mutator)?.family}`, `line ${line} ${path}`, `kind ${mutator}`];
}

function bestOf(remaining: ReadonlySet<Mutant>, uses: Uses): Mutant | undefined {
  let best: { readonly mutant: Mutant; readonly key: readonly (number | string)[] } | undefined;
  for (const mutant of remaining) {
    const key = uses.keyOf(mutant);
    if (best === undefined || compare(key, best.key) < 0) best = { mutant, key };
  }
  return best?.mutant;
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
