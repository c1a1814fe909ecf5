// Assertions that were checked in every run and now only in some.
import { isFunction } from "../../source/functions.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { isLeftUncalled } from "./uncalled.ts";
import { eachAssertion, plainText } from "./stated-assertions.ts";
import type { AssertingCode, PlacedAssertion } from "../test-code/test-bodies.ts";
import type { TestMatch } from "../test-code/test-matching.ts";

export interface Guarded {
  readonly assertion: PlacedAssertion;
  /** What is around it, as the end of a sentence. */
  readonly how: string;
}

/** Names of where a test runs; `isCircle` and `isMachine` are none. */
const places =
  /^is(?:Win(?:dows|32)?|Node(?:JS|js)?|Bun|Deno|Mac(?:OS|os)?|Linux|Browser|CI)(?![a-z])|^IS_(?:WIN|NODE|BUN|DENO|MAC|LINUX|BROWSER|CI)/;
const placeWords = /^(?:platform|version)s?$/i;

/** One for each condition, `try` or early return that was not around an assertion before. */
export function newlyGuarded({ base, head }: TestMatch): readonly Guarded[] {
  if (base.text === head.text || head.assertions.length === 0) return [];
  const before = new Map(base.assertions.map((assertion) => [keyOf(assertion), guardOf(base, assertion)]));
  const found = new Map<Node, Guarded>();
  for (const assertion of head.assertions) {
    const guard = guardOf(head, assertion);
    const key = [keyOf(assertion), namedKeyOf(head, assertion)].find((each) => before.has(each));
    if (guard && key !== undefined && before.get(key) === undefined && !found.has(guard.node))
      found.set(guard.node, { assertion, how: guard.how });
  }
  return [...found.values()];
}

function keyOf({ subjectText, matcher }: PlacedAssertion): string {
  return `${subjectText} ${matcher.replace(/^resolves\./, "")}`;
}

/** With what a constant stands for in its place: `const heading = …; if (…) expect(heading)`. */
function namedKeyOf({ file }: AssertingCode, assertion: PlacedAssertion): string {
  const { subject, matcher } = assertion;
  const init = subject?.type === "Identifier" ? bindingsOf(file).bindingOf(subject)?.init : undefined;
  const subjectText = init ? plainText(file.text.slice(init.start, init.end)) : assertion.subjectText;
  return keyOf({ ...assertion, subjectText, matcher });
}

interface Guard {
  readonly node: Node;
  readonly how: string;
}

function guardOf(test: AssertingCode, assertion: PlacedAssertion): Guard | undefined {
  const path = [...assertion.inside, assertion.node];
  for (const [index, node] of path.entries()) {
    const child = path[index + 1];
    if (child === undefined) break;
    const how = guardedBy(test, node, child) ?? leftUncalled(test, node, path[index - 1]);
    if (how !== undefined) return { node, how };
  }
  const early = earlyReturn(test, assertion);
  return early && { node: early, how: "stands behind a new early return" };
}

function guardedBy(test: AssertingCode, node: Node, child: Node): string | undefined {
  if (node.type === "TryStatement")
    return swallows(test, node, child) ? "now stands in a `try` that swallows its failure" : undefined;
  if (node.type === "IfStatement" && child !== node.test) {
    const other = child === node.consequent ? node.alternate : node.consequent;
    return isPlace(test, node.test) || isAsserted(test, node) || (other && fails(test, other))
      ? undefined
      : "is now checked only under a condition";
  }
  if (node.type === "CallExpression" && child !== node.callee) {
    if (isDeferred(test, node)) return "is now made when the test is over";
    if (isFunction(child) && isForgiven(test, node)) return "is now handed to a function that swallows its failure";
  }
  return isBranch(test, node, child) ? "is now checked only under a condition" : undefined;
}

/** Of an expression or a `switch`, unless something is asserted whichever way it goes. */
function isBranch(test: AssertingCode, node: Node, child: Node): boolean {
  if (node.type === "LogicalExpression") return child === node.right && !isPlace(test, node.left);
  if (node.type === "ConditionalExpression" && child !== node.test)
    return !isPlace(test, node.test) && !fails(test, child === node.consequent ? node.alternate : node.consequent);
  if (node.type !== "SwitchStatement" || child === node.discriminant) return false;
  const others = node.cases.filter((each) => each !== child && each.consequent.length > 0);
  const isWhole = node.cases.some((each) => each.test === null) && others.every((each) => fails(test, each));
  return !isWhole && !isPlace(test, node.discriminant);
}

/** `const check = () => expect(…)`, which nothing calls or hands on. */
function leftUncalled({ file }: AssertingCode, node: Node, parent: Node | undefined): string | undefined {
  return isLeftUncalled(file, node, parent) ? "now stands in a function that nothing calls" : undefined;
}

/** `tolerate(() => expect(…))`, where `tolerate` calls what it is given in a `try` that forgives. */
function isForgiven(test: AssertingCode, { callee }: Extract<Node, { type: "CallExpression" }>): boolean {
  const helper = callee.type === "Identifier" ? bindingsOf(test.file).functionOf(callee) : undefined;
  const given = new Set(helper?.params.flatMap((param) => (param.type === "Identifier" ? [param.name] : [])));
  if (!helper?.body || given.size === 0) return false;
  return [...descendants(helper.body)].some(
    (node) =>
      node.type === "TryStatement" &&
      swallows(test, node, node.block) &&
      [...descendants(node.block)].some(
        (inner) =>
          inner.type === "CallExpression" && inner.callee.type === "Identifier" && given.has(inner.callee.name),
      ),
  );
}

