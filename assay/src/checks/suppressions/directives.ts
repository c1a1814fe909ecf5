// The comments by which tools are told to look away, each as its tool reads it.
import type { Comment } from "oxc-parser";

/** What a directive switches off. */
export type DirectiveAim = "types" | "lint" | "format" | "coverage" | "mutation";

/** What a directive covers: the code beside or below it, or all code that follows. */
export type DirectiveReach = "nearby" | "onwards";

export interface Directive {
  readonly aim: DirectiveAim;
  readonly reach: DirectiveReach;
  /** As written, with single spaces: `eslint-disable-next-line`. */
  readonly name: string;
  /** What is switched off, as written; empty where that is everything or there is no choice. */
  readonly rules: readonly string[];
  /** How many lines below it a directive covers that says so: 3 for `v8 ignore next 3`. */
  readonly lines: number | undefined;
}

/** Where a directive that reaches onwards ends. */
export interface DirectiveEnd {
  readonly aim: DirectiveAim;
  /** Empty: everything is switched on again. */
  readonly rules: readonly string[];
}

interface Form {
  readonly aim: DirectiveAim;
  /** Matched against each place where the tool looks. What it matches is the directive's name. */
  readonly pattern: RegExp;
  /** Where in a comment the tool looks. */
  readonly at: "start" | "last line" | "any line";
  /** Are the words after the name what is switched off? */
  readonly takesRules?: true;
}

/** Ends a word: the next character, if there is one, is none that a name could go on with. */
const end = String.raw`(?![\w-])`;

