// Bounds and tolerances of assertions that were widened.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { lastOf, numberOf } from "./assertion-strength.ts";
import type { StatedAssertion } from "./stated-assertions.ts";
import { testsOf } from "../test-code/test-bodies.ts";

/** Where the number that a matcher is given stands, and which way it may move without accepting more. */
const bounds: ReadonlyMap<string, { readonly argument: number; readonly looser: "larger" | "smaller" }> = new Map([
  ["toBeLessThan", { argument: 0, looser: "larger" }],
  ["toBeLessThanOrEqual", { argument: 0, looser: "larger" }],
  ["toBeGreaterThan", { argument: 0, looser: "smaller" }],
  ["toBeGreaterThanOrEqual", { argument: 0, looser: "smaller" }],
  ["toBeCloseTo", { argument: 1, looser: "smaller" }],
  ["closeTo", { argument: 1, looser: "larger" }],
  ["approximately", { argument: 1, looser: "larger" }],
  ["isAbove", { argument: 0, looser: "smaller" }],
  ["isBelow", { argument: 0, looser: "larger" }],
  ["isAtLeast", { argument: 0, looser: "smaller" }],
  ["isAtMost", { argument: 0, looser: "larger" }],
  ["above", { argument: 0, looser: "smaller" }],
  ["below", { argument: 0, looser: "larger" }],
  ["least", { argument: 0, looser: "smaller" }],
  ["most", { argument: 0, looser: "larger" }],
]);
/** Digits that `toBeCloseTo` looks at when it is not told. */
const defaultDigits = 2;
const tolerance = /epsilon|toleran|max_?(?:diff|error|deviation)/i;
/** In a test these may be what the code is given. */
const toleranceOfFile = /precision|(?:^|_)delta|margin/i;
/** And no `steps`. */
const eps = /(?:^|_)(?:eps|EPS)(?![a-z])|Eps(?![a-z])/;

/** Bounds below and above. */
const ranges: ReadonlySet<string> = new Set(["within", "isWithin", "toBeWithin", "inRange", "toBeBetween"]);
/** Matchers of pictures, and what lets them be unlike. */
const pictures = /^(?:toHaveScreenshot|toMatchSnapshot|toMatchImageSnapshot|toMatchScreenshot)$/;
const unlikeness = /^(?:maxDiffPixels|maxDiffPixelRatio|threshold|failureThreshold|allowedMismatchedPixel\w*)$/;

export function looserTolerance(base: StatedAssertion, head: StatedAssertion): string | undefined {
  const name = lastOf(base.matcher);
  if (name !== lastOf(head.matcher) || base.subjectText !== head.subjectText) return boundOf(name, base, head);
  return widerRange(name, base, head) ?? unlikerPicture(name, base, head) ?? boundOf(name, base, head);
}

function widerRange(name: string, base: StatedAssertion, head: StatedAssertion): string | undefined {
  if (!ranges.has(name)) return undefined;
  const [low, high] = base.args.map(numberOf);
  const [lower, higher] = head.args.map(numberOf);
  if (low === undefined || high === undefined || lower === undefined || higher === undefined) return undefined;
  return isLooser("smaller", low, lower) || isLooser("larger", high, higher)
    ? `now takes ${lower} to ${higher} in place of ${low} to ${high}, which accepts more`
    : undefined;
}

function unlikerPicture(name: string, base: StatedAssertion, head: StatedAssertion): string | undefined {
  if (!pictures.test(name)) return undefined;
  const before = new Map(numbersIn(base.args));
  const [option, value] = numbersIn(head.args).find(([key, each]) => each > (before.get(key) ?? 0)) ?? [];
  return option === undefined ? undefined : `now lets pictures differ (\`${option}: ${value}\`), which accepts more`;
}

function numbersIn(args: readonly Node[]): readonly (readonly [string, number])[] {
  return args.flatMap((arg) =>
    arg.type !== "ObjectExpression"
      ? []
      : arg.properties.flatMap((each): readonly (readonly [string, number])[] => {
          if (each.type !== "Property" || each.key.type !== "Identifier" || !unlikeness.test(each.key.name)) return [];
          const value = numberOf(each.value);
          return value === undefined ? [] : [[each.key.name, value]];
        }),
  );
}

