import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { dirOf, type RepoPath } from "../model/paths.ts";

const mostBytes = 4 * 1024 * 1024;

/**
 * A reader of text below `root`, which must be free of symbolic links. What it can not or may not read is undefined:
 * a file that is missing, not regular, over 4 MiB or not UTF-8, and one that a symbolic link takes out of the
 * repository. A byte order mark stays in the text.
 */
export function textReader(root: string): (file: RepoPath) => string | undefined {
  const insideDirs = new Map<RepoPath, boolean>();

  function isInsideDir(dir: RepoPath): boolean {
    let inside = insideDirs.get(dir);
    if (inside === undefined) {
      inside = isInside(root, path.join(root, dir));
      insideDirs.set(dir, inside);
    }
    return inside;
  }

  return (file) => {
    const absolute = path.join(root, file);
    try {
      const stats = lstatSync(absolute);
      if (stats.isSymbolicLink()) return isInside(root, absolute) ? readRegular(absolute) : undefined;
      return stats.isFile() && isInsideDir(dirOf(file)) ? readRegular(absolute) : undefined;
    } catch {
      return undefined;
    }
  };
}

function readRegular(absolute: string): string | undefined {
  const stats = statSync(absolute);
  if (!stats.isFile() || stats.size > mostBytes) return undefined;
  const bytes = readFileSync(absolute);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}

function isInside(root: string, absolute: string): boolean {
  const real = realpathSync(absolute);
  return real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}
