import type { Comment } from "oxc-parser";
import type { ChangeCheck, ChangeContext, FilePair, Sighting } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { SourceFile } from "../model/source-file.ts";
import { broughtRules } from "./suppressions/brought-rules.ts";
import { directiveOf, type Directive, type DirectiveAim } from "./suppressions/directives.ts";
import { isTypeTest } from "../source/role.ts";
import { handWritten } from "./change/hand-written.ts";
import { withComments } from "./suppressions/markup-comments.ts";
import { newFindings } from "./change/new-findings.ts";
import {
  isDeclaredFormRule,
  isInputRule,
  isLengthRule,
  isStyleRule,
  isTypeEscapeRule,
  plainName,
} from "./suppressions/rule-names.ts";
import { widened } from "./suppressions/suppressed-lines.ts";
import { shortened } from "./change/shortened.ts";

const remedies: Readonly<Record<DirectiveAim, string>> = {
  types: "hides type errors; mend the type instead",
  lint: "silences the linter; mend the code instead",
  format: "keeps code from the formatter; let it be formatted",
  coverage: "hides code from coverage; test it or take it out",
  mutation: "hides code from mutation testing; test it or take it out",
};

/**
 * Flags comments that tell a tool to look away: the compiler, linters, formatters, coverage, mutation testing; in
 * TypeScript, JavaScript, components, HTML, style sheets and YAML. One that is widened counts, one that is narrowed does
 * not. So does JavaScript that loses its `@ts-check`.
 *
 * A tool that was told to look away stays green whatever the code does.
 *
 * `@ts-expect-error` is allowed in tests: there it says that a wrong use is rejected, and fails when it no longer is.
 * So are, as casts are there, comments that switch off a rule against casts by its name, and for a line one about style
 * and length, or against a value that the code is tried with.
 *
 * Tests of types are never run, so that linters may be told to look away there. A comparison that is strict may be so where
 * a rule against loose ones wants `== null`. A declaration that is merged into another module's has the form that it has
 * there, whatever a rule says of it.
 *
 * What the change exempts from a rule that it brings itself was not held to it before.
 *
 * Not seen: suppressions in configuration files of the tools, and in Markdown.
 */
export const suppression: ChangeCheck = {
  id: "suppression",
  kind: "change",
  summary: "A comment tells a tool to look away",
  in: ["loop", "gate"],

  async inspect(context) {
    const written = await handWritten(context);
    const pairs = await Promise.all(written.map(async (pair) => (await withComments(pair)) ?? pair));
    const lifted = new Map(pairs.map((pair) => [pair.head, liftedIn(pair)]));
    const brought = await broughtRules(context);
    const found = newFindings(pairs, (file) => suppressionsIn(file, lifted.get(file) ?? [], brought));
    const isFoundIn = new Set(found.map(({ path }) => path));
    const others = pairs.filter(({ change }) => !isFoundIn.has(change.path));
    const unchecked = await Promise.all(others.map((pair) => uncheckedNow(pair, context)));
    return [...found, ...others.flatMap(widening), ...unchecked.flat()];
  },
};

/** One directive with regard to one rule; the rule is empty where it is about everything. */
interface Suppression {
  readonly directive: Directive;
  readonly rule: string;
  /** What it stands beside; empty where it reaches onwards. */
  readonly code: string;
  readonly comment: Comment;
}

function* suppressionsIn(
  file: SourceFile,
  lifted: readonly Suppression[],
  brought: ReadonlySet<string>,
): Generator<Sighting> {
  for (const one of suppressionsOf(file)) {
    const { directive, rule, code, comment } = one;
    if (brought.has(rule) || lifted.some((wider) => isWithin(one, wider))) continue;
    const message = `\`${shortened(`${directive.name} ${rule}`.trimEnd(), 80)}\` ${remedies[directive.aim]}`;
    yield { at: comment, message, fingerprint: keyOf(one) + `\n${code}` };
  }
}

function suppressionsOf(file: SourceFile): readonly Suppression[] {
  return file.comments.flatMap((comment) => {
    const directive = directiveOf(comment);
    if (directive === undefined || isTypeAssertion(file, directive)) return [];
    if (directive.aim === "lint" && isTypeTest(file.path)) return [];
    const code = directive.reach === "nearby" ? coveredCode(file.text, comment) : "";
    const rules = directive.rules.length === 0 ? [""] : directive.rules;
    const mayStand = (rule: string): boolean => {
      if (isTypeEscapeRule(rule) || directive.reach !== "nearby") return isTypeEscapeRule(rule);
      return isStyleRule(rule) || isInputRule(rule) || isLengthRule(rule) || isNoHook(rule, file, comment);
    };
    const isMerged = (rule: string): boolean =>
      directive.reach === "nearby" && isDeclaredFormRule(rule) && isInAugmentation(file, comment);
    const isStrict = (rule: string): boolean =>
      plainName(rule) === "eqeqeq" && directive.reach === "nearby" && comparesStrictly(coveredLine(file.text, comment));
    const counted = rules.filter(
      (rule) => !isMerged(rule) && !isStrict(rule) && (file.role !== "test" || !mayStand(rule)),
    );
    return counted.map((rule) => ({ directive, rule, code, comment }));
  });
}

