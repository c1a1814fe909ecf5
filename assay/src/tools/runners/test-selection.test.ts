import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import { unaffected } from "../../model/scope.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { affected, everything } from "../testing/test-host.ts";
import type { Selection } from "../tool.ts";
import { concerns, cutIntoBatches, isSource, looksLikeTest, selectedFiles, type TestFiles } from "./test-selection.ts";

const named = (count: number): readonly RepoPath[] =>
  Array.from({ length: count }, (_, index) => repoPath(`a${String(index + 1000)}.test.ts`));

/** How many files each run gets, null for what the runner finds; `first` and `mayBeEmpty` by their initial. */
function cut(selection: Selection, tests: Partial<TestFiles> & Pick<TestFiles, "candidates">): readonly string[] {
  return cutIntoBatches(selection, { exact: true, whole: false, ...tests }).map(({ files, first, mayBeEmpty }) =>
    [files === null ? "all" : String(files.length), ...(first ? ["f"] : []), ...(mayBeEmpty ? ["m"] : [])].join(" "),
  );
}

test("a path looks like a test by its name or its folder", () => {
  const tests = [
    "a.test.ts",
    "a.spec.mjs",
    "a-test.js",
    "a_spec.tsx",
    "test.cts",
    "d/spec.js",
    "a.test-d.ts",
    "__tests__/x/a.js",
    "p/test/a.ts",
    "tests/a.jsx",
    "test/b.mts",
  ];
  const others = [
    "a.ts",
    "contest.ts",
    "a.tests.ts",
    "test/a.json",
    "attest/a.ts",
    "a.test.ts.snap",
    "a.test-x.ts",
    "test",
  ];
  expect([...tests, ...others].filter((path) => looksLikeTest(repoPath(path)))).toEqual(tests);
});

test("a source is what can be run, declarations are none", () => {
  const sources = ["a.ts", "a.mjs", "a.cts", "a.tsx", "a.vue", "a.svelte", "ad.ts", "a.d.ts.vue"];
  expect(
    [...sources, "a.d.ts", "a.d.mts", "a.json", "a.ts.map", "ats"].filter((path) => isSource(repoPath(path))),
  ).toEqual(sources);
});

test("the nearest come first, what is not affected does not come, and what is not told how near comes by path", () => {
  const [a, b, c, d] = ["a", "b", "c", "p/d"].map((path) => repoPath(path));
  const candidates = [a, b, c, d].flatMap((path) => path ?? []);
  expect(selectedFiles(affected("c", "a", "x"), candidates)).toEqual([c, a]);
  expect(selectedFiles(everything, candidates)).toEqual(candidates);
  const reached = new Map(d === undefined ? [] : [[d, { distance: 0, why: "changed" }]]);
  const all = { ...unaffected, everything: true, reached };
  expect(selectedFiles({ ...affected(), affected: all } as Selection, [...candidates].toReversed())).toEqual([
    d,
    a,
    b,
    c,
  ]);
});

test("a selection of many files is cut, so that the nearest are finished first", () => {
  const [few, many] = [named(24), named(25)];
  expect(cut(affected(...few), { candidates: few })).toEqual(["24"]);
  expect(cut(affected(...many), { candidates: many })).toEqual(["12 f", "13"]);
  const more = named(213);
  expect(cut(affected(...more), { candidates: more })).toEqual(["12 f", "100", "100", "1"]);
  const batches = cutIntoBatches(affected(...more), { candidates: more, exact: true, whole: true });
  expect(batches.flatMap(({ files }) => files ?? [])).toEqual(more);
  expect(cut(affected("other.ts"), { candidates: many })).toEqual([]);
});

test("all files are one run without a list where nothing else is below, and several where they are very many", () => {
  expect(cut(everything, { candidates: named(200), whole: true })).toEqual(["all"]);
  expect(cut(everything, { candidates: named(200) })).toEqual(["200"]);
  expect(cut(everything, { candidates: named(401), whole: true })).toEqual(["200", "200", "1"]);
  expect(cut(everything, { candidates: [] })).toEqual([]);
});

test("where the runner picks its tests itself it may find none, unless one looks like a test", () => {
  const [source, other] = [repoPath("a.ts"), repoPath("a.test.ts")];
  expect(cut(everything, { candidates: [source], exact: false })).toEqual(["1 m"]);
  expect(cut(everything, { candidates: [source, other], exact: false })).toEqual(["2"]);
  expect(cut(everything, { candidates: [source], exact: false, whole: true })).toEqual(["all m"]);
  expect(cut(affected("a.ts"), { candidates: [source, other], exact: false, whole: true })).toEqual(["1 m"]);
  const [longest, longer] = [named(1500), named(1501)];
  expect(cut(affected(...longest), { candidates: longest, exact: false, whole: true })).toEqual(["1500"]);
  expect(cut(affected(...longer), { candidates: longer, exact: false, whole: true })).toEqual(["all"]);
  expect(cut(affected(...longer), { candidates: longer, exact: false })).toEqual(["1501"]);
});

test("a run as a whole is concerned by any file of its folder that is not left to a run below", () => {
  const workspace = temporaryWorkspace({ "a/x.css": "", "a/b/y.ts": "", "c/z.ts": "" });
  const of = (selection: Selection): boolean => concerns(selection, workspace, repoPath("a"), [repoPath("a/b")]);
  expect([
    of(everything),
    of(affected("a/x.css")),
    of(affected("a/b/y.ts")),
    of(affected("c/z.ts", "a/gone.ts")),
  ]).toEqual([true, true, false, false]);
  const inScope: Selection = {
    kind: "affected",
    change: null,
    affected: unaffected,
    inScope: (path) => path.endsWith(".css"),
  };
  expect(of(inScope)).toBe(true);
});
