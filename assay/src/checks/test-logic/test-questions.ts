// The ways in which code asks whether it is being tested.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, type Argument, type CallExpression, type Expression, type Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";

/** Variables that only test runners set. */
const runnerVariable =
  /^(?:VITEST(?:_\w+)?|JEST_WORKER_ID|NODE_TEST_CONTEXT|NODE_TEST_WORKER_ID|MOCHA_\w+|PLAYWRIGHT_TEST\w*|TEST_WORKER_INDEX|TEST_PARALLEL_INDEX|CYPRESS(?:_\w+)?|TAP_CHILD_ID|AVA_PATH)$/;

/** Names that runners put into the global scope. */
const runnerGlobal = /^(?:jest|vi|vitest|mocha|Mocha|cy|Cypress|jasmine|__vitest_worker__)$/;

/** Names of a constant or function that is such a question. */
const questionName =
  /^_*(?:(?:is|in|running|under)_?(?:in|under|running)?_?)(?:unit|vitest|jest|mocha)?_?test(?:s|ing)?_?(?:env|environment|mode|run|runner)?_*$|^(?:is|in)_?(?:vitest|jest|mocha|cypress|playwright)$|^under_?tests?$/i;

const maybe = /test|jest|mocha|jasmine|playwright|cypress|\bcy\b|\bvi\b|TAP_CHILD|AVA_PATH|\.spec\b/i;

/** Questions of one file. Undefined where its text holds none. */
export interface TestQuestions {
  /** Is this expression such a question, or put together with one? */
  asks(node: Expression | Argument): boolean;
  /** Is this case of a `switch` taken while a test runs, and in no other? `case "test":`, `case isTest:` */
  asksCase(node: SwitchStatement, each: SwitchStatement["cases"][number]): boolean;
}

type SwitchStatement = Extract<Node, { type: "SwitchStatement" }>;

export function testQuestionsOf(file: SourceFile): TestQuestions | undefined {
  if (!maybe.test(file.text)) return undefined;
  const names = new Set<string>();
  const asks = (node: Expression | Argument): boolean => asksIn(node, names, file.text);
  // What is named after what asks by name is found in as many rounds as there are names between.
  for (let before = -1; before !== names.size;) {
    before = names.size;
    for (const node of descendants(file.program)) collect(node, names, asks);
  }
  const asksCase: TestQuestions["asksCase"] = ({ discriminant }, { test }) =>
    test !== null && (areCompared(discriminant, test, file.text) || asks(test));
  return { asks, asksCase };
}

