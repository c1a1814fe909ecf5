import { expect, test } from "vitest";
import type { Commit } from "../../model/change.ts";
import { contextOf, type Texts } from "./change-of-texts.ts";
import { conventionOf, isExempt, subjectOf, type Convention } from "./commit-convention.ts";

const commit = (message: string, facts: Partial<Commit> = {}): Commit => ({
  id: "0123456789abcdef",
  parents: 1,
  author: "A. Person",
  message,
  ...facts,
});

const convention = async (base: Texts, before: readonly Commit[] = []): Promise<Convention | undefined> =>
  conventionOf(await contextOf({ base, head: {} }), before);

const allTypes = ["build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test"];
const asked = (facts: Partial<Convention>): Convention => ({
  types: null,
  scopes: null,
  maxHeader: null,
  used: null,
  isLower: false,
  ...facts,
});

const rules = (type: string, more = ""): string => `{ "rules": { "type-enum": ${type} }${more} }`;
const only = '[2, "always", ["a", "b"]]';

test.each([".commitlintrc", ".commitlintrc.json", ".commitlintrc.yaml", ".commitlintrc.yml"])(
  "%s is read as data",
  async (path) => {
    expect(await convention({ [path]: rules(only) })).toEqual(asked({ types: ["a", "b"] }));
  },
);

test.each([
  ".commitlintrc.js",
  ".commitlintrc.cjs",
  ".commitlintrc.mjs",
  ".commitlintrc.ts",
  ".commitlintrc.cts",
  ".commitlintrc.mts",
  "commitlint.config.js",
  "commitlint.config.cjs",
  "commitlint.config.mjs",
  "commitlint.config.ts",
  "commitlint.config.cts",
  "commitlint.config.mts",
])("%s is read as code", async (path) => {
  for (const start of ["export default ", "module.exports = "])
    expect(await convention({ [path]: `${start}${rules(only)};\n` })).toEqual(asked({ types: ["a", "b"] }));
});

test.each(["commitlint.config.json", "commitlint.js", "src/.commitlintrc"])("%s is no configuration", async (path) => {
  expect(await convention({ [path]: rules(only) })).toBeUndefined();
});

test.each<[string, Partial<Convention>]>([
  [rules('[2, "always", []]'), {}],
  [rules('[2, "always", ["a", 1]]'), {}],
  [rules('[2, "always", "a"]'), {}],
  [rules('[2, "never", ["a"]]'), {}],
  [rules('[1, "always", ["a"]]'), {}],
  [rules("[0]"), {}],
  [rules("2"), {}],
  [rules(only, ', "extends": ["@commitlint/config-conventional"]'), { types: ["a", "b"], maxHeader: 100 }],
  [rules("[0]", ', "extends": "@commitlint/config-conventional"'), { maxHeader: 100 }],
  ['{ "extends": ["@commitlint/config-angular", 1] }', { types: allTypes, maxHeader: 100 }],
  ['{ "extends": ["./own.js"] }', {}],
  ['{ "rules": { "header-max-length": [2, "always", 50] } }', { maxHeader: 50 }],
  ['{ "extends": "conventional", "rules": { "header-max-length": [0] } }', { types: allTypes }],
  ['{ "rules": { "header-max-length": [2, "always", "50"] } }', {}],
  ['{ "rules": { "scope-enum": [2, "always", ["core"]] } }', { scopes: ["core"] }],
  ['{ "rules": [] }', {}],
  ["[]", {}],
  ['"none"', {}],
])("%s asks for %j", async (text, facts) => {
  expect(await convention({ ".commitlintrc.json": text })).toEqual(asked(facts));
});

