// What anything that is run may depend on, apart from the files of the tree.
import type { Workspace } from "../model/workspace.ts";
import { hasForeignLinks } from "../project/foreign-links.ts";
import { environmentFacts } from "./environment-facts.ts";
import { ignoredFacts } from "./ignored-facts.ts";
import { factsAbove } from "./outside-facts.ts";

/** What is the same for every task of a run. */
export interface RunFacts {
  readonly assayVersion: string;
  /** Digest of what is installed. */
  readonly installState: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * assay's and Node's version and binary, the environment, what is installed, what git ignores (builds, generated
 * sources, `.env` files) and configuration in the folders above the repository. Null where part of it can not be
 * identified.
 *
 * `isRead`: of the other ignored files it only counts that they are there.
 */
export function groundFacts(
  workspace: Workspace,
  run: RunFacts,
  isRead?: (path: string) => boolean,
): readonly string[] | null {
  if (hasForeignLinks(workspace)) return null;
  const ignored = ignoredFacts(workspace, isRead);
  if (ignored === null) return null;
  return [
    run.assayVersion,
    run.installState,
    ...environmentFacts(run.environment),
    ...factsAbove(workspace.root),
    ...ignored,
  ];
}