const deferring: ReadonlySet<string> = new Set(["setTimeout", "setImmediate", "queueMicrotask", "requestIdleCallback"]);

/** Is what the call is given run later, with nobody waiting? */
function isDeferred({ body, file }: AssertingCode, { callee }: Extract<Node, { type: "CallExpression" }>): boolean {
  if (callee.type !== "Identifier" || !deferring.has(callee.name) || body === undefined) return false;
  const isFunction = body.type === "ArrowFunctionExpression" || body.type === "FunctionExpression";
  const waits = /\bPromise\b|[tT]imers?\b|\btick/.test(file.text.slice(body.start, body.end));
  return isFunction && body.params.length === 0 && !waits;
}

function swallows(test: AssertingCode, node: Extract<Node, { type: "TryStatement" }>, child: Node): boolean {
  return child === node.block && node.handler !== null && !fails(test, node.handler.body);
}

/** Does it assert or throw as well? */
function fails(test: AssertingCode, root: Node): boolean {
  let found = false;
  eachAssertion(test.file, () => (found = true), root);
  return found || [...descendants(root)].some((node) => node.type === "ThrowStatement" || isFailCall(node));
}

function isFailCall(node: Node): boolean {
  if (node.type !== "CallExpression") return false;
  const { callee } = node;
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  return name.type === "Identifier" && /^(?:fail|reject|done|unreachable)/.test(name.name);
}

/** An assertion in front of it fails where the condition does not hold: it only tells the compiler. */
function isAsserted(test: AssertingCode, { test: condition, start }: Extract<Node, { type: "IfStatement" }>): boolean {
  const asked = condition.type === "UnaryExpression" ? condition.argument : condition;
  const text = plainText(test.file.text.slice(asked.start, asked.end));
  return (
    text.length > 2 && test.assertions.some(({ node, subjectText }) => node.end <= start && subjectText.includes(text))
  );
}

/** Conditions on where the test runs are what honest tests have. */
function isPlace({ file }: AssertingCode, condition: Node): boolean {
  const names = file.text.slice(condition.start, condition.end).split(/\W+/);
  return names.some(
    (name) => places.test(name) || name.split(/(?<=[a-z\d])(?=[A-Z])|_/).some((word) => placeWords.test(word)),
  );
}

/** A `return` among the statements of the test, before the assertion. */
function earlyReturn(test: AssertingCode, assertion: PlacedAssertion): Node | undefined {
  const { body } = test;
  const isFunction = body?.type === "ArrowFunctionExpression" || body?.type === "FunctionExpression";
  const block = isFunction ? body.body : null;
  if (block?.type !== "BlockStatement") return undefined;
  return block.body.find((statement) => {
    if (statement.end > assertion.node.start) return false;
    if (statement.type === "ReturnStatement") return true;
    const condition = skipCondition(statement);
    if (condition !== undefined) return !isPlace(test, condition);
    if (statement.type !== "IfStatement" || isPlace(test, statement.test) || isAsserted(test, statement)) return false;
    const branch = statement.consequent;
    const last = branch.type === "BlockStatement" ? branch.body.at(-1) : branch;
    if (last === undefined || fails(test, branch)) return false;
    if (isSkip(last) || isReturnedSkip(last)) return !asksElsewhere(test, statement.test);
    return last.type === "ReturnStatement";
  });
}

/** `isMariaDb(knex)`, with a function from elsewhere: what the test is run on says whether it applies, and it is reported. */
function asksElsewhere({ file }: AssertingCode, condition: Node): boolean {
  const call = condition.type === "UnaryExpression" ? condition.argument : condition;
  if (call.type !== "CallExpression" || call.callee.type !== "Identifier" || call.arguments.length === 0) return false;
  const bindings = bindingsOf(file);
  const isForeign = bindings.functionOf(call.callee) === undefined && bindings.bindingOf(call.callee) !== undefined;
  return isForeign && /^(?:is|has|can|supports)[A-Z]/.test(call.callee.name);
}

/** `return this.skip();` */
function isReturnedSkip(node: Node): boolean {
  return node.type === "ReturnStatement" && node.argument !== null && isSkipCall(node.argument);
}

/** `this.skip()`, `t.skip("…")`: the test ends here. */
function isSkip(node: Node): node is Extract<Node, { type: "ExpressionStatement" }> {
  return node.type === "ExpressionStatement" && isSkipCall(node.expression);
}

function isSkipCall(call: Node): boolean {
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  const { property } = call.callee;
  return property.type === "Identifier" && (property.name === "skip" || property.name === "fixme");
}

/** Playwright's `test.skip(condition, "…")`. */
function skipCondition(node: Node): Node | undefined {
  if (!isSkip(node) || node.expression.type !== "CallExpression") return undefined;
  const [condition] = node.expression.arguments;
  return condition === undefined || condition.type === "Literal" || condition.type === "TemplateLiteral"
    ? undefined
    : condition;
}
