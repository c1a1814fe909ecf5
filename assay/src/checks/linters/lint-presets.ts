// What is known about rules and presets of linters by their names.

const recommended = new Set(
  `constructor-super for-direction getter-return no-async-promise-executor no-case-declarations no-class-assign
  no-compare-neg-zero no-cond-assign no-const-assign no-constant-binary-expression no-constant-condition no-control-regex
  no-debugger no-delete-var no-dupe-args no-dupe-class-members no-dupe-else-if no-dupe-keys no-duplicate-case no-empty
  no-empty-character-class no-empty-pattern no-empty-static-block no-ex-assign no-extra-boolean-cast no-fallthrough
  no-func-assign no-global-assign no-import-assign no-invalid-regexp no-irregular-whitespace no-loss-of-precision
  no-misleading-character-class no-new-native-nonconstructor no-nonoctal-decimal-escape no-obj-calls no-octal
  no-prototype-builtins no-redeclare no-regex-spaces no-self-assign no-setter-return no-shadow-restricted-names
  no-sparse-arrays no-this-before-super no-undef no-unexpected-multiline no-unreachable no-unsafe-finally
  no-unsafe-negation no-unsafe-optional-chaining no-unused-labels no-unused-private-class-members no-unused-vars
  no-useless-backreference no-useless-catch no-useless-escape no-with require-yield use-isnan valid-typeof
  ban-ts-comment no-array-constructor no-duplicate-enum-values no-empty-object-type no-explicit-any
  no-extra-non-null-assertion no-misused-new no-namespace no-non-null-asserted-optional-chain no-require-imports
  no-this-alias no-unnecessary-type-constraint no-unsafe-declaration-merging no-unsafe-function-type
  no-unused-expressions no-wrapper-object-types prefer-as-const prefer-namespace-keyword triple-slash-reference`.split(
    /\s+/,
  ),
);
const typed = new Set(
  `await-thenable no-array-delete no-base-to-string no-duplicate-type-constituents no-floating-promises no-for-in-array
  no-implied-eval no-misused-promises no-redundant-type-constituents no-unnecessary-type-assertion no-unsafe-argument
  no-unsafe-assignment no-unsafe-call no-unsafe-enum-comparison no-unsafe-member-access no-unsafe-return
  no-unsafe-unary-minus only-throw-error prefer-promise-reject-errors require-await restrict-plus-operands
  restrict-template-expressions unbound-method`.split(/\s+/),
);
const judgedByCompiler = new Set(
  `constructor-super getter-return no-class-assign no-const-assign no-dupe-args no-dupe-class-members no-dupe-keys
  no-func-assign no-import-assign no-new-native-nonconstructor no-new-symbol no-obj-calls no-redeclare no-setter-return
  no-this-before-super no-undef no-unreachable no-unsafe-negation no-with`.split(/\s+/),
);
const formatting =
  /^(?:indent|quotes|semi|comma-.*|.*-spac(?:e|ing)(?:-.*)?|.*-newlines?(?:-.*)?|brace-style|max-len|eol-last|arrow-parens|quote-props|no-multi-.*|no-extra-(?:parens|semi)|no-mixed-.*|.*-linebreak|padded-blocks|padding-.*|wrap-.*|curly|linebreak-style|lines-.*|operator-linebreak|jsx-.*|new-parens|no-tabs|no-trailing-spaces|no-floating-decimal|array-.*-newline|func-call-spacing|dot-location|max-statements-per-line|nonblock-.*|space-.*|template-.*|semi-style|unicode-bom|one-var-.*|member-delimiter-style|type-annotation-spacing|sort-.*|order|prettier|newlines-between|line-length)$/;

/** A rule's name without its plug-in, in one spelling: `noExplicitAny` is `no-explicit-any`. */
export function plainRule(rule: string): string {
  const name = rule.slice(rule.lastIndexOf("/") + 1);
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

/** Is the rule about looks alone? A formatter may take it over. */
export function isFormatting(rule: string): boolean {
  return (
    /^@?stylistic\/|^(?:@stylistic|prettier|perfectionist|format)\b/.test(rule) || formatting.test(plainRule(rule))
  );
}

/** Does the compiler find the same in TypeScript? */
export function isJudgedByCompiler(rule: string): boolean {
  return judgedByCompiler.has(rule);
}

export interface Preset {
  /** The plug-in or package that it is of. */
  readonly family: string;
  /** 0: hardly anything, 1: what is recommended, 2: strict, 3: all. */
  readonly level: number;
  readonly isTyped: boolean;
  /** It comes with a plug-in, and so speaks of that plug-in's rules. */
  readonly isOfPlugin: boolean;
}

/** `tseslint.configs.strictTypeChecked` and `plugin:@typescript-eslint/strict-type-checked` are the same preset. */
export function presetOf(name: string): Preset | undefined {
  const text = name.replace(/^plugin:/, "").replace(/^\.\.\./, "");
  const last = /[./]([^./]+)$/.exec(text.replace(/\(\)$/, ""))?.[1] ?? text;
  const plain = last.replaceAll(/[-_]/g, "").toLowerCase();
  const family = familyOf(text);
  if (family === undefined) return undefined;
  const level = plain.startsWith("all")
    ? 3
    : plain.startsWith("strict")
      ? 2
      : /^(?:base|core|legacy|eslintrecommended|disable|off)/.test(plain)
        ? 0
        : 1;
  return {
    family,
    level,
    isTyped: /type(?:checked|aware)|requiringtypechecking/.test(plain),
    isOfPlugin: /^plugin:|eslint-plugin/.test(name),
  };
}

function familyOf(text: string): string | undefined {
  if (/^(?:@eslint\/js|eslint:|js\.)/.test(text)) return "eslint";
  if (/typescript-eslint|^tseslint/.test(text)) return "typescript-eslint";
  if (text === "" || /^(?:\.|globals\b)/.test(text)) return undefined;
  const family = /^(@[^/.]+(?:\/[^/.(]+)?|[^/.(]+)/.exec(text)?.[1];
  return family?.replace(/^eslint-(?:plugin|config)-/, "").replace(/\/eslint-(?:plugin|config)(?:-|$)/, "/");
}

/** Is the rule an error in one of the presets? Only those of ESLint and typescript-eslint are known. */
export function isInPresets(rule: string, presets: readonly Preset[]): boolean {
  const plain = plainRule(rule);
  const isPlugin = rule.startsWith("@typescript-eslint/");
  if (!isPlugin && rule.includes("/")) return false;
  return presets.some(({ family, level, isTyped }) => {
    if (level === 0 || (family !== "typescript-eslint" && (isPlugin || family !== "eslint"))) return false;
    return recommended.has(plain) || (isPlugin && isTyped && typed.has(plain));
  });
}
