import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction, type FunctionNode } from "../source/functions.ts";
import { descendants, type Node } from "../source/walk.ts";
import { assertionsOf, type Assertion } from "./assertions/assertions.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { chainOf, memberName } from "./assertions/call-chain.ts";
import { claimOf } from "./assertions/claims.ts";
import { around, isDropped, isDroppedCallback } from "./assertions/control-flow.ts";
import { constantString } from "./syntax/constants.ts";
import { testsOf, type Test } from "./test-code/test-functions.ts";
import { speaksOf } from "./syntax/speaks-of.ts";

const promiseMessage = "this assertion is a promise that nobody awaits, and fails too late to be heard; await it";
const callbackMessage = "the test ends before this assertion runs; await what calls it, or return it";

/** What runs a callback after the test's own code. */
const later: ReadonlySet<string> = new Set(
  "nextTick queueMicrotask requestAnimationFrame requestIdleCallback setImmediate setInterval setTimeout".split(" "),
);

/**
 * Flags assertions that a test does not wait for: `expect(…).resolves` and `assert.rejects(…)` that are neither awaited
 * nor returned, and assertions in `.then(…)`, `forEach(async …)` or `setTimeout(…)` that nothing waits for.
 *
 * The test is over, and green, before they are made.
 *
 * Not seen: callbacks of events; promises that are kept and awaited too late.
 */
