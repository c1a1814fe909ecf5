import { isUtf8 } from "node:buffer";
import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { RepoPath } from "../model/paths.ts";

const mostBytes = 4 * 1024 * 1024;

/**
 * A reader of text below `root`. What it can not or may not read is undefined: a file that is missing, not regular,
 * over 4 MiB or not UTF-8, and one that a symbolic link takes out of the repository. A byte order mark stays in the
 * text.
 */
export function textReader(root: string): (file: RepoPath) => string | undefined {
  const inside = path.join(realpathSync.native(root), path.sep);
  return (file) => {
    try {
      const real = realpathSync.native(path.join(root, file));
      return real.startsWith(inside) ? readRegular(real) : undefined;
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
