// What is known of rules, their options and presets by their names.
import { expect, test } from "vitest";
import { fromData } from "../configuration/written-config.ts";
import { isFormatting, isInPresets, isJudgedByCompiler, plainRule, presetOf } from "./lint-presets.ts";
import { laxerOptions } from "./rule-options.ts";

function laxer(rule: string, before: readonly unknown[], after: readonly unknown[]): string | undefined {
  return laxerOptions(rule, before.map(fromData), after.map(fromData));
}

test.each<[string, readonly unknown[], readonly unknown[], string | undefined]>([
  ["no-console", [], [{ allow: ["warn"] }], 'has "warn" in `allow` now'],
  ["no-console", [{ allow: ["warn"] }], [{ allow: ["warn", "error"] }], 'has "error" in `allow` now'],
  ["no-console", [{ allow: ["warn"] }], [{ allow: ["error"] }], undefined],
  ["no-console", [{ allow: ["warn", "error"] }], [{ allow: ["warn"] }], undefined],
  ["no-console", [{ allow: ["warn"] }], [{ allow: ["warn"] }], undefined],
  ["no-x", [{ ignoreFoo: false }], [{ ignoreFoo: true }], "has `ignoreFoo` on"],
  ["no-x", [{}], [{ ignoreFoo: true }], undefined],
  ["no-x", [{ ignoreFoo: true }], [{ ignoreFoo: true, a: 1 }], undefined],
  ["no-x", [{ a: { skipFoo: false } }], [{ a: { skipFoo: true } }], "has `skipFoo` on"],
  [
    "no-x",
    [{ argsIgnorePattern: "^_" }],
    [{ argsIgnorePattern: ".*" }],
    "has `argsIgnorePattern: .*`, which matches everything",
  ],
  [
    "no-x",
    [{ argsIgnorePattern: "^_" }],
    [{ argsIgnorePattern: "[^]*" }],
    "has `argsIgnorePattern: [^]*`, which matches everything",
  ],
  [
    "no-x",
    [{ argsIgnorePattern: "^_" }],
    [{ argsIgnorePattern: "^.+$" }],
    "has `argsIgnorePattern: ^.+$`, which matches everything",
  ],
  ["no-x", [{ argsIgnorePattern: "^_" }], [{ argsIgnorePattern: "^__" }], undefined],
  ["no-empty", [{}], [{ allowEmptyCatch: true }], "has `allowEmptyCatch: true` now"],
  ["no-empty", [{ allowEmptyCatch: true }], [{ allowEmptyCatch: true, a: 1 }], undefined],
  ["@typescript-eslint/no-explicit-any", [], [{ ignoreRestArgs: true }], "has `ignoreRestArgs: true` now"],
  [
    "no-misused-promises",
    [{ checksVoidReturn: true }],
    [{ checksVoidReturn: false }],
    "has `checksVoidReturn: false` now",
  ],
  ["no-misused-promises", [{ checksVoidReturn: { a: true } }], [{ checksVoidReturn: { a: false } }], undefined],
  ["no-unused-vars", [{ args: "all" }], [{ args: "none" }], 'has `args: "none"` now'],
  ["no-unused-vars", [{ args: "none" }], [{ args: "all" }], undefined],
  ["ban-ts-comment", [{}], [{ "ts-ignore": false }], "has `ts-ignore: false` now"],
  [
    "ban-ts-comment",
    [{ "ts-ignore": true }],
    [{ "ts-ignore": "allow-with-description" }],
    'has `ts-ignore: "allow-with-description"` now',
  ],
  ["ban-ts-comment", [{}], [{ "ts-expect-error": "allow-with-description" }], undefined],
  ["ban-ts-comment", [{}], [{ "ts-expect-error": false }], "has `ts-expect-error: false` now"],
  ["no-restricted-imports", ["a", "b"], ["a"], 'no longer names "b"'],
  ["no-restricted-imports", ["a", "b"], ["a", "c"], undefined],
  [
    "no-restricted-imports",
    [{ paths: [{ name: "a", message: "x" }] }],
    [{ paths: [{ name: "a", message: "y" }] }],
    undefined,
  ],
  ["no-restricted-syntax", [{ selector: "A" }, { selector: "B" }], [{ selector: "A" }], 'no longer names "B"'],
  [
    "no-restricted-syntax",
    [
      { selector: "A", allow: ["x"] },
      { selector: "B", allow: ["y"] },
    ],
    [
      { selector: "B", allow: ["y"] },
      { selector: "A", allow: ["x", "z"] },
    ],
    'has "z" in `allow` now',
  ],
  [
    "@nx/enforce-module-boundaries",
    [{ depConstraints: [{ sourceTag: "a", onlyDependOnLibsWithTags: ["a"] }] }],
    [{ depConstraints: [{ sourceTag: "a", onlyDependOnLibsWithTags: ["a", "b"] }] }],
    'has "b" in `onlyDependOnLibsWithTags` now',
  ],
  ["quotes", ["single"], ["double"], undefined],
  ["camelcase", [["a", "b"]], [["a"]], undefined],
])("%s from %j to %j", (rule, before, after, expected) => {
  expect(laxer(rule, before, after)).toBe(expected);
});

