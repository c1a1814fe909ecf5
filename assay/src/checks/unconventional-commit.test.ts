import { expect, test } from "vitest";
import type { Commit } from "../model/change.ts";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { unconventionalCommit } from "./unconventional-commit.ts";

const commitOf = (message: string, facts: Partial<Commit> = {}): Commit => ({
  id: "0123456789abcdef",
  parents: 1,
  author: "A. Person",
  message,
  ...facts,
});

const commitlint: Texts = { ".commitlintrc.json": '{ "extends": ["@commitlint/config-conventional"] }' };
const custom = Array.from({ length: 20 }, (_, index) => commitOf(`fix: number ${index}`));

async function faults(commits: readonly Commit[], base: Texts, before: readonly Commit[] = []): Promise<number> {
  const context = await contextOf({ base, head: { ...base, "a.ts": "" }, commits: { ofChange: commits, before } });
  return (await unconventionalCommit.inspect(context)).length;
}

test("commitlint's configuration asks for the form and for known types", async () => {
  const said = ["feat: a", "fix(core)!: b", "fix bug", "Feat: c", "wip: d", "feat:e", "feat: ", "fix (x): y"];
  expect(
    await faults(
      said.map((each) => commitOf(each)),
      commitlint,
    ),
  ).toBe(6);
});

test("without a configuration the last commits of the base do, if nearly all follow the form", async () => {
  expect(await faults([commitOf("fix bug")], {}, custom)).toBe(1);
  expect(await faults([commitOf("anything: goes")], {}, custom)).toBe(0);
  const mixed = [...custom.slice(2), commitOf("a"), commitOf("b")];
  expect(await faults([commitOf("fix bug")], {}, mixed)).toBe(0);
  expect(await faults([commitOf("fix bug")], {}, custom.slice(0, 4))).toBe(0);
});

test("by custom a type that says nothing is none, unless the custom has it", async () => {
  const said = ["update: a", "WIP: b", "chore: c", "i18n: d"].map((each) => commitOf(each));
  expect(await faults(said, {}, custom)).toBe(2);
  expect(await faults(said, {}, [...custom, commitOf("update: z")])).toBe(1);
});

test("by custom no word for work done is a type, in any of its forms", async () => {
  const words =
    "update updates updated change changes changed edit edits edited modify modified minor thing things wip misc".split(
      " ",
    );
  for (const word of words) expect([word, await faults([commitOf(`${word}: a`)], {}, custom)]).toEqual([word, 1]);
  for (const word of ["updater", "prework", "exchange", "changelog", "something"])
    expect([word, await faults([commitOf(`${word}: a`)], {}, custom)]).toEqual([word, 0]);
});

test("by custom types are small, but for what breaks", async () => {
  expect(await faults([commitOf("Fix: a")], {}, custom)).toBe(1);
  expect(await faults([commitOf("BREAKING(xml): a")], {}, custom)).toBe(0);
});

test("what nobody words is left alone", async () => {
  const commits = [
    commitOf("Merge branch 'main' into feature", { parents: 2 }),
    commitOf('Revert "feat: a"'),
    commitOf("fixup! feat: a"),
    commitOf("squash! feat: a"),
    commitOf("v1.2.3"),
    commitOf("2.0.0"),
    commitOf("first", { parents: 0 }),
    commitOf("update the lockfile", { author: "renovate[bot]" }),
    commitOf("Bump left-pad from 1.0.0 to 1.1.0"),
  ];
  expect(await faults(commits, commitlint)).toBe(0);
});

const typed = [commitOf("feat: a"), commitOf("deps: b"), commitOf(`deps: ${"long ".repeat(10)}`)];

test.each([
  [
    "commitlint.config.js",
    "module.exports = { rules: { 'type-enum': [2, 'always', ['deps']], 'header-max-length': [2, 'always', 40] } };",
  ],
  [
    "commitlint.config.ts",
    'const config: UserConfig = { rules: { "type-enum": [2, "always", ["deps"]], "header-max-length": [2, "always", 40] } };\nexport default config;',
  ],
  [
    "commitlint.config.mjs",
    'export default { rules: { "type-enum": [2, "always", ["deps"]], "header-max-length": [2, "always", 40] } } satisfies object;',
  ],
  [".commitlintrc", "rules:\n  type-enum: [2, always, [deps]]\n  header-max-length: [2, always, 40]\n"],
  [
    "package.json",
    '{ "commitlint": { "rules": { "type-enum": [2, "always", ["deps"]], "header-max-length": [2, "always", 40] } } }',
  ],
])("%s is read without running it", async (path, text) => {
  expect(await faults(typed, { [path]: text })).toBe(2);
});

test("of what a configuration works out only the form is asked", async () => {
  const text = "const types = require('./types');\nmodule.exports = { rules: { 'type-enum': [2, 'always', types] } };";
  expect(await faults([commitOf("odd: a"), commitOf("odd b")], { "commitlint.config.js": text })).toBe(1);
});

test("scopes may be named, several at a time; a rule that only warns asks for nothing", async () => {
  const base = {
    ".commitlintrc.yaml": "rules:\n  scope-enum: [2, always, [core, cli]]\n  type-enum: [1, always, [feat]]\n",
  };
  const said = ["a(core): b", "a(core,cli): b", "a: b", "a(docs): b"];
  expect(
    await faults(
      said.map((each) => commitOf(each)),
      base,
    ),
  ).toBe(1);
});

test("a configuration that the change takes away still counts", async () => {
  const context = await contextOf({
    base: commitlint,
    head: { "a.ts": "" },
    commits: { ofChange: [commitOf("stuff")] },
  });
  expect(await unconventionalCommit.inspect(context)).toHaveLength(1);
});

test("what is wrong with a message is said with what to do", async () => {
  const said = async (message: string, base: Texts, before: readonly Commit[] = []): Promise<string | undefined> => {
    const commits = { ofChange: [commitOf(message)], before };
    const [finding] = await unconventionalCommit.inspect(await contextOf({ base, head: base, commits }));
    return finding?.message;
  };
  const remedy = "(`git rebase -i`, reword)";
  expect(await said("fix bug", {}, custom)).toBe(
    `commit 0123456789 says "fix bug"; word it as \`type(scope): what it does\` ${remedy}`,
  );
  expect(await said("Fix: bug", {}, custom)).toContain('"; write its type in small letters, as the others do (');
  expect(await said("wip: bug", {}, custom)).toContain(
    '"; "wip" is no type; say what the change is, such as feat, fix or refactor (',
  );
  const rules = (rule: string): Texts => ({ ".commitlintrc.yaml": `rules:\n  ${rule}\n` });
  expect(await said("odd: a", rules("type-enum: [2, always, [deps, docs]]"))).toContain(
    '"; its type is none of deps, docs (',
  );
  expect(await said("fix(odd): a", rules("scope-enum: [2, always, [cli, core]]"))).toContain(
    '"; its scope is none of cli, core (',
  );
  expect(await said("fix: a bug", rules("header-max-length: [2, always, 5]"))).toContain(
    '"; make the first line 5 characters or fewer (',
  );
  const long = `fix ${"x".repeat(60)}`;
  expect(await said(long, {}, custom)).toContain(`says "${long.slice(0, 49)}…";`);
});
