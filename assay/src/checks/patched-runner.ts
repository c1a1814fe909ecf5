import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction, type FunctionNode } from "../source/functions.ts";
import { plain } from "../source/passed-on.ts";
import { descendants, type Argument, type CallExpression, type Expression, type Node } from "../source/walk.ts";
import { keyName } from "./exports/public-names.ts";
import { bindingsOf } from "./syntax/bindings.ts";
import { constantString } from "./syntax/constants.ts";
import { isSetup } from "./test-code/test-signs.ts";

/**
 * Flags code that changes what a test runner or an assertion does: a matcher of its own name replaced, `it` or `expect`
 * put in by hand, `assert` mocked, a matcher that says yes without having looked, an exit code of 0 set as the process ends
 * or by a hook behind the tests, errors nobody waits for swallowed.
 *
 * Such a run is green whatever the code does, and every test looks as it did.
 *
 * Not seen: what a package does that is loaded before the tests, and names put together at run time.
 */
export const patchedRunner: SyntaxCheck = {
  id: "patched-runner",
  kind: "syntax",
  summary: "The test runner or its assertions are patched",
  in: ["loop", "gate"],
  appliesTo: (file) => file.role === "test" || file.role === "config" || isSetup(file.path),

  *inspect(file) {
    if (!suspicious.test(file.text)) return;
    for (const node of descendants(file.program)) {
      const what = patchIn(node, file);
      if (what !== undefined) yield sighting(node, what);
    }
  },
};

const suspicious =
  /\b(?:globalThis|global|window|extend|overwrite\w+|mock|module|doMock|unstable_mockModule|exitCode|reallyExit|unhandledRejection|uncaughtException|defineProperty|prototype|assign|Cypress)\b|\b(?:process|assert|expect)\b[^;\n]*=|\bprocess\.(?:exit|reallyExit)\(0\)/;

function sighting(node: Node, what: string): Sighting {
  return { at: node, message: `${what}, so that tests pass whatever the code does; take it out and mend the code` };
}

function patchIn(node: Node, file: SourceFile): string | undefined {
  if (node.type === "AssignmentExpression") return assigned(node.left, node.right, file);
  if (node.type !== "CallExpression") return undefined;
  return (
    replacedMatcher(node, file) ??
    mockedAssertion(node) ??
    definedGlobal(node) ??
    atExit(node) ??
    inHook(node) ??
    swallowedError(node) ??
    swallowedByCypress(node)
  );
}

const runnerNames = new Set(["expect", "it", "test", "describe", "suite", "assert", "specify", "should"]);
const globals = new Set(["globalThis", "global", "window", "self"]);
const assertionNames = new Set(["assert", "expect", "chai", "Assertion"]);

function assigned(left: Node, right: Expression, { path }: SourceFile): string | undefined {
  if (left.type !== "MemberExpression") return undefined;
  const root = rootOf(left.object);
  const name = propertyOf(left);
  if (globals.has(root) && left.object.type === "Identifier" && runnerNames.has(name) && isMade(right))
    return `\`${name}\` of the runner is replaced`;
  if (assertionNames.has(root) && makesFunction(right)) return `\`${root}.${name}\` is replaced`;
  if (root === "process" && /^(?:exit|reallyExit)$/.test(name) && isSetup(path) && makesFunction(right))
    return `\`process.${name}\` is replaced for every test`;
  return undefined;
}

/** Made here, rather than taken from a runner. */
function isMade(node: Expression): boolean {
  if (node.type === "MemberExpression") return /^(?:skip|todo|fails|failing)$/.test(propertyOf(node));
  return makesFunction(node) || node.type === "NewExpression" || node.type === "ObjectExpression";
}

function makesFunction(node: Node): boolean {
  if (node.type === "TSAsExpression" || node.type === "ParenthesizedExpression") return makesFunction(node.expression);
  return isFunction(node);
}

