import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction, type FunctionNode } from "../source/functions.ts";
import { descendants, type Argument, type Node } from "../source/walk.ts";
import { assertionsOf, isCount, isRelative, type Assertion } from "./assertions/assertions.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { namesBound } from "./syntax/names-bound.ts";
import { isPrinting } from "./syntax/printing.ts";
import { chainOf, memberName } from "./assertions/call-chain.ts";
import { around, hurdles, isEmptyList } from "./assertions/control-flow.ts";
import { testsOf, type Test } from "./test-code/test-functions.ts";
import { testCalls } from "./test-code/test-calls.ts";

const messages = {
  caught: "a `catch` that does nothing swallows this assertion; let it throw",
  onlyCaught:
    "this assertion is only made where something throws; fail the test where nothing does, or expect `toThrow`",
  conditional: "this test asserts only under a condition, and passes where it does not hold; assert the condition too",
  never: "this assertion is never reached; remove what stands in its way",
  noRows: "a table without rows declares no test; give it rows, or delete it",
};

/**
 * Flags assertions that can't make their test fail: inside a `try` whose `catch` does nothing, behind a `return` or a
 * constant condition, in a loop over nothing, and tests all of whose assertions stand in a `catch` or under a condition
 * on what the code answered.
 *
 * The test passes on the very day on which the code breaks.
 *
 * Not seen: loops over a list that turns out to be empty; conditions on the environment, which hold somewhere.
 */
export const swallowedAssertion: SyntaxCheck = {
  id: "swallowed-assertion",
  kind: "syntax",
  summary: "An assertion is swallowed or never reached",
  in: ["loop", "gate"],
  appliesTo: ({ role }) => role !== "declaration",

  *inspect(file) {
    for (const test of testsOf(file)) yield* inTest(file, test);
    yield* emptyTables(file);
  },
};

function* inTest(file: SourceFile, test: Test): Generator<Sighting> {
  const { run } = test;
  if (!run) return;
  const all = assertionsOf(file).in(run);
  const counts = all.filter(isCount);
  const assertions = all.filter((each) => !isCount(each));
  for (const assertion of assertions) {
    const message = faultOf(file, assertion, run);
    if (message === undefined) continue;
    const text = file.text.slice(assertion.node.start, assertion.node.end).replaceAll(/\s+/g, "");
    yield { at: assertion.node, message, fingerprint: `${message}\n${text}` };
  }
  const whole = counts.length > 0 ? undefined : wholeFault(file, assertions, run);
  const [first] = assertions;
  if (whole !== undefined && first) yield { at: first.node, message: whole, fingerprint: `${whole}\n${test.title}` };
}

function faultOf(file: SourceFile, { node, kind, chain }: Assertion, run: FunctionNode): string | undefined {
  if (kind === "other") return undefined;
  const isCaughtAtOnce = chain?.links.some(({ name, args }) => name === "catch" && args?.[0] && isIdle(file, args[0]));
  if (isCaughtAtOnce || isSwallowed(file, node, run)) return messages.caught;
  for (const reach of hurdles(file, node, run)) if (reach.kind === "never") return messages.never;
  return undefined;
}

function isSwallowed(file: SourceFile, node: Node, run: FunctionNode): boolean {
  for (const { at, child } of around(file, node, run)) {
    if (at.type === "TryStatement" && child === at.block) {
      const { handler, finalizer } = at;
      if (finalizer && finalizer.body.some(({ type }) => type === "ReturnStatement")) return true;
      if (handler && ignores(file, handler.body, handler.param)) return true;
    }
    if (at.type === "CallExpression" && (isCaught(file, at, child) || isSettledUnseen(file, at))) return true;
  }
  return false;
}

/** `promise.then(() => expect(…)).catch(() => {})`. */
function isCaught(file: SourceFile, call: Extract<Node, { type: "CallExpression" }>, child: Node): boolean {
  if (call.callee !== child || child.type !== "MemberExpression" || memberName(child) !== "catch") return false;
  const [handler] = call.arguments;
  return handler !== undefined && isIdle(file, handler);
}

/** `await Promise.allSettled([…])`, of whose answer nobody takes notice. */
function isSettledUnseen(file: SourceFile, call: Extract<Node, { type: "CallExpression" }>): boolean {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "allSettled") return false;
  const parent = bindingsOf(file).parentOf(call);
  return (
    (parent?.type === "AwaitExpression" ? bindingsOf(file).parentOf(parent) : parent)?.type === "ExpressionStatement"
  );
}

/** Does what is given to `.catch(…)` do nothing? */
function isIdle(file: SourceFile, handler: Argument): boolean {
  const callback = bindingsOf(file).functionOf(handler);
  if (callback?.body) return ignores(file, callback.body, callback.params[0] ?? null);
  return handler.type === "Identifier" && /^(?:noop|Boolean|String)$/.test(handler.name);
}

/** Is a fault caught and nothing done about it but to print it? */
function ignores(file: SourceFile, body: Node, param: Node | null): boolean {
  const bindings = bindingsOf(file);
  const names = new Set(param === null ? [] : namesBound(param));
  for (const node of descendants(body)) {
    if (node.type === "ThrowStatement" || node.type === "AssignmentExpression" || node.type === "UpdateExpression")
      return false;
    if (node.type === "CallExpression" && !isPrinting(node)) return false;
    if (node.type === "Identifier" && names.has(node.name) && !isPrinted(bindings.parentOf(node))) return false;
  }
  return true;
}

function isPrinted(parent: Node | undefined): boolean {
  if (parent?.type === "MemberExpression" || parent?.type === "TemplateLiteral") return true;
  // `void error;`, for a rule that wants every variable to be used.
  if (parent?.type === "UnaryExpression" && parent.operator === "void") return true;
  return (parent?.type === "CallExpression" && isPrinting(parent)) || parent?.type.startsWith("TS") === true;
}