/** A fixture of Playwright's hands over by `await use(page)`, which a rule about React takes for its hook of that name. */
function isNoHook(rule: string, { text }: SourceFile, comment: Comment): boolean {
  return plainName(rule) === "rules-of-hooks" && coveredLine(text, comment).startsWith("await use(");
}

/** Does it only say `===`, where a rule wants `== null`? What is null and what is missing are told apart then. */
function comparesStrictly(code: string): boolean {
  return /[!=]==/.test(code) && !/[!=]=/.test(code.replaceAll(/[!=]==/g, ""));
}

/** Inside `declare module "x" {…}` or `declare global {…}`, which add to what somebody else declared. */
function isInAugmentation({ program }: SourceFile, { start, end }: Comment): boolean {
  return program.body.some(
    (node) =>
      node.type === "TSModuleDeclaration" &&
      (node.kind === "global" || node.id.type === "Literal") &&
      node.start < start &&
      end < node.end,
  );
}

function keyOf({ directive: { aim, reach }, rule }: Suppression): string {
  return `${aim} ${reach} ${plainName(rule)}`;
}

/** What the base switched off and the head does no more: what is within it now was narrowed. */
function liftedIn({ base, head }: FilePair): readonly Suppression[] {
  if (base === undefined || head === undefined) return [];
  const before = suppressionsOf(base);
  if (before.length === 0) return [];
  const left = new Set(suppressionsOf(head).map((one) => `${keyOf(one)}\n${one.code}`));
  return before.filter((one) => !left.has(`${keyOf(one)}\n${one.code}`));
}

function isWithin(one: Suppression, wider: Suppression): boolean {
  if (one.directive.aim !== wider.directive.aim || keyOf(one) === keyOf(wider)) return false;
  const isOfRule = wider.rule === "" || plainName(wider.rule) === plainName(one.rule);
  const isOfPlace =
    wider.directive.reach === "onwards" || (one.directive.reach === "nearby" && one.code === wider.code);
  return isOfRule && isOfPlace;
}

function widening(pair: FilePair): readonly Finding[] {
  const found = widened(pair);
  if (found === undefined) return [];
  const message = `\`${shortened(found.name, 80)}\` reaches from here on over code that it did not cover; end it where it ended`;
  return [{ path: pair.change.path, line: found.line, message }];
}

/** JavaScript is type-checked because its first comment says so, unless the configuration does. */
async function uncheckedNow(
  { base, head, change }: FilePair,
  { workspace }: ChangeContext,
): Promise<readonly Finding[]> {
  if (base === undefined || head === undefined || !/\.[cm]?jsx?$/.test(head.path)) return [];
  if (!base.text.includes("@ts-check") || !base.comments.some(isCheckMark)) return [];
  const { isChecked } = await import("./suppressions/checked-scripts.ts");
  if (head.comments.some(isCheckMark) || isChecked(head, workspace)) return [];
  return [
    { path: change.path, line: 1, message: "the file lost its `@ts-check`, and with it the type checker; put it back" },
  ];
}

function isCheckMark({ value }: Comment): boolean {
  return /^\/?\s*@ts-check\b/.test(value);
}

function isTypeAssertion(file: SourceFile, directive: Directive): boolean {
  return /^@ts-expect-error/i.test(directive.name) && file.role === "test";
}

/** What leads to a statement: `} else `, or a condition in which nothing can hide. */
const branch = /^(?:\} )?(?:else (?!if)|if \(!?[\w$]+(?: (?:[<>]=?|[!=]==?) -?[\w$]+)?\) )(?=[^\s{])/;

/** What takes a value: it may be returned where it was kept, once a function of its own gives it. */
const taker = /^(?:return |(?:export )?(?:const|let|var) [\w$]+(?:: [\w$.<>[\]| ]+)? = )(?=[^\s;])/;

/**
 * The code that goes with a directive when it moves: what shares its line, else the next line. A statement stays the same
 * behind `else` or a plain condition, and whether its value is kept or returned.
 */
function coveredCode(text: string, comment: Comment): string {
  return coveredLine(text, comment).replace(branch, "").replace(taker, "");
}

function coveredLine(text: string, comment: Comment): string {
  const lineStart = text.lastIndexOf("\n", comment.start - 1) + 1;
  const before = text.slice(lineStart, comment.start);
  const [rest = "", ...following] = text.slice(comment.end).split("\n", 8);
  const beside = before + rest;
  const code = /[^\s{}]/.test(beside) ? beside : (following.find((line) => line.trim() !== "") ?? "");
  return code.replaceAll(/\s+/g, " ").trim();
}
