import { expect, test } from "vitest";
import {
  isDeclaredFormRule,
  isInputRule,
  isLengthRule,
  isStyleRule,
  isTypeEscapeRule,
  plainName,
} from "./rule-names.ts";

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
  const others =
    "no-newline-at-all no-prefer resort-keys no-await max-len no-console my-import/a x/no-await-in-loops unsort-keys";
  expect(chosen(isStyleRule, others)).toEqual([]);
});

test("rules about length are told by their names", () => {
  const length = "max-len max-lines-per-function max-nested-callbacks max-statements sonarjs/no-duplicate-string";
  expect(chosen(isLengthRule, length).join(" ")).toBe(length);
  expect(chosen(isLengthRule, "max-lines max-params max-depth complexity no-duplicate-strings")).toEqual([]);
});

test("rules against casts are told by their names", () => {
  const casts =
    "no-explicit-any @typescript-eslint/no-unsafe-assignment no-unsafe-type-assertion no-non-null-assertion " +
    "no-non-null-asserted-optional-chain no-banned-types ban-types no-restricted-types no-empty-object-type ban-ts-comment " +
    "lint/suspicious/noExplicitAny";
  expect(chosen(isTypeEscapeRule, casts).join(" ")).toBe(casts);
  const others =
    "no-unsafe-finally no-unsafe-negation no-unsafe-optional-chaining no-unsafe ban-types-of my-ban-types no-explicit-anyhow";
  expect(chosen(isTypeEscapeRule, others)).toEqual([]);
});

test("rules against values and about declarations are told by their names", () => {
  const inputs = "no-control-regex no-script-url @typescript-eslint/only-throw-error no-proto";
  expect(chosen(isInputRule, inputs).join(" ")).toBe(inputs);
  expect(chosen(isInputRule, "no-control no-proto-type no-eval")).toEqual([]);
  const forms =
    "no-var vars-on-top no-namespace no-empty-interface no-empty-object-type no-unused-vars no-shadow noRedeclare";
  expect(chosen(isDeclaredFormRule, forms).join(" ")).toBe(forms);
  expect(chosen(isDeclaredFormRule, "no-vars my-no-var no-empty no-unused-vars-again")).toEqual([]);
});
