// Which files of a change are tests, before and after.
import type { FilePair } from "../model/check.ts";

export function isTestPair({ base, head }: FilePair): boolean {
  return base?.role === "test" && head?.role === "test";
}
