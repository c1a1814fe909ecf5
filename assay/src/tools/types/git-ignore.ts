import { ancestors, joinPath, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";

/**
 * Tells which paths the repository's `.gitignore` files ignore, so that a tool may write there.
 *
 * Reads only the files of the repository: what one person's own excludes ignore counts as not ignored.
 */
export async function readIgnoreRules(workspace: Workspace): Promise<(path: RepoPath) => boolean> {
  const { default: picomatch } = await import("picomatch");
  const rulesIn = new Map<RepoPath, readonly IgnoreRule[]>();
  const rulesOf = (dir: RepoPath): readonly IgnoreRule[] => {
    const known = rulesIn.get(dir);
    if (known !== undefined) return known;
    const lines = (workspace.readText(joinPath(dir, ".gitignore")) ?? "").split(/\r?\n/u);
    const rules = lines.flatMap(
      (line) => ruleOf(dir, line, (glob) => picomatch(glob, { dot: true, nobrace: true, noext: true })) ?? [],
    );
    rulesIn.set(dir, rules);
    return rules;
  };
  const isMatched = (path: RepoPath, isFolder: boolean): boolean => {
    const rules = [...ancestors(path)].toReversed().flatMap(rulesOf);
    return rules.findLast((rule) => (isFolder || !rule.foldersOnly) && rule.matches(path))?.ignores === true;
  };
  // A file can't be taken back from a folder that is ignored.
  return (path) =>
    [...ancestors(path)].some((folder) => folder !== "" && isMatched(folder, true)) || isMatched(path, false);
}

interface IgnoreRule {
  readonly ignores: boolean;
  readonly foldersOnly: boolean;
  matches(path: RepoPath): boolean;
}

function ruleOf(
  dir: RepoPath,
  line: string,
  compile: (glob: string) => (path: string) => boolean,
): IgnoreRule | undefined {
  const text = line.replace(/(?<!\\)\s+$/u, "");
  if (text === "" || text.startsWith("#")) return undefined;
  const ignores = !text.startsWith("!");
  const pattern = text.replace(/^!/u, "");
  const foldersOnly = pattern.endsWith("/");
  const glob = pattern.replace(/\/$/u, "");
  const isAnchored = glob.includes("/");
  const plain = glob.replace(/^\//u, "");
  // `/` alone names nothing.
  if (plain === "") return undefined;
  const matches = compile(plain);
  const prefix = dir === "" ? 0 : dir.length + 1;
  return {
    ignores,
    foldersOnly,
    matches: (path) => {
      const relative = path.slice(prefix);
      return matches(isAnchored ? relative : relative.slice(relative.lastIndexOf("/") + 1));
    },
  };
}
