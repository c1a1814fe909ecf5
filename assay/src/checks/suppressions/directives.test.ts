import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { directiveOf, endOf } from "./directives.ts";

/** The only comment of a text. */
function commentIn(text: string) {
  const [comment] = parseSource(repoPath("a.ts"), `${text}\n`).comments;
  if (comment === undefined) throw new Error(`no comment: ${text}`);
  return comment;
}

/** `aim reach name: rules` */
function read(text: string): string {
  const directive = directiveOf(commentIn(text));
  if (directive === undefined) return "prose";
  const { aim, reach, name, rules, lines } = directive;
  return [aim, reach, `${name}:`, ...rules, ...(lines === undefined ? [] : [lines])].join(" ");
}

test.each([
  ["// @ts-ignore", "types nearby @ts-ignore:"],
  ["// @ts-expect-error: not there yet", "types nearby @ts-expect-error:"],
  ["// @ts-ignored is read as well", "types nearby @ts-ignore:"],
  ["// @TS-Ignore", "types nearby @TS-Ignore:"],
  ["/// @ts-ignore", "types nearby @ts-ignore:"],
  ["/* @ts-ignore */", "types nearby @ts-ignore:"],
  ["/** @ts-ignore */", "types nearby @ts-ignore:"],
  ["/*\n * Why.\n * @ts-ignore */", "types nearby @ts-ignore:"],
  ["// @ts-nocheck", "types onwards @ts-nocheck:"],
  ["/* @ts-nocheck */", "types onwards @ts-nocheck:"],
  ["// @ts-strict-ignore", "types onwards @ts-strict-ignore:"],
  ["// @noflow", "types onwards @noflow:"],
  ["// $FlowFixMe[incompatible-type]", "types nearby $FlowFixMe:"],
  ["// $FlowIgnore", "types nearby $FlowIgnore:"],
  ["// $FlowIssue", "types nearby $FlowIssue:"],
  ["// $FlowExpectedError", "types nearby $FlowExpectedError:"],
  ["// flowlint-next-line sketchy-null:off", "types nearby flowlint-next-line: sketchy-null:off"],
  ["// flowlint sketchy-null:off", "types nearby flowlint: sketchy-null:off"],
  ["// flowlint-line sketchy-null:off", "types nearby flowlint-line: sketchy-null:off"],
  ["// type-coverage:ignore-next-line", "types nearby type-coverage:ignore-next-line:"],
  ["// type-coverage:ignore-line", "types nearby type-coverage:ignore-line:"],
  ["// @vue-ignore", "types nearby @vue-ignore:"],
  ["// @vue-expect-error", "types nearby @vue-expect-error:"],
  ["// @vue-skip", "types nearby @vue-skip:"],
  ["// @vue-nocheck", "types onwards @vue-nocheck:"],
])("%s keeps the type checker away", (text, directive) => {
  expect(read(text)).toBe(directive);
});

