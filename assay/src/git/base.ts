// Finds the revision that a change is judged against: where HEAD left the base branch.
import type { Base } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";

export interface BaseRequest {
  /** The revision given with `--base`. */
  readonly requested: string | null;
  /** The revision that `assay.toml` names. */
  readonly configured: string | null;
}

/** A revision with the commit it names. */
interface Found {
  readonly ref: string;
  readonly tip: string;
  /** `refs/heads/main` where `ref` is the short name of a branch or tag. */
  readonly fullName: string | null;
}

type NoBase = Extract<Base, { kind: "none" }>;

/**
 * Resolves the base: the requested revision, else the configured one, else the remote's default branch, else a
 * local `main` or `master`. What a CI system says about the event that started it is not asked: in a merge queue
 * that is the previous entry.
 *
 * @throws AssayError `base-not-found` when the requested revision names no commit.
 */
export async function resolveBase(repository: Repository, { requested, configured }: BaseRequest): Promise<Base> {
  if (requested !== null) {
    const found = await findRevision(repository, requested);
    if (found === undefined) throw baseNotFound(repository, requested);
    return branchPoint(repository, found);
  }
  const found = configured === null ? await findDefault(repository) : await findConfigured(repository, configured);
  if ("kind" in found) return found;
  if (isCheckedOut(repository, found)) return baseItself(found.ref);
  return branchPoint(repository, found);
}

async function branchPoint(repository: Repository, { ref, tip }: Found): Promise<Base> {
  if (tip === repository.head) return { kind: "found", commit: tip, ref, tip };
  const { stdout, exitCode } = await git(repository, ["merge-base", repository.head, tip], { answers: [1] });
  if (exitCode === 1) return noMergeBase(repository, ref);
  const commit = stdout.toString("utf8").split("\n")[0] ?? "";
  if (!isCommitId(commit))
    throw new AssayError("git-failed", "`git merge-base` printed no commit", { hint: "git fsck --full" });
  return { kind: "found", commit, ref, tip };
}

/** A branch or a tag: `HEAD` and what is counted from it move with the change, which would be judged against itself. */
async function findConfigured(repository: Repository, name: string): Promise<Found | NoBase> {
  const found = await findRevision(repository, name);
  if (found !== undefined && found.fullName !== null) return found;
  if (found !== undefined) {
    const reason = `\`base = ${JSON.stringify(name)}\` in assay.toml is neither a branch nor a tag`;
    return { kind: "none", reason, hint: 'name a branch, such as `base = "origin/main"`' };
  }
  const reason = `\`base = ${JSON.stringify(name)}\` in assay.toml names no commit of this clone`;
  return { kind: "none", reason, hint: fetchHint(repository, name) };
}

/**
 * Looks a revision up as a remote branch, a branch and a tag, in this order, so that no tag can pose as `origin/main`;
 * what is none of them is left to git.
 */
