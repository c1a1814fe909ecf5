import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { declaredConfig, exportedConfig, isTyped } from "./config-module.ts";

/** The text of what a module exports as its configuration. */
function exported(text: string): string | undefined {
  const config = exportedConfig(parseSync("x.cts", text, { sourceType: "unambiguous" }).program);
  return config && text.slice(config.start, config.end);
}

test("a configuration is the default export, or what is assigned to module.exports", () => {
  expect(exported("const a = 1; export default a;")).toBe("a");
  expect(exported("export = { a };")).toBe("{ a }");
  expect(exported("use(strict); other = 1; module.exports = { b: 1 };")).toBe("{ b: 1 }");
  const none = [
    "exports.a = 1;",
    "x.exports = 1;",
    "module.export = 1;",
    "module['exports'] = 1;",
    "module.exports;",
    "a.b.exports = 1;",
  ];
  for (const text of [...none, "export const a = 1;", ""]) expect([text, exported(text)]).toEqual([text, undefined]);
});

test("variables at the top that are given a value are declared, with how certain that value is", () => {
  const text =
    "const a = 1, b = 2; let c = 3; export const d = 4; let e; const { f } = g; function h() { const i = 5; } export { a };";
  const declared = declaredConfig(parseSync("x.ts", text).program);
  expect(
    declared.map(({ name, init, isConstant, isExported }) => [
      name,
      text.slice(init.start, init.end),
      isConstant,
      isExported,
    ]),
  ).toEqual([
    ["a", "1", true, false],
    ["b", "2", true, false],
    ["c", "3", false, false],
    ["d", "4", true, true],
  ]);
});

test("what only gives a type is told from what gives a value", () => {
  const types = [
    "TSAsExpression",
    "TSSatisfiesExpression",
    "TSNonNullExpression",
    "TSTypeAssertion",
    "ParenthesizedExpression",
  ];
  expect(types.filter((type) => isTyped({ type }))).toEqual(types.slice(0, 3));
});