function boundOf(name: string, base: StatedAssertion, head: StatedAssertion): string | undefined {
  const bound = bounds.get(name);
  if (bound && name === lastOf(head.matcher) && base.subjectText === head.subjectText) {
    const before = numberOf(base.args[bound.argument]) ?? missingDigits(name, base);
    const after = numberOf(head.args[bound.argument]) ?? missingDigits(name, head);
    if (before === undefined || after === undefined) return undefined;
    return isLooser(bound.looser, before, after)
      ? `now takes ${after} in place of ${before}, which accepts more`
      : undefined;
  }
  return name === lastOf(head.matcher) && base.subject && head.subject
    ? looserComparison(base.subject, head.subject)
    : undefined;
}

/** `const EPSILON = 1e-9` that a test file had, and has larger. */
export function looserToleranceConstants({ base, head }: FilePair): readonly Finding[] {
  if (!base || !head || testsOf(head).tests.length === 0) return [];
  const [before, after] = [namedNumbers(base), namedNumbers(head)];
  return [...new Set(after.map(({ name }) => name))].flatMap((name) => {
    const were = before.filter((each) => each.name === name);
    const are = after.filter((each) => each.name === name);
    // Where there are more or fewer of a name, nobody knows which was which.
    if (were.length !== are.length) return [];
    return are.flatMap(({ value, node }, index) => {
      const was = were[index]?.value ?? value;
      const looser = /precision|digits/i.test(name) && value >= 1 ? "smaller" : "larger";
      if (!isLooser(looser, was, value)) return [];
      const message = `the tolerance \`${name}\` went from ${was} to ${value}, which accepts more; keep it, or mend the code`;
      return [{ path: head.path, line: head.lineOf(node.start), message }];
    });
  });
}

/** How many examples a property is tried with. */
export function fewerRuns({ base, head }: FilePair): readonly Finding[] {
  if (!base || !head || !/\bnumRuns\b/.test(base.text)) return [];
  const [before, after] = [runsIn(base), runsIn(head)];
  if (before.length !== after.length) return [];
  return after.flatMap(({ value, node }, index) => {
    const was = before[index]?.value ?? 0;
    if (!isLooser("smaller", was, value)) return [];
    const message = `a property is tried with ${value} examples in place of ${was}; keep it, or mend the code`;
    return [{ path: head.path, line: head.lineOf(node.start), message }];
  });
}

function runsIn({ program }: SourceFile): readonly { value: number; node: Node }[] {
  return [...descendants(program)].flatMap((node) => {
    if (node.type !== "Property" || node.key.type !== "Identifier" || node.key.name !== "numRuns") return [];
    const value = numberOf(node.value);
    return value === undefined ? [] : [{ value, node }];
  });
}

interface NamedNumber {
  readonly name: string;
  readonly value: number;
  readonly node: Node;
}

function namedNumbers({ program }: SourceFile): readonly NamedNumber[] {
  const own = new Set<Node>(
    program.body.flatMap((statement) => {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      return declaration?.type === "VariableDeclaration" ? declaration.declarations : [];
    }),
  );
  return [...descendants(program)].flatMap((node) => {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || !node.init) return [];
    const { name } = node.id;
    const value = numberOf(node.init);
    const isNamed = tolerance.test(name) || eps.test(name) || (toleranceOfFile.test(name) && own.has(node));
    return isNamed && value !== undefined ? [{ name, value, node }] : [];
  });
}

function missingDigits(name: string, { args }: StatedAssertion): number | undefined {
  return name === "toBeCloseTo" && args.length === 1 ? defaultDigits : undefined;
}

/** `Math.abs(a - b) < 1e-9` became `Math.abs(a - b) < 0.1`. */
function looserComparison(base: Node, head: Node): string | undefined {
  if (base.type !== "BinaryExpression" || head.type !== "BinaryExpression" || base.operator !== head.operator)
    return undefined;
  const looser = base.operator.startsWith("<") ? "larger" : base.operator.startsWith(">") ? "smaller" : undefined;
  const [before, after] = [numberOf(base.right), numberOf(head.right)];
  if (looser === undefined || before === undefined || after === undefined) return undefined;
  return isLooser(looser, before, after) ? `now takes ${after} in place of ${before}, which accepts more` : undefined;
}

/** A budget that creeps up by less than this is kept up to date, not given up. */
const creep = 0.1;

function isLooser(direction: "larger" | "smaller", before: number, after: number): boolean {
  const by = direction === "larger" ? after - before : before - after;
  return by > Math.abs(before) * creep;
}
