import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { Base } from "../model/change.ts";
import { resolveBase, type BaseRequest } from "./base.ts";
import { openRepository } from "./repository.ts";
import { makeRepository, repositoryAt, type TestRepository } from "./test-repository.ts";
import { gitPrints } from "./testing/printing-git.ts";

const cleanups: (() => void)[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A repository with one commit on `main`. */
function repository(): TestRepository {
  const made = makeRepository({ "a.ts": "a\n" });
  cleanups.push(() => made.remove());
  return made;
}

/** A clone of a repository, on a branch of its own unless told otherwise. */
function clone(source: TestRepository, { branch = "feature", options = [] as readonly string[] } = {}): TestRepository {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-clone-")));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  source.git("clone", "--quiet", ...options, `file://${source.root}`, dir);
  const made = repositoryAt(dir);
  if (branch !== "main") made.git("switch", "--quiet", "--create", branch);
  return made;
}

async function baseOf({ root }: TestRepository, request: Partial<BaseRequest> = {}): Promise<Base> {
  return resolveBase(await openRepository(root), { requested: null, configured: null, ...request });
}

test("the base is where HEAD left the remote's default branch, also when that has moved on", async () => {
  const source = repository();
  const left = source.git("rev-parse", "HEAD");
  const made = clone(source);
  made.write("b.ts", "b\n");
  made.commit();
  source.write("c.ts", "c\n");
  const tip = source.commit();
  made.git("fetch", "--quiet");
  expect(await baseOf(made)).toEqual({ kind: "found", ref: "origin/main", commit: left, tip });
});

test("commits on the default branch that are not pushed yet are judged against the remote", async () => {
  const source = repository();
  const made = clone(source, { branch: "main" });
  made.write("b.ts", "b\n");
  made.commit();
  expect(await baseOf(made)).toMatchObject({
    kind: "found",
    ref: "origin/main",
    commit: source.git("rev-parse", "main"),
  });
});

test("the default branch may have any name, and another remote", async () => {
  const source = repository();
  source.git("branch", "--move", "main", "trunk");
  const made = clone(source, { options: ["--origin", "upstream"] });
  expect(await baseOf(made)).toMatchObject({ ref: "upstream/trunk" });
});

test("the remote of the branch's upstream goes before origin", async () => {
  const made = clone(repository());
  made.git("remote", "add", "fork", repository().root);
  made.git("fetch", "--quiet", "fork");
  expect(await baseOf(made)).toMatchObject({ ref: "origin/main" });
  made.git("config", "branch.feature.remote", "fork");
  expect(await baseOf(made)).toMatchObject({ ref: "fork/main" });
});

test("a remote without a default branch of record is asked for main, then master", async () => {
  const made = clone(repository());
  made.git("remote", "set-head", "origin", "--delete");
  expect(await baseOf(made)).toMatchObject({ ref: "origin/main" });
  made.git("update-ref", "refs/remotes/origin/master", "HEAD");
  made.git("update-ref", "-d", "refs/remotes/origin/main");
  expect(await baseOf(made)).toMatchObject({ ref: "origin/master" });
});

test("without a remote it is the local main or master", async () => {
  const made = repository();
  made.git("switch", "--quiet", "--create", "feature");
  expect(await baseOf(made)).toMatchObject({ kind: "found", ref: "main" });
  made.git("branch", "--move", "main", "master");
  expect(await baseOf(made)).toMatchObject({ kind: "found", ref: "master" });
});

test("a local base branch that is checked out is no base, unless asked for", async () => {
  const made = repository();
  const none = {
    kind: "none",
    reason: containing("itself"),
    hint: containing("--base HEAD"),
  };
  expect(await baseOf(made)).toEqual(none);
  expect(await baseOf(made, { configured: "main" })).toEqual(none);
  expect(await baseOf(made, { configured: "refs/heads/main" })).toEqual(none);
  expect(await baseOf(made, { requested: "main" })).toMatchObject({
    kind: "found",
    commit: made.git("rev-parse", "HEAD"),
  });
});

test("nothing to compare with is said, with a way out", async () => {
  const made = repository();
  made.git("branch", "--move", "main", "topic");
  expect(await baseOf(made)).toEqual({
    kind: "none",
    reason: "no base branch: no remote, and no local main or master; pass --base REV",
    hint: "assay loop --base HEAD~1",
  });
  for (const remote of ["one", "two"]) made.git("remote", "add", remote, made.root);
  expect(await baseOf(made)).toMatchObject({ reason: containing("no remote,") });
});

test.each([
  ["all of its branches", [], "git fetch origin"],
  ["one branch", ["--single-branch"], "git remote set-branches origin '*' && git fetch origin"],
  ["one commit of a branch", ["--depth=1"], "git remote set-branches origin '*' && git fetch --unshallow origin"],
])("a clone of %s that knows no default branch says how to learn it", async (_, options, steps) => {
  const source = repository();
  source.git("branch", "--move", "main", "topic");
  const made = clone(source, { options });
  if (options.length === 0) made.git("remote", "set-head", "origin", "--delete");
  expect(await baseOf(made)).toEqual({
    kind: "none",
    reason: "no base branch: no default branch of origin, and no local main or master; pass --base REV",
    hint: `${steps} && git remote set-head origin --auto`,
  });
});

test.each(["main", "master"])("a clone of the one branch %s has it for its base", async (name) => {
  const source = repository();
  if (name !== "main") source.git("branch", "--move", "main", name);
  expect(await baseOf(clone(source, { options: ["--single-branch"] }))).toMatchObject({ ref: `origin/${name}` });
});

test("a clone of one branch with a name of its own has no base", async () => {
  const source = repository();
  source.git("branch", "--move", "main", "main-2");
  expect(await baseOf(clone(source, { options: ["--single-branch"] }))).toMatchObject({ kind: "none" });
});

test("an upstream that is no remote of this clone is not asked", async () => {
  const made = clone(repository());
  made.git("config", "branch.feature.remote", "gone");
  expect(await baseOf(made)).toMatchObject({ ref: "origin/main" });
  made.git("checkout", "--quiet", "--detach");
  expect(await baseOf(made)).toMatchObject({ ref: "origin/main" });
});

test("a branch goes before a tag of the same name, unless the full name is given", async () => {
  const made = repository();
  const first = made.git("rev-parse", "HEAD");
  made.git("branch", "both", first);
  made.git("tag", "both", made.commit());
  const tag = made.git("rev-parse", "refs/tags/both");
  expect(await baseOf(made, { requested: "both" })).toMatchObject({ ref: "both", tip: first });
  expect(await baseOf(made, { requested: "refs/tags/both" })).toMatchObject({ ref: "refs/tags/both", tip: tag });
});

test.each([
  ["nope", "git branch --all"],
  ["origin/nope", "git fetch origin"],
  ["originnope", "git branch --all"],
])("who asks for %j, which is not there, is told `%s`", async (requested, hint) => {
  const made = clone(repository());
  await expect(baseOf(made, { requested })).rejects.toMatchObject({
    message: `"${requested}" names no commit of this clone`,
    hint,
  });
  expect(await baseOf(made, { configured: requested })).toEqual({
    kind: "none",
    reason: `\`base = "${requested}"\` in assay.toml names no commit of this clone`,
    hint,
  });
});

test("a requested revision may be anything that names a commit", async () => {
  const made = repository();
  const first = made.git("rev-parse", "HEAD");
  made.git("tag", "--annotate", "--message=v1", "v1");
  made.commit();
  for (const requested of ["v1", "HEAD~1", "main^", first, first.slice(0, 10), "refs/tags/v1", "HEAD^{/first}"]) {
    expect(await baseOf(made, { requested })).toEqual({ kind: "found", ref: requested, commit: first, tip: first });
  }
});

test("a requested revision that names nothing, or is an option, is refused", async () => {
  const made = repository();
  for (const requested of [
    "nope",
    "",
    "--all",
    "-n1",
    "a\0b",
    "main\nmain",
    "main..HEAD",
    "origin/main",
    "HEAD:a.ts",
    "0".repeat(40),
    "*",
    "mai?",
    "@{upstream}",
    "HEAD@{99}",
  ]) {
    await expect(baseOf(made, { requested })).rejects.toMatchObject({ code: "base-not-found" });
  }
});

test("a configured revision that is not there is no base, and assay.toml is named", async () => {
  const made = clone(repository());
  for (const configured of ["origin/develop", "--all"]) {
    const base = await baseOf(made, { configured });
    expect(base).toMatchObject({ kind: "none", reason: containing("assay.toml") });
  }
  expect(await baseOf(made, { configured: "origin/develop" })).toMatchObject({ hint: "git fetch origin" });
});

test("a configured revision is a branch or a tag, which does not move with the change", async () => {
  const made = repository();
  const first = made.git("rev-parse", "HEAD");
  made.git("tag", "v1");
  made.commit();
  for (const configured of ["HEAD", "HEAD~1", "@", first, "main~1"]) {
    expect(await baseOf(made, { configured })).toMatchObject({ kind: "none", reason: containing("neither a branch") });
  }
  expect(await baseOf(made, { configured: "v1" })).toMatchObject({ kind: "found", commit: first });
});

test("no tag or branch can pose as the remote's branch", async () => {
  const source = repository();
  const made = clone(source);
  const base = made.git("rev-parse", "HEAD");
  const tip = made.commit();
  made.git("tag", "origin/main", tip);
  made.git("update-ref", "refs/heads/origin/main", tip);
  expect(await baseOf(made, { configured: "origin/main" })).toMatchObject({ commit: base });
  expect(await baseOf(made)).toMatchObject({ commit: base });
});

test("no branch can pose as HEAD or as a commit, and no file of git's own as a tag", async () => {
  const made = repository();
  const first = made.git("rev-parse", "HEAD");
  const second = made.commit();
  for (const name of ["HEAD", second]) made.git("update-ref", `refs/heads/${name}`, first);
  made.git("tag", "--annotate", "--message=v1", "v1", first);
  made.write(".git/v1", `${second}\n`);
  expect(await baseOf(made, { requested: "HEAD" })).toMatchObject({ tip: second });
  expect(await baseOf(made, { requested: second })).toMatchObject({ tip: second });
  expect(await baseOf(made, { requested: "v1" })).toMatchObject({ tip: first });
});

test("a repository with sha256 ids has bases too", async () => {
  const made = makeRepository({ "a.ts": "a\n" }, "--object-format=sha256");
  cleanups.push(() => made.remove());
  const first = made.git("rev-parse", "HEAD");
  made.git("switch", "--quiet", "--create", "feature");
  made.commit();
  expect(await baseOf(made)).toMatchObject({ ref: "main", commit: first });
  expect(await baseOf(made, { requested: first })).toMatchObject({ commit: first });
});

test("histories without a common commit have no base", async () => {
  const made = repository();
  made.git("checkout", "--quiet", "--orphan", "other");
  made.commit();
  expect(await baseOf(made)).toMatchObject({ kind: "none", reason: containing("no commit in common") });
  expect(await baseOf(made, { requested: "main" })).toMatchObject({ kind: "none" });
});

test("a shallow clone without the merge base says how to deepen it", async () => {
  const source = repository();
  source.git("branch", "topic");
  source.commit("on main");
  source.git("switch", "--quiet", "topic");
  source.commit("on topic");
  source.git("switch", "--quiet", "main");
  const made = clone(source, { branch: "main", options: ["--depth=1", "--no-single-branch"] });
  made.git("switch", "--quiet", "topic");
  expect(await baseOf(made)).toMatchObject({
    kind: "none",
    reason: "this clone is shallow and lacks the commit where HEAD left origin/main",
    hint: "git fetch --unshallow",
  });
  await expect(baseOf(made, { requested: "origin/nope" })).rejects.toMatchObject({ hint: "git fetch --unshallow" });
  made.git("fetch", "--quiet", "--unshallow");
  expect(await baseOf(made)).toMatchObject({ kind: "found", ref: "origin/main" });
});

test("a shallow clone that has the merge base is enough", async () => {
  const made = clone(repository(), { options: ["--depth=1"] });
  made.commit();
  expect(await baseOf(made)).toMatchObject({ kind: "found", ref: "origin/main" });
});

test("what a CI system says about its event plays no part", async () => {
  const source = repository();
  const made = clone(source);
  const queued = made.commit("the previous entry of the queue");
  made.commit("this entry");
  for (const name of ["GITHUB_BASE_SHA", "GITHUB_EVENT_BEFORE", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "GITHUB_BASE_REF"])
    vi.stubEnv(name, queued);
  expect(await baseOf(made)).toMatchObject({ commit: source.git("rev-parse", "main") });
});

test("grafts and replaced commits do not move the merge base", async () => {
  const made = clone(repository());
  const base = made.git("rev-parse", "HEAD");
  const second = made.commit("second");
  const third = made.commit("third");
  made.git("replace", "--graft", base, third);
  made.write(".git/info/grafts", `${second}\n`);
  expect(await baseOf(made)).toMatchObject({ kind: "found", commit: base });
});

/** For a text of which a part matters. */
function containing(part: string): unknown {
  return expect.stringContaining(part);
}

test.each(["surprise", `${"1".repeat(40)} commit refs/heads/main `])(
  "refs that are told as %j are never believed",
  async (printed) => {
    const opened = await openRepository(repository().root);
    gitPrints(printed);
    await expect(resolveBase(opened, { requested: null, configured: null })).rejects.toMatchObject({
      code: "git-failed",
      message: "`git for-each-ref` printed something unexpected",
    });
  },
);
