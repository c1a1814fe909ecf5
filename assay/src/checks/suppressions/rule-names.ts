// The names of lint rules, whichever linter and plug-in they are spelled for.

/**
 * A rule without its plug-in, and in one spelling: `import-x/order` goes on where `import/order` was, and
 * `lint/suspicious/noExplicitAny` where `@typescript-eslint/no-explicit-any` was.
 */
export function plainName(rule: string): string {
  const name = rule.slice(rule.lastIndexOf("/") + 1);
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

const typeRules =
  /^(?:no-explicit-any|no-unsafe-(?!finally|negation|optional)[\w-]+|no-non-null-assert[\w-]*|no-banned-types|ban-types|no-restricted-types|no-empty-object-type|ban-ts-comment)$/;

const stylePlugins = /^(?:@stylistic|perfectionist|unicorn|simple-import-sort|import|import-x|jsdoc)\//;
const styleRules: ReadonlySet<string> = new Set([
  "no-await-in-loop",
  "no-extraneous-class",
  "no-new",
  "no-object",
  "no-object-constructor",
  "no-sparse-arrays",
  "quote-props",
]);
const stylePrefixes = ["no-new-", "prefer-", "sort-"];

const lengthRules: ReadonlySet<string> = new Set([
  "max-len",
  "max-lines-per-function",
  "max-nested-callbacks",
  "max-statements",
  "no-duplicate-string",
]);

const inputRules: ReadonlySet<string> = new Set([
  "no-control-regex",
  "no-irregular-whitespace",
  "no-loss-of-precision",
  "no-misleading-character-class",
  "no-proto",
  "no-script-url",
  "no-template-curly-in-string",
  "no-throw-literal",
  "no-undefined",
  "only-throw-error",
]);

/** Is it a rule against values that code has to be tried with: what is thrown and is no error, what a terminal prints? */
export function isInputRule(rule: string): boolean {
  return inputRules.has(plainName(rule));
}

/** Is it a rule about how long a function is, or its lines? A test says one thing after another. */
export function isLengthRule(rule: string): boolean {
  return lengthRules.has(plainName(rule));
}

/** Is it a rule about how code is put, which may be put otherwise in a test? Not how a test is put: that may matter. */
export function isStyleRule(rule: string): boolean {
  const name = plainName(rule);
  return stylePlugins.test(rule) || styleRules.has(name) || stylePrefixes.some((prefix) => name.startsWith(prefix));
}

/** Is it a rule against what a test may do: give a value a type that it does not have? */
export function isTypeEscapeRule(rule: string): boolean {
  return typeRules.test(plainName(rule));
}

const formRules =
  /^(?:no-var|vars-on-top|no-namespace|prefer-namespace-keyword|consistent-type-definitions|no-empty-(?:interface|object-type)|no-unused-vars|naming-convention|no-redeclare|no-shadow|method-signature-style)$/;

/** Is it a rule about the form of a declaration? What is merged into another module's has the form that it has there. */
export function isDeclaredFormRule(rule: string): boolean {
  return formRules.test(plainName(rule));
}
