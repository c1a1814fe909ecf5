// Finds a mutant again by its fingerprint.
import type { SourceFile } from "../model/source-file.ts";
import { findCandidates } from "./candidates.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { allMutators } from "./mutators/index.ts";
import { aroundOf, shownEdit } from "./shown-code.ts";

export interface KnownMutant {
  readonly line: number;
  /** The code before and after, as a message shows it. */
  readonly shown: readonly [string, string];
}

const wholeFile = [{ start: 1, end: Infinity }];
const cache = new WeakMap<SourceFile, Promise<ReadonlyMap<string, KnownMutant>>>();

/** Of every kind of edit, whatever `assay.toml` chooses. Undefined: there is none, or the file can not be parsed. */
export async function mutantWith(fingerprint: string, file: SourceFile): Promise<KnownMutant | undefined> {
  const mutants = cache.get(file) ?? mutantsOf(file);
  cache.set(file, mutants);
  return (await mutants).get(fingerprint);
}

async function mutantsOf(file: SourceFile): Promise<ReadonlyMap<string, KnownMutant>> {
  if (file.syntaxErrors.length > 0) return new Map();
  const { parseSource } = await import("../source/parse.ts");
  const fingerprintOf = fingerprintsOf(file, parseSource);
  const { mutants } = findCandidates(file, wholeFile, allMutators);
  return new Map(
    mutants.map((mutant) => [
      fingerprintOf(mutant),
      { line: mutant.line, shown: shownEdit(mutant, aroundOf(mutant, file.text)) },
    ]),
  );
}
