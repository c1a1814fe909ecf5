import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { findTestFiles } from "./test-patterns.ts";
import {
  listsPlainProjects,
  plainProjectFolders,
  projectsAbove,
  transformsAlone,
  vitestFolders,
  vitestPatterns,
} from "./vitest-config.ts";

type Files = Readonly<Record<string, string>>;

const config = (test: string, rest = ""): string => `export default { ${rest} test: { ${test} } };`;
const usual = "**/*.{test,spec}.?(c|m)[jt]s?(x)";
const left = ["**/node_modules/**", "**/.git/**"];

interface Asked {
  readonly dir?: string;
  readonly nested?: readonly string[];
  readonly flag?: string;
}

/** The patterns of a run among these files, and, behind a `-`, what they leave out beside the usual. */
async function patterns(
  files: Files,
  { dir = "", nested = [], flag }: Asked = {},
): Promise<readonly string[] | undefined> {
  const folders = nested.map((path) => repoPath(path));
  const found = await vitestPatterns(temporaryWorkspace(files), repoPath(dir), folders, flag ?? null);
  if (found === undefined) return undefined;
  expect(found.exclude.slice(0, 2)).toEqual(left);
  return [...found.include, ...found.exclude.slice(2).map((glob) => `-${glob}`)];
}

const ofTest = (test: string, rest = ""): Promise<readonly string[] | undefined> =>
  patterns({ "vitest.config.ts": config(test, rest) });

test("without a word a run has vitest's own patterns, else those of its configuration", async () => {
  expect(await patterns({})).toEqual([usual]);
  expect(await ofTest("globals: true")).toEqual([usual]);
  expect(await ofTest('include: ["./a/**", "b"], exclude: ["a/x", c]')).toEqual(["a/**", "b", "-a/x"]);
  expect(await ofTest("typecheck: { enabled: true }")).toEqual([usual, "**/*.{test,spec}-d.?(c|m)[jt]s?(x)"]);
  expect(await ofTest('typecheck: { include: ["t.ts"] }')).toEqual([usual, "t.ts"]);
  expect(await patterns({ "vite.config.mts": config('include: ["a"]') })).toEqual(["a"]);
  expect(
    await patterns({ "vite.config.ts": config('include: ["a"]'), "vitest.config.mjs": config('include: ["b"]') }),
  ).toEqual(["b"]);
});

test("what can not be read, or looks elsewhere, has no patterns that are known", async () => {
  for (const unknown of ["include: [...a]", "include: f()", "...base", "typecheck: { include: x }", "includeSource: y"])
    expect([unknown, await ofTest(unknown)]).toEqual([unknown, undefined]);
  for (const moved of ['dir: "a"', 'root: "a"', 'workspace: ["a"]', 'include: ["../a"]', 'includeSource: ["/a"]'])
    expect([moved, await ofTest(moved)]).toEqual([moved, undefined]);
  expect(await ofTest("", 'root: "a",')).toBeUndefined();
  expect(await ofTest("", "...base,")).toBeUndefined();
});

test("a configuration is the one that is named, or the nearest above", async () => {
  const files = { "vitest.config.ts": config('include: ["root"]'), "p/x.config.ts": config('include: ["named"]') };
  expect(await patterns(files, { dir: "p" })).toEqual(["root"]);
  expect(await patterns(files, { dir: "p", flag: "x.config.ts" })).toEqual(["named"]);
  expect(await patterns(files, { dir: "p", flag: "../../out.ts" })).toBeUndefined();
  expect(await patterns(files, { dir: "p", flag: "gone.ts" })).toBeUndefined();
});

test("tests that stand in a source are found in it, beside those that are files of their own", async () => {
  const testsOf = async (settings: string, dir: string): Promise<readonly string[]> => {
    const files: Record<string, string> = { "vitest.config.ts": config(settings) };
    for (const name of ["src/b.ts", "src/c.test.ts", "checks/d.ts", "contest.ts", "a.testing.ts"])
      files[`${dir}${name}`] = "";
    for (const name of ["src/a.ts", "other/e.ts"]) files[`${dir}${name}`] = "if (import.meta.vitest) {}";
    const workspace = temporaryWorkspace(files);
    const folder = repoPath(dir.slice(0, -1));
    const found = await vitestPatterns(workspace, folder, [], null);
    return findTestFiles(workspace, folder, [], found).candidates.map((path) => path.slice(dir.length));
  };
  for (const dir of ["", "p/q/"]) {
    expect(await testsOf('includeSource: ["src/**"]', dir)).toEqual(["src/a.ts", "src/c.test.ts"]);
    const named = 'include: ["./checks/*.ts"], includeSource: ["./src/**/*.ts"]';
    expect(await testsOf(named, dir)).toEqual(["checks/d.ts", "src/a.ts"]);
  }
});

