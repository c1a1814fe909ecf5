// What the code that a bundler makes of one module depends on, besides the module itself.
import type { HeadFile } from "../model/change.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import { hasForeignLinks } from "../project/foreign-links.ts";
import { digest } from "./digest.ts";
import { environmentFacts } from "./environment-facts.ts";
import { ignoredFacts } from "./ignored-facts.ts";
import { factsAbove } from "./outside-facts.ts";
import type { ReplayEnvironment } from "./replay-key.ts";

/**
 * A digest that changes when other code may come of an unchanged module: something else is installed, the environment
 * or a configuration differs, or the set of files does, since the code names the files that its imports lead to
 * (https://github.com/vitest-dev/vitest/issues/11246). Null where something can not be identified.
 *
 * Not seen: other modules that a plugin reads while it transforms one.
 */
export function transformGround(
  workspace: Workspace,
  run: Pick<ReplayEnvironment, "assayVersion" | "installState" | "environment">,
): string | null {
  if (hasForeignLinks(workspace)) return null;
  const ignored = ignoredFacts(workspace, (path) => !isModule(path));
  const files = workspace.tree.files.map(fileFact);
  if (ignored === null || files.includes(null)) return null;
  return digest([
    run.assayVersion,
    run.installState,
    ...environmentFacts(run.environment),
    ...factsAbove(workspace.root),
    ...ignored,
    ...files.filter((fact) => fact !== null),
  ]);
}

/** Of a link, where it leads; of a configuration, its content; of the others that they are there. */
function fileFact({ path, blob, symlink }: HeadFile): string | null {
  if (blob === null) return null;
  if (symlink) return `${path}\0link ${blob}`;
  return isModule(path) || isProse(path) ? path : `${path}\0${blob}`;
}

/** A module's own content is in the key of what is made of it. */
function isModule(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(path) && !/\.config\.|(?:^|\/)\.[^/]*$/.test(path);
}

function isProse(path: RepoPath): boolean {
  return /\.(?:mdx?|txt|snap)$|^LICEN[CS]E/i.test(nameOf(path));
}
