// What kind of content a file has.
import type { RepoPath } from "../model/paths.ts";
import { lookAt, readEntry } from "./disk.ts";
import type { Repository } from "./repository.ts";

/** Git's own rule: a zero byte near the start. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

/** The content of a regular file on disk; undefined for anything else, and for a file too large to hold. */
export function readText({ root }: Repository, path: RepoPath): Buffer | undefined {
  const entry = lookAt(root, path);
  return entry.kind === "file" ? readEntry(root, path, entry) : undefined;
}
