import type { Hash } from "node:crypto";

/** Opens a hash. The library behind it takes milliseconds to load, which a run with nothing changed does not need. */
export function createHash(algorithm: string): Hash {
  return process.getBuiltinModule("node:crypto").createHash(algorithm);
}
