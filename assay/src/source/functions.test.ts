import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { isFunction } from "./functions.ts";
import { parseSource } from "./parse.ts";
import { plain } from "./passed-on.ts";
import { expressionOf } from "./testing/expressions.ts";

test("functions are told in each form, and nothing else is one", () => {
  const expressions = ["() => 1", "(function () {})", "(class {})", "f()"].map((text) => plain(expressionOf(text)));
  expect(expressions.map((node) => isFunction(node))).toEqual([true, true, false, false]);
  const [declared] = parseSource(repoPath("a.ts"), "function f() {}").program.body;
  expect([declared, null, undefined].map((node) => isFunction(node))).toEqual([true, false, false]);
});