test("what can not be read has no test in it", async () => {
  const workspace = temporaryWorkspace({ "vitest.config.ts": config('includeSource: ["src/**"]') });
  const found = await vitestPatterns(workspace, repoPath(""), [], null);
  expect(found?.accepts?.(repoPath("src/gone.ts"), "src/gone.ts")).toBe(false);
});

test("projects by folder have vitest's patterns below them, if none of them is configured", async () => {
  const of = (projects: string, more: Files = {}, asked: Asked = {}): Promise<readonly string[] | undefined> =>
    patterns({ "vitest.config.ts": config(`projects: ${projects}`), ...more }, asked);
  expect(await of('["./a/", "b/*", "!./b/c"]')).toEqual([`a/${usual}`, `b/*/${usual}`, "-b/c/**"]);
  expect(await of('"a"')).toEqual([`a/${usual}`]);
  expect(await of('["../a"]')).toBeUndefined();
  expect(await of('["a", "../b"]')).toBeUndefined();
  expect(await of('["a"]', { "a/vite.config.ts": "" })).toBeUndefined();
  expect(await of('["a"]', { "a/vite.config.ts": "" }, { nested: ["a"] })).toEqual([`a/${usual}`]);
  expect(await of('["a/*.config.ts", "c"]', { "a/x.config.ts": "", "a/b/y.config.ts": "" })).toEqual([
    `a/${usual}`,
    `c/${usual}`,
  ]);
  expect(await of('["*.config.mts"]', { "x.config.mts": "" })).toEqual([usual]);
  expect(await of('["a"]', {}, { dir: "p" })).toBeUndefined();
  const workspace = { "vitest.workspace.json": '["a"]', "vitest.config.ts": config('include: ["b"]') };
  expect(await patterns(workspace)).toEqual([`a/${usual}`]);
});

test("projects that are written out have what any of them takes, without what all of them leave out", async () => {
  const of = (...projects: readonly string[]): Promise<readonly string[] | undefined> =>
    ofTest(`projects: [${projects.join()}]`);
  const one = '{ test: { include: ["a"], exclude: ["x", "y"] } }';
  expect(await of(one, '{ test: { include: ["b"], exclude: ["y"] } }')).toEqual(["a", "b", "-y"]);
  expect(await of(one)).toEqual(["a", "-x", "-y"]);
  expect(await of("{}", one)).toEqual([usual, "a"]);
  for (const other of [
    '{ root: "p" }',
    "{ extends: true }",
    '{ test: { dir: "p" } }',
    '{ test: { includeSource: ["a"] } }',
    '"p"',
    "f()",
  ])
    expect([other, await of(one, other)]).toEqual([other, undefined]);
});

test("the folders that a configuration looks in are its own to say", async () => {
  const files = {
    "vitest.config.ts": `export default { root: "a", test: { root: "b", dir: "c" } };`,
    "p/x.ts": 'export default { root: "q" }',
  };
  const folders = (dir: string, flag: string | null = null): Promise<readonly string[]> =>
    vitestFolders(temporaryWorkspace(files), repoPath(dir), flag);
  expect(await folders("")).toEqual(["a", "b", "c"]);
  expect([
    await folders("p"),
    await folders("p", "x.ts"),
    await folders("p", "../vitest.config.ts"),
    await folders("p", "../../x"),
  ]).toEqual([[], ["q"], [], []]);
});

test("a run below a list of projects is part of the one above, unless it is configured itself", async () => {
  const above = (files: Files): Promise<string | undefined> =>
    projectsAbove(temporaryWorkspace(files), repoPath("p/q"));
  const lists = { "vitest.config.ts": config('projects: ["p/*"]') };
  expect(await above(lists)).toBe("");
  expect(await above({ ...lists, "p/q/vite.config.ts": "" })).toBeUndefined();
  expect(await above({ "p/vitest.config.ts": config("projects: [f()]") })).toBe("p");
  for (const none of ["globals: true", "projects: f()"])
    expect(await above({ "vitest.config.ts": config(none) })).toBeUndefined();
  expect(await above({})).toBeUndefined();
});

