import type { Sighting, SyntaxCheck } from "../model/check.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isAmongTests } from "../source/role.ts";
import { isFunction, type FunctionNode } from "../source/functions.ts";
import { childrenOf, descendants, walk, type Expression, type Node } from "../source/walk.ts";
import { constantOf } from "./syntax/constants.ts";
import { testQuestionsOf, type TestQuestions } from "./test-logic/test-questions.ts";

const message =
  "production code asks whether it is being tested, and answers differently; let the test pass in what it needs";

/**
 * Flags functions whose result hangs on whether a test is running: what they return, throw or assign differs where
 * `NODE_ENV` is `"test"`, a variable or global of a runner is there, or a test file stands in the stack.
 *
 * What the tests verify then is not what users run.
 *
 * Left alone is what such a question decides in honest code: what is logged, whether a server or timer starts, which
 * setting is chosen (a level, a limit, a place), and functions that refuse to work outside of tests.
 *
 * Not seen: a question asked of a variable of the project's own, and work that is left out and gives no result.
 */
export const testLogicInProduction: SyntaxCheck = {
  id: "test-logic-in-production",
  kind: "syntax",
  summary: "Production code behaves differently while it is tested",
  in: ["loop", "gate"],
  appliesTo: (file) => file.role === "source" && !isAmongTests(file.path) && !isForTests.test(file.path),

  *inspect(file) {
    const questions = testQuestionsOf(file);
    if (!questions) return;
    const found: Sighting[] = [];
    walk(file.program, {
      enter(node, _parent, ancestors) {
        if (hangsOnTest(node, ancestors, questions, file))
          found.push({ at: node, message, fingerprint: `${message}\n${conditionText(node, file)}` });
      },
    });
    yield* found;
  },
};

/** Helpers for tests, and tools that run them. */
const isForTests =
  /(?:^|[/._-])(?:test|tests|testing|mocks?|stubs?|fakes?|fixtures?|vitest|jest|stories|e2e)(?:[/._-]|$)/i;

/** Words in the names of what a test may choose: what is told of the work, and where and how fast it is done. */
const settingWords = new Set(
  (
    "log logs logger logging morgan level silent quiet verbose debug color colors colour report reporter format banner warn warning " +
    "print console telemetry analytics metric metrics tracking tracing tracer sentry " +
    "delay wait interval timeout timer ms seconds ttl duration poll polling retry retries attempts limit limiter throttle max rounds cost " +
    "workers concurrency pool port host hostname url uri origin endpoint region database db dsn path dir directory folder file filename " +
    "storage cache config configuration options opts settings setting env environment mode secure secret credentials transport " +
    "animation animations transition sourcemap"
  ).split(" "),
);

/** Is a name that of a setting: `logLevel`, `pool_size`, `DATABASE_URL`? */
function isSetting(name: string): boolean {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).some((word) => settingWords.has(word.toLowerCase()));
}

const settingPath =
  /(?:^|[/._-])(?:config|configuration|env|environment|settings|constants|logger|logging|log|telemetry|tracing|instrumentation|sentry|knexfile|data-source|bin|scripts)(?:[/._-]|$)/i;

function hangsOnTest(node: Node, ancestors: readonly Node[], questions: TestQuestions, file: SourceFile): boolean {
  const branches = branchesOf(node, ancestors.at(-1), questions);
  if (branches.length === 0 || branches.some(usesRunner)) return false;
  const enclosing = ancestors.findLast(isFunction);
  if (!enclosing) return node.type === "ConditionalExpression" && branches.some(isFunction);
  if (isSetting(nameOf(enclosing, ancestors))) return false;
  if (node.type === "IfStatement") return decides(node, ancestors);
  if (node.type === "ConditionalExpression") return chooses(node, ancestors, file);
  return branches.some(hasResult) && !settingPath.test(file.path);
}

/** What is done, or given, by the answer of a question that stands here. */
function branchesOf(node: Node, parent: Node | undefined, questions: TestQuestions): readonly Node[] {
  if (node.type === "SwitchStatement")
    return node.cases.filter((each) => questions.asksCase(node, each)).flatMap(({ consequent }) => consequent);
  // `isTest && (a.count = 3);`
  if (node.type === "LogicalExpression")
    return parent?.type === "ExpressionStatement" && questions.asks(node.left) ? [node.right] : [];
  const forks = node.type === "IfStatement" || node.type === "ConditionalExpression";
  if (!forks || !questions.asks(node.test)) return [];
  return node.alternate === null ? [node.consequent] : [node.consequent, node.alternate];
}

type If = Extract<Node, { type: "IfStatement" }>;
type Conditional = Extract<Node, { type: "ConditionalExpression" }>;

