import { expect, test } from "vitest";
import { endedWell } from "../testing/test-host.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { findingsIn } from "./script-output.ts";

function read(stdout: string, stderr = ""): readonly string[] {
  const workspace = temporaryWorkspace({ "app/package.json": "{}", "app/src/a.js": "", "b.vue": "" });
  const [pkg] = workspace.packages;
  if (pkg === undefined) throw new Error("there is a package");
  const [out, err] = [stdout, stderr].map((text) => text.replaceAll("/repo", workspace.root));
  const outcome = { ...endedWell, exitCode: 1, stdout: out ?? "", stderr: err ?? "" };
  return findingsIn(workspace, pkg, "x", outcome).map(
    ({ path, line, message }) => `${path ?? "?"}:${String(line ?? "-")} ${message}`,
  );
}

test("lines that name a file and a line of it are findings there", () => {
  expect(read("src/a.js:2: error: left over\nsrc/a.js:3:1 - error TS1: no\nsrc/a.js(4,1): error TS2: none\n")).toEqual([
    "app/src/a.js:2 x: error: left over",
    "app/src/a.js:3 x: error TS1: no",
    "app/src/a.js:4 x: error TS2: none",
  ]);
  expect(read("app/src/a.js:1 from the root\n/repo/b.vue:7:3 absolute\n")).toEqual([
    "app/src/a.js:1 x: from the root",
    "b.vue:7 x: absolute",
  ]);
});

test("places below the name of a file are findings in it, and warnings give way to errors", () => {
  expect(read("\n  src/a.js:2:2\n  ✖  2:2  Unexpected debugger  no-debugger\n\n  1 error\n")).toEqual([
    "app/src/a.js:2 x: Unexpected debugger no-debugger",
  ]);
  expect(read("/repo/app/src/a.js\n  1:1  warning  hm  w\n  2:1  error  no  e\n")).toEqual([
    "app/src/a.js:2 x: error no e",
  ]);
  expect(read("/repo/b.vue:5:9\nError: Type 'a' is not assignable. (ts)\n")).toEqual([
    "b.vue:5 x: Error: Type 'a' is not assignable. (ts)",
  ]);
});

test("an error that nothing caught is told in full, at the first line of the repository's own", () => {
  const text = [
    "AssertionError [ERR_ASSERTION]: not equal:",
    "",
    "-1 !== 3",
    "",
    "    at run (node:internal/x:1:2)",
    "    at file:///repo/app/src/a.js:9:8",
  ];
  expect(read("", text.join("\n"))).toEqual(["app/src/a.js:9 x: AssertionError [ERR_ASSERTION]: not equal: -1 !== 3"]);
});

test("else the lines that speak of an error count, else the last ones, without what the manager adds", () => {
  expect(read("start\nthe build failed: 3\n> x@1 lint\nnpm error code 1\n")).toEqual(["?:- x: the build failed: 3"]);
  expect(read("one\ntwo\n")).toEqual(["?:- x: one", "?:- x: two"]);
  expect(read("")).toEqual(["?:- x: exit code 1 and no output"]);
});

test("lines marked as warnings give way to lines marked as errors", () => {
  expect(
    read("\n  src/a.js:2:2\n  ⚠  1:2  Unexpected todo  no-todo\n  ✖  2:2  Unexpected debugger  no-debugger\n"),
  ).toEqual(["app/src/a.js:2 x: Unexpected debugger no-debugger"]);
});

test("a place below a name keeps to the last name, and the name to its own line", () => {
  expect(read("src/a.js\n\n10:12  one\nnot.js\n  → 3:4  two \n")).toEqual([
    "app/src/a.js:10 x: one",
    "app/src/a.js:3 x: two",
  ]);
  expect(read("src/a.js:5\nerror  odd\nerrors: 1\n")).toEqual(["app/src/a.js:5 x: error odd"]);
  expect(read("in src/a.js:2:2 it is\n")).toEqual(["?:- x: in src/a.js:2:2 it is"]);
});

