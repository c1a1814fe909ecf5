// What the change says it reverts: found by the id that `git revert` writes down, or by the subject that it quotes.
import type { Base, Commit, Commits, RevertedCommit } from "../model/change.ts";
import { fileId, textOf } from "./base-reader.ts";
import type { Contents } from "./content.ts";
import { diffTree } from "./listing.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";

/** Of the commits with one subject the newest are looked at. */
const mostAlike = 3;

const namedId = /\breverts?:?\s+(?:commit\s+)?([0-9a-f]{7,64})\b/gi;
const quotedSubject = /\bRevert "(.+)"/g;

export interface RevertSources {
  readonly base: Base;
  readonly commits: () => Promise<Commits>;
  readonly contents: Contents;
}

/**
 * Finds the commits that the change says it reverts, once and on first use. What is no ancestor of the base, or is not in
 * a shallow clone, is not among them.
 *
 * @throws AssayError `git-failed` when git fails.
 */
export function revertReader(repository: Repository, sources: RevertSources): () => Promise<readonly RevertedCommit[]> {
  let reverted: Promise<readonly RevertedCommit[]> | undefined;
  return () => (reverted ??= readReverted(repository, sources));
}

async function readReverted(
  repository: Repository,
  { base, commits, contents }: RevertSources,
): Promise<readonly RevertedCommit[]> {
  if (base.kind === "none") return [];
  const { ofChange } = await commits();
  const named = await Promise.all(ofChange.map((commit) => namedBy(repository, base.commit, commit)));
  const ids = [...new Set(named.flat())];
  const found = await Promise.all(ids.map((id) => readCommit(repository, contents, base.commit, id)));
  return found.filter((each) => each !== undefined);
}

async function namedBy(repository: Repository, base: string, { message }: Commit): Promise<readonly string[]> {
  const ids = Array.from(message.matchAll(namedId), ([, id = ""]) => id.toLowerCase());
  if (ids.length > 0) return ids;
  const subjects = Array.from(message.matchAll(quotedSubject), ([, subject = ""]) => subject);
  return (await Promise.all(subjects.map((subject) => withSubject(repository, base, subject)))).flat();
}

async function withSubject(repository: Repository, base: string, subject: string): Promise<readonly string[]> {
  const options = ["--format=%H", `--max-count=${mostAlike}`, "--fixed-strings", `--grep=${subject}`];
  const { stdout } = await git(repository, ["log", ...options, base, "--"]);
  return stdout.toString("latin1").split("\n").filter(Boolean);
}

/** Against its first parent, which is what `git revert` goes back to. Undefined where it has none here. */
async function readCommit(
  repository: Repository,
  contents: Contents,
  base: string,
  name: string,
): Promise<RevertedCommit | undefined> {
  const [id, parent] = await Promise.all([commitAt(repository, name), commitAt(repository, `${name}^1`)]);
  if (id === undefined || parent === undefined) return undefined;
  const { exitCode } = await git(repository, ["merge-base", "--is-ancestor", id, base], { answers: [1] });
  if (exitCode !== 0) return undefined;
  const differences = [...(await diffTree(repository, parent, id))].map(([path, { before, after }]) => ({
    path,
    before: fileId(before ?? undefined),
    after: fileId(after ?? undefined),
  }));
  const wanted = differences.flatMap(({ before, after }) => [before, after].filter((each) => each !== undefined));
  const blobs = await contents.blobs(wanted);
  const read = (blob: string | undefined): string | undefined => textOf(blobs.get(blob ?? ""));
  return {
    id,
    files: differences.map(({ path, before, after }) => ({ path, before: read(before), after: read(after) })),
  };
}

/** Undefined where there is no such commit, or more than one. */
async function commitAt(repository: Repository, name: string): Promise<string | undefined> {
  const { stdout, exitCode } = await git(
    repository,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`],
    { answers: [1, 128] },
  );
  return exitCode === 0 ? stdout.toString("latin1").trim() : undefined;
}
