// What the commits say that make the change, and those before them.
import type { Base, Commit, Commits } from "../model/change.ts";
import { splitFields } from "./names.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";

/** As far back as a custom of the repository is looked for. */
const before = 50;

/** In the order in which they are asked for; git puts a zero byte behind each. */
const fields = ["%H", "%P", "%an", "%B"];

/**
 * Reads the messages, once and on first use.
 *
 * @throws AssayError `git-failed` when git fails.
 */
export function commitReader(repository: Repository, base: Base): () => Promise<Commits> {
  let commits: Promise<Commits> | undefined;
  return () => (commits ??= readCommits(repository, base));
}

async function readCommits(repository: Repository, base: Base): Promise<Commits> {
  if (base.kind === "none" || base.commit === repository.head) return { ofChange: [], before: [] };
  const [ofChange, older] = await Promise.all([
    // What the base has gained meanwhile may be merged into the branch, and is no part of the change.
    readLog(repository, [repository.head, `^${base.commit}`, `^${base.tip}`]),
    readLog(repository, ["--no-merges", `--max-count=${before}`, base.commit]),
  ]);
  return { ofChange: ofChange.toReversed(), before: older };
}

async function readLog(repository: Repository, revisions: readonly string[]): Promise<readonly Commit[]> {
  const format = `--format=tformat:${fields.join("%x00")}`;
  const { stdout } = await git(repository, ["log", "-z", "--encoding=UTF-8", format, ...revisions, "--"]);
  const values = splitFields(stdout);
  const commits: Commit[] = [];
  for (let at = 0; at < values.length; at += fields.length) {
    const [id = "", parents = "", author = "", message = ""] = values.slice(at, at + fields.length);
    commits.push({ id, parents: parents === "" ? 0 : parents.split(" ").length, author, message });
  }
  return commits;
}
