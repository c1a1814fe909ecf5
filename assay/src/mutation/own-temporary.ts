// Where tests have their temporary folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Variables by which programs find a temporary folder that goes with the run: a mutant may keep tests from removing what
 * they have put there.
 */
export function ownTemporary(scratch: string): Readonly<Record<string, string>> {
  // Short, since the path of a socket may have no more than some hundred characters.
  const folder = join(scratch, "t");
  mkdirSync(folder, { recursive: true });
  return process.platform === "win32" ? { TEMP: folder, TMP: folder } : { TMPDIR: folder };
}
