import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** Larger files are told apart by size and times. */
const largestRead = 1024 * 1024;

/** What tells this regular file from another version of it; null where there is no regular file, or it can not be read. */
export function contentFact(file: string): string | null {
  try {
    const stats = statSync(file, { bigint: true });
    if (!stats.isFile()) return null;
    if (stats.size > largestRead) return `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return null;
  }
}
