// Files of our own that somebody else may have cut or edited.
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What is stored under a key; `null` where a file is there and is damaged, undefined where there is none. */
export function readEntry(file: string, key: string): { readonly value: unknown } | null | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    const entry = JSON.parse(text) as { body?: unknown; digest?: unknown };
    if (typeof entry.body !== "string" || entry.digest !== digestOf(entry.body)) return null;
    // The digest vouches for our own writing.
    const body = JSON.parse(entry.body) as { key?: unknown; value?: unknown };
    return body.key === key ? { value: body.value } : null;
  } catch {
    return null; // Not JSON: as damaged as a wrong digest.
  }
}

/**
 * Writes by renaming, so that any number of runs and worktrees can share the folder. The entry holds a digest of
 * itself.
 *
 * @throws Error where the folder can not be written.
 */
export function writeEntry(file: string, key: string, value: unknown): void {
  const body = JSON.stringify({ key, value });
  const temporary = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ body, digest: digestOf(body) }));
    renameSync(temporary, file);
  } catch (error) {
    removeEntry(temporary);
    throw error;
  }
}

export function removeEntry(file: string): void {
  try {
    rmSync(file);
  } catch {
    // It cannot be removed either: an entry is only believed if its digest is right, so it does no harm.
  }
}

/** Leaves the newest `count` files of a folder. */
export function keepNewest(dir: string, count: number): void {
  const byAge = readdirSync(dir)
    .map((name) => ({ name, at: statSync(join(dir, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { name } of byAge.slice(count)) removeEntry(join(dir, name));
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
