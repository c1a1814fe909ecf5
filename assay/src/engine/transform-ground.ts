// What the code that a bundler makes of one module depends on, besides the module itself.
import type { HeadFile } from "../model/change.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { digest } from "./digest.ts";
import { groundFacts, type RunFacts } from "./ground.ts";

/**
 * A digest that changes when other code may come of an unchanged module: something else is installed, the environment
 * or a configuration differs, or the set of files does, since the code names the files that its imports lead to
 * (https://github.com/vitest-dev/vitest/issues/11246). Null where something can not be identified.
 *
 * Not seen: other modules that a plugin reads while it transforms one.
 */
export function transformGround(workspace: Workspace, run: RunFacts): string | null {
  const ground = groundFacts(workspace, run, (path) => !isModule(path));
  const files = workspace.tree.files.map(fileFact);
  if (ground === null || files.includes(null)) return null;
  return digest([...ground, ...files.filter((fact) => fact !== null)]);
}

/** Of a link, where it leads; of a configuration, its content; of the others that they are there. */
function fileFact({ path, blob, symlink }: HeadFile): string | null {
  if (blob === null) return null;
  if (symlink) return `${path}\0link ${blob}`;
  return isModule(path) || isProse(path) ? path : `${path}\0${blob}`;
}

/** A module's own content is in the key of what is made of it. */
function isModule(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(path) && !/\.config\.|(?:^|\/)\.[^/]+$/.test(path);
}

function isProse(path: RepoPath): boolean {
  return /\.(?:mdx?|txt|snap)$|^LICEN[CS]E/i.test(nameOf(path));
}
