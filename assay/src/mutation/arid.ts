// Places where a surviving mutant would teach nobody anything.
import type { CallExpression, Expression, Node } from "../source/walk.ts";

export type AridReason = "logging" | "error-text" | "assertion" | "wiring" | "exhaustiveness-guard" | "import";

/** `log` alone may be a logarithm: it counts where its answer is not used. */
const loggers = /^(?:log|logger|logging|debug|trace|warn)$/i;
const assertions = /^(?:assert\w*|invariant|expect)$/;

/** Why nothing below this node is worth a mutant; undefined where it is. */
export function aridReason(node: Node, parent: Node | null): AridReason | undefined {
  if (node.type === "CallExpression") return aridCall(node, parent);
  if (node.type === "ImportExpression") return "import";
  if (isErrorText(node, parent)) return "error-text";
  if (isWiring(node)) return "wiring";
  return isNeverGuard(node) ? "exhaustiveness-guard" : undefined;
}

function isErrorText(node: Node, parent: Node | null): boolean {
  if (node.type === "NewExpression") return parent?.type === "ThrowStatement" || endsIn(node.callee, /Error$/);
  return parent?.type === "ThrowStatement" && (node.type === "Literal" || node.type === "TemplateLiteral");
}

function isWiring(node: Node): boolean {
  if (node.type === "IfStatement") return isMainGuard(node.test);
  if (node.type !== "AssignmentExpression") return false;
  return rootName(node.left) === "process" && endsIn(node.left, /^exitCode$/);
}

function isNeverGuard(node: Node): boolean {
  if (node.type === "VariableDeclarator") return isNeverBinding(node.id);
  return node.type === "TSSatisfiesExpression" && node.typeAnnotation.type === "TSNeverKeyword";
}

function aridCall(call: CallExpression, parent: Node | null): AridReason | undefined {
  const name = nameOfCallee(call.callee);
  if (name === "assertNever" || name === "unreachable") return "exhaustiveness-guard";
  const root = rootName(call.callee);
  if (root === "console" || isOwnLogger(call.callee)) return "logging";
  if (parent?.type === "ExpressionStatement" && root !== undefined && loggers.test(root)) return "logging";
  if (root !== undefined && assertions.test(root)) return "assertion";
  if (root === "process" && (name === "exit" || name === "on")) return "wiring";
  return name === "require" ? "import" : undefined;
}

/** `this.logger.info(…)`, `ctx.log.warn(…)`. */
function isOwnLogger(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" && callee.object.type === "MemberExpression" && endsIn(callee.object, loggers)
  );
}

/** `import.meta.main`, `require.main === module`. */
function isMainGuard(test: Expression): boolean {
  if (test.type === "BinaryExpression")
    return [test.left, test.right].some((side) => rootName(side) === "require" && endsIn(side, /^main$/));
  return test.type === "MemberExpression" && test.object.type === "MetaProperty" && endsIn(test, /^main$/);
}

function isNeverBinding(id: Node): boolean {
  return id.type === "Identifier" && id.typeAnnotation?.typeAnnotation.type === "TSNeverKeyword";
}

function endsIn(node: Node, name: RegExp): boolean {
  const last = nameOfCallee(node);
  return last !== undefined && name.test(last);
}

function nameOfCallee(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression" && node.property.type === "Identifier") return node.property.name;
  return undefined;
}

function rootName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return rootName(node.object);
  return node.type === "CallExpression" ? rootName(node.callee) : undefined;
}