/** Where all assertions of a test depend on the same thing, the test passes without them. */
function wholeFault(file: SourceFile, assertions: readonly Assertion[], run: FunctionNode): string | undefined {
  const claims = assertions.filter(({ kind }) => kind !== "other");
  if (claims.length === 0) return undefined;
  const others = assertions.filter((each) => each.kind === "other");
  if (
    claims.every(({ node }) => isOnlyInCatch(file, node, run)) &&
    others.every(({ node }) => isGivenInTry(file, node, run))
  )
    return messages.onlyCaught;
  if (others.length > 0) return undefined;
  const conditions = claims.map(({ node }) => conditionOf(file, node, run));
  if (conditions.some((condition) => condition === undefined) || coversBothSides(file, claims, run)) return undefined;
  return messages.conditional;
}

function isOnlyInCatch(file: SourceFile, node: Node, run: FunctionNode): boolean {
  for (const { at, child } of around(file, node, run)) {
    if (at.type === "TryStatement" && at.handler === child) return true;
    if (at.type !== "CallExpression" || at.callee.type !== "MemberExpression" || memberName(at.callee) !== "catch")
      continue;
    if (isFunction(child) && !/\.then\(/.test(file.text.slice(at.start, child.start))) return true;
  }
  return false;
}

/** `try { await drain(() => { throw error; }); } catch …`: what the program is given to call throws, and not the test. */
function isGivenInTry(file: SourceFile, node: Node, run: FunctionNode): boolean {
  if (node.type !== "ThrowStatement") return false;
  let isGiven = false;
  for (const { at, child } of around(file, node, run)) {
    isGiven ||= isFunction(child) && at.type === "CallExpression" && at.callee !== child;
    if (at.type === "TryStatement" && at.block === child && at.handler !== null) return isGiven;
  }
  return false;
}

/** The condition on an answer of the code under which an assertion is made. */
function conditionOf(file: SourceFile, node: Node, run: FunctionNode): Node | undefined {
  for (const { at } of around(file, node, run)) {
    if (isFunction(at) || /^(?:For|While|DoWhile)/.test(at.type)) return undefined;
  }
  for (const reach of hurdles(file, node, run)) {
    if (reach.kind === "maybe" && dependsOnAnswer(file, reach.test, run)) return reach.test;
  }
  return undefined;
}

/** Does it look at something that the test has worked out itself? Rows of a table and the environment are given. */
function dependsOnAnswer(file: SourceFile, condition: Node, run: FunctionNode): boolean {
  const bindings = bindingsOf(file);
  for (const node of descendants(condition)) {
    if (node.type === "CallExpression" && asksProgram(file, node)) return true;
    if (node.type !== "Identifier") continue;
    const binding = bindings.bindingOf(node);
    const { node: declaration, kind } = binding ?? {};
    if (kind !== "variable" || !declaration || declaration.start < run.start || run.end < declaration.end) continue;
    if (
      !/\bprocess\b|\bversion|\bplatform|\bglobalThis\b|\btypeof\b/i.test(
        file.text.slice(declaration.start, declaration.end),
      )
    )
      return true;
  }
  return false;
}

/** A function of the repository is called, and not one that says where the test runs. */
function asksProgram(file: SourceFile, call: Node): boolean {
  const root = chainOf(call)?.root;
  const binding = root?.type === "Identifier" ? bindingsOf(file).bindingOf(root) : undefined;
  return binding?.kind === "import" && isRelative(binding.module ?? "") && !saysWhere(binding.name);
}

const environmentWord =
  /^(?:CI|(?:un)?support(?:s|ed)?|platforms?|windows|linux|mac(?:os)?|node(?:js)?|deno|bun|browsers?|env(?:ironment)?|versions?|(?:un)?available|enabled|features?|can|has)\d*$/i;

/** `isMacOS`, `canSymlink`, `ON_CI`; by whole words, for `scan`, `hash` and `conversion` say nothing of where a test runs. */
function saysWhere(name: string): boolean {
  return name.split(/(?<=[a-z\d])(?=[A-Z])|_/).some((word) => environmentWord.test(word));
}

/** `if (…) expect(…) else expect(…)` asserts in any case. */
function coversBothSides(file: SourceFile, claims: readonly Assertion[], run: FunctionNode): boolean {
  return claims.some(({ node }) => {
    for (const { at, child } of around(file, node, run)) {
      const hasOther = at.type === "IfStatement" || at.type === "ConditionalExpression";
      const other = hasOther ? (at.consequent === child ? at.alternate : at.consequent) : undefined;
      if (other && claims.some((each) => other.start <= each.node.start && each.node.end <= other.end)) return true;
      if (at.type === "SwitchStatement" && at.cases.some(isBusyDefault)) return true;
    }
    return false;
  });
}

/** `default: unreachable(kind);`, where `default: break;` lets the test pass. */
function isBusyDefault({ test, consequent }: Extract<Node, { type: "SwitchCase" }>): boolean {
  if (test !== null) return false;
  return consequent.some((statement) =>
    [...descendants(statement)].some((node) => node.type === "CallExpression" && !isPrinting(node)),
  );
}

/** `test.each([])(…)` declares nothing. */
function* emptyTables(file: SourceFile): Generator<Sighting> {
  if (!/\.(?:each|for)\b/.test(file.text)) return;
  for (const { node, modifiers } of testCalls(file)) {
    const rows = modifiers.find(({ name, args }) => (name === "each" || name === "for") && args)?.args?.[0];
    if (rows && rows.type !== "SpreadElement" && isEmptyList(file, rows))
      yield { at: node, message: messages.noRows, fingerprint: messages.noRows };
  }
}
