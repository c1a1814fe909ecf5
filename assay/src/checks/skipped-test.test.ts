import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { skippedTest } from "./skipped-test.ts";

/** What leaves a test out, as it is shown. */
function skips(code: string, imports = 'import test from "node:test";'): readonly string[] {
  const file = parseSource(repoPath("a.test.ts"), `${imports}\n${code}\n`);
  return Array.from(skippedTest.inspect(file), ({ message }) => /^`(.*)`/.exec(message)?.[1] ?? message);
}

test.each([
  ["t.skip();", "t.skip"],
  ["await t.skip();", "t.skip"],
  ['return t.skip("flaky");', "t.skip"],
  ["run();\nt.skip();", "t.skip"],
  ["t.todo();", "t.todo"],
  ["t.skip(true);", "t.skip"],
  ["this.skip();", "this.skip"],
])("a test that does %s is left out", (body, shown) => {
  expect(skips(`test("a", async function (t) {\n${body}\n});`)).toEqual([shown]);
});

test("a test that is nothing but a skip is left out", () => {
  expect(skips('test("a", (t) => t.skip());')).toEqual(["t.skip"]);
  expect(skips('test("a", ({ skip }) => skip());')).toEqual(["skip"]);
  expect(skips('test("a", ({ task, skip }) => { skip(); });')).toEqual(["skip"]);
});

test.each([
  "if (isWindows) t.skip();",
  "if (isWindows) return t.skip();",
  "t.skip(isWindows);",
  "t.skip(false);",
  "rows.skip();",
  "t.skipped();",
  "t[skip]();",
  "skip();",
  "return;",
  "return rows.skip(3);",
])("a test that does %s runs somewhere", (body) => {
  expect(skips(`test("a", async (t) => {\n${body}\n});`)).toEqual([]);
});

test("what a test unpacks from its context has to be the skip", () => {
  expect(skips('test("a", ({ task }) => { skip(); });')).toEqual([]);
  expect(skips('test("a", ({ skip: leave }) => { leave(); skip(); });')).toEqual([]);
});

test("a test that is still to be written is a plan, one that has a body is left out", () => {
  expect(skips('test.todo("a");')).toEqual([]);
  expect(skips('test.todo("a", () => {});')).toEqual(["test.todo"]);
  expect(skips('test.todo("a", {});')).toEqual(["test.todo"]);
});

test("a failure that counts as a pass is told as that", () => {
  const said = (code: string): readonly string[] =>
    Array.from(
      skippedTest.inspect(parseSource(repoPath("a.test.ts"), `import { test } from "vitest";\n${code}\n`)),
      ({ message }) => message,
    );
  expect(said('test.fails("a", () => {});')).toEqual([
    "`test.fails` counts a failure as a pass; mend the code, or assert what it does today",
  ]);
  expect(said('test("a", { fails: true }, () => {});')).toEqual([
    "`{ fails: true }` counts a failure as a pass; mend the code, or assert what it does today",
  ]);
  expect(said('test("a", { skip: true }, () => {});')).toEqual([
    "`{ skip: true }` leaves the test out; make it pass, or delete it and say why",
  ]);
});

test("declarations are not read", () => {
  expect(skippedTest.appliesTo(parseSource(repoPath("a.d.ts"), ""))).toBe(false);
  expect(skippedTest.appliesTo(parseSource(repoPath("a.ts"), ""))).toBe(true);
});

const vitest = 'import { describe, it, test, xit } from "vitest";\nconst never = true;\nlet later = true;';

test.each<[string, string]>([
  ['xit("a", run);', "xit"],
  ['test.concurrent.skip("a", run);', "test.skip"],
  ['test.skip.each([1])("a %i", run);', "test.skip"],
  ['test.skipIf(true)("a", run);', "test.skipIf"],
  ['test.skipIf(never)("a", run);', "test.skipIf"],
  ['test.runIf(false)("a", run);', "test.runIf"],
  ["describe.skip(Sum, run);", "describe.skip"],
  ["test.skip(`a ${1}`, run);", "test.skip"],
  ['test("a", { todo: isWindows }, run);', "{ todo: … }"],
  ["test.skip();", "test.skip"],
])("%s leaves a test out", (code, shown) => {
  expect(skips(code, vitest)).toEqual([shown]);
});

test.each([
  'test.skipIf(isWindows)("a", run);',
  'test.skipIf(later)("a", run);',
  'test.skipIf(false)("a", run);',
  'test.runIf(true)("a", run);',
  'test.runIf(isLinux)("a", run);',
  'test.concurrent("a", run);',
  'test("a", { todo: false }, run);',
  'test("a", { skip: isWindows }, run);',
  'test("b", () => { test.skip(isMobile); });',
  'test("b", () => { test.skip(isMobile, "not there yet"); });',
  'test.skip(({ browserName }) => browserName !== "chromium", "Chromium only");',
])("%s leaves none out", (code) => {
  expect(skips(code, vitest.replace("later = true", "later = true; later = find()"))).toEqual([]);
});

test("a step of a test of Deno that is ignored is left out", () => {
  const step = (code: string): readonly string[] => skips(`Deno.test("a", async (t) => { ${code} });`, "");
  expect(step('await t.step({ name: "b", ignore: true, fn() {} });')).toEqual(["{ ignore: true }"]);
  expect(step('await t.step({ name: "b", ignore: false, fn() {} });')).toEqual([]);
  expect(step('await t.step({ name: "b", fn() {} });')).toEqual([]);
  expect(step('await t.other({ name: "b", ignore: true, fn() {} });')).toEqual([]);
});
