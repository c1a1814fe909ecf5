import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { mentionsIn, nameMentions } from "./mentions.ts";

const found = (code: string, ...words: readonly string[]): readonly string[] =>
  mentionsIn(parseSource(repoPath("a.tsx"), code), words).map(({ text }) => text);

test.each([
  "numpy",
  "NumPy",
  "num_py",
  "num-py",
  "numpyArray",
  "fromNumPy",
  "NUMPYArray",
  "use numpy",
  "numpy2",
  "asNumpy",
  "x.numpy.y",
  "ｎｕｍｐｙ",
])("%j speaks of numpy", (name) => {
  expect(nameMentions(name, ["numpy"])).toEqual(["numpy"]);
});

test.each(["numpyish", "anumpy", "num py", "pynum", "nump", ""])("%j does not", (name) => {
  expect(nameMentions(name, ["numpy"])).toEqual([]);
});

test("a word of several parts is found however it is put together", () => {
  expect(nameMentions("toTensorFlow", ["tensor-flow"])).toEqual(["tensor-flow"]);
  expect(nameMentions("tensor", ["tensor-flow"])).toEqual([]);
  expect(nameMentions("anything", ["-", "any"])).toEqual([]);
});

test.each([
  ["const numpy = 1;", "numpy"],
  ["class A { #numpy = 1; }", "numpy"],
  ["const a = <numpy />;", "numpy"],
  ["const a = <b>use numpy</b>;", "use numpy"],
  ["const a = 'use numpy';", "use numpy"],
  ["const a = `use numpy ${b}`;", "use numpy "],
  ["const a = 'num' + 'py';", "numpy"],
  ["const a = ['num', 'py'].join('');", "numpy"],
  ["const a = /numpy/;", "numpy"],
])("%j speaks of it", (code, text) => {
  expect(found(code, "numpy")).toContain(text);
});

test("comments may speak of anything, and a name is told once", () => {
  expect(found("// numpy\nconst a = 1;", "numpy")).toEqual([]);
  expect(found("numpy(numpy);", "numpy")).toEqual(["numpy"]);
  expect(found("numpy();", "numpy", "NUMPY")).toEqual(["numpy", "numpy"]);
  expect(found("numpy();", "-")).toEqual([]);
  expect(found("numpy();")).toEqual([]);
});
