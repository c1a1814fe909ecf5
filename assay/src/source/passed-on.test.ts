import { expect, test } from "vitest";
import { passedOn, plain } from "./passed-on.ts";
import { expressionOf } from "./testing/expressions.ts";

const wrapped = ["a as B", "a satisfies B", "a!", "<B>a"];

test.each<readonly [string, readonly string[] | undefined]>([
  ["x ? a : b", ["a", "b"]],
  ["a && b", ["a", "b"]],
  ["a ?? b", ["a", "b"]],
  ["x, y, a", ["a"]],
  ["x = a", ["a"]],
  ["await a", ["a"]],
  ["a<B>", ["a"]],
  ["a?.b", ["a?.b"]],
  ...wrapped.map((text) => [text, ["a"]] as const),
  ["a", undefined],
  ["a.b", undefined],
  ["() => a", undefined],
  ["a + b", undefined],
])("%s passes on %j", (text, expected) => {
  expect(passedOn(expressionOf(text))?.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test("a spread argument is what it spreads", () => {
  const call = expressionOf("f(...a)");
  const [spread] = call.type === "CallExpression" ? call.arguments : [];
  expect(spread && passedOn(spread)?.map(({ type }) => type)).toEqual(["Identifier"]);
});

test.each([...wrapped, "(a)", "((a as B)!) satisfies C"])("%s is a", (text) => {
  expect(plain(expressionOf(text))).toMatchObject({ type: "Identifier", name: "a" });
});

test("what is no wrapper stays as it is", () => {
  const types = ["a.b", "a?.b", "() => a", "a = b"].map((text) => plain(expressionOf(text)).type);
  expect(types).toEqual(["MemberExpression", "MemberExpression", "ArrowFunctionExpression", "AssignmentExpression"]);
});
