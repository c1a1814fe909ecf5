import { expect, test } from "vitest";
import { isLengthRule, isStyleRule, plainName } from "./rule-names.ts";

const chosen = (is: (rule: string) => boolean, rules: string): readonly string[] => rules.split(" ").filter(is);

test("a rule has one name, whichever plug-in and spelling", () => {
  expect(
    ["import-x/order", "lint/suspicious/noExplicitAny", "@typescript-eslint/no-explicit-any"].map(plainName),
  ).toEqual(["order", "no-explicit-any", "no-explicit-any"]);
});

test("rules about how code is put are told by their names", () => {
  const style =
    "no-await-in-loop no-extraneous-class no-new no-object no-object-constructor no-sparse-arrays quote-props " +
    "no-new-wrappers no-new-object prefer-const unicorn/no-null perfectionist/sort-imports sort-keys";
  expect(chosen(isStyleRule, style).join(" ")).toBe(style);
  const others = "no-newline-at-all no-prefer resort-keys no-await max-len no-console x/no-await-in-loops unsort-keys";
  expect(chosen(isStyleRule, others)).toEqual([]);
});

test("rules about length are told by their names", () => {
  const length = "max-len max-lines-per-function max-nested-callbacks max-statements sonarjs/no-duplicate-string";
  expect(chosen(isLengthRule, length).join(" ")).toBe(length);
  expect(chosen(isLengthRule, "max-lines max-params max-depth complexity no-duplicate-strings")).toEqual([]);
});
