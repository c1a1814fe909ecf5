import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { isFunction } from "./functions.ts";
import { parseSource } from "./parse.ts";
import { expressionOf } from "./testing/expressions.ts";

test("functions are told in each form, and nothing else is one", () => {
  const [declared] = parseSource(repoPath("a.ts"), "function f() {}").program.body;
  expect(["() => 1", "(function () {})", "class {}", "f()"].map((text) => isFunction(inner(text)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([declared, null, undefined].map((node) => isFunction(node))).toEqual([true, false, false]);
});

function inner(text: string): ReturnType<typeof expressionOf> {
  const expression = expressionOf(`(${text.replace(/^\((.*)\)$/, "$1")})`);
  return expression.type === "ParenthesizedExpression" ? expression.expression : expression;
}
