import type { RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import type { ModuleGraph } from "../source/graph.ts";
import type { Resolution } from "../source/resolve.ts";
import type { SpecifierKind } from "../source/specifier.ts";

/** The graph without forms that load nothing: types are erased, and a place is a text until some import is computed from it. */
export function runTimeGraph(graph: ModuleGraph, workspace: Workspace): ModuleGraph {
  const keepsTypes = memoised((path) => inlineType.test(workspace.readText(path) ?? ""));
  const links = new Set(workspace.tree.files.filter(({ symlink }) => symlink).map(({ path }) => path));
  const loads = (importer: RepoPath, isMeant: (target: Resolution | undefined) => boolean): boolean =>
    (graph.factsOf(importer)?.specifiers ?? []).some(({ text, kind }) => {
      // A link names its place, and whoever loads the link loads what lies there.
      const counts = kind === "type" ? keepsTypes(importer) : links.has(importer) || !placeKinds.has(kind);
      return counts && isMeant(graph.resolve(importer, text));
    });
  return {
    ...graph,
    importersOf: memoised((path) =>
      graph
        .importersOf(path)
        .filter((importer) => loads(importer, (target) => target?.kind === "file" && target.path === path)),
    ),
    packageImportersOf: memoised((dir) =>
      graph
        .packageImportersOf(dir)
        .filter((importer) =>
          loads(importer, (target) => target !== undefined && "dir" in target && target.dir === dir),
        ),
    ),
  };
}

const placeKinds: ReadonlySet<SpecifierKind> = new Set(["reference", "resolve", "url"]);

function memoised<T>(answer: (path: RepoPath) => T): (path: RepoPath) => T {
  const cache = new Map<RepoPath, T>();
  return (path) => {
    const found = cache.get(path);
    if (found !== undefined) return found;
    const made = answer(path);
    cache.set(path, made);
    return made;
  };
}

/** `import { type A } from "./a.ts"` still loads what it names, where a compiler keeps imports as they are written. */
const inlineType = /[{,]\s*type\s+[\w$]/;