export const unawaitedAssertion: SyntaxCheck = {
  id: "unawaited-assertion",
  kind: "syntax",
  summary: "A test ends before its assertion is made",
  in: ["loop", "gate"],
  appliesTo: ({ role }) => role !== "declaration",

  *inspect(file) {
    if (
      !/resolves|rejects|eventually|rejectedWith|fulfilled|fast-check|\bpoll\b|ejects?\b|Async\b|\.(?:then|catch|finally)\(|playwright|supertest|\basync\b|\bwaitFor\(|setTimeout|setImmediate|nextTick|queueMicrotask/.test(
        file.text,
      )
    )
      return;
    for (const test of testsOf(file)) yield* inTest(file, test);
  },
};

/** Matchers of Playwright that look again until they hold. */
const looksAgain =
  /^to(?:Be(?:Attached|Checked|Disabled|Editable|Empty|Enabled|Focused|Hidden|InViewport|Visible)|ContainText|Have(?:Accessible\w+|Attribute|CSS|Class|Count|Id|JSProperty|Role|Screenshot|Text|Title|URL|Values?)|Pass)$/;

function* inTest(file: SourceFile, test: Test): Generator<Sighting> {
  const { run } = test;
  if (!run) return;
  const assertions = assertionsOf(file).in(run);
  const isCounted = assertions.some(({ chain }) => chain?.links.some(({ name }) => name === "plan" || name === "end"));
  for (const assertion of assertions) {
    const message = isPromise(file, assertion) && isDropped(file, assertion.node, run) ? promiseMessage : undefined;
    const fault = message ?? (isCounted ? undefined : callbackFault(file, assertion, run));
    if (fault === undefined) continue;
    const text = file.text.slice(assertion.node.start, assertion.node.end).replaceAll(/\s+/g, "");
    yield { at: assertion.node, message: fault, fingerprint: `${fault}\n${text}` };
  }
  if (!isCounted) yield* droppedCalls(file, run);
  yield* droppedProperties(file, run);
  yield* droppedRequests(file, run);
}

const propertyMessage = "this property is never tried; hand it to `fc.assert(…)`, and await that where it is async";

const fastCheck = /fast-check/;
const supertest = /supertest/;

/** A property of fast-check that nobody asserts, or whose promise nobody awaits. */
function* droppedProperties(file: SourceFile, run: FunctionNode): Generator<Sighting> {
  if (!speaksOf(file, fastCheck)) return;
  for (const node of descendants(run)) {
    const chain = node.type === "CallExpression" ? chainOf(node) : undefined;
    if (chain?.root.type !== "Identifier") continue;
    const binding = bindingsOf(file).bindingOf(chain.root);
    const name = chain.links.find(({ args }) => args)?.name || (binding?.imported ?? "");
    const isKept = !/(?:^|\/)fast-check$|^@fast-check\//.test(binding?.module ?? "") || !isDropped(file, node, run);
    const tries = name === "assert" && /\basyncProperty\(/.test(file.text.slice(node.start, node.end));
    if (isKept || !(tries || /^(?:asyncP|p)roperty$/.test(name))) continue;
    yield { at: node, message: propertyMessage, fingerprint: `${propertyMessage}\n${name}` };
  }
}

const requestMessage = "this request is never made: supertest sends it when it is awaited or returned; await it";

/** `request(app).get("/").expect(200);` with nobody waiting for it. */
function* droppedRequests(file: SourceFile, run: FunctionNode): Generator<Sighting> {
  if (!speaksOf(file, supertest) || isGivenDone(run)) return;
  for (const node of descendants(run)) {
    const chain = node.type === "CallExpression" ? chainOf(node) : undefined;
    if (chain?.root.type !== "Identifier" || !isDropped(file, node, run)) continue;
    // The whole chain says whether it is sent, and not its beginning.
    if (bindingsOf(file).parentOf(node)?.type === "MemberExpression") continue;
    const binding = bindingsOf(file).bindingOf(chain.root);
    const isRequest = binding?.module === "supertest" || isRequired(binding?.init, "supertest");
    const names = chain.links.map(({ name }) => name);
    if (!isRequest || !names.includes("expect") || names.some((name) => /^(?:end|then|catch|finally)$/.test(name)))
      continue;
    const text = file.text.slice(node.start, node.end).replaceAll(/\s+/g, "");
    yield { at: node, message: requestMessage, fingerprint: `${requestMessage}\n${text}` };
  }
}

/** `require("supertest")` */
function isRequired(node: Node | undefined, name: string): boolean {
  if (node?.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return false;
  const [first] = node.arguments;
  return first !== undefined && constantString(first) === name;
}

function isPromise(file: SourceFile, assertion: Assertion): boolean {
  const { kind, chain } = assertion;
  const names = chain?.links.map(({ name }) => name) ?? [];
  if (kind === "expect") {
    const isPlaywright =
      chain?.root.type === "Identifier" && bindingsOf(file).bindingOf(chain.root)?.module === "@playwright/test";
    if (names.some((name) => /^(?:eventually|rejected|rejectedWith|fulfilled)$/.test(name))) return true;
    if (names.includes("poll") || (isPlaywright && looksAgain.test(names.at(-1) ?? ""))) return true;
    return claimOf(assertion)?.settles !== undefined && hasMatcher(names);
  }
  const root = chain?.root.type === "Identifier" ? chain.root.name : "";
  if (kind === "assert") return [root, ...names].some((name) => name === "rejects" || name === "doesNotReject");
  return kind === "context" && names.some((name) => name === "throwsAsync" || name === "notThrowsAsync");
}

function hasMatcher(names: readonly string[]): boolean {
  return !/^(?:resolves|rejects|not)$/.test(names.at(-1) ?? "");
}

/** Does the assertion stand in a callback that runs when the test is over? */
function callbackFault(file: SourceFile, { node, kind }: Assertion, run: FunctionNode): string | undefined {
  if (kind === "other" || isGivenDone(run)) return undefined;
  for (const { at } of around(file, node, run)) {
    if (!isFunction(at)) continue;
    const call = bindingsOf(file).parentOf(at);
    if (call?.type !== "CallExpression") return undefined;
    if (isTimer(call))
      return fakesTimers(file) || awaitsAfter(file, call, run) || keepsPromise(file, call, run)
        ? undefined
        : callbackMessage;
    const isLate = isThen(call) || isLookedForLater(call) || (at.async && awaitsBefore(at, node));
    if (isLate && !keepsPromise(file, call, run) && isDroppedCallback(file, at, run))
      return awaitsAfter(file, call, run) && !isForEach(call) ? undefined : callbackMessage;
  }
  return undefined;
}

/** A test that is given `done` is over when it says so; fake timers run in the test. */
function endsByItself(file: SourceFile, run: FunctionNode): boolean {
  return fakesTimers(file) || isGivenDone(run);
}

const fakeTimers = /useFakeTimers|timers\.enable|FakeTimers|advanceTimers|runAllTimers|runAllTicks|clock\.tick/;

function fakesTimers(file: SourceFile): boolean {
  return speaksOf(file, fakeTimers);
}

function isGivenDone(run: FunctionNode): boolean {
  return run.params.some(
    (param) =>
      param.type === "Identifier" &&
      /^(?:done|cb|callback|next|end|finish|resolve)$/.test(param.name) &&
      !isCalledAtOnce(param.name, run),
  );
}

/** Does the test say that it is over as soon as it has run through? Then it waits for nothing. */
function isCalledAtOnce(name: string, { body }: FunctionNode): boolean {
  const statements = body?.type === "BlockStatement" ? body.body : [];
  return statements.some(
    (each) =>
      each.type === "ExpressionStatement" &&
      each.expression.type === "CallExpression" &&
      each.expression.callee.type === "Identifier" &&
      each.expression.callee.name === name,
  );
}

function isTimer({ callee }: Extract<Node, { type: "CallExpression" }>): boolean {
  const name =
    callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : "";
  return later.has(name ?? "");
}

function isThen({ callee }: Extract<Node, { type: "CallExpression" }>): boolean {
  return callee.type === "MemberExpression" && /^(?:then|catch|finally)$/.test(memberName(callee) ?? "");
}

/** Testing Library's, which tries again until it holds: `waitFor(() => expect(…))`. */
function isLookedForLater({ callee }: Extract<Node, { type: "CallExpression" }>): boolean {
  return callee.type === "Identifier" && callee.name === "waitFor";
}

function isForEach({ callee }: Extract<Node, { type: "CallExpression" }>): boolean {
  return callee.type === "MemberExpression" && memberName(callee) === "forEach";
}

/** A callback inside of `new Promise(…)`, or of any other function that the test hands on, is somebody else's. */
function keepsPromise(file: SourceFile, call: Node, run: FunctionNode): boolean {
  for (const { at } of around(file, call, run)) {
    if (isFunction(at) && !isDroppedCallback(file, at, run)) return true;
  }
  return false;
}

function awaitsBefore(callback: FunctionNode, node: Node): boolean {
  for (const each of descendants(callback)) {
    if ((each.type === "AwaitExpression" || (each.type === "ForOfStatement" && each.await)) && each.start < node.end)
      return true;
  }
  return false;
}

/** What fails while the test waits for something else is heard. */
function awaitsAfter(file: SourceFile, call: Node, run: FunctionNode): boolean {
  for (const each of descendants(run)) {
    const waits = each.type === "AwaitExpression" || (each.type === "ReturnStatement" && each.argument !== null);
    if (waits && each.start >= call.end && functionAround(file, each, run) === run) return true;
  }
  return false;
}

function functionAround(file: SourceFile, node: Node, run: FunctionNode): FunctionNode {
  for (const { at } of around(file, node, run)) if (isFunction(at)) return at;
  return run;
}

/** An async helper that asserts, called and left alone. */
function* droppedCalls(file: SourceFile, run: FunctionNode): Generator<Sighting> {
  if (endsByItself(file, run)) return;
  const bindings = bindingsOf(file);
  for (const node of descendants(run)) {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier") continue;
    const callee = bindings.functionOf(node.callee);
    if (!callee?.async || !assertionsOf(file).functionAsserts(callee) || !isDropped(file, node, run)) continue;
    const [first] = assertionsOf(file).in(callee);
    if (!first || !awaitsBefore(callee, first.node) || awaitsAfter(file, node, run)) continue;
    yield { at: node, message: callbackMessage, fingerprint: `${callbackMessage}\n${node.callee.name}` };
  }
}
