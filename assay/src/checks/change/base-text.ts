// Texts as they were at the base.
import type { ChangeContext } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";

/**
 * Reads files as they were at the base; undefined where there was no text. What did not change is read from the head,
 * so that git is not asked. At the new path of a renamed file there was nothing.
 */
export function baseTextReader({ pairs, workspace }: ChangeContext): (path: RepoPath) => string | undefined {
  const changed = new Map<RepoPath, string | undefined>();
  for (const { change, baseText } of pairs)
    changed.set(change.path, change.previousPath === null ? baseText : undefined);
  for (const { change, baseText } of pairs)
    if (change.previousPath !== null) changed.set(change.previousPath, baseText);
  return (path) => (changed.has(path) ? changed.get(path) : workspace.readText(path));
}
