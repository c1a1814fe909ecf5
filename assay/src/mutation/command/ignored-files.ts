// What lies in a repository beside the files of git: builds, generated code, local settings. Tests may need it.
import { lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";

/** Paths from the root. */
export interface IgnoredFiles {
  readonly paths: readonly string[];
  readonly folders: readonly string[];
  /** Folders of installed packages. */
  readonly modules: readonly string[];
  readonly leftOut: readonly string[];
}

const never = new Set([".git", ".hg", ".jj", ".nyc_output", ".parcel-cache", ".svn", ".turbo", "coverage"]);
const mostBytes = 256 * 1024 * 1024;
const mostFiles = 20_000;

/** `folders`: those that hold files of git. What is too large as a whole is left out as a whole. */
export function ignoredFiles(
  root: string,
  folders: ReadonlySet<string>,
  isKnown: (path: string) => boolean,
): IgnoredFiles {
  const found = { paths: [] as string[], folders: [] as string[], modules: [] as string[], leftOut: [] as string[] };
  const room = { bytes: mostBytes, files: mostFiles };
  for (const folder of folders) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = join(folder, entry.name);
      if (folders.has(path) || isKnown(path)) continue;
      const part = measure(root, path, entry, room);
      if (part.bytes > room.bytes || part.paths.length > room.files) {
        found.leftOut.push(path);
        continue;
      }
      room.bytes -= part.bytes;
      room.files -= part.paths.length;
      found.paths.push(...part.paths);
      found.folders.push(...part.folders);
      found.modules.push(...part.modules);
    }
  }
  return found;
}

interface Part {
  readonly paths: string[];
  readonly folders: string[];
  readonly modules: string[];
  bytes: number;
}

/** Looks no further than there is room for. */
function measure(
  root: string,
  top: string,
  entry: Dirent,
  room: { readonly bytes: number; readonly files: number },
): Part {
  const part: Part = { paths: [], folders: [], modules: [], bytes: 0 };
  const visit = (path: string, { name, ...kind }: Pick<Dirent, "name"> & Kind): void => {
    if (never.has(name) || part.bytes > room.bytes || part.paths.length > room.files) return;
    if (name === "node_modules") part.modules.push(path);
    else if (kind.isFolder) {
      part.folders.push(path);
      for (const inner of entriesOf(join(root, path))) visit(join(path, inner.name), kindOf(inner));
    } else if (kind.isFile || kind.isLink) {
      part.paths.push(path);
      if (kind.isFile) part.bytes += lstatSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0;
    }
  };
  visit(top, kindOf(entry));
  return part;
}

interface Kind {
  readonly isFolder: boolean;
  readonly isFile: boolean;
  readonly isLink: boolean;
}

function kindOf(entry: Dirent): Pick<Dirent, "name"> & Kind {
  return {
    name: entry.name,
    isFolder: entry.isDirectory(),
    isFile: entry.isFile(),
    isLink: entry.isSymbolicLink(),
  };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone, or not ours to read: a test that needs it will say so.
    return [];
  }
}