function decides(node: If, ancestors: readonly Node[]): boolean {
  const { consequent, alternate, test } = node;
  // A function for tests that refuses to work anywhere else.
  if (isOutsideTests(test) && !alternate && throwsAlone(consequent)) return false;
  const guarded = [consequent, ...(alternate ? [alternate] : [])];
  const isEmptyReturn = lastOf(consequent)?.type === "ReturnStatement" && !alternate;
  const after = isEmptyReturn ? followers(node, ancestors) : [];
  return guarded.some(hasResult) || after.some(mayThrow);
}

/** `!isTest`, `process.env.NODE_ENV !== "test"`, `process.env.VITEST === undefined` */
function isOutsideTests(test: Expression): boolean {
  if (test.type === "UnaryExpression") return true;
  if (test.type !== "BinaryExpression") return false;
  const hasTest = [test.left, test.right].some((side) => side.type === "Literal" && typeof side.value === "string");
  return test.operator.startsWith(hasTest ? "!" : "=");
}

function throwsAlone(node: Node): boolean {
  return lastOf(node)?.type === "ThrowStatement";
}

function lastOf(node: Node): Node | undefined {
  return node.type === "BlockStatement" ? node.body.at(-1) : node;
}

/** What comes after a statement in its block. */
function followers(node: If, ancestors: readonly Node[]): readonly Node[] {
  const parent = ancestors.at(-1);
  return parent?.type === "BlockStatement" ? parent.body.slice(parent.body.indexOf(node) + 1) : [];
}

/** Is something returned, thrown or assigned here that is no setting? Functions inside are of their own. */
function hasResult(node: Node): boolean {
  if (isFunction(node)) return false;
  if (node.type === "ReturnStatement") return node.argument !== null && !isNothing(node.argument);
  if (node.type === "ThrowStatement") return true;
  if (node.type === "AssignmentExpression") return !isSetting(lastName(node.left));
  return childrenOf(node).some(hasResult);
}

function mayThrow(node: Node): boolean {
  if (isFunction(node)) return false;
  return node.type === "ThrowStatement" || childrenOf(node).some(mayThrow);
}

function isNothing(node: Expression): boolean {
  const constant = constantOf(node);
  return constant !== undefined && constant.value === undefined;
}

/** A choice between values that is no setting. */
function chooses(node: Conditional, ancestors: readonly Node[], file: SourceFile): boolean {
  const parent = ancestors.at(-1);
  const isPlain = [node.consequent, node.alternate].every(isPlainValue);
  if (
    isPlain &&
    (settingPath.test(file.path) ||
      (parent?.type !== "ReturnStatement" &&
        parent?.type !== "ArrowFunctionExpression" &&
        parent?.type !== "VariableDeclarator"))
  )
    return false;
  for (const ancestor of ancestors.toReversed()) {
    if (isFunction(ancestor)) return true;
    if (ancestor.type === "SpreadElement") return false;
    if (ancestor.type === "Property" && isSetting(lastName(ancestor.key))) return false;
    if (ancestor.type === "VariableDeclarator") return !isSetting(lastName(ancestor.id));
    if (ancestor.type === "AssignmentExpression") return !isSetting(lastName(ancestor.left));
    if (ancestor.type === "CallExpression" && isSetting(lastName(ancestor.callee))) return false;
  }
  return true;
}

/** A constant, or what is read from somewhere. */
function isPlainValue(node: Expression): boolean {
  return constantOf(node) !== undefined || node.type === "MemberExpression" || node.type === "TemplateLiteral";
}

/** What drives a runner's own clock or mocks has to know that it is there. */
function usesRunner(branch: Node): boolean {
  return [...descendants(branch)].some(isRunnerCall);
}

function isRunnerCall(node: Node): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { object } = node.callee;
  return object.type === "Identifier" && /^(?:jest|vi|cy|Cypress)$/.test(object.name);
}

function nameOf(fn: FunctionNode, ancestors: readonly Node[]): string {
  if (fn.id) return fn.id.name;
  const parent = ancestors[ancestors.lastIndexOf(fn) - 1];
  if (parent?.type === "VariableDeclarator") return lastName(parent.id);
  if (parent?.type === "Property" || parent?.type === "MethodDefinition" || parent?.type === "PropertyDefinition")
    return lastName(parent.key);
  return parent?.type === "AssignmentExpression" ? lastName(parent.left) : "";
}

function lastName(node: Node): string {
  if (node.type === "Identifier" || node.type === "PrivateIdentifier") return node.name;
  if (node.type === "MemberExpression") return `${lastName(node.object)}.${lastName(node.property)}`;
  return node.type === "Literal" ? String(node.value) : "";
}

function conditionText(node: Node, file: SourceFile): string {
  return file.text.slice(node.start, node.end).replaceAll(/\s+/g, "");
}
