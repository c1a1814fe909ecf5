// Whether a test is declared when its file is loaded.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { descendants, walk, type Node } from "../../source/walk.ts";
import { constantOf } from "../syntax/constants.ts";
import type { TestBody } from "../test-code/test-bodies.ts";

/**
 * Why the runner does not come to the test, as the end of a sentence; undefined where it does.
 *
 * `isLoaded`: does another file load the one of the test, and may call what it exports?
 */
export function unreachedBecause(test: TestBody, isLoaded: boolean): string | undefined {
  const path = [...(placesIn(test.file).get(test.call.node.start) ?? []), test.call.node];
  for (const [index, node] of path.entries()) {
    const child = path[index + 1];
    const reason = child && cutOffAt(test.file, node, child, path[index - 1], isLoaded);
    if (reason !== undefined) return reason;
  }
  if (test.file.program.body.some((statement) => mayEndRun(test.file, statement)))
    return "depends on the environment now";
  const { modifiers } = test.call;
  if (modifiers.some(({ name, args }) => name === "each" && isEmptyList(args?.[0]))) return "has no case";
  const gate = modifiers.find(({ name }) => gates.has(name))?.args?.[0];
  if (gate && readsEnvironment(test.file, gate)) return "depends on the environment now";
  if (isSwitchedOff(test.file, test.call.node)) return "depends on the environment now";
  return isDeclaredByNobody(test) ? "is handed to a function of the file that runs nothing" : undefined;
}

/** `if (!process.env.FULL) process.exit(0);` at the top of a file. */
function mayEndRun(file: SourceFile, statement: Node): boolean {
  if (statement.type !== "IfStatement" || !reads(statement.test)) return false;
  const branch = statement.consequent.type === "BlockStatement" ? statement.consequent.body : [statement.consequent];
  return branch.some((each) => each.type === "ExpressionStatement" && ends(each));

  // On another platform there may be nothing to test; that alone is no reason here.
  function reads(test: Node): boolean {
    return test.type === "LogicalExpression" ? reads(test.left) || reads(test.right) : readsEnvironment(file, test);
  }
}

const gates: ReadonlySet<string> = new Set(["runIf", "skipIf", "todoIf", "if"]);

/**
 * `describe.runIf(process.env.FULL)("…", …)`, `test("…", { skip: !process.env.FULL }, …)`, and a function that was chosen:
 * `const suite = process.env.FULL ? describe : describe.skip`.
 */
function isSwitchedOff(
  file: SourceFile,
  { callee, arguments: args }: Extract<Node, { type: "CallExpression" }>,
): boolean {
  const gate = callee.type === "CallExpression" && callee.callee.type === "MemberExpression" ? callee : undefined;
  const name = gate?.callee.type === "MemberExpression" ? gate.callee.property : undefined;
  const isGate = name?.type === "Identifier" && gates.has(name.name);
  const [condition] = isGate ? (gate?.arguments ?? []) : [];
  if (condition) return readsEnvironment(file, condition);
  const chosen = callee.type === "Identifier" ? constantNamed(file, callee.name) : callee;
  if (chosen?.type === "ConditionalExpression" && readsEnvironment(file, chosen.test)) return true;
  return args.some(
    (arg) =>
      arg.type === "ObjectExpression" &&
      arg.properties.some(
        (each) =>
          each.type === "Property" &&
          each.key.type === "Identifier" &&
          /^(?:skip|ignore|todo)$/.test(each.key.name) &&
          readsEnvironment(file, each.value),
      ),
  );
}

/** `beforeEach(function () { if (!process.env.REDIS_URL) this.skip(); })`. */
function skippedByHook(file: SourceFile, statements: readonly Node[]): string | undefined {
  for (const statement of statements) {
    const call = statement.type === "ExpressionStatement" ? statement.expression : undefined;
    if (call?.type !== "CallExpression" || call.callee.type !== "Identifier" || !hooks.test(call.callee.name)) continue;
    const run = call.arguments.find(isFunction);
    const body = run && isFunction(run) && run.body?.type === "BlockStatement" ? run.body.body : [];
    for (const inner of body) {
      if (isSkip(inner)) return "is skipped by a hook";
      if (inner.type !== "IfStatement" || !readsEnvironment(file, inner.test)) continue;
      const branch = inner.consequent.type === "BlockStatement" ? inner.consequent.body : [inner.consequent];
      if (branch.some(isSkip)) return "depends on the environment now";
    }
  }
  return undefined;
}

const hooks = /^(?:before|beforeEach|beforeAll|setup|suiteSetup)$/;

function isSkip(node: Node): boolean {
  const call = node.type === "ExpressionStatement" ? node.expression : undefined;
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  const { property } = call.callee;
  return property.type === "Identifier" && property.name === "skip" && call.arguments.length < 2;
}

/** Does `test` mean a function of the file in which nothing is called? */
function isDeclaredByNobody({ file, call }: TestBody): boolean {
  const { callee } = call.node;
  if (callee.type !== "Identifier") return false;
  const declared =
    constantNamed(file, callee.name) ??
    file.program.body.find((each) => each.type === "FunctionDeclaration" && each.id?.name === callee.name);
  return (
    declared !== undefined &&
    isFunction(declared) &&
    ![...descendants(declared)].some(({ type }) => type === "CallExpression")
  );
}

const places = new WeakMap<SourceFile, ReadonlyMap<number, readonly Node[]>>();

/** What is around every call of a file, outermost first, by where the call starts. */
function placesIn(file: SourceFile): ReadonlyMap<number, readonly Node[]> {
  const known = places.get(file);
  if (known) return known;
  const found = new Map<number, readonly Node[]>();
  walk(file.program, {
    enter(node, _parent, ancestors) {
      if (node.type === "CallExpression" && !found.has(node.start)) found.set(node.start, [...ancestors]);
    },
  });
  places.set(file, found);
  return found;
}

