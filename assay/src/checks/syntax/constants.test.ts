import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { constantOf } from "./constants.ts";

/** The value of an expression, if that is the same at every run. */
function valueOf(expression: string): unknown {
  const [statement] = parseSource(repoPath("x.ts"), `void (${expression});`).program.body;
  if (statement?.type !== "ExpressionStatement" || statement.expression.type !== "UnaryExpression") return "no value";
  const constant = constantOf(statement.expression.argument);
  return constant ? constant.value : "none";
}

test.each([
  ["1", 1],
  ["'a'", "a"],
  ["true", true],
  ["null", null],
  ["`a`", "a"],
  ["`a${1}b${'c'}d`", "a1bcd"],
  ["`${1}`", "1"],
  ["`${x}b`", "none"],
  ["'a' + 1", "a1"],
  ["1 + 'a' + 'b'", "1ab"],
  ["1 + 2", "none"],
  ["'a' + x", "none"],
  ["!0", true],
  ["!'a'", false],
  ["-1", "none"],
  ["void 0", undefined],
  ["('a' as string)!", "a"],
  ["x", "none"],
])("%s is a constant: %j", (expression, value) => {
  expect(valueOf(expression)).toEqual(value);
});