test.each<[string, string]>([
  ["no-shadow", "no-shadow"],
  ["@typescript-eslint/no-shadow", "no-shadow"],
  ["suspicious/noExplicitAny", "no-explicit-any"],
  ["a/b/c", "c"],
])("%s is %s", (rule, plain) => {
  expect(plainRule(rule)).toBe(plain);
});

test.each([
  "indent",
  "@stylistic/semi",
  "stylistic/x",
  "prettier/prettier",
  "comma-dangle",
  "key-spacing",
  "keyword-spacing",
  "no-extra-semi",
  "perfectionist/sort-imports",
  "import/order",
  "jsx-quotes",
  "space-before-blocks",
  "array-element-newline",
  "quoteProps",
  "format/a",
])("%s is about looks", (rule) => {
  expect(isFormatting(rule)).toBe(true);
});

test.each(["eqeqeq", "no-shadow", "no-extra-bind", "preorder", "reorder/x", "prettierx", "sorted"])(
  "%s is about more than looks",
  (rule) => {
    expect(isFormatting(rule)).toBe(false);
  },
);

test("the compiler judges what it knows, by its own name", () => {
  expect(["no-undef", "@typescript-eslint/no-undef", "eqeqeq"].map(isJudgedByCompiler)).toEqual([true, false, false]);
});

test.each<[string, string | undefined]>([
  ["eslint:recommended", "eslint 1"],
  ["@eslint/js.configs.recommended", "eslint 1"],
  ["js.configs.all", "eslint 3"],
  ["plugin:@typescript-eslint/strict-type-checked", "typescript-eslint 2 typed plugin"],
  ["tseslint.configs.strictTypeChecked", "typescript-eslint 2 typed"],
  ["plugin:@typescript-eslint/recommended-requiring-type-checking", "typescript-eslint 1 typed plugin"],
  ["typescript-eslint.configs.base", "typescript-eslint 0"],
  ["tseslint.configs.eslintRecommended", "typescript-eslint 0"],
  ["tseslint.configs.disableTypeChecked", "typescript-eslint 0 typed"],
  ["plugin:import/recommended", "import 1 plugin"],
  ["eslint-plugin-react.configs.flat.recommended", "react 1 plugin"],
  ["eslint-config-airbnb", "airbnb 1"],
  ["@acme/eslint-config", "@acme/ 1"],
  ["@acme/eslint-config-strict", "@acme/strict 1"],
  ["antfu()", "antfu 1"],
  ["...vue.configs.all", "vue 3"],
  ["./local.js", undefined],
  ["globals.node", undefined],
  ["", undefined],
])("the preset %s is %s", (name, expected) => {
  const preset = presetOf(name);
  const says =
    preset &&
    [preset.family, preset.level, ...(preset.isTyped ? ["typed"] : []), ...(preset.isOfPlugin ? ["plugin"] : [])].join(
      " ",
    );
  expect(says).toBe(expected);
});

test.each<[string, string, boolean]>([
  ["no-debugger", "eslint:recommended", true],
  ["no-debugger", "plugin:import/recommended", false],
  ["no-shadow", "eslint:recommended", false],
  ["no-explicit-any", "tseslint.configs.recommended", true],
  ["@typescript-eslint/no-explicit-any", "tseslint.configs.recommended", true],
  ["@typescript-eslint/no-explicit-any", "tseslint.configs.base", false],
  ["@typescript-eslint/no-explicit-any", "eslint:recommended", false],
  ["@typescript-eslint/await-thenable", "tseslint.configs.recommended", false],
  ["@typescript-eslint/await-thenable", "tseslint.configs.recommendedTypeChecked", true],
  ["await-thenable", "tseslint.configs.recommendedTypeChecked", false],
  ["import/no-debugger", "eslint:recommended", false],
])("%s is in %s: %s", (rule, name, expected) => {
  expect(
    isInPresets(
      rule,
      [presetOf(name)].filter((preset) => preset !== undefined),
    ),
  ).toBe(expected);
});
