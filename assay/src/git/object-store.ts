// Reads blobs by id, many with one process, and none twice.
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";
import { blobId, lookAt, readEntry } from "./disk.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";

/**
 * Gives blobs by their ids, and perhaps others that were asked for before. `places` says where on disk some of them may lie
 * as they were: what has the id there is the blob, and git is not asked for it.
 *
 * @throws AssayError `git-failed` when one is missing, damaged or no blob.
 */
export type ReadBlobs = (
  ids: Iterable<string>,
  places?: ReadonlyMap<string, RepoPath>,
) => Promise<ReadonlyMap<string, Buffer>>;

/** A process is started for what was not read before: what was compared with the head is not read again for its text. */
export function blobReader(repository: Repository): ReadBlobs {
  const known = new Map<string, Buffer>();
  return async (ids, places) => {
    const missing = new Set([...ids].filter((id) => !known.has(id)));
    for (const id of missing) {
      const content = lyingAt(repository, places?.get(id), id);
      if (content === undefined) continue;
      known.set(id, content);
      missing.delete(id);
    }
    for (const [id, content] of await readBlobs(repository, missing)) known.set(id, content);
    return known;
  };
}

function lyingAt({ root, objectFormat }: Repository, path: RepoPath | undefined, id: string): Buffer | undefined {
  const content = path === undefined ? undefined : readEntry(root, path, lookAt(root, path));
  return content !== undefined && blobId(objectFormat, content) === id ? content : undefined;
}

async function readBlobs(repository: Repository, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (wanted.size === 0) return blobs;
  const stdin = Buffer.from(`${[...wanted].join("\n")}\n`, "latin1");
  const { stdout } = await git(repository, ["cat-file", "--batch"], { stdin });
  let at = 0;
  for (const id of wanted) {
    const lineEnd = stdout.indexOf(0x0a, at);
    const size = sizeOf(id, stdout.toString("latin1", at, lineEnd));
    const content = stdout.subarray(lineEnd + 1, lineEnd + 1 + size);
    // git believes the name of a loose object.
    if (content.length !== size || blobId(repository.objectFormat, content) !== id) throw damaged(id, "is damaged");
    blobs.set(id, content);
    at = lineEnd + 1 + size + 1;
  }
  return blobs;
}

function sizeOf(id: string, header: string): number {
  const [, type, size] = header.split(" ");
  if (type !== "blob") throw damaged(id, "is not in the repository");
  return Number(size);
}

function damaged(id: string, what: string): AssayError {
  return new AssayError("git-failed", `the base's object ${id} ${what}`, {
    hint: "git fsck --full, and git fetch in a partial clone",
  });
}