test.each<[string, Partial<Convention>]>([
  ["const config = { rules: { 'type-enum': [2, 'always', ['a']] } };\nexport default config;", { types: ["a"] }],
  ["export default { rules: { 'type-enum': [2, 'always', ['a']] } } as Config;", { types: ["a"] }],
  [
    "const config = { rules: { 'type-enum': [2, 'always', ['a']] } } satisfies Config;\nexport default config;",
    { types: ["a"] },
  ],
  ["module.exports = { rules: { ...others, 'type-enum': [2, 'always', ['a']], [b]: 1 } };", { types: ["a"] }],
  [
    "const types = 1, config = { rules: { 'type-enum': [2, 'always', ['a']] } };\nexport default config;",
    { types: ["a"] },
  ],
  ["export default { rules: { 'type-enum': [2, 'always', ['a', ...types]] } };", {}],
  ["export default { rules: { 'type-enum': [2, 'always', [, 'a']] } };", {}],
  ["export default { rules: { 'type-enum': types } };", {}],
  ["import config from './own.js';\nexport default config;", {}],
  ["export default define({ rules: { 'type-enum': [2, 'always', ['a']] } });", {}],
  ["exporting = { rules: { 'type-enum': [2, 'always', ['a']] } };", {}],
  ["module.other = { rules: { 'type-enum': [2, 'always', ['a']] } };", {}],
  ["run();\nmodule.exports = { rules: { 'type-enum': [2, 'always', ['a']] } };", { types: ["a"] }],
  ["export const a = 1;", {}],
])("of %j what is written out is asked for: %j", async (text, facts) => {
  expect(await convention({ "commitlint.config.ts": text })).toEqual(asked(facts));
});

test("a manifest is a configuration where it holds one, and the last to be asked", async () => {
  const manifest = `{ "commitlint": ${rules(only)} }`;
  expect(await convention({ "package.json": manifest })).toEqual(asked({ types: ["a", "b"] }));
  expect(await convention({ "package.json": '{ "devDependencies": { "commitlint": "1" } }' })).toBeUndefined();
  expect(await convention({ "package.json": '{ "commitlint": "none" }' })).toBeUndefined();
  expect(await convention({ "package.json": manifest, ".commitlintrc": rules('[2, "always", ["c"]]') })).toEqual(
    asked({ types: ["c"] }),
  );
});

test("a custom is what all of several commits follow", async () => {
  const many = (...subjects: readonly string[]) => subjects.map((subject) => commit(subject));
  const five = many("fix: a", "feat(core): b", "Docs: c", "fix!: d", "x-y(a)!: e");
  const used = new Set(["fix", "feat", "docs", "x-y"]);
  expect(await convention({}, five)).toEqual(asked({ used, isLower: false }));
  expect(await convention({}, many("fix: a", "fix: b", "fix: c", "fix: d", "fix: e"))).toEqual(
    asked({ used: new Set(["fix"]), isLower: true }),
  );
  expect(await convention({}, five.slice(1))).toBeUndefined();
  expect(await convention({}, [...five, commit("mend it")])).toBeUndefined();
  expect(await convention({}, [...five, commit("Merge it", { parents: 2 })])).toEqual(asked({ used, isLower: false }));
  expect(await convention({}, [...five.slice(1), commit("Merge it", { parents: 2 })])).toBeUndefined();
  for (const wrong of ["fix:a", "fix : a", "fix(): a", "fix: ", "(fix): a", "fix it: a"])
    expect(await convention({}, [...five, commit(wrong)])).toBeUndefined();
});

test.each([
  "Merge branch 'a'",
  "Merged in a",
  "Auto-merge a",
  "Automatic merge a",
  'Revert "fix: a"',
  'Reapply "fix: a"',
  "fixup! fix: a",
  "squash! fix: a",
  "amend! fix: a",
  "Bump a from 1 to 2",
  "bump a/b from 1 to 2",
  "v1.2",
  "1.2.3",
  "\n\n1.2.3\n\nMore.",
])("%j is worded by nobody", (message) => {
  expect(isExempt(commit(message))).toBe(true);
});

test.each([
  "Merger of a",
  "Revert a",
  "fixup a",
  "Bump a",
  "Bump it up from 1",
  "v1",
  "1",
  "12 angry fixes",
  "A merge",
  "see v1.2",
])("%j is", (message) => {
  expect(isExempt(commit(message))).toBe(false);
});

test("a commit without one parent, or by a robot, is worded by nobody", () => {
  expect([0, 1, 2].map((parents) => isExempt(commit("a", { parents })))).toEqual([true, false, true]);
  expect(["a[bot]", "bot", "[bot] a"].map((author) => isExempt(commit("a", { author })))).toEqual([true, false, false]);
});

test.each([
  ["fix: a", "fix: a"],
  ["fix: a  \nmore", "fix: a"],
  ["\n  fix: a\r\n\r\nmore", "fix: a"],
  ["", ""],
])("of %j the subject is %j", (message, subject) => {
  expect(subjectOf(message)).toBe(subject);
});
