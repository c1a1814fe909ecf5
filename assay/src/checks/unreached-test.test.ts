import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { unreachedTest } from "./unreached-test.ts";

const manifest = { "package.json": '{ "devDependencies": { "vitest": "4" } }' };
const tests = 'import { expect, test } from "vitest";\ntest("adds", () => { expect(1 + 1).toBe(2); });\n';
const include = (glob: string) => ({
  "vitest.config.ts": `export default { test: { include: ["${glob}"] } };\n`,
});

/** What is found when the tests of `src/a.test.ts` are at `to`. */
async function moved(to: string, more: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({
    base: { ...manifest, ...more, "src/a.test.ts": tests },
    head: { ...manifest, ...more, [to]: tests },
    renames: { [to]: "src/a.test.ts" },
  });
  return (await unreachedTest.inspect(context)).map(({ path }) => path ?? "");
}

test.each(["src/a.test.ts.bak", "src/a.txt", "src/a.tests.ts", "src/a.ts", "src/__fixtures__/a.ts", "dist/a.ts"])(
  "%s is not collected",
  async (to) => {
    expect(await moved(to)).toEqual([to]);
  },
);

test.each(["src/b.test.ts", "src/a.spec.ts", "src/deep/a.test.mts", "test/a.test.ts"])(
  "%s is collected",
  async (to) => {
    expect(await moved(to)).toEqual([]);
  },
);

test("the configuration decides where it can be read", async () => {
  expect(await moved("test/a.test.ts", include("src/**/*.test.ts"))).toEqual(["test/a.test.ts"]);
  expect(await moved("src/b.test.ts", include("src/**/*.test.ts"))).toEqual([]);
});

test("several tests that are cut off for one reason are one finding", async () => {
  const body = 'test("adds", () => { expect(1 + 1).toBe(2); });\ntest("doubles", () => { expect(2 * 2).toBe(4); });\n';
  const context = await contextOf({
    base: { "a.test.ts": body },
    head: { "a.test.ts": `if (false) {\n${body}}\n` },
  });
  expect(await unreachedTest.inspect(context)).toEqual([
    {
      path: "a.test.ts",
      line: 2,
      message:
        "the test `adds` (and 1 more) is not run any more: it stands under a condition that is never met; let it run, or delete it and say why",
    },
  ]);
});

/** What is found in a change of these files, beside a manifest. */
async function found(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...manifest, ...base }, head: { ...manifest, ...head }, renames });
  return (await unreachedTest.inspect(context)).map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const goneFrom = (path: string): string =>
  `the tests of ${path} are where the test runner does not look; give the file a name and a place that it collects`;

test("a file that git does not know again is told by the titles of its tests", async () => {
  const rewritten = `// Kept for later.\n${tests.replaceAll("1 + 1", "2 + 0")}`;
  const old = { "src/a.test.ts": tests };
  expect(await found(old, { "old/a.txt": rewritten })).toEqual([`old/a.txt:null ${goneFrom("src/a.test.ts")}`]);
  // What stands in a snapshot, or stood elsewhere before, is no place that the tests were moved to.
  expect(await found(old, { "src/__snapshots__/a.test.ts.snap": rewritten })).toEqual([]);
  expect(await found({ ...old, "notes.md": "" }, { "notes.md": rewritten })).toEqual([]);
  expect(await found(old, { "old/a.txt": "nothing of it" })).toEqual([]);
  expect(await found(old, { ...old, "old/a.txt": rewritten })).toEqual([]);
});

test("half of the tests make a file, whatever else became of it", async () => {
  const titled = (...titles: readonly string[]): string =>
    titles.map((title) => `test("${title}", () => { expect(1).toBe(1); });\n`).join("");
  const moved = (base: string, head: string): Promise<readonly string[]> =>
    found({ "src/a.test.ts": base }, { "src/a.txt": head }, { "src/a.txt": "src/a.test.ts" });
  expect(await moved(titled("adds", "doubles"), titled("adds"))).toEqual([
    `src/a.txt:null ${goneFrom("src/a.test.ts")}`,
  ]);
  expect(await moved(titled("adds", "doubles", "halves"), titled("adds"))).toEqual([]);
  // A title that is worked out is found nowhere.
  expect(await moved("test(name, () => { expect(1).toBe(1); });\n", "")).toEqual([]);
});

test("tests that a file of the change loads are run from there", async () => {
  const loaded = async (path: string, specifier: string): Promise<boolean> => {
    const all = { [path]: `import "${specifier}";\n`, "src/other.ts": 'import "./else.ts";\n' };
    const old = { "src/a.test.ts": tests };
    return (await found(old, { ...all, "src/cases.ts": tests }, { "src/cases.ts": "src/a.test.ts" })).length === 0;
  };
  for (const [path, specifier, isLoaded] of [
    ["src/all.test.ts", "./cases.ts", true],
    ["src/all.test.ts", "./cases.js", true],
    ["src/all.test.ts", "./cases", true],
    ["test/all.test.mts", "../src/cases.js", true],
    ["src/all.test.ts", "./cases.tsx", true],
    ["src/all.test.ts", "./cases.mjs", true],
    ["src/all.test.ts", "cases", false],
    ["all.test.ts", "src/cases.ts", false],
    ["src/all.test.ts", "../cases.ts", false],
    ["src/all.test.ts", "./cases.css", false],
    ["src/all.test.ts", "./cases.json", false],
  ] as const) {
    expect([path, specifier, await loaded(path, specifier)]).toEqual([path, specifier, isLoaded]);
  }
});

test("material of tests and files without tests may lie anywhere", async () => {
  const to = { "old/a.txt": tests };
  expect(await found({ "test/fixtures/a.test.ts": tests }, to, { "old/a.txt": "test/fixtures/a.test.ts" })).toEqual([]);
  const none = "export const a = 1;\n";
  expect(await found({ "src/a.test.ts": none }, { "old/a.txt": none }, { "old/a.txt": "src/a.test.ts" })).toEqual([]);
});

test("a test that was cut off before, or is cut off for another reason now, is not told again", async () => {
  const body = 'test("adds", () => { expect(1 + 1).toBe(2); });\n';
  const off = `if (false) {\n${body}}\n`;
  expect(await found({ "a.test.ts": off }, { "a.test.ts": `${off}// more\n` })).toEqual([]);
  expect(await found({ "a.test.ts": off }, { "a.test.ts": `function never() {\n${body}}\n` })).toEqual([]);
});

test("a function that nobody calls runs no tests, one that another file may call does", async () => {
  const body = 'test("adds", () => { expect(1 + 1).toBe(2); });\n';
  const exported = `export function cases() {\n${body}}\n`;
  expect(await found({ "a.test.ts": body }, { "a.test.ts": exported })).toHaveLength(1);
  const other = { "b.test.ts": 'import { cases } from "./a.test.ts";\ncases();\n' };
  expect(await found({ "a.test.ts": body }, { "a.test.ts": exported, ...other })).toEqual([]);
});

test("a long title is shown by its beginning", async () => {
  const shown = async (title: string): Promise<string | undefined> => {
    const body = `test("${title}", () => { expect(1 + 1).toBe(2); });\n`;
    const [finding] = await found({ "a.test.ts": body }, { "a.test.ts": `if (false) {\n${body}}\n` });
    return /the test `([^`]*)` is/.exec(finding ?? "")?.[1];
  };
  expect(await shown("x".repeat(50))).toBe("x".repeat(50));
  expect(await shown("x".repeat(51))).toBe(`${"x".repeat(49)}…`);
});
