// Which tests may use a file that nobody imports, since a tool writes the imports.
import type { RepoPath } from "../model/paths.ts";
import { declaredDependencies, type Manifest, type Workspace } from "../model/workspace.ts";
import type { ModuleGraph } from "../source/graph.ts";
import { roleOf } from "../source/role.ts";

/** What is needed to tell who may use a file unnamed. */
export interface AutoImportGround {
  readonly workspace: Workspace;
  readonly graph: ModuleGraph;
  readonly dirAt: (path: RepoPath) => RepoPath;
}

/** These import what code uses by name, or what lies in certain folders, without an import being written. */
const importingTools = new Set([
  "nuxt",
  "unimport",
  "unplugin-auto-import",
  "unplugin-vue-components",
  "unplugin-vue-router",
  "vite-plugin-pages",
  "wxt",
]);

/** Answers the test files of a file's package, if the package has such a tool and nobody imports the file. */
export function testsImportingUnnamed(ground: AutoImportGround): (path: RepoPath) => readonly RepoPath[] {
  const { workspace, graph, dirAt } = ground;
  let dirs: ReadonlySet<RepoPath> | undefined;
  return (path) => {
    dirs ??= new Set(workspace.packages.filter(({ manifest }) => hasTool(manifest)).map(({ dir }) => dir));
    const dir = dirAt(path);
    if (!dirs.has(dir) || roleOf(path) !== "source" || graph.importersOf(path).some(isWritten)) return [];
    return graph.files.filter((file) => roleOf(file) === "test" && dirAt(file) === dir);
  };
}

/** The tools declare in files of their own what they import: `auto-imports.d.ts`. */
function isWritten(importer: RepoPath): boolean {
  return roleOf(importer) !== "declaration";
}

function hasTool(manifest: Manifest): boolean {
  return [...declaredDependencies(manifest)].some((name) => importingTools.has(name));
}