const matcher =
  /^(?:toBe|toEqual|toStrictEqual|toMatch|toContain|toThrow|toThrowError|toBeDefined|toBeUndefined|toBeNull|toBeTruthy|toBeFalsy|toBeNaN|toBeCloseTo|toBeGreaterThan|toBeGreaterThanOrEqual|toBeLessThan|toBeLessThanOrEqual|toBeInstanceOf|toContainEqual|toHaveLength|toHaveProperty|toMatchObject|toHaveBeenCalled|toHaveBeenCalledTimes|toHaveBeenCalledWith|toMatchSnapshot|toMatchInlineSnapshot|resolves|rejects)$/;

function replacedMatcher(call: CallExpression, file: SourceFile): string | undefined {
  if (call.callee.type !== "MemberExpression") return undefined;
  const method = propertyOf(call.callee);
  if (/^overwrite(?:Method|Property|ChainableMethod)$/.test(method)) {
    const name = call.arguments.map((argument) => textOf(argument)).find((text) => text !== undefined);
    return `the assertion "${name ?? "?"}" is overwritten`;
  }
  if (method !== "extend" || rootOf(call.callee.object) !== "expect") return undefined;
  const members = membersOf(call.arguments[0], file);
  const replaced = members.find(({ name }) => matcher.test(name));
  if (replaced) return `the matcher \`${replaced.name}\` is replaced`;
  // A file with tests may be about matchers.
  const blind = declaresTests.test(file.text) ? undefined : members.find(({ value }) => saysYesUnseen(value, file));
  return blind && `the matcher \`${blind.name}\` never looks`;
}

/** Of an object that is written there, or as a constant of the file. */
function membersOf(list: Argument | undefined, file: SourceFile): readonly { name: string; value: Node }[] {
  const init = list?.type === "Identifier" ? bindingsOf(file).bindingOf(list)?.init : undefined;
  const object = init === undefined ? list : plain(init);
  if (object?.type !== "ObjectExpression") return [];
  return object.properties.flatMap((each) => {
    const name = each.type === "Property" && !each.computed ? keyName(each.key) : undefined;
    return each.type === "Property" && name !== undefined ? [{ name, value: each.value }] : [];
  });
}

const declaresTests = /\b(?:it|test)(?:\.\w+)*\(/;

/** Is every verdict yes, and nothing done before that could throw? */
function saysYesUnseen(value: Node, file: SourceFile): boolean {
  const run = bindingsOf(file).functionOf(value);
  if (run === undefined) return false;
  let verdicts = 0;
  for (const node of descendants(run)) {
    if (node.type === "ThrowStatement" || node.type === "ExpressionStatement") return false;
    if (node.type !== "Property" || keyName(node.key) !== "pass") continue;
    if (node.value.type !== "Literal" || node.value.value !== true) return false;
    verdicts++;
  }
  return verdicts > 0;
}

const assertionModules =
  /^(?:node:)?assert(?:\/strict)?$|^(?:node:test|vitest|chai|expect|should|@jest\/globals|@vitest\/expect|@playwright\/test)$/;

function mockedAssertion({ callee, arguments: args }: CallExpression): string | undefined {
  if (callee.type !== "MemberExpression" || !/^(?:mock|doMock|unstable_mockModule|module)$/.test(propertyOf(callee)))
    return undefined;
  const name = args[0] && textOf(args[0]);
  return name !== undefined && assertionModules.test(name) ? `"${name}" is mocked` : undefined;
}

function definedGlobal({ callee, arguments: [target, name, third] }: CallExpression): string | undefined {
  if (callee.type !== "MemberExpression" || rootOf(callee.object) !== "Object") return undefined;
  const root = target && target.type !== "SpreadElement" ? rootOf(target) : "";
  const method = propertyOf(callee);
  if (method === "assign" && assertionNames.has(root) && name?.type === "ObjectExpression")
    return `functions of \`${root}\` are replaced`;
  const key = (name && textOf(name)) ?? "";
  if (method !== "defineProperty" || third === undefined) return undefined;
  if (globals.has(root) && runnerNames.has(key)) return `\`${key}\` of the runner is replaced`;
  return assertionNames.has(root) ? `\`${root}.${key}\` is replaced` : undefined;
}

/** `process.on("exit", () => { process.exitCode = 0; })` */
function atExit(call: CallExpression): string | undefined {
  const listener = listenerOf(call, /^(?:exit|beforeExit)$/);
  if (listener === undefined) return undefined;
  for (const node of descendants(listener)) {
    const isSet =
      node.type === "AssignmentExpression" &&
      node.left.type === "MemberExpression" &&
      propertyOf(node.left) === "exitCode" &&
      isZero(node.right);
    if (isSet || endsWell(node)) return "the exit code is made 0 as the process ends";
  }
  return undefined;
}

/** `process.exit(0)`, `process.exit()`. */
function endsWell(node: Node): node is CallExpression {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    /^(?:exit|reallyExit)$/.test(propertyOf(node.callee)) &&
    (node.arguments[0] === undefined || isZero(node.arguments[0]))
  );
}

