// Lines that lead past git hooks, and lines that only look as if they did.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { newBypasses } from "./bypassed-hooks.ts";

async function bypasses(base: Texts, head: Texts): Promise<readonly string[]> {
  return newBypasses(await contextOf({ base, head })).map(({ path, line, says }) => `${path}:${line} ${says}`);
}

const without = "`--no-verify` leaves the git hooks out";
const shortly = "`git commit -n` leaves the git hooks out";
const elsewhere = "`core.hooksPath` leads past the git hooks";
const off = (name: string): string => `\`${name}\` switches the git hooks off`;

test.each<[string, string]>([
  ["git commit --no-verify # it is slow", without],
  ["git -c user.name=a commit --no-verify", without],
  ["cd .. && git  rebase main  --no-verify", without],
  ["git am --no-verify < a.patch", without],
  ["git -C packages/a commit -n", shortly],
  ["git commit -anm 'later'", shortly],
  ["git commit -nS", shortly],
  ["git commit --amend -n", shortly],
  ["git commit -m '' -n", shortly],
  ["git config --unset  core.hooksPath", elsewhere],
  ["git config --unset-all core.hooksPath", elsewhere],
  ["git config core.hookspath /dev/null", elsewhere],
  ['git config core.hooksPath "/dev/null"', elsewhere],
  ["git config core.hooksPath /tmp/none", elsewhere],
  ["git config core.hooksPath NUL", elsewhere],
  ["SKIP=eslint,tsc  git commit -m x", off("SKIP")],
  ["export LEFTHOOK=0", off("LEFTHOOK")],
])("%s leads past them", async (line, says) => {
  expect(await bypasses({}, { "a.sh": `${line}\n` })).toEqual([`a.sh:1 ${says}`]);
});

test.each([
  // What git knows under a name that begins alike, and programs that are named alike.
  "git merge --no-verify-signatures topic",
  "git cherry-pick --no-verify",
  "digit commit --no-verify",
  "gitlab merge --no-verify",
  "git autocommit --no-verify",
  "git committed --no-verify",
  "legit commit -n",
  "gitlint commit -n",
  "git autocommit -n",
  "git commits -n",
  "git commit && run -n",
  // Letters that have a value behind them, and what is said in a message.
  "git commit -uno",
  "git commit -mnew",
  "git commit -am'no -n here'",
  "git commit --message 'say -n'",
  'git commit --message="do not --no-verify"',
  "git config core.hooksPath /tmpl/hooks",
  "git config core.hooksPath nullable/hooks",
  "git config core.hooksPath nonempty/hooks",
  "NO_HUSKY=0 npm ci",
  "HUSKY=01 npm ci",
  "DO_SKIP_SIMPLE_GIT_HOOKS=1 npm ci",
  "SKIP_SIMPLE_GIT_HOOKS=10 npm ci",
  "DO_SKIP=eslint git commit -m x",
  "SKIP=slow gitlab-runner exec",
])("%s does not", async (line) => {
  expect(await bypasses({}, { "a.sh": `${line}\n# Neither HUSKY=0 nor git commit --no-verify.\n` })).toEqual([]);
});

test.each<[string, string, string]>([
  ["mise.local.toml", "HUSKY = 0", "HUSKY"],
  [".mise.toml", "HUSKY = '0'", "HUSKY"],
  [".devcontainer/devcontainer.json", '"remoteEnv": { "HUSKY": "0" }', "HUSKY"],
  [".claude/settings.local.json", '"env": { "SKIP_SIMPLE_GIT_HOOKS": "1" }', "SKIP_SIMPLE_GIT_HOOKS"],
  [".envrc", "export LEFTHOOK=0", "LEFTHOOK"],
])("%s sets the environment of those who commit", async (path, line, name) => {
  expect(await bypasses({}, { [path]: line })).toEqual([`${path}:1 ${off(name)}`]);
});

test.each([
  "config/my.env",
  ".env.d/notes",
  "mise.toml.md",
  "my.vscode/settings.json",
  ".vscode/settings.json.md",
  "docs/a.sh.md",
  "scripts/makeRelease.sh",
  "scripts/Publish.sh",
])("%s does not", async (path) => {
  expect(await bypasses({}, { [path]: "HUSKY=0 git commit --no-verify" })).toEqual([]);
});

test.each([
  "Whenever lint is slow run `git commit --no-verify`.",
  "To do nothing at commit run `git commit --no-verify`.",
  "Run `git commit --no-verify` rather than wait",
  "`git commit --no-verify` is nevertheless fine.",
  "`git commit --no-verify` works while the queue is unblocked.",
])("a page that says %j leads past them", async (line) => {
  expect(await bypasses({}, { "AGENTS.md": line })).toEqual([`AGENTS.md:1 ${without}`]);
});

test.each([
  "Don't run `git commit --no-verify`.",
  "Don’t run `git commit --no-verify`.",
  "Dont run `git commit --no-verify`.",
  "Avoid `git commit --no-verify`.",
  "Avoiding lint with `git commit --no-verify` helps nobody.",
  "You can't use `git commit --no-verify`.",
  "You can’t use `git commit --no-verify`.",
  "Mend it rather than use `git commit --no-verify`.",
  "`git commit --no-verify`: NEVER",
  "Here, by decision of all who work on it, `git commit --no-verify` is forbidden.",
])("one that says %j does not", async (line) => {
  expect(await bypasses({}, { "AGENTS.md": line })).toEqual([]);
});

test.each([
  [".npmrc", 'ignore-scripts = "true"', 1],
  [".npmrc", "ignore-scripts=1", 1],
  [".npmrc", "ignore-scripts", 1],
  [".npmrc", "ignore-scripts-of=a", 0],
  ["pnpm-workspace.yaml", "ignoreScripts:  true", 1],
  ["pnpm-workspace.yaml", "ignoreScripts:true", 0],
  ["pnpm-workspace.yaml", "# ignoreScripts: true", 0],
])("%s with %j keeps scripts out: %i", async (path, line, count) => {
  expect(await bypasses({}, { [path]: line })).toHaveLength(count);
});

test("only scripts of a manifest are run, wherever they stand", async () => {
  const text = JSON.stringify({ scripts: { save: "git commit --no-verify", prepublish: "git commit --no-verify" } });
  expect(await bypasses({}, { "package.json": text })).toEqual([`package.json:1 ${without}`]);
  expect(await bypasses({}, { "package.json": '{ "description": "git commit --no-verify" }' })).toEqual([]);
});

test("a line that is only indented otherwise was there before", async () => {
  expect(await bypasses({ "a.sh": "git commit -n\n" }, { "a.sh": "if true; then\n  git commit -n\nfi\n" })).toEqual([]);
  expect(await bypasses({ "a.sh": "  git commit -n\n" }, { "a.sh": "\tgit commit -n\n" })).toEqual([]);
});