function cutOffAt(
  file: SourceFile,
  node: Node,
  child: Node,
  parent: Node | undefined,
  isLoaded: boolean,
): string | undefined {
  if (node.type === "IfStatement" || node.type === "ConditionalExpression") return byCondition(file, node, child);
  if (node.type === "LogicalExpression" && child === node.right)
    return byLogic(file, node.left, node.operator === "&&");
  if (node.type === "WhileStatement" && isNever(file, node.test)) return "stands in a loop that is never run";
  if (node.type === "ForOfStatement" && isEmptyList(node.right)) return "stands in a loop over nothing";
  if (node.type === "BlockStatement" || node.type === "Program")
    return afterEnd(node.body, child) ?? skippedByHook(file, node.body);
  if (node.type === "CallExpression" && child !== node.callee && isSwitchedOff(file, node))
    return "depends on the environment now";
  return isFunction(node) && isNeverCalled(file, node, parent, isLoaded)
    ? "stands in a function that nothing calls"
    : undefined;
}

function byCondition(
  file: SourceFile,
  node: Extract<Node, { type: "IfStatement" | "ConditionalExpression" }>,
  child: Node,
): string | undefined {
  if (child === node.test) return undefined;
  return byLogic(file, node.test, child === node.consequent);
}

function byLogic(file: SourceFile, test: Node, wanted: boolean): string | undefined {
  const constant = truthOf(file, test);
  if (constant !== undefined) return constant === wanted ? undefined : "stands under a condition that is never met";
  return readsEnvironment(file, test) ? "depends on the environment now" : undefined;
}

function isNever(file: SourceFile, test: Node): boolean {
  return truthOf(file, test) === false;
}

/** Whether an expression is always true, or always false; a constant of the file counts. */
function truthOf(file: SourceFile, node: Node): boolean | undefined {
  if (node.type === "Identifier" && node.name !== "undefined") {
    const value = constantNamed(file, node.name);
    // What stands before it, so that one that is said by itself (`const a = !a`) has no answer.
    return value && value.end <= node.start ? truthOf(file, value) : undefined;
  }
  if (node.type === "UnaryExpression" && node.operator === "!") {
    const inner = truthOf(file, node.argument);
    return inner === undefined ? undefined : !inner;
  }
  if (node.type === "LogicalExpression") {
    const [left, right] = [truthOf(file, node.left), truthOf(file, node.right)];
    if (node.operator === "&&") return left === false || right === false ? false : left && right;
    return left === true || right === true ? true : left === false ? right : undefined;
  }
  const isPlain = node.type === "Literal" || node.type === "TemplateLiteral" || node.type === "UnaryExpression";
  if (node.type === "Identifier") return false;
  const constant = isPlain ? constantOf(node) : undefined;
  return constant && Boolean(constant.value);
}

function readsEnvironment(file: SourceFile, test: Node): boolean {
  const text = file.text.slice(test.start, test.end);
  if (/platform|version/i.test(text)) return false;
  return [...descendants(test)].some((node) => {
    if (node.type === "Identifier") {
      const value = constantNamed(file, node.name);
      return value !== undefined && isEnvironment(value);
    }
    return isEnvironment(node);
  });
}

/** `process.env.X`, `import.meta.env.X`. */
function isEnvironment(node: Node): boolean {
  return [...descendants(node)].some(
    (each) => each.type === "MemberExpression" && each.property.type === "Identifier" && each.property.name === "env",
  );
}

function constantNamed(file: SourceFile, name: string): Node | undefined {
  for (const statement of file.program.body) {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "const") continue;
    const found = statement.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
    if (found?.init) return found.init;
  }
  return undefined;
}

function isEmptyList(node: Node | undefined): boolean {
  return node?.type === "ArrayExpression" && node.elements.length === 0;
}

/** Behind a `return`, a `throw` or the end of the process. */
function afterEnd(statements: readonly Node[], child: Node): string | undefined {
  const end = statements.slice(0, statements.indexOf(child)).find(ends);
  if (end === undefined || child.type === "FunctionDeclaration") return undefined;
  return end.type === "ReturnStatement" ? "stands behind a `return`" : "stands behind the end of the file's run";
}

function ends(node: Node): boolean {
  if (node.type === "ReturnStatement" || node.type === "ThrowStatement") return true;
  if (node.type !== "ExpressionStatement" || node.expression.type !== "CallExpression") return false;
  const { callee } = node.expression;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "process" &&
    callee.property.type === "Identifier" &&
    /^(?:exit|abort|reallyExit)$/.test(callee.property.name)
  );
}

/** What is handed to a call is called; what has a name has to be used under it, or be exported to a file that loads it. */
function isNeverCalled(file: SourceFile, node: Node, parent: Node | undefined, isLoaded: boolean): boolean {
  if (parent?.type === "ExportNamedDeclaration" || parent?.type === "ExportDefaultDeclaration") return !isLoaded;
  if (node.type === "FunctionDeclaration") return isUnused(file, node.id?.name) && !isLoaded;
  if (parent?.type === "VariableDeclarator")
    return parent.id.type === "Identifier" && isUnused(file, parent.id.name) && !isLoaded;
  return (
    parent?.type === "ExpressionStatement" ||
    parent?.type === "ArrowFunctionExpression" ||
    parent?.type === "ReturnStatement" ||
    parent?.type === "UnaryExpression"
  );
}

function isUnused(file: SourceFile, name: string | undefined): boolean {
  if (name === undefined) return false;
  let uses = 0;
  for (const node of descendants(file.program)) if (node.type === "Identifier" && node.name === name) uses++;
  return uses < 2;
}