/** Which of the folders a run in `dir` takes as plain projects; undefined where that is not known. */
async function plain(files: Files, dir = ""): Promise<readonly string[] | undefined> {
  const isOne = await plainProjectFolders(temporaryWorkspace(files), repoPath(dir));
  return isOne && ["a", "a/b", "b", "b/c", "p/a"].filter((folder) => isOne(repoPath(folder)));
}

test("plain projects are folders that are listed, with the configuration that a run in them takes anyway", async () => {
  const of = (projects: string, rest = ""): Promise<readonly string[] | undefined> =>
    plain({ "vitest.config.ts": config(`projects: ${projects}, ${rest}`) });
  expect(await of('["./a/", "b/*"]')).toEqual(["a", "b/c"]);
  expect(await of('["a/**", "!./a/b", "b/vite.config.ts", "b/c/vitest.config.{ts,mts}"]')).toEqual(["a", "b", "b/c"]);
  expect(await of('["b/*/vitest.config.*", "a/vite.config.mts"]')).toEqual(["a", "b/c"]);
  // A pattern of a shell that leaves something out is one that takes the rest.
  expect(await of('["b/!(d)", "!./a"]')).toEqual(["b/c"]);
  expect(await of('["b!(d)"]')).toEqual(["b"]);
  for (const other of [
    '["./"]',
    '["a/vite.config.tsx"]',
    '["a/x.config.ts"]',
    '["../a"]',
    '["!a"]',
    "[]",
    "f()",
    '"a"',
  ])
    expect([other, await of(other)]).toEqual([other, undefined]);
  expect(await of('["a"]', "globalSetup: x")).toBeUndefined();
  expect(await plain({ "vitest.workspace.ts": 'export default ["a"]' })).toBeUndefined();
  expect(
    await plain({ "vitest.workspace.ts": 'export default ["a"]', "vitest.config.ts": config('projects: ["b"]') }),
  ).toBeUndefined();
  expect(await plain({ "p/vitest.config.ts": config('projects: ["a"]') }, "p")).toEqual(["p/a"]);
  expect(await plain({ "vitest.config.ts": config('projects: ["a"]') }, "p")).toBeUndefined();
});

test("a workspace file lists plain projects, and a configuration that sets nothing up for all of them", async () => {
  const lists = (files: Files, dir = ""): Promise<boolean> =>
    listsPlainProjects(temporaryWorkspace(files), repoPath(dir));
  expect(await lists({ "vitest.workspace.mts": "" })).toBe(true);
  expect(await lists({ "vitest.config.ts": config('projects: ["a"]') })).toBe(true);
  expect(await lists({ "vitest.config.ts": config('projects: ["a"]') }, "p")).toBe(false);
  for (const other of ["", "projects: f()", 'projects: ["a"], globalSetup: "b"'])
    expect(await lists({ "vitest.config.ts": config(other) })).toBe(false);
  expect(await lists({})).toBe(false);
});

test("modules are transformed by vite alone where nothing has plugins, in the run or in its projects", async () => {
  const alone = (files: Files, dir = "p"): Promise<boolean> =>
    transformsAlone(temporaryWorkspace(files), repoPath(dir));
  expect(await alone({})).toBe(true);
  expect(
    await alone({ "p/vitest.config.ts": config('include: ["a"]'), "q/vite.config.ts": config("", "plugins: [],") }),
  ).toBe(true);
  for (const other of [
    config("", "plugins: [],"),
    config("", "css: {},"),
    config("projects: f()"),
    config('projects: ["../q"]'),
    config('projects: ["a", "../q"]'),
    "export default f()",
  ])
    expect([other, await alone({ "p/vitest.config.ts": other })]).toEqual([other, false]);
  expect(await alone({ "vite.config.ts": config("", "plugins: [],") })).toBe(false);
  expect(await alone({ "p/deep/vitest.unit.config.ts": config("", "plugins: [],") })).toBe(false);
  expect(await alone({ "p/deep/vitest.config.ts": config('projects: ["a"]') })).toBe(true);
  for (const name of ["vite.config.ts", "vitest.config.mts", "vite.unit.config.ts", "vitest.workspace.ts"])
    expect([name, await alone({ [`p/deep/${name}`]: config("", "plugins: [],") })]).toEqual([name, false]);
  for (const path of ["postcss.config.js", "q/.postcssrc", "p/.postcssrc.json"])
    expect(await alone({ [path]: "" })).toBe(false);
  expect(await alone({ "p/my-vitest.config.ts": "f()", "p/vite.configs.ts": "f()", "p/xpostcss.config.js": "" })).toBe(
    true,
  );
});
