// What every command starts from: the repository, the change, the workspace and the scope. Runs none of the repository's code.
import { openRepository, type Repository } from "../git/repository.ts";
import type { BaseRequest } from "../git/base.ts";
import { readRevision, type Revision, type RevisionOptions } from "../git/revision.ts";
import type { BaseReader, Commits, Diff, HeadTree, RevertedCommit } from "../model/change.ts";
import type { ListedMutant } from "../model/mutant.ts";
import type { Scope } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import { readWorkspace } from "../project/workspace.ts";
import { resolveScope } from "../scope/scope.ts";
import type { Invocation } from "./command.ts";
import { readSettings } from "./settings.ts";
import { indexDir } from "./state-dir.ts";

export interface Situation {
  readonly repository: Repository;
  readonly diff: Diff;
  readonly base: BaseReader;
  readonly commits: () => Promise<Commits>;
  readonly reverted: () => Promise<readonly RevertedCommit[]>;
  readonly workspace: Workspace;
  readonly scope: Scope;
  /** The mutants that were named; null: they are chosen from the change. */
  readonly listed: readonly ListedMutant[] | null;
  /** Reads the change again. */
  reread(): Promise<Diff>;
  /** Reads the files again, and which commit is checked out by now. */
  rereadTree(): Promise<{ readonly tree: HeadTree; readonly head: string }>;
}

export interface SituationOptions {
  /** Hash every tracked file instead of believing git's index. */
  readonly thorough?: boolean;
  /** Is told of the repository before it is read. */
  readonly onOpened?: (repository: Repository) => void;
}

/** diff -> scope, with the project between them. */
export async function readSituation(
  invocation: Pick<Invocation, "dir" | "base">,
  options: SituationOptions = {},
): Promise<Situation> {
  const repository = await openRepository(invocation.dir);
  options.onOpened?.(repository);
  const config = await readSettings(repository.root);
  const request = { requested: invocation.base, configured: config.base };
  const reading = { thorough: options.thorough ?? false, copies: indexDir(repository) };
  const { diff, tree, base, commits, reverted } = await readRevision(repository, request, reading);
  const workspace = await readWorkspace(repository.root, tree, config);
  const scope = resolveScope({ diff, workspace });
  return {
    repository,
    diff,
    base,
    commits,
    reverted,
    workspace,
    scope,
    listed: null,
    reread: async () => (await readAgain(repository, request, reading)).diff,
    // Against HEAD, so that nothing has to be found out about the base.
    rereadTree: () => readAgain(repository, { requested: "HEAD", configured: null }, reading),
  };
}

/** Whoever commits meanwhile has the same files checked out with another commit. */
async function readAgain(
  repository: Repository,
  request: BaseRequest,
  options: RevisionOptions,
): Promise<Revision & { readonly head: string }> {
  try {
    return { ...(await readRevision(repository, request, options)), head: repository.head };
  } catch (error) {
    const now = await openRepository(repository.root);
    if (now.head === repository.head) throw error;
    return { ...(await readRevision(now, request, options)), head: now.head };
  }
}
