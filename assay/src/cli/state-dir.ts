import { join } from "node:path";
import type { Repository } from "../git/repository.ts";

/** In git's own folder. */
export const stateName = "assay";

/** Where assay keeps what it may forget: in git's own folder, shared by all worktrees, never in the tree. */
export function stateDir({ commonDir }: Pick<Repository, "commonDir">): string {
  return join(commonDir, stateName);
}

/** Where a copy of a worktree's index is kept. */
export function indexDir({ gitDir }: Pick<Repository, "gitDir">): string {
  return join(gitDir, stateName, "index");
}