test.each([
  ["// eslint-disable-next-line", "lint nearby eslint-disable-next-line:"],
  ["// eslint-disable-next-line no-alert", "lint nearby eslint-disable-next-line: no-alert"],
  ["// eslint-disable-line no-alert, no-console -- why", "lint nearby eslint-disable-line: no-alert no-console"],
  ["// oxlint-disable-next-line no-alert --- why -- not", "lint nearby oxlint-disable-next-line: no-alert"],
  ["/* eslint-disable */", "lint onwards eslint-disable:"],
  ["/*! eslint-disable */", "lint onwards eslint-disable:"],
  ["/* eslint-disable\n   no-alert,\n   no-console */", "lint onwards eslint-disable: no-alert no-console"],
  ["/* oxlint-disable a/b */", "lint onwards oxlint-disable: a/b"],
  ["/* eslint no-alert: off */", "lint onwards eslint: no-alert"],
  ["/* eslint   no-alert:0 */", "lint onwards eslint: no-alert"],
  ["/* eslint a: [2, {}], b: 0 */", "lint onwards eslint: b"],
  ["/* eslint no-alert: 0, no-console: 2 */", "lint onwards eslint: no-alert"],
  ['/* eslint "a/no-alert": ["warn", { "max": 0 }], eqeqeq: [1] */', "lint onwards eslint: a/no-alert eqeqeq"],
  ["/* eslint quotes: [2, { off: 0 }], '@a/b': 'off' */", "lint onwards eslint: @a/b"],
  ["// biome-ignore lint: why", "lint nearby biome-ignore: lint"],
  ["// biome-ignore lint/suspicious/noExplicitAny: why", "lint nearby biome-ignore: lint/suspicious/noExplicitAny"],
  ["// biome-ignore   lint(a): why", "lint nearby biome-ignore: lint(a)"],
  ["// biome-ignore-all assist: why", "lint onwards biome-ignore-all: assist"],
  ["// biome-ignore-start syntax: why", "lint onwards biome-ignore-start: syntax"],
  ["// rome-ignore suppressions/unused: why", "lint nearby rome-ignore: suppressions/unused"],
  ["/**\n * biome-ignore lint/a: why\n * More.\n */", "lint nearby biome-ignore: lint/a"],
  ["// deno-lint-ignore", "lint nearby deno-lint-ignore:"],
  ["// deno-lint-ignore no-explicit-any", "lint nearby deno-lint-ignore: no-explicit-any"],
  ["// deno-lint-ignore-file no-console", "lint onwards deno-lint-ignore-file: no-console"],
  ["// tslint:disable-next-line:no-any no-console", "lint nearby tslint:disable-next-line: no-any no-console"],
  ["// tslint:disable-line", "lint nearby tslint:disable-line:"],
  ["/* tslint:disable */", "lint onwards tslint:disable:"],
  ["/* jshint ignore:start */", "lint onwards jshint ignore:start:"],
  ["// jshint ignore:  line", "lint nearby jshint ignore: line:"],
  ["// jslint -W1", "lint nearby jslint -W1:"],
  ["// jshint -W117", "lint nearby jshint -W117:"],
  ["// NOSONAR", "lint nearby NOSONAR:"],
  ["// nosemgrep: a.b", "lint nearby nosemgrep:"],
  ["// nosem", "lint nearby nosem:"],
  ["/* jscpd:ignore-start */", "lint onwards jscpd:ignore-start:"],
  ["// jslint-disable", "lint onwards jslint-disable:"],
  ["// ts-prune-ignore-next", "lint nearby ts-prune-ignore-next:"],
  ["// ts-unused-exports:disable", "lint onwards ts-unused-exports:disable:"],
  ["// ts-unused-exports:disable-next-line", "lint onwards ts-unused-exports:disable:"],
  ["// codeql[js/sql-injection]", "lint nearby codeql[:"],
  ["// lgtm [js/sql-injection]", "lint nearby lgtm [:"],
  ["// deepcode ignore Sqli: why", "lint nearby deepcode ignore:"],
  ["// file deepcode ignore Sqli: why", "lint onwards file deepcode ignore:"],
  ["// gitleaks:allow", "lint nearby gitleaks:allow:"],
  ["// secretlint-disable-line", "lint nearby secretlint-disable-line:"],
  ["// secretlint-disable", "lint onwards secretlint-disable:"],
  ["// trufflehog:ignore", "lint nearby trufflehog:ignore:"],
  ["// ggignore", "lint nearby ggignore:"],
  ["// pragma: allowlist secret", "lint nearby pragma: allowlist secret:"],
  ["// pragma: whitelist nextline secret", "lint nearby pragma: whitelist nextline secret:"],
  ["// nosec", "lint nearby nosec:"],
  ["/* stylelint-disable color-named */", "lint onwards stylelint-disable: color-named"],
  ["/* stylelint-disable-line */", "lint nearby stylelint-disable-line:"],
  ["// svelte-ignore a11y_autofocus", "lint nearby svelte-ignore: a11y_autofocus"],
  ["// yamllint disable-line rule:indentation", "lint nearby yamllint disable-line:"],
  ["// yamllint disable-file", "lint onwards yamllint disable-file:"],
  ["// yamllint disable", "lint onwards yamllint disable:"],
  ["// zizmor: ignore[template-injection]", "lint nearby zizmor: ignore:"],
])("%s keeps a linter away", (text, directive) => {
  expect(read(text)).toBe(directive);
});

