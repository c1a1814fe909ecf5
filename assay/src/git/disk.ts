// Files of the work tree, read as they are: no filter, no conversion.
import { createHash } from "./hash.ts";
import { closeSync, lstatSync, openSync, readFileSync, readlinkSync, readSync } from "node:fs";
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";
import { onDisk } from "./names.ts";

export type ObjectFormat = "sha1" | "sha256";

export type DiskEntry =
  | { readonly kind: "file"; readonly executable: boolean; readonly size: number }
  | { readonly kind: "symlink" | "folder" | "absent" }
  /** A pipe, a socket or a device: never read. */
  | { readonly kind: "special" };

/** Larger files are hashed piece by piece and never held in memory. */
export const largestInMemory = 64 * 1024 * 1024;

/** What stands at a path; a symbolic link is not followed. */
export function lookAt(root: string, path: RepoPath): DiskEntry {
  const stats = statOf(onDisk(root, path));
  if (stats === undefined) return { kind: "absent" };
  if (stats.isFile()) return { kind: "file", executable: (stats.mode & 0o100) !== 0, size: stats.size };
  if (stats.isSymbolicLink()) return { kind: "symlink" };
  return { kind: stats.isDirectory() ? "folder" : "special" };
}

/** The bytes that git would store for a file or a symbolic link; undefined for what can't be read or held in memory. */
export function readEntry(root: string, path: RepoPath, entry: DiskEntry): Buffer | undefined {
  const name = onDisk(root, path);
  try {
    if (entry.kind === "symlink") return readlinkSync(name, { encoding: "buffer" });
    return entry.kind === "file" && entry.size <= largestInMemory ? readFileSync(name) : undefined;
  } catch {
    return undefined;
  }
}

/** The id that git gives to a blob with these bytes. */
export function blobId(format: ObjectFormat, content: Buffer): string {
  return createHash(format).update(`blob ${content.length}\0`).update(content).digest("hex");
}

export interface LargeFile {
  readonly id: string;
  /** Of the bytes alone. */
  readonly sha256: string;
  readonly lines: number;
}

/** Reads a file piece by piece; undefined when it can't be read or changes meanwhile. */
export function readLargeFile(root: string, path: RepoPath, size: number, format: ObjectFormat): LargeFile | undefined {
  const hash = createHash(format).update(`blob ${size}\0`);
  const plain = createHash("sha256");
  let lines = 0;
  let total = 0;
  let isOpen = false;
  try {
    for (const chunk of chunksOf(onDisk(root, path))) {
      hash.update(chunk);
      plain.update(chunk);
      total += chunk.length;
      for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) lines += 1;
      isOpen = chunk.at(-1) !== 0x0a;
    }
  } catch {
    return undefined;
  }
  if (total !== size) return undefined;
  return { id: hash.digest("hex"), sha256: plain.digest("hex"), lines: lines + Number(isOpen) };
}

function* chunksOf(name: string | Buffer): Generator<Buffer> {
  const file = openSync(name, "r");
  try {
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) yield buffer.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

function statOf(name: string | Buffer) {
  try {
    return lstatSync(name, { throwIfNoEntry: false });
  } catch (error) {
    // A file took the place of a parent folder, or the name can't exist on this disk.
    const code: unknown = Reflect.get(Object(error), "code");
    if (["ENOTDIR", "ENAMETOOLONG", "EINVAL"].some((known) => known === code)) return undefined;
    throw new AssayError("git-failed", `${String(name)} can't be looked at`, {
      hint: `ls -ld ${JSON.stringify(String(name))}`,
      cause: error,
    });
  }
}
