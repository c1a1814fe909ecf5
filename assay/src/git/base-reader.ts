import { isUtf8 } from "node:buffer";
import type { BaseReader } from "../model/change.ts";
import { byPath, type RepoPath } from "../model/paths.ts";
import type { Contents } from "./content.ts";
import { isRegular, type Entry } from "./listing.ts";

/** The same limit that texts of the head have. */
const largestText = 4 * 1024 * 1024;

/** A reader of the base's files, given everything its tree holds. Contents are read on demand and kept. */
export function baseReader(contents: Contents, tree: () => ReadonlyMap<RepoPath, Entry>): BaseReader {
  let ordered: readonly RepoPath[] | undefined;
  return {
    async read(paths) {
      const entries = tree();
      // Most of what is asked for was not edited.
      const places = new Map(
        paths.flatMap((path) => {
          const id = fileId(entries.get(path));
          return id === undefined ? [] : [[id, path]];
        }),
      );
      const blobs = await contents.blobs(places.keys(), places);
      return paths.map((path) => textOf(blobs.get(fileId(entries.get(path)) ?? "")));
    },
    paths() {
      ordered ??= [...tree().keys()].toSorted(byPath);
      return Promise.resolve(ordered);
    },
  };
}

/** The id of a regular file; a symbolic link or a submodule has no text. */
export function fileId(entry: Entry | undefined): string | undefined {
  return entry && isRegular(entry) ? entry.id : undefined;
}

/** Undefined for what is too large, or no text. */
export function textOf(content: Buffer | undefined): string | undefined {
  if (!content || content.length > largestText || !isUtf8(content)) return undefined;
  return content.toString("utf8");
}