async function findRevision(repository: Repository, name: string): Promise<Found | undefined> {
  // No process can be given such a name.
  if (name.includes("\0")) return undefined;
  const names = refNames(name);
  const refs = names.length === 0 ? new Map<string, Ref>() : await readRefs(repository, names);
  const fullName = names.find((candidate) => refs.has(candidate)) ?? null;
  const ref = fullName === null ? undefined : refs.get(fullName);
  // A branch names its commit itself; a tag may be an object of its own.
  if (ref?.isCommit === true) return { ref: name, tip: ref.commit, fullName };
  const { stdout } = await git(
    repository,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${fullName ?? name}^{commit}`],
    { answers: [1, 128] },
  );
  const tip = stdout.toString("utf8").trim();
  return isCommitId(tip) ? { ref: name, tip, fullName } : undefined;
}

function refNames(name: string): string[] {
  // Neither a branch nor a tag can pose as these.
  if (name === "HEAD" || isCommitId(name)) return [];
  if (name.startsWith("refs/")) return [name];
  return [...(name.includes("/") ? [`refs/remotes/${name}`] : []), `refs/heads/${name}`, `refs/tags/${name}`];
}

async function findDefault(repository: Repository): Promise<Found | NoBase> {
  const remote = remoteOf(repository);
  const ofRemote =
    remote === undefined ? [] : ["HEAD", "main", "master"].map((name) => `refs/remotes/${remote}/${name}`);
  const candidates = [...ofRemote, "refs/heads/main", "refs/heads/master"];
  const refs = await readRefs(repository, candidates);
  const isWhole = remote !== undefined && repository.settings.wholeRemotes.has(remote);
  for (const candidate of candidates) {
    const ref = refs.get(candidate);
    if (ref === undefined) continue;
    // A clone of one branch calls that branch the remote's default, whatever it is.
    const isGuess = candidate.endsWith("/HEAD") && !isWhole && !/\/(?:main|master)$/.test(ref.target);
    if (!isGuess) return { ref: shortName(ref.target), tip: ref.commit, fullName: ref.target };
  }
  return nothingFound(repository, remote);
}

interface Ref {
  /** The ref itself, or the one that a symbolic ref stands for. */
  readonly target: string;
  readonly commit: string;
  /** Whether `commit` is one, rather than a tag that leads to one. */
  readonly isCommit: boolean;
}

/** Reads those of `names` that exist. */
async function readRefs(repository: Repository, names: readonly string[]): Promise<ReadonlyMap<string, Ref>> {
  const { stdout } = await git(repository, [
    "for-each-ref",
    "--format=%(objectname) %(objecttype) %(refname) %(symref)",
    ...names,
  ]);
  const lines = stdout.toString("utf8").split("\n");
  const isWhole = lines.pop() === "";
  const refs = new Map<string, Ref>();
  for (const line of lines) {
    const [commit = "", type, name = "", target] = line.split(" ");
    if (!isCommitId(commit)) throw unexpectedRefs();
    if (names.includes(name)) refs.set(name, { target: target || name, commit, isCommit: type === "commit" });
  }
  if (!isWhole) throw unexpectedRefs();
  return refs;
}

function unexpectedRefs(): AssayError {
  return new AssayError("git-failed", "`git for-each-ref` printed something unexpected", { hint: "git --version" });
}

function remoteOf({ branch, settings }: Repository): string | undefined {
  const { remotes, remoteOfBranch } = settings;
  const upstream = branch === null ? undefined : remoteOfBranch.get(branch);
  if (upstream !== undefined && remotes.includes(upstream)) return upstream;
  if (remotes.includes("origin")) return "origin";
  return remotes.length === 1 ? remotes[0] : undefined;
}

function isCheckedOut({ branch }: Repository, { fullName }: Found): boolean {
  return branch !== null && fullName === `refs/heads/${branch}`;
}

/** `origin/main` for `refs/remotes/origin/main`. */
function shortName(ref: string): string {
  return ref.split("/").slice(2).join("/");
}

function isCommitId(text: string): boolean {
  return [40, 64].includes(text.length) && !/[^0-9a-f]/.test(text);
}

/** In CI the same is a checkout with `fetch-depth: 0`. */
const deepen = "git fetch --unshallow";

function nothingFound({ shallow, settings }: Repository, remote: string | undefined): NoBase {
  const looked = remote === undefined ? "no remote" : `no default branch of ${remote}`;
  const reason = `no base branch: ${looked}, and no local main or master; pass --base REV`;
  if (remote === undefined) return { kind: "none", reason, hint: "assay loop --base HEAD~1" };
  const steps = [
    ...(settings.wholeRemotes.has(remote) ? [] : [`git remote set-branches ${remote} '*'`]),
    shallow ? `git fetch --unshallow ${remote}` : `git fetch ${remote}`,
    `git remote set-head ${remote} --auto`,
  ];
  return { kind: "none", reason, hint: steps.join(" && ") };
}

function noMergeBase({ shallow }: Repository, ref: string): NoBase {
  if (shallow)
    return { kind: "none", reason: `this clone is shallow and lacks the commit where HEAD left ${ref}`, hint: deepen };
  return {
    kind: "none",
    reason: `HEAD and ${ref} have no commit in common; pass --base REV with a commit of this branch's history`,
    hint: "assay loop --base HEAD~1",
  };
}

function baseItself(ref: string): NoBase {
  const reason = `the checked-out branch is the base branch ${ref} itself; pass --base REV, HEAD for what is not committed yet`;
  return { kind: "none", reason, hint: "assay loop --base HEAD" };
}

function baseNotFound(repository: Repository, name: string): AssayError {
  return new AssayError("base-not-found", `${JSON.stringify(name)} names no commit of this clone`, {
    hint: fetchHint(repository, name),
  });
}

function fetchHint({ shallow, settings }: Repository, name: string): string {
  if (shallow) return deepen;
  const remote = settings.remotes.find((candidate) => name.startsWith(`${candidate}/`));
  return remote === undefined ? "git branch --all" : `git fetch ${remote}`;
}