test.each([
  ["// prettier-ignore", "format nearby prettier-ignore:"],
  ["// oxfmt-ignore: a table", "format nearby oxfmt-ignore:"],
  ["// prettier-ignore -- a table", "format nearby prettier-ignore:"],
  ["// prettier-ignore-start", "format onwards prettier-ignore-start:"],
  ["// prettier-ignore-attribute", "format nearby prettier-ignore-attribute:"],
  ["// biome-ignore format: a table", "format nearby biome-ignore format:"],
  ["// biome-ignore-start format: a table", "format onwards biome-ignore-start format:"],
  ["// biome-ignore-all   format: a table", "format onwards biome-ignore-all format:"],
  ["/** @noformat */", "format onwards @noformat:"],
  ["/**\n * @noprettier\n */", "format onwards @noprettier:"],
  ["// deno-fmt-ignore", "format nearby deno-fmt-ignore:"],
  ["// deno-fmt-ignore-file", "format onwards deno-fmt-ignore-file:"],
  ["// dprint-ignore: a table", "format nearby dprint-ignore:"],
  ["/* istanbul ignore next */", "coverage nearby istanbul ignore next:"],
  ["/* istanbul  ignore  if: why */", "coverage nearby istanbul ignore if:"],
  ["/* c8 ignore else */", "coverage nearby c8 ignore else:"],
  ["/* v8 ignore next 3 */", "coverage nearby v8 ignore next: 3"],
  ["/* v8 ignore next: 3 of them */", "coverage nearby v8 ignore next:"],
  ["/* v8 ignore next -- @preserve */", "coverage nearby v8 ignore next:"],
  ["/* v8 ignore start 3 */", "coverage onwards v8 ignore start:"],
  ["/* c8 ignore file */", "coverage onwards c8 ignore file:"],
  ["/* node:coverage disable */", "coverage onwards node:coverage disable:"],
  ["/* node:coverage ignore next 12 */", "coverage nearby node:coverage ignore next: 12"],
  ["// deno-coverage-ignore", "coverage nearby deno-coverage-ignore:"],
  ["// deno-coverage-ignore-start", "coverage onwards deno-coverage-ignore-start:"],
  ["// Stryker disable next-line all: why", "mutation nearby Stryker disable next-line: all"],
  ["// Stryker disable StringLiteral,Regex: why", "mutation onwards Stryker disable: StringLiteral Regex"],
])("%s keeps a formatter or a measurement away", (text, directive) => {
  expect(read(text)).toBe(directive);
});

test.each([
  ["// @ts\u2010ignore", "types nearby @ts-ignore:"],
  ["// @ts\u2014expect\u2212error", "types nearby @ts-expect-error:"],
  ["// @t\u200bs-ignore", "types nearby @ts-ignore:"],
  ["// @t\u0455-ignore", "types nearby @ts-ignore:"],
  ["// @\uff54\uff53-ignore", "types nearby @ts-ignore:"],
  ["//\u3000\u00a0eslint-disable-line\u2003no-alert", "lint nearby eslint-disable-line: no-alert"],
  ["// eslint-dis\u0430ble-line n\u03bf-alert", "lint nearby eslint-disable-line: no-alert"],
  ["// biome-ignore lint\u2215a\u2236 why", "lint nearby biome-ignore: lint/a"],
  ["// eslint-dis\u0334able-line no-alert", "lint nearby eslint-disable-line: no-alert"],
  ["// eslint-dis\u00adable-line\u1680no-alert", "lint nearby eslint-disable-line: no-alert"],
  ["// eslint-disable-line n\u3164o-alert", "lint nearby eslint-disable-line: no-alert"],
  ["//\u00e9eslint-disable-line no-alert", "prose"],
  ["///eslint-disable-line", "lint nearby eslint-disable-line:"],
  ["/*!eslint-disable*/", "lint onwards eslint-disable:"],
  ["//@ts-ignore", "types nearby @ts-ignore:"],
  ["/* eslint-disable\r\n no-alert */", "lint onwards eslint-disable: no-alert"],
])("letters that only look like it, or are not seen, spell a directive all the same: %j", (text, directive) => {
  expect(read(text)).toBe(directive);
});