const forms: readonly Form[] = [
  // The compiler reads no further than the name, and in a block comment only its last line.
  { aim: "types", at: "last line", pattern: /^@ts-(?:ignore|expect-error)/i },
  { aim: "types", at: "start", pattern: new RegExp(`^@ts-(?:nocheck|strict-ignore)${end}`, "i") },
  { aim: "types", at: "start", pattern: new RegExp(`^(?:@noflow${end}|\\$Flow(?:FixMe|Ignore|Issue|ExpectedError))`) },
  { aim: "types", at: "start", pattern: new RegExp(`^flowlint(?:-next)?(?:-line)?${end}(?=.*:off)`), takesRules: true },
  { aim: "types", at: "start", pattern: new RegExp(`^type-coverage:ignore-(?:next-)?line${end}`) },
  {
    aim: "lint",
    at: "start",
    pattern: /^(?:eslint|oxlint)-disable(?:-next-line|-line)?(?=\s|$)/,
    takesRules: true,
  },
  {
    aim: "lint",
    at: "start",
    // What stands in braces is an option.
    pattern: /^eslint(?=\s+["']?[\w@/-]+["']?\s*:)(?=(?:[^{}]|\{[^{}]*\})*:\s*\[?\s*(?:[01]\b|["']?(?:off|warn)\b))/,
    takesRules: true,
  },
  { aim: "format", at: "any line", pattern: /^(?:biome|rome)-ignore(?:-all|-start)?\s+format(?=[\s:]|$)/ },
  {
    aim: "lint",
    at: "any line",
    pattern: /^(?:biome|rome)-ignore(?:-all|-start)?(?=\s+(?:lint|assist|syntax|suppressions)\b)/,
    takesRules: true,
  },
  { aim: "lint", at: "start", pattern: /^deno-lint-ignore(?:-file)?(?=\s|$)/, takesRules: true },
  { aim: "lint", at: "start", pattern: /^tslint:disable(?:-next-line|-line)?(?=[\s:]|$)/, takesRules: true },
  { aim: "lint", at: "start", pattern: /^js[hl]int\s+(?:ignore:\s*(?:start|line)|-W\d+)/ },
  { aim: "lint", at: "start", pattern: new RegExp(`^(?:NOSONAR|nosemgrep|nosem|jscpd:ignore-start)${end}`) },
  { aim: "lint", at: "start", pattern: /^(?:jslint-disable(?![\w-])|ts-prune-ignore-next|ts-unused-exports:disable)/ },
  {
    aim: "lint",
    at: "start",
    pattern: /^(?:(?:codeql|lgtm)\s*\[|(?:file\s+)?deepcode ignore\b|gitleaks:allow\b|nosec\b)/,
  },
  {
    aim: "lint",
    at: "start",
    pattern:
      /^(?:secretlint-disable(?:-(?:next-)?line)?|trufflehog:ignore|ggignore|pragma: ?(?:allow|white)list (?:nextline )?secret)(?![\w-])/,
  },
  { aim: "lint", at: "start", pattern: /^stylelint-disable(?:-next-line|-line)?(?=\s|$)/, takesRules: true },
  { aim: "lint", at: "start", pattern: /^svelte-ignore(?=\s)/, takesRules: true },
  { aim: "lint", at: "start", pattern: /^(?:yamllint disable(?:-line|-file)?|zizmor: ignore)(?=[\s[]|$)/ },
  { aim: "types", at: "start", pattern: new RegExp(`^@vue-(?:ignore|expect-error|skip|nocheck)${end}`) },
  { aim: "format", at: "start", pattern: /^(?:prettier|oxfmt)-ignore(?:-start|-attribute)?(?=\s*(?:$|:|--))/ },
  { aim: "format", at: "any line", pattern: /^@(?:noformat|noprettier)$/ },
  { aim: "format", at: "start", pattern: /^(?:deno-fmt|dprint)-ignore(?:-file|-start)?(?=\s|:|$)/ },
  {
    aim: "coverage",
    at: "start",
    pattern: new RegExp(`^(?:istanbul|[cv]8|node:coverage)\\s+(?:ignore\\s+(?:if|else|next|file|start)|disable)${end}`),
  },
  { aim: "coverage", at: "start", pattern: new RegExp(`^deno-coverage-ignore(?:-start|-file)?${end}`) },
  { aim: "mutation", at: "start", pattern: /^Stryker\s+disable(?:\s+next-line)?(?=\s|$)/, takesRules: true },
];

/** Every form has one of these in it, or letters that are none of ASCII. */
const mayDirect =
  /[^\0-\x7f]|ignore|disable|[hl]int|@ts-|@vue|@no|flow|nosonar|nosem|nosec|codeql|lgtm|gitleaks|secret/i;

/** Reads a comment. Undefined for prose, also where it speaks of a directive. */
export function directiveOf(comment: Comment): Directive | undefined {
  if (!mayDirect.test(comment.value)) return undefined;
  const places = placesIn(comment);
  for (const form of forms) {
    for (const place of places[form.at]) {
      const name = form.pattern.exec(place)?.[0];
      if (name !== undefined) return describe(form, name, place.slice(name.length));
    }
  }
  return undefined;
}

function describe(form: Form, matched: string, rest: string): Directive {
  const name = matched.replaceAll(/\s+/g, " ");
  const isFarReaching =
    /nocheck|strict-ignore|noflow|file|-all|start\b|disable$|disable all$|^eslint$|^@no[fp]|^ts-unused/.test(name);
  const rules = form.takesRules ? rulesIn(name, rest) : [];
  const count = name.endsWith(" next") ? /^\s+(\d+)/.exec(rest)?.[1] : undefined;
  const lines = count === undefined ? undefined : Number(count);
  return { aim: form.aim, reach: isFarReaching ? "onwards" : "nearby", name, rules, lines };
}

interface EndForm {
  readonly aim: DirectiveAim;
  readonly pattern: RegExp;
  /** Are the words after it what is switched on again, and not a reason? */
  readonly takesRules?: true;
}

const ends: readonly EndForm[] = [
  { aim: "lint", pattern: /^(?:eslint|oxlint|tslint|stylelint)[-:]enable(?=[\s:]|$)/, takesRules: true },
  {
    aim: "lint",
    pattern: /^(?:biome-ignore-end\s+(?:lint|assist)[^\s:]*|jshint ignore:end|jscpd:ignore-end|yamllint enable)/,
  },
  { aim: "format", pattern: /^(?:biome-ignore-end\s+format|(?:prettier|oxfmt|deno-fmt|dprint)-ignore-end)/ },
  { aim: "coverage", pattern: /^(?:[cv]8 ignore stop|node:coverage enable|deno-coverage-ignore-stop)/ },
  { aim: "mutation", pattern: /^Stryker restore(?: all)?/, takesRules: true },
];

/** Reads a comment that switches a tool on again. */
export function endOf(comment: Comment): DirectiveEnd | undefined {
  if (!/enable|end|stop|restore/.test(comment.value)) return undefined;
  const [text = ""] = placesIn(comment).start;
  for (const { aim, pattern, takesRules } of ends) {
    const name = pattern.exec(text)?.[0];
    if (name === undefined) continue;
    const inName = /^biome-ignore-end\s+((?:lint|assist).*)/.exec(name)?.[1];
    if (inName !== undefined) return { aim, rules: [inName] };
    return { aim, rules: takesRules ? rulesIn(name, text.slice(name.length)) : [] };
  }
  return undefined;
}

function rulesIn(name: string, rest: string): readonly string[] {
  if (name === "eslint")
    return Array.from(rest.replaceAll(/\{[^{}]*\}/g, "{}").matchAll(inlineOff), ([, rule = ""]) => rule);
  const listed = rest.split(/\s-{2,}\s/, 1)[0] ?? "";
  // Reasons follow a colon and a space in Biome's and Stryker's comments; tslint has its colon before the rules.
  const rules = listed.replace(/^:/, "").split(/(?<=[\w)]):(?:\s|$)/, 1)[0] ?? "";
  return rules.split(/[\s,]+/).filter((rule) => rule !== "");
}

