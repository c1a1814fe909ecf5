import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction } from "../source/functions.ts";
import { descendants, type ImportDeclaration, type Node } from "../source/walk.ts";
import { exact, lastOf, numberOf, strengthOf, vague } from "./assertions/assertion-strength.ts";
import type { StatedAssertion } from "./assertions/stated-assertions.ts";
import { handWritten } from "./change/hand-written.ts";
import { newlyForgiving } from "./assertions/forgiving-helpers.ts";
import { goneCode, type GoneCode } from "./test-code/gone-code.ts";
import { newlyGuarded } from "./assertions/guarded-assertions.ts";
import { fewerMembers, isSame, looserPart, looserText, looserValue } from "./assertions/looser-arguments.ts";
import { missingAssertions, type EditedAssertion } from "./assertions/missing-assertions.ts";
import { madeInTests } from "./assertions/made-in-tests.ts";
import type { AssertingCode, PlacedAssertion } from "./test-code/test-bodies.ts";
import { isOverhaul, testsOfChange, type CodeMatch, type TestsOfChange } from "./test-code/test-matching.ts";
import { isMemberOnly, lostShape } from "./assertions/lost-shape.ts";
import { fewerRuns, looserTolerance, looserToleranceConstants } from "./assertions/tolerances.ts";
import { shortened } from "./change/shortened.ts";

/**
 * Flags assertions that accept more than they did: a weaker matcher, a pattern in place of a value, a larger tolerance, a
 * condition around them, a helper that swallows their failure, an expected value that is worked out by the code under
 * test, or a copy of that code in the test's own file.
 *
 * A test that fails can be made to pass by asking less of the code.
 *
 * Not seen: an exact value that was replaced by another one, and what is loosened while tests are rewritten at large.
 */
export const loosenedAssertion: ChangeCheck = {
  id: "loosened-assertion",
  kind: "change",
  summary: "An assertion accepts more than it did",
  in: ["loop", "gate"],

  async inspect(context) {
    const change = await testsOfChange(context);
    const helpers = (await handWritten(context)).flatMap(forgivingHelpers);
    if (change.pairs.length === 0) return helpers;
    return [
      ...helpers,
      ...change.pairs.flatMap((pair) => inPlaceOfTheProgram(context, pair)),
      ...change.pairs.flatMap(laxImport),
      ...editedAssertions(change, goneCode(context)),
      ...guardedAssertions(change),
      ...change.pairs.flatMap(looserToleranceConstants),
      ...change.pairs.flatMap(fewerRuns),
    ];
  },
};

function editedAssertions(change: TestsOfChange, gone: GoneCode): readonly Finding[] {
  const missing = missingAssertions(change).filter(({ match }) => !isOverhaul(change, match.base.file));
  return missing.flatMap(({ match, edited }) =>
    edited.flatMap((edit) => {
      const how = loosening(match, edit, gone);
      if (how === undefined) return [];
      return [
        findingAt(
          match.head,
          edit.head.node,
          `${quoted(match.base, edit.base.node)} ${how}; assert what the code has to give`,
        ),
      ];
    }),
  );
}

function forgivingHelpers(pair: FilePair): readonly Finding[] {
  return newlyForgiving(pair).map(({ node, helper, given }) => ({
    path: pair.change.path,
    line: pair.head?.lineOf(node.start) ?? null,
    message: `\`${helper}\` swallows now what fails in \`${given}\`, assertions among it; let it throw`,
  }));
}

function inPlaceOfTheProgram(context: ChangeContext, pair: FilePair): readonly Finding[] {
  return madeInTests(context, pair).map(({ node, name, specifier }) => ({
    path: pair.change.path,
    line: pair.head?.lineOf(node.start) ?? null,
    message: `\`${name}\` is made here now, and that of "${specifier}" is tested no more; import it`,
  }));
}

