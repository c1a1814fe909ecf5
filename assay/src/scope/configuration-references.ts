// What configuration pulls in: `extends`, set-up files, imports. A change there is a change of the configuration.
import { dirOf, isWithin, nameOf, type RepoPath } from "../model/paths.ts";
import { namedIn, type NameContext } from "./configuration-names.ts";
import { isConfigurationName, type Governing } from "./root-configuration.ts";
import type { ScopeMap } from "./scope-map.ts";

/** A file, or the folder of a workspace package, that configuration refers to, and the configuration that does. */
export interface Reference {
  readonly target: RepoPath;
  readonly from: RepoPath;
}

/** What is needed to find what a configuration refers to. */
export interface ReferenceContext extends NameContext {
  readonly map: ScopeMap;
  readonly governing: Governing;
}

/**
 * What the configuration in shared folders refers to, directly or through other files; and, where the change holds
 * JSON, what `tsconfig` files take from other scopes. A set-up file counts, and not what it imports: that concerns the
 * tests alone.
 */
export function configurationReferences(context: ReferenceContext): readonly Reference[] {
  const { workspace, governing, changed } = context;
  const found = new Map<RepoPath, Reference>();
  const followed = new Set<RepoPath>();
  const holdsJson = [...changed].some((path) => path.endsWith(".json"));
  for (const { path } of workspace.tree.files) {
    if (isSharedConfiguration(path, governing)) follow(context, path, found, followed);
    else if (holdsJson && /^tsconfig[^/]*\.json$/.test(nameOf(path))) addForeign(context, path, found);
  }
  return [...found.values()];
}

/** The reference that makes a path part of the configuration. */
export function referenceTo(references: readonly Reference[], path: RepoPath): Reference | undefined {
  return references.find(({ target }) => isWithin(target, path));
}

function isSharedConfiguration(path: RepoPath, { sharedDirs }: Governing): boolean {
  if (path === "package.json") return true;
  return sharedDirs.has(dirOf(path)) && isConfigurationName(nameOf(path));
}

function follow(
  context: ReferenceContext,
  path: RepoPath,
  found: Map<RepoPath, Reference>,
  followed: Set<RepoPath>,
): void {
  if (followed.has(path)) return;
  followed.add(path);
  for (const { target, isSetUp } of namedIn(context, path)) {
    if (!found.has(target)) found.set(target, { target, from: path });
    if (!isSetUp) follow(context, target, found, followed);
  }
}

function addForeign(context: ReferenceContext, path: RepoPath, found: Map<RepoPath, Reference>): void {
  const { map } = context;
  for (const { target } of namedIn(context, path)) {
    if (map.scopeOf(target) !== map.scopeOf(path)) found.set(target, { target, from: path });
  }
}