function collect(node: Node, names: Set<string>, asks: TestQuestions["asks"]): void {
  if (node.type === "ImportDeclaration") {
    if (!/^[.@~#]/.test(node.source.value)) return;
    for (const { local } of node.specifiers) if (questionName.test(local.name)) names.add(local.name);
  }
  if (node.type === "FunctionDeclaration" && node.id && answers(node, asks)) names.add(node.id.name);
  if (node.type !== "VariableDeclarator" || !node.init) return;
  const { id, init } = node;
  if (id.type === "Identifier" && (isFunction(init) ? answers(init, asks) : asks(init))) names.add(id.name);
  if (id.type !== "ObjectPattern") return;
  for (const property of id.properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier" || property.value.type !== "Identifier")
      continue;
    const isVariable = isEnvironment(init) && runnerVariable.test(property.key.name);
    const isRequired = isRelativeRequire(init) && questionName.test(property.key.name);
    if (isVariable || isRequired) names.add(property.value.name);
  }
}

/** A function that gives the answer and does nothing else. */
function answers({ body }: FunctionNode, asks: TestQuestions["asks"]): boolean {
  if (!body) return false;
  if (body.type !== "BlockStatement") return asks(body);
  const [only] = body.body;
  return body.body.length === 1 && only?.type === "ReturnStatement" && only.argument !== null && asks(only.argument);
}

function asksIn(node: Expression | Argument, names: ReadonlySet<string>, text: string): boolean {
  const inner = (part: Expression | Argument): boolean => asksIn(part, names, text);
  if (node.type === "UnaryExpression") return node.operator === "!" && inner(node.argument);
  if (node.type === "LogicalExpression") return inner(node.left) || inner(node.right);
  if (node.type === "BinaryExpression") {
    const { left, right } = node;
    return left.type !== "PrivateIdentifier" && (isComparison(node, text) || inner(left) || inner(right));
  }
  if (node.type === "Identifier") return names.has(node.name);
  if (node.type === "MemberExpression") return isVariable(node) || isRunnerMember(node);
  if (node.type === "CallExpression")
    return callAsks(node, names) || (isBoolean(node) && node.arguments.some((argument) => inner(argument)));
  const isWrapped =
    node.type === "ParenthesizedExpression" ||
    node.type === "ChainExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSAsExpression";
  return isWrapped && inner(node.expression);
}

function isBoolean({ callee }: CallExpression): boolean {
  return callee.type === "Identifier" && callee.name === "Boolean";
}

type Binary = Extract<Node, { type: "BinaryExpression" }>;

/** `process.env.NODE_ENV === "test"`, `typeof jest !== "undefined"`, `"Cypress" in window` */
function isComparison({ operator, left, right }: Binary, text: string): boolean {
  if (operator === "in") return runnerGlobal.test((left.type === "Literal" && String(left.value)) || "");
  if (!/^[!=]==?$/.test(operator)) return false;
  const sides = [left, right];
  const isTyped = sides.some(
    (side) =>
      side.type === "UnaryExpression" &&
      side.operator === "typeof" &&
      side.argument.type === "Identifier" &&
      runnerGlobal.test(side.argument.name),
  );
  return isTyped || areCompared(left, right, text);
}

/** The mode that the program runs in, and the word for that of tests. */
function areCompared(left: Node, right: Node, text: string): boolean {
  const sides = [left, right];
  if (!sides.some((side) => side.type === "Literal" && /^test(?:ing)?$/.test(String(side.value)))) return false;
  return sides.some((side) => environmentName.test(text.slice(side.start, side.end)));
}

const environmentName =
  /^(?:process|import\.meta|Bun|globalThis\.process)\??\.env\b.*(?:ENV|MODE)\b|^Deno\.env\.get\(.*ENV|(?:^|\.)(?:NODE_ENV|nodeEnv)(?:\s*(?:\?\?|\|\|).*)?$/s;

function isEnvironment(node: Node): boolean {
  if (node.type === "TSAsExpression") return isEnvironment(node.expression);
  if (node.type !== "MemberExpression" || nameIn(node) !== "env") return false;
  const { object } = node;
  return (
    object.type === "MetaProperty" ||
    (object.type === "Identifier" && /^(?:process|Bun)$/.test(object.name)) ||
    (object.type === "MemberExpression" && nameIn(object) === "process")
  );
}

/** `process.env.VITEST`, `import.meta.vitest` */
function isVariable(node: Extract<Node, { type: "MemberExpression" }>): boolean {
  if (node.object.type === "MetaProperty") return nameIn(node) === "vitest";
  return isEnvironment(node.object) && runnerVariable.test(nameIn(node));
}

/** `globalThis.jest`, `window.Cypress` */
function isRunnerMember(node: Extract<Node, { type: "MemberExpression" }>): boolean {
  const { object } = node;
  return (
    object.type === "Identifier" &&
    /^(?:globalThis|global|window|self)$/.test(object.name) &&
    runnerGlobal.test(nameIn(node))
  );
}

/** `isTest()`, `Deno.env.get("VITEST")`, `new Error().stack.includes(".test.")`, `process.argv.some(…"mocha"…)` */
function callAsks(call: CallExpression, names: ReadonlySet<string>): boolean {
  const { callee, arguments: args } = call;
  if (callee.type === "Identifier") return args.length === 0 && names.has(callee.name);
  if (callee.type !== "MemberExpression") return false;
  const [first] = args;
  if (nameIn(callee) === "get" && callee.object.type === "MemberExpression" && nameIn(callee.object) === "env")
    return runnerVariable.test((first && constantString(first)) ?? "");
  if (!isWhoRuns(callee.object)) return false;
  for (const node of descendants(call)) {
    if (node.type === "Literal" && runnerMark.test(String(node.value))) return true;
  }
  return false;
}

const runnerMark =
  /\.(?:test|spec)\b|__tests__|\b(?:vitest|jest|mocha|jasmine|cypress|playwright)\b|^--test\b|node:test/;

/** What tells by whom a program was started or called. */
function isWhoRuns(node: Node): boolean {
  if (node.type === "ChainExpression" || node.type === "TSNonNullExpression") return isWhoRuns(node.expression);
  if (node.type === "CallExpression") return node.callee.type === "MemberExpression" && isWhoRuns(node.callee.object);
  if (node.type !== "MemberExpression") return false;
  const name = nameIn(node);
  if (name === "stack") return true;
  const { object } = node;
  if (object.type === "Identifier" && object.name === "process") return /^(?:argv|execArgv|title|argv0)$/.test(name);
  return isWhoRuns(object);
}

function isRelativeRequire(node: Expression): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return false;
  const [first] = node.arguments;
  return /^[.@~#]/.test((first && constantString(first)) ?? "");
}

function nameIn(node: Extract<Node, { type: "MemberExpression" }>): string {
  if (node.computed) return constantString(node.property) ?? "";
  return node.property.type === "Identifier" ? node.property.name : "";
}