/** `after(() => process.exit(0))`: nothing that failed before is told. */
function inHook({ callee, arguments: args }: CallExpression): string | undefined {
  const name = callee.type === "MemberExpression" ? propertyOf(callee) : rootOf(callee);
  if (!/^(?:after|afterAll|afterEach|teardown|suiteTeardown)$/.test(name)) return undefined;
  const hook = args.find(isFunction);
  for (const node of hook ? descendants(hook) : [])
    if (endsWell(node) && rootOf(node.callee) === "process" && isZero(node.arguments[0]))
      return "the process ends with exit code 0 behind the tests";
  return undefined;
}

function swallowedError(call: CallExpression): string | undefined {
  const listener = listenerOf(call, /^(?:unhandledRejection|uncaughtException)$/);
  return listener && doesNothing(listener) ? "errors that nobody waits for are swallowed" : undefined;
}

/** Neither `(error) => { throw error; }` nor `report(error)`, and keeps nothing of it for later. */
function doesNothing({ body }: FunctionNode): boolean {
  for (const { type } of body ? descendants(body) : [])
    if (/^(?:Call|New|Await|Assignment|Update)Expression$|^ThrowStatement$/.test(type)) return false;
  return true;
}

/** For every test: errors of the page are let go, or failures of tests are. */
function swallowedByCypress(call: CallExpression): string | undefined {
  const onError = listenerOf(call, /^uncaught:exception$/, "Cypress");
  if (onError && answersNo(onError)) return "errors of the page are swallowed";
  const onFailure = listenerOf(call, /^fail$/, "Cypress");
  return onFailure && !throws(onFailure) ? "failures of tests are swallowed" : undefined;
}

function answersNo(listener: FunctionNode): boolean {
  const decided = bodyOf(listener)?.find(({ type }) => /^(?:Return|If|Try|Switch)Statement$/.test(type));
  const answer = decided?.type === "ReturnStatement" ? decided.argument : listener.body;
  return answer?.type === "Literal" && answer.value === false;
}

function throws(listener: FunctionNode): boolean {
  for (const { type } of descendants(listener)) if (type === "ThrowStatement") return true;
  return false;
}

function bodyOf({ body }: FunctionNode): readonly Node[] | undefined {
  return body?.type === "BlockStatement" ? body.body : undefined;
}

function listenerOf(
  { callee, arguments: [event, listener] }: CallExpression,
  events: RegExp,
  emitter = "process",
): FunctionNode | undefined {
  if (callee.type !== "MemberExpression" || rootOf(callee.object) !== emitter) return undefined;
  if (!/^(?:on|once|addListener|prependListener)$/.test(propertyOf(callee))) return undefined;
  return events.test((event && textOf(event)) ?? "") && isFunction(listener) ? listener : undefined;
}

function isZero(node: Argument | undefined): boolean {
  return node?.type === "Literal" && node.value === 0;
}

function textOf(argument: Argument): string | undefined {
  return argument.type === "SpreadElement" ? undefined : constantString(argument);
}

function propertyOf(node: Extract<Node, { type: "MemberExpression" }>): string {
  if (!node.computed && node.property.type === "Identifier") return node.property.name;
  return (node.property.type !== "PrivateIdentifier" && constantString(node.property)) || "";
}

function rootOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return rootOf(node.object);
  if (node.type === "TSAsExpression" || node.type === "ParenthesizedExpression") return rootOf(node.expression);
  return node.type === "CallExpression" ? rootOf(node.callee) : "";
}