/** `no-console: "off"`, `no-alert: [1]`: what only warns fails nothing. */
const inlineOff = /([\w@/-]+)["']?\s*:\s*\[?\s*(?:[01]\b|["']?(?:off|warn)\b)/g;

function placesIn(comment: Comment): Record<Form["at"], readonly string[]> {
  const text = plain(comment.value);
  const lines = text.split("\n").map((line) => line.replace(/^[\s*!/]+/, "").trim());
  const last = lines.at(-1) ?? "";
  // A line comment may have a third slash, a block comment a mark that keeps it through minification.
  const start = text.replace(comment.type === "Line" ? /^\/?\s*/ : /^!?\s*/, "").trim();
  return { start: [start], "last line": [last], "any line": comment.type === "Line" ? [start] : lines };
}

/** Without invisible characters, and with look-alikes written in ASCII. */
function plain(text: string): string {
  const ascii = text
    .normalize("NFKC")
    .replaceAll(/[^\n\t\x20-\x7e]/gu, (char) => lookAlikes.get(char) ?? invisible(char));
  return ascii.replaceAll("\r", "");
}

function invisible(char: string): string {
  if (/\p{Cf}|\p{Mn}|[\u115f\u1160\u3164\uffa0]/u.test(char)) return "";
  return /\s/u.test(char) ? " " : char;
}

/** Letters and dashes of other scripts that look like the ones directives are spelled with. */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "аα",
    c: "сϲ",
    d: "ԁ",
    e: "еҽ",
    g: "ɡ",
    h: "һ",
    i: "іιı",
    j: "ј",
    k: "кκ",
    l: "ⅼӏ",
    n: "ո",
    o: "оοօ",
    p: "рρ",
    q: "ԛ",
    r: "г",
    s: "ѕ",
    t: "т",
    u: "υս",
    v: "ѵν",
    w: "ԝ",
    x: "х",
    y: "уү",
    S: "Ѕ",
    "-": "‐‑‒–—―−⁃﹣",
    ":": "ː꞉∶",
    "/": "∕⁄",
  }).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter] as const)),
);
