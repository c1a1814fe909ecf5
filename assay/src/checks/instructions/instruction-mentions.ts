// What one file of instructions names, whatever kind it is of. Loads the parser that it needs.
import type { RepoPath } from "../../model/paths.ts";
import { instructionKind } from "./instruction-files.ts";
import type { Mention, Things } from "./named-things.ts";

/** The mentions of a version of a file, in their order. `side` says which folders there are. */
export async function mentionsIn(path: RepoPath, text: string, side: Things): Promise<readonly Mention[]> {
  const kind = instructionKind(path);
  const isDir = (dir: RepoPath): boolean => side.hasPath(dir);
  if (kind === undefined) return [];
  if (kind === "workflow" || kind === "hook" || kind === "manifest") {
    const { hookMentions, manifestMentions, workflowMentions } = await import("./workflow-mentions.ts");
    if (kind === "hook") return hookMentions(text, isDir);
    return kind === "manifest" ? manifestMentions(path, text, isDir) : workflowMentions(path, text, isDir);
  }
  const { pageMentions } = await import("./page-mentions.ts");
  return pageMentions({ path, text, kind, isDir });
}
