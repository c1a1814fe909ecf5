import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedLinter } from "./loosened-linter.ts";

/** Is something said of a change? */
async function isTold(base: Texts, head: Texts, renames: Texts = {}): Promise<boolean> {
  const more = { "src/a.js": "" };
  const context = await contextOf({ base: { ...more, ...base }, head: { ...more, ...head }, renames });
  return (await loosenedLinter.inspect(context)).length > 0;
}

const rules = (severity: string): string => `{ "rules": { "eqeqeq": "${severity}" } }`;

test("a rule is lowered where it stands, in a manifest as well, however that is laid out", async () => {
  expect(await isTold({ ".oxlintrc.json": rules("error") }, { ".oxlintrc.json": rules("off") })).toBe(true);
  expect(await isTold({ ".oxlintrc.json": rules("off") }, { ".oxlintrc.json": rules("error") })).toBe(false);
  const manifest = (text: string): Texts => ({ "package.json": text });
  for (const [before, after] of [
    [`{ "eslintConfig": ${rules("error")} }`, `{ "eslintConfig": ${rules("off")} }`],
    [`{"eslintConfig":${rules("error")}}`, `{"eslintConfig":${rules("off")}}`],
    [`{ "eslintConfig" :\n${rules("error")} }`, "{}"],
  ] as const)
    expect([before, await isTold(manifest(before), manifest(after))]).toEqual([before, true]);
  expect(await isTold(manifest('{ "devDependencies": { "prettier": "3" } }'), manifest("{}"))).toBe(false);
});

test("a configuration that no tool finds any more is as good as deleted, unless somebody names it", async () => {
  const base = { ".oxlintrc.json": rules("error") };
  const moved = (path: string, more: Texts = {}): Promise<boolean> =>
    isTold({ ...base, ...more }, { [path]: rules("error"), ...more }, { [path]: ".oxlintrc.json" });
  expect(await moved("config/lint.json")).toBe(true);
  expect(await moved("test/fixtures/.oxlintrc.json")).toBe(true);
  const named = { "package.json": '{ "scripts": { "lint": "oxlint -c config/lint.json" } }' };
  expect(await moved("config/lint.json", named)).toBe(false);
  const job = "jobs:\n  lint:\n    steps:\n      - run: npx oxlint -c config/lint.json\n";
  expect(await moved("config/lint.json", { ".github/workflows/ci.yml": job })).toBe(false);
  expect(await moved("config/lint.json", { "README.md": "config/lint.json" })).toBe(true);
});

test("one among fixtures is material of tests, unless a script lints with it", async () => {
  const at = (path: string, severity: string): Texts => ({ [path]: rules(severity) });
  const path = "test/fixtures/.oxlintrc.json";
  expect(await isTold(at(path, "error"), at(path, "off"))).toBe(false);
  const script = { "package.json": `{ "scripts": { "lint": "oxlint -c ${path}" } }` };
  expect(await isTold({ ...at(path, "error"), ...script }, { ...at(path, "off"), ...script })).toBe(true);
});
