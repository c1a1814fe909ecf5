// What files hold, at the base and on disk.
import type { RepoPath } from "../model/paths.ts";
import { lookAt, readEntry, readLargeFile } from "./disk.ts";
import { blobReader, type ReadBlobs } from "./object-store.ts";
import type { Repository } from "./repository.ts";

export interface Contents {
  readonly blobs: ReadBlobs;
  /** The content of a regular file on disk; undefined for anything else, and for a file too large to hold. */
  onDisk(path: RepoPath): Buffer | undefined;
  /** How many lines a file on disk has that is too large to hold; undefined where it can't be read. */
  countLines(path: RepoPath): number | undefined;
}

export function contentsOf(repository: Repository): Contents {
  const { root, objectFormat } = repository;
  return {
    blobs: blobReader(repository),
    onDisk(path) {
      const entry = lookAt(root, path);
      return entry.kind === "file" ? readEntry(root, path, entry) : undefined;
    },
    countLines(path) {
      const entry = lookAt(root, path);
      return entry.kind === "file" ? readLargeFile(root, path, entry.size, objectFormat)?.lines : undefined;
    },
  };
}

/** Git's own rule: a zero byte near the start. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}
