// What decides about resolving, besides which files there are.
import { dirOf, joinPath, nameOf, repoPath, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";

const configName = /^(?:package\.json|[tj]sconfig(?:\.[\w.-]+)?\.json)$/;

/** Every manifest and tsconfig of the workspace with the id of its content, as one text to be compared. */
export function resolvingConfiguration(workspace: Workspace, extended: readonly RepoPath[]): string {
  const { tree, packages } = workspace;
  const named = tree.files.map((file) => file.path).filter((path) => configName.test(nameOf(path)));
  const lines = [...new Set([...named, ...extended])].map((path) => `${path} ${tree.blobOf(path) ?? "unreadable"}`);
  return [...packages.map((pkg) => `${pkg.dir} ${pkg.name}`), "", ...lines].join("\n");
}

/** Files of the repository that a tsconfig extends and whose own name does not say that they are one. */
export function extendedConfigs(workspace: Workspace): readonly RepoPath[] {
  const { tree } = workspace;
  const pending = tree.files.map((file) => file.path).filter((path) => /^[tj]sconfig.*\.json$/.test(nameOf(path)));
  const seen = new Set(pending);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const base of basesOf(workspace, path)) {
      if (!seen.has(base)) pending.push(base);
      seen.add(base);
    }
  }
  return [...seen].filter((path) => !configName.test(nameOf(path)));
}

/** Read by pattern: one that stands in a comment does no harm. */
function basesOf(workspace: Workspace, path: RepoPath): readonly RepoPath[] {
  const bases = /"extends"\s*:\s*("[^"]+"|\[[^\]]+\])/.exec(workspace.readText(path) ?? "")?.[1] ?? "";
  return [...bases.matchAll(/"([^"]*)"/g)].flatMap(([, base = ""]) => {
    const found = locate(workspace, dirOf(path), base);
    return found === undefined ? [] : [found];
  });
}

function locate({ tree, packages }: Workspace, dir: RepoPath, base: string): RepoPath | undefined {
  const pkg = packages.find((pkg) => base.startsWith(`${pkg.name}/`));
  try {
    const path = pkg ? joinPath(pkg.dir, `.${base.slice(pkg.name.length)}`) : joinPath(dir, base);
    return [path, repoPath(`${path}.json`)].find((candidate) => tree.has(candidate));
  } catch {
    return undefined;
  }
}