test.each([
  "// Never use @ts-ignore here.",
  "/* @ts-ignore\n * is what it had */",
  "// @ts-nocheck-later",
  "// @ts-check",
  "// @noflowers",
  "// flowlint sketchy-null:error",
  "// type-coverage:ignore-lines",
  "// See eslint-disable-next-line no-alert.",
  "// eslint-disable-nextline no-alert",
  "// eslint-disabled",
  "// eslint is run by CI",
  "/* eslint no-alert: error */",
  "/* eslint max-len: [2, { off: 0 }] */",
  "/* eslint-env node */",
  "// the biome-ignore lint comment",
  "// biome-ignore everything",
  "// biome-ignore formatting",
  "// biome-ignore linting",
  "// deno-lint-ignores",
  "// tslint:disabled",
  "// jshint esversion: 6",
  "// NOSONARQUBE",
  "// nosemantics",
  "// jslint-disable-rule",
  "// codeql is run by CI",
  "// deepcode ignored it",
  "// nosecond",
  "// stylelint-disabled",
  "// svelte-ignored",
  "// yamllint disables it",
  "// prettier-ignored",
  "// prettier-ignore this",
  "/* @noformat here */",
  "// dprint-ignores",
  "/* istanbul ignore it */",
  "/* v8 ignore nextTick */",
  "/* h8 ignore next */",
  "// deno-coverage-ignored",
  "// Stryker disabled it",
  "// Here eslint no-alert: off",
  "// Here biome-ignore format: a table",
  "// Here deno-lint-ignore no-alert",
  "// Here tslint:disable",
  "// Here jshint -W117",
  "// Here ts-prune-ignore-next",
  "// Here codeql[a]",
  "// Here svelte-ignore a",
  "// Here yamllint disable",
  "// Here prettier-ignore",
  "// Here @noformat",
  "// Here dprint-ignore",
  "// Here Stryker disable all",
  "// Here NOSONAR",
  "// Here istanbul ignore next",
  "// Here deno-coverage-ignore",
  "// Here @vue-ignore",
  "// Here $FlowFixMe",
  "// Here type-coverage:ignore-line",
  "// This file was disabled.",
  "/* eslint no-alert: 10 */",
  "/* eslint no-alert: offline */",
])("%s is prose", (text) => {
  expect(read(text)).toBe("prose");
});

/** `aim: rules` */
function readEnd(text: string): string {
  const end = endOf(commentIn(text));
  return end === undefined ? "none" : [`${end.aim}:`, ...end.rules].join(" ");
}

test.each([
  ["/* eslint-enable */", "lint:"],
  ["/* oxlint-enable no-alert, no-console */", "lint: no-alert no-console"],
  ["/* stylelint-enable color-named */", "lint: color-named"],
  ["// tslint:enable:no-any", "lint: no-any"],
  ["// biome-ignore-end lint/a: why", "lint: lint/a"],
  ["// biome-ignore-end lint: why", "lint: lint"],
  ["/* jshint ignore:end */", "lint:"],
  ["/* jscpd:ignore-end */", "lint:"],
  ["// yamllint enable rule:indentation", "lint:"],
  ["// biome-ignore-end format: why", "format:"],
  ["// biome-ignore-end assist: why", "lint: assist"],
  ["// prettier-ignore-end: why", "format:"],
  ["// oxfmt-ignore-end", "format:"],
  ["// deno-fmt-ignore-end", "format:"],
  ["/* v8 ignore stop: why */", "coverage:"],
  ["/* c8 ignore stop */", "coverage:"],
  ["/* node:coverage enable */", "coverage:"],
  ["// deno-coverage-ignore-stop", "coverage:"],
  ["// Stryker restore all", "mutation:"],
  ["// Stryker restore Regex: why", "mutation: Regex"],
  ["// Stryker restore", "mutation:"],
  ["// it stops at eslint-enable", "none"],
  ["// see yamllint enable", "none"],
  ["// see deno-coverage-ignore-stop", "none"],
  ["// biome-ignore-end   format", "format:"],
  ["// eslint-enabled", "none"],
  ["/* h8 ignore stop */", "none"],
  ["// No Stryker restore", "none"],
  ["// see prettier-ignore-end", "none"],
])("%s ends %s", (text, end) => {
  expect(readEnd(text)).toBe(end);
});