test("findings that call themselves warnings give way to those that call themselves errors, and to no others", () => {
  const lines = (...messages: readonly string[]): string =>
    messages.map((message, index) => `src/a.js:${String(index + 1)}: ${message}\n`).join("");
  expect(read(lines("Error: a", "WARNING b", "warn c", "warned d", "no warning"))).toEqual([
    "app/src/a.js:1 x: Error: a",
    "app/src/a.js:4 x: warned d",
    "app/src/a.js:5 x: no warning",
  ]);
  expect(read(lines("errors a", "warning b", "an error"))).toHaveLength(3);
});

test("lines marked as errors at any place make those marked as warnings give way, others do not", () => {
  const warning = "⚠  11:22  Unexpected todo";
  expect(read(`src/a.js\n${warning}\n✖  10:12  Unexpected debugger\n`)).toEqual([
    "app/src/a.js:10 x: Unexpected debugger",
  ]);
  expect(read(`src/a.js\n${warning}\n!  2:2  other\n`)).toEqual([
    "app/src/a.js:11 x: Unexpected todo",
    "app/src/a.js:2 x: other",
  ]);
});

test("what is thrown is told in any of its forms, from where it is thrown", () => {
  const at = "    at f (app/src/a.js:3:14)";
  const told = ["Uncaught TypeError: t", "Error: e", "foo.MyException: m", "RangeError [CODE]: r", "Uncaught Error: u"];
  expect(told.map((line) => read("", `before\n  ${line}\n${at}`))).toEqual(
    told.map((line) => [`app/src/a.js:3 x: ${line}`]),
  );
  expect(read("", `    at b (b.vue:1:1)\nError: e\n  more   of  it\n${at}`)).toEqual([
    "app/src/a.js:3 x: Error: e more of it",
  ]);
  expect(read("", "Error: e\n    at node:internal/x:1:2")).toEqual(["?:- x: Error: e"]);
  expect(read("", "Error: e\nlook at it")).toEqual(["?:- x: Error: e"]);
});

test("of many lines the first that speak of an error are told, or the last ones", () => {
  const many = (word: string): string =>
    Array.from({ length: 8 }, (_, index) => `${word} n${String(index)}\n`).join("");
  expect(read(many("ERROR"))).toEqual([0, 1, 2, 3, 4].map((index) => `?:- x: ERROR n${String(index)}`));
  expect(read(many("line"))).toEqual([3, 4, 5, 6, 7].map((index) => `?:- x: line n${String(index)}`));
  expect(read("at file:x\nsee a:12\n")).toEqual(["?:- x: see a:12"]);
  expect(read("in file: x\nsee a:12\n")).toEqual(["?:- x: see a:12"]);
  expect(read("no error in /repo/b.vue\n")).toEqual(["?:- x: no error in b.vue"]);
});

test("a mark, a name, a place and a frame count at the start of a line only", () => {
  expect(read("src/a.js\n⚠  1:1  odd\nit had ✖  2:2  more\n")).toEqual(["app/src/a.js:1 x: odd"]);
  expect(read("src/a.js\n✖  1:1  bad\nafter 2:2  more\nit had ⚠  3:3  less\n")).toEqual(["app/src/a.js:1 x: bad"]);
  expect(read("src/a.js\n3:1 short\n")).toEqual(["app/src/a.js:3 x: short"]);
  expect(read("src/a.js\n1:1  bad\n   \n2:2  worse\n")).toEqual(["app/src/a.js:1 x: bad", "app/src/a.js:2 x: worse"]);
  expect(read("it says npm error code 1\n")).toEqual(["?:- x: it says npm error code 1"]);
  expect(read("failed: one\nfailed: \ttwo \n")).toEqual(["?:- x: failed: one", "?:- x: failed: \ttwo"]);
});

test("what only looks like an error that was thrown, or like its stack, is none", () => {
  expect(read("", "see MyErrors: none\n    at f (b.vue:1:1)")).toEqual(["?:- x: see MyErrors: none"]);
  expect(read("", "a b Error: e\n    at f (b.vue:1:1)")).toEqual(["?:- x: a b Error: e"]);
  expect(read("", "Error:  e\n  look at it\n    at f (b.vue:1:1) [x]\n    at g (b.vue:2:1)")).toEqual([
    "b.vue:2 x: Error: e look at it",
  ]);
  expect(read("", "Error:  e \n    at node:internal/x:1:2\nsee: x\n")).toEqual(["?:- x: Error: e"]);
});
