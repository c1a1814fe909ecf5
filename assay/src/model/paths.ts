import { AssayError } from "./errors.ts";

declare const repoPathBrand: unique symbol;

/** A path relative to the repository's root: `/` between segments, no `.` or `..`, never absolute. The root itself is `""`. */
export type RepoPath = string & { readonly [repoPathBrand]: true };

export const rootDir = "" as RepoPath;

/**
 * Reads a repository path. Accepts a leading `./`, a trailing `/` and repeated slashes.
 *
 * @throws AssayError `usage` when the path is absolute or leaves the repository.
 */
export function repoPath(raw: string): RepoPath {
  const segments: string[] = [];
  for (const segment of raw.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") {
      if (segments.pop() === undefined) throw outside(raw);
    } else segments.push(segment);
  }
  if (raw.startsWith("/")) throw outside(raw);
  return segments.join("/") as RepoPath;
}

/** Does `repoPath` take it? */
export function isInside(raw: string): boolean {
  try {
    repoPath(raw);
    return true;
  } catch {
    return false;
  }
}

/** The folder a path lies in; the root lies in itself. */
export function dirOf(path: RepoPath): RepoPath {
  return path.slice(0, Math.max(0, path.lastIndexOf("/"))) as RepoPath;
}

/** The last segment of a path. */
export function nameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `dir` and a relative path below it, joined. `..` may be used as long as the repository is not left. */
export function joinPath(dir: RepoPath, relative: string): RepoPath {
  return repoPath(dir === "" ? relative : `${dir}/${relative}`);
}

/** The same; undefined where that is not a place in the repository. */
export function pathInside(dir: RepoPath, relative: string): RepoPath | undefined {
  try {
    return joinPath(dir, relative);
  } catch {
    return undefined;
  }
}

/** Does `path` lie in `dir` or below it? A folder lies in itself. */
export function isWithin(dir: RepoPath, path: RepoPath): boolean {
  return dir === "" || path === dir || path.startsWith(`${dir}/`);
}

/** Every folder from the one `path` lies in up to the root. */
export function* ancestors(path: RepoPath): Generator<RepoPath> {
  for (let dir = dirOf(path); ; dir = dirOf(dir)) {
    yield dir;
    if (dir === "") return;
  }
}

/** Order by UTF-16 code units, so that no locale can change the order of a report. */
export function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function outside(raw: string): AssayError {
  return new AssayError("usage", `"${raw}" is not a path inside the repository`);
}
