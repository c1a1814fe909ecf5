// Whether so little of the tests can be loaded that nobody need wait for the others.
import { join } from "node:path";
import type { MutationRequest } from "./request.ts";
import type { BaselineRun, TrialLog } from "./trial-log.ts";
import { bearsOnOpen } from "./worker/board.ts";
import type { Bearing } from "./worker/protocol.ts";

/** Where none of so many loads, the nearest first, something is missing that the others need as well. */
const enoughFiles = 8;

/**
 * Of the files that fail without a mutant the one that decides: a changed test that does not load, or the nearest where
 * none does. What it fails of is to be reported, if it fails alone as well.
 */
export function decisiveOf(
  red: readonly string[],
  { root, pairs }: Pick<MutationRequest, "root" | "pairs">,
  bearing: Bearing | null,
  log: TrialLog,
): string | undefined {
  const changed = new Set(pairs.map(({ change }) => join(root, change.path)));
  const matters = (file: string): boolean =>
    log.baselines.get(file)?.isBound !== true || bearsOnOpen(file, bearing, log);
  const unloadable = red.filter((file) => !isLoaded(log.baselines.get(file)) && matters(file));
  const ofChange = unloadable.find((file) => changed.has(file));
  if (ofChange !== undefined || unloadable.length < enoughFiles) return ofChange;
  return [...log.baselines.values()].some(isLoaded) ? undefined : unloadable[0];
}

/** Did it come as far as its tests? */
function isLoaded(run: BaselineRun | undefined): boolean {
  return run?.failure === null || typeof run?.failure.test === "string";
}
