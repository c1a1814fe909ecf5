// `np.random`.
import { Generator } from "./generator.ts";
import type { Seed } from "./seed-sequence.ts";

export { Generator } from "./generator.ts";
export type { Size } from "./parameters.ts";
export type { Seed } from "./seed-sequence.ts";

/** A generator that begins with a seed, and gives what NumPy's with this seed gives; with none, at random. */
export function default_rng(seed?: Seed | Generator | null): Generator {
  if (seed instanceof Generator) return seed;
  return new Generator(seed ?? Array.from({ length: 4 }, () => Math.floor(Math.random() * 2 ** 32)));
}