/** `node:assert/strict` became `node:assert`: the same calls compare with `==`. */
function laxImport({ base, head }: FilePair): readonly Finding[] {
  const strict = base && importOf(base, /^(?:node:)?assert\/strict$/);
  const lax = head && importOf(head, /^(?:node:)?assert$/);
  if (!strict || !lax || !/\b(?:equal|deepEqual)\(/.test(head.text) || importOf(head, /\/strict$/)) return [];
  if (
    lax.specifiers.some(
      (each) =>
        each.type === "ImportSpecifier" && each.imported.type === "Identifier" && each.imported.name === "strict",
    )
  )
    return [];
  const message = "the assertions are not strict any more: `equal` compares with `==` now; import `node:assert/strict`";
  return [{ path: head.path, line: head.lineOf(lax.start), message }];
}

function importOf(file: SourceFile, name: RegExp): ImportDeclaration | undefined {
  return file.program.body.find(
    (statement): statement is ImportDeclaration =>
      statement.type === "ImportDeclaration" && name.test(statement.source.value),
  );
}

function guardedAssertions(change: TestsOfChange): readonly Finding[] {
  return change.matches.flatMap((match) =>
    newlyGuarded(match).map(({ assertion, how }) =>
      findingAt(
        match.head,
        assertion.node,
        `${quoted(match.head, assertion.node)} ${how}; let it be checked in every run`,
      ),
    ),
  );
}

function loosening(match: CodeMatch, { base, head, sameSubject }: EditedAssertion, gone: GoneCode): string | undefined {
  if (sameSubject && isCircular(match.head, head) && !isCircular(match.base, base)) return "is now held against itself";
  const tolerance = looserTolerance(base, head);
  if (tolerance !== undefined) return tolerance;
  // Two libraries say the same in different words.
  if (base.style !== head.style && strengthOf(head) > vague) return undefined;
  if (isTurned(match, base, head)) return undefined;
  if (sameSubject && deniesLess(base, head)) return "now denies only a part of what it denied";
  const shape = lostShape(base, head);
  if (shape !== undefined) return shape;
  const [before, after] = [strengthOf(base), strengthOf(head)];
  const now = `became \`${head.negated ? "not." : ""}${head.matcher}\``;
  // Other subjects are compared where one is a part of the other, or where hardly anything is left.
  if (!sameSubject && !(after === vague && before === exact) && !isAbout(head, base)) return undefined;
  if (after < before && !isStillSaid(base, head) && !isTakenApart(match, base, head))
    return after === vague ? `${now}, which accepts almost anything` : `${now}, which accepts more`;
  if (!sameSubject)
    return isMemberOnly(base, head, match.head.assertions) ? "now looks at a part of the value" : undefined;
  if (isStrictnessLost(base, head)) return `${now}, which accepts more`;
  return base.negated || head.negated ? undefined : looserArgument(match, base, head, gone);
}

/** Nothing was thrown, or no call made, and now there is only none of a kind. */
function deniesLess(base: StatedAssertion, head: StatedAssertion): boolean {
  if (!base.negated || !head.negated || base.args.length > 0 || head.args.length === 0) return false;
  const [before, after] = [lastOf(base.matcher), lastOf(head.matcher)];
  return isThrow(base) ? before === after : before === "toHaveBeenCalled" && after === "toHaveBeenCalledTimes";
}

function isAbout(head: StatedAssertion, base: StatedAssertion): boolean {
  return base.subjectText !== "" && head.text.includes(base.subjectText);
}

/** What was so is now not so: the code was changed, or the test was wrong. */
function isTurned(match: CodeMatch, base: StatedAssertion, head: StatedAssertion): boolean {
  if (base.negated === head.negated || lastOf(base.matcher) !== lastOf(head.matcher)) return false;
  if (isThrow(base)) return true;
  return base.args.every((node, index) => {
    const other = head.args[index];
    return other !== undefined && isSame({ file: match.base.file, node }, { file: match.head.file, node: other });
  });
}

/** A value that is now looked for inside an object: `toBe(1)` became `toMatchObject({ value: 1 })`. */
function isStillSaid(base: StatedAssertion, head: StatedAssertion): boolean {
  const [value] = base.args;
  // What is visible is there once: several are an error.
  if (base.matcher === "toHaveCount" && head.matcher === "toBeVisible") return numberOf(value) === 1;
  const [object] = head.args;
  if (value && object && isWholeText(value, object)) return true;
  if (value?.type !== "Literal" || object?.type !== "ObjectExpression") return false;
  return [...descendants(object)].some((node) => node.type === "Literal" && node.value === value.value);
}

/** What a mock was called with is asserted by itself now: of `mock.calls`, or of what comes of it. */
function isTakenApart(match: CodeMatch, base: StatedAssertion, head: StatedAssertion): boolean {
  if (!/CalledWith$/i.test(base.matcher) || !/Called/.test(head.matcher) || base.args.length === 0) return false;
  if (!/\.(?:mock\.(?:calls|lastCall)|args|firstCall|lastCall|getCalls?)\b/.test(match.head.text)) return false;
  const before = new Set(match.base.assertions.map(({ text }) => text));
  const added = match.head.assertions.filter((each) => !before.has(each.text) && strengthOf(each) === exact);
  const values = added.flatMap(({ args }) => args.map((node) => ({ file: match.head.file, node })));
  return base.args.every((node) => values.some((value) => isSame({ file: match.base.file, node }, value)));
}

/** Does a pattern say all words of a text, from its first at the beginning to its last at the end? Some of it varies, then. */
function isWholeText(value: Node, pattern: Node): boolean {
  if (value.type !== "Literal" || typeof value.value !== "string") return false;
  if (pattern.type !== "Literal" || !("regex" in pattern) || pattern.regex.pattern.includes("|")) return false;
  const words = value.value.match(/\w+/g) ?? [];
  return new RegExp(`^\\^${words.join("\\b.*\\b")}\\$$`).test(pattern.regex.pattern);
}

/** Of the same or an equally strong matcher. */
function looserArgument(
  match: CodeMatch,
  base: StatedAssertion,
  head: StatedAssertion,
  gone: GoneCode,
): string | undefined {
  for (const [index, node] of base.args.entries()) {
    const other = head.args[index];
    if (other === undefined) continue;
    const compare = lastOf(base.matcher) === "toMatchObject" ? looserPart : looserValue;
    const looser = compare({ file: match.base.file, node }, { file: match.head.file, node: other });
    if (looser !== undefined) return `now takes ${looser}, which accepts more`;
    if (lastOf(base.matcher) !== lastOf(head.matcher) || (strengthOf(base) === exact && !isThrow(base))) continue;
    if (looserText(node, other)) return "now looks for less of the text";
    if (isThrow(base) && isAnyError(other) && !isAnyError(node)) return "now takes any error";
    const fewer = fewerMembers(node, other).filter((each) => !gone.mentioned(each, match.base.file));
    if (fewer.length > 0 && !fewer.some((each) => isAssertedApart(match, each)))
      return "now looks at less of the value";
  }
  return undefined;
}

/** Has a member an assertion of its own by now? */
function isAssertedApart({ base, head }: CodeMatch, member: Node): boolean {
  const key =
    member.type === "Property" ? base.file.text.slice(member.key.start, member.key.end).replaceAll(/["']/g, "") : "";
  const before = new Set(base.assertions.map(({ text }) => text));
  // A short one is a part of many words: `at` of `toMatchObject`.
  const says = (text: string): boolean => (/^\w+$/.test(key) ? text.split(/\W+/) : text).includes(key);
  return key !== "" && head.assertions.some(({ text }) => !before.has(text) && says(text));
}

function isThrow({ matcher }: StatedAssertion): boolean {
  return /^(?:toThrow(?:Error)?|throws?|Throw|throwsAsync|rejects)$/.test(lastOf(matcher));
}

function isAnyError(node: Node): boolean {
  return node.type === "Identifier" && node.name === "Error";
}

/** `strictEqual` became `equal`, or a strict look at an object one that leaves out types and undefined members. */
function isStrictnessLost(base: StatedAssertion, head: StatedAssertion): boolean {
  const change = `${lastOf(base.matcher)} ${lastOf(head.matcher)}`;
  const isNodeAssert = [base, head].every(({ text }) => text.startsWith("assert."));
  if (/^(?:toStrictEqual toEqual|toHaveBeenCalledExactlyOnceWith toHaveBeenCalledWith)$/.test(change)) return true;
  return isNodeAssert && /^(?:strictEqual equal|deepStrictEqual deepEqual)$/.test(change);
}

/** `expect(f(1)).toBe(f(1))`, also by way of constants. */
function isCircular(test: AssertingCode, { node, subject, args, negated }: PlacedAssertion): boolean {
  const [expected] = args;
  // Of a helper all arguments count, the subject among them.
  if (!subject || !expected || negated || subject === expected) return false;
  if ([subject, expected].some((side) => isKept(test, side, node))) return false;
  const [a, b] = [resolved(test, subject), resolved(test, expected)];
  const says =
    b.type === "CallExpression" ||
    b.type === "Identifier" ||
    b.type === "MemberExpression" ||
    b.type === "AwaitExpression";
  return says && isSame({ file: test.file, node: a }, { file: test.file, node: b });
}

/** Is it a constant from before something else was done? Then it says that nothing has come of that. */
function isKept(test: AssertingCode, side: Node, assertion: Node): boolean {
  if (side.type !== "Identifier") return false;
  const statements = statementsOf(test);
  const made = statements.findIndex((statement) => declares(statement, side.name));
  const used = statements.findIndex(({ start, end }) => start <= assertion.start && assertion.end <= end);
  const between = made < 0 ? [] : statements.slice(made + 1, used);
  return between.some(
    (statement) =>
      statement.type === "ExpressionStatement" && !test.assertions.some(({ node }) => isInside(node, statement)),
  );
}

function isInside(inner: Node, { start, end }: Node): boolean {
  return start <= inner.start && inner.end <= end;
}

function declares(statement: Node, name: string): boolean {
  return (
    statement.type === "VariableDeclaration" &&
    statement.declarations.some(({ id }) => id.type === "Identifier" && id.name === name)
  );
}

function statementsOf({ body }: AssertingCode): readonly Node[] {
  return isFunction(body) && body.body?.type === "BlockStatement" ? body.body.body : [];
}

/** What a constant of the test was made of. */
function resolved(test: AssertingCode, node: Node): Node {
  if (node.type === "AwaitExpression") return resolved(test, node.argument);
  if (node.type !== "Identifier" || test.body === undefined) return node;
  for (const statement of [...statementsOf(test), ...test.file.program.body]) {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "const") continue;
    const declared = statement.declarations.find(({ id }) => id.type === "Identifier" && id.name === node.name);
    if (declared?.init) return declared.init.type === "AwaitExpression" ? declared.init.argument : declared.init;
  }
  return node;
}

function findingAt(test: AssertingCode, node: Node, message: string): Finding {
  return { path: test.file.path, line: test.file.lineOf(node.start), message };
}

function quoted(test: AssertingCode, node: Node): string {
  const text = test.file.text.slice(node.start, node.end).replaceAll(/\s+/g, " ");
  return `\`${shortened(text, 70)}\``;
}
