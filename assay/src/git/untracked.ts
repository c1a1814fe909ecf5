// Which untracked files belong to the change. Ignore rules count when they are part of what is judged: a
// `.gitignore` that is tracked or would be added with the change. Private ones may hide what editors leave behind.
import { lstatSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dirOf, nameOf, type RepoPath } from "../model/paths.ts";
import { joinFields, splitFields } from "./names.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";
import { isSource } from "./source-names.ts";
import type { Status } from "./status.ts";
import { hasLines, userFile } from "./user-files.ts";

export interface Untracked {
  readonly files: readonly RepoPath[];
  /** Folders that are git repositories of their own. */
  readonly nested: readonly RepoPath[];
}

const others = ["ls-files", "--others", "-z", "--exclude=node_modules"] as const;

/**
 * Untracked files without regard to private ignore rules. Without those `git status` tells as much, and null is
 * answered unless a second witness is wanted.
 */
export async function listVisible(repository: Repository, thorough: boolean): Promise<readonly string[] | null> {
  return thorough || hasPrivateRules(repository) ? list(repository, ["--exclude-per-directory=.gitignore"]) : null;
}

/** Picks the untracked files and nested repositories that count. Nothing below a `node_modules` folder does. */
export async function chooseUntracked(
  repository: Repository,
  { untracked, ignored }: Status,
  visible: readonly string[] | null,
): Promise<Untracked> {
  const exposed = await hiddenWithTheirRules(repository, ignored);
  const shown = new Set(untracked);
  const files: RepoPath[] = [...exposed];
  const nested: RepoPath[] = [];
  for (const name of new Set([...(visible ?? []), ...untracked])) {
    if (inNodeModules.test(name)) continue;
    const isFolder = name.endsWith("/");
    const path = (isFolder ? name.slice(0, -1) : name) as RepoPath;
    if (isFolder && (shown.has(name) || !isOwnWorktree(repository, path))) nested.push(path);
    else if (!isFolder && (shown.has(name) || isSource(path))) files.push(path);
  }
  return { files, nested };
}

const inNodeModules = /(^|\/)node_modules(\/|$)/;

async function list(repository: Repository, rules: readonly string[]): Promise<string[]> {
  const { stdout } = await git(repository, [...others, ...rules]);
  return splitFields(stdout);
}

/** Sources that are hidden only by an untracked `.gitignore` which hides itself too. */
async function hiddenWithTheirRules(repository: Repository, ignored: readonly string[]): Promise<RepoPath[]> {
  const ruleFiles = new Set(ignored.filter((name) => nameOf(name as RepoPath) === ".gitignore") as RepoPath[]);
  if (ruleFiles.size === 0) return [];
  const folders = Array.from(ruleFiles, (path) => dirOf(path) || ".");
  const { stdout } = await git(repository, ["--literal-pathspecs", ...others, "--", ...folders]);
  const sources = (splitFields(stdout) as RepoPath[]).filter((path) => isSource(path));
  const judges = await decidingRules(repository, sources);
  return sources.filter((path) => {
    const judge = judges.get(path);
    return judge !== undefined && ruleFiles.has(judge);
  });
}

/** The file whose pattern ignores each path. Paths that no pattern ignores are not in it. */
async function decidingRules(
  repository: Repository,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, RepoPath>> {
  const judges = new Map<RepoPath, RepoPath>();
  if (paths.length === 0) return judges;
  const { stdout } = await git(repository, ["check-ignore", "--stdin", "-z", "--verbose"], {
    stdin: joinFields(paths),
    answers: [1],
  });
  const fields = splitFields(stdout) as RepoPath[];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const judge = fields[at];
    const path = fields[at + 3];
    if (judge !== undefined && path !== undefined) judges.set(path, judge);
  }
  return judges;
}

/** Does this clone, or this user, have ignore rules that are not part of the repository? */
function hasPrivateRules({ root, commonDir, settings }: Repository): boolean {
  return [join(commonDir, "info", "exclude"), userFile(root, settings.excludesFile, "ignore")].some(hasLines);
}

/** Is a folder a linked worktree of this very repository? Its files are another branch's, not this change's. */
function isOwnWorktree({ root, commonDir }: Repository, path: RepoPath): boolean {
  const link = join(root, path, ".git");
  if (!lstatSync(link, { throwIfNoEntry: false })?.isFile()) return false;
  const target = readFileSync(link, "utf8")
    .replace(/^gitdir: /, "")
    .trimEnd();
  return resolve(root, path, target).startsWith(join(commonDir, "worktrees"));
}
