// Chooses the few mutants that are worth their time.
import type { Mutant } from "../model/mutant.ts";
import { ancestors, byPath, type RepoPath } from "../model/paths.ts";
import { allMutators, mutatorOf } from "./mutators/index.ts";

const ranks: ReadonlyMap<string, number> = new Map(allMutators.map((mutator, index) => [mutator.id, index]));

/**
 * At most `limit` mutants: files take turns, those of different folders first, and within a file families do. Of what is
 * left untouched lines come first, then kinds that were used least, then the most telling kind. `isUsable` is asked only about what would be chosen. The
 * same candidates give the same choice, ordered by path and offset. `isOverlooked`: files that come after the
 * others. `isLate`: mutants that come after the others of their file.
 */
export function selectMutants(
  candidates: readonly Mutant[],
  limit: number,
  isUsable: (mutant: Mutant) => boolean,
  isOverlooked: (path: RepoPath) => boolean = () => false,
  isLate: (mutant: Mutant) => boolean = () => false,
): Mutant[] {
  // With room for all of them there is nothing to choose.
  if (candidates.length <= limit) return inOrder(candidates.filter(isUsable));
  const remaining = byFile(candidates);
  const chosen: Mutant[] = [];
  const uses = new Uses();
  while (chosen.length < limit) {
    const path = bestOf(remaining.keys(), (each) => [Number(isOverlooked(each)), ...uses.keyOfFile(each)]);
    if (path === undefined) break;
    const own = remaining.get(path);
    const best = bestOf(own ?? [], (each) => [Number(isLate(each)), ...uses.keyOf(each)]);
    if (best === undefined) remaining.delete(path);
    else {
      own?.delete(best);
      if (!isUsable(best)) continue;
      chosen.push(best);
      uses.add(best);
    }
  }
  return inOrder(chosen);
}

function byFile(candidates: readonly Mutant[]): Map<RepoPath, Set<Mutant>> {
  const files = new Map<RepoPath, Set<Mutant>>();
  for (const mutant of candidates) files.set(mutant.path, (files.get(mutant.path) ?? new Set()).add(mutant));
  return files;
}

function inOrder(mutants: readonly Mutant[]): Mutant[] {
  return mutants.toSorted((a, b) => byPath(a.path, b.path) || a.start - b.start || rankOf(a) - rankOf(b));
}

type Key = readonly (number | string)[];

/** How often folders, files, families, lines and kinds were chosen. */
class Uses {
  readonly #counts = new Map<string, number>();

  add(mutant: Mutant): void {
    const uses = [fileUse(mutant.path), ...folderUses(mutant.path), ...usesOf(mutant)];
    for (const use of uses) this.#counts.set(use, this.#countOf(use) + 1);
  }

  /** Which file comes before which: what was used least, itself, and of its folders the outermost that differs. */
  keyOfFile(path: RepoPath): Key {
    return [this.#countOf(fileUse(path)), ...folderUses(path).map((use) => this.#countOf(use)), path];
  }

  /** Which mutant of a file comes before which. */
  keyOf(mutant: Mutant): Key {
    return [...usesOf(mutant).map((use) => this.#countOf(use)), rankOf(mutant), mutant.start];
  }

  #countOf(use: string): number {
    return this.#counts.get(use) ?? 0;
  }
}

function fileUse(path: RepoPath): string {
  return `file ${path}`;
}

function folderUses(path: RepoPath): readonly string[] {
  return [...ancestors(path)].toReversed().map((dir) => `folder ${dir}`);
}

function usesOf({ path, line, mutator }: Mutant): readonly string[] {
  return [`family ${mutatorOf(mutator)?.family}`, `line ${line} ${path}`, `kind ${mutator}`];
}

function bestOf<T>(all: Iterable<T>, keyOf: (each: T) => Key): T | undefined {
  let best: { readonly each: T; readonly key: Key } | undefined;
  for (const each of all) {
    const key = keyOf(each);
    if (best === undefined || isBefore(key, best.key)) best = { each, key };
  }
  return best?.each;
}

function isBefore(a: Key, b: Key): boolean {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined || left === right) continue;
    // Of two files in folders that were used alike, one in the outer folder comes first.
    return typeof left === typeof right ? left < right : typeof left === "string";
  }
  return false;
}

function rankOf(mutant: Mutant): number {
  return ranks.get(mutant.mutator) ?? ranks.size;
}
