// Files that manifests hand out, and that the change took away: what `exports`, `main`, `bin` and their like name.
import type { ChangeContext } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import { joinPath, pathInside, type RepoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";

const fields = ["main", "module", "browser", "types", "typings", "bin", "exports", "imports", "svelte", "style"];

export function staleEntries({ pairs, workspace }: ChangeContext): readonly Finding[] {
  const gone = new Map(pairs.flatMap(({ change }) => goneIn(change)));
  if (gone.size === 0) return [];
  const there = new Set(workspace.tree.files.map(({ path }) => path));
  return workspace.packages.flatMap(({ dir, manifest }) =>
    [...new Set(fields.flatMap((field) => textsIn(manifest.raw[field])))].flatMap((text): readonly Finding[] => {
      const path = pathInside(dir, text);
      if (path === undefined || there.has(path) || !gone.has(path)) return [];
      const moved = gone.get(path);
      const remedy = moved === null ? "name what took its place, or take the entry out" : `it is ${moved} now`;
      return [
        { path: joinPath(dir, "package.json"), line: null, message: `\`${text}\` is not there any more; ${remedy}` },
      ];
    }),
  );
}

/** Paths that are there no longer, and where what lay there is now. */
function goneIn(change: ChangeContext["pairs"][number]["change"]): readonly (readonly [RepoPath, RepoPath | null])[] {
  if (change.kind === "deleted") return [[change.path, null]];
  return change.previousPath === null ? [] : [[change.previousPath, change.path]];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.includes("*") ? [] : [value];
  return isObject(value) || Array.isArray(value) ? Object.values(value).flatMap(textsIn) : [];
}
