// Places where a surviving mutant would teach nobody anything.
import { isFunction } from "../source/functions.ts";
import { childrenOf, type CallExpression, type Expression, type Node } from "../source/walk.ts";
import { endsIn, lastName, namesOf, rootName } from "./names.ts";

export type AridReason =
  | "assertion"
  | "certain-value"
  | "environment"
  | "error-text"
  | "exhaustiveness-guard"
  | "housekeeping"
  | "import"
  | "label"
  | "logging"
  | "signal"
  | "telemetry"
  | "wiring";

/** `log` alone may be a logarithm: it counts where its answer is not used. */
const loggers = /^(?:log|logger|logging|debug|trace|warn)$/i;
const surelyLoggers = /^(?:console|\w*[lL]ogger|(?:create|get|make)Logger|createDebug|debug)$/;
const logs = /^(?:(?:log|warn|debug|trace)[A-Z]|deprecate)/;
const telemetry =
  /^(?:\w*[sS]pan|tracer|telemetry|metrics?|histogram|gauge|statsd|analytics|performance|Sentry|newrelic|posthog)$/;
const assertions = /^(?:assert\w*|\w*[iI]nvariant|expect)$/;
const neverReached = /^(?:assertNever|assertUnreachable|unreachable|exhaustive\w*|absurd)$/;
/** Without these nothing is different, but for time and memory. */
const housekeeping = /^(?:clear(?:Immediate|Interval|Timeout)|freeze|preventExtensions|ref|seal|unref)$/;
const errors = /(?:Error|Exception)$/;
const ofProcess: ReadonlySet<string> = new Set(["exit", "off", "on", "once"]);
const ofMainModule: ReadonlySet<string> = new Set(["main", "vitest"]);

/** Why neither this node nor what is below it is worth a mutant; undefined where it is. */
export function aridReason(node: Node, ancestors: readonly Node[]): AridReason | undefined {
  const parent = ancestors.at(-1) ?? null;
  const held = heldBy(node);
  const reason = held && reasonOf(held, node, ancestors);
  // That an error is given is worth one; what it says is not.
  const isGiven = reason === "error-text" && node.type !== "ExpressionStatement";
  return reason === undefined || isGiven ? reasonOf(node, parent, ancestors) : reason;
}

/** What a statement, or a function in short form, is all about. */
function heldBy(node: Node): Node | undefined {
  if (node.type === "ExpressionStatement") return withoutWaiting(node.expression);
  if (node.type === "ReturnStatement") return node.argument ?? undefined;
  return node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement" ? node.body : undefined;
}

function withoutWaiting(node: Expression): Expression {
  if (node.type === "AwaitExpression") return withoutWaiting(node.argument);
  if (node.type === "UnaryExpression" && node.operator === "void") return withoutWaiting(node.argument);
  return node.type === "ChainExpression" && node.expression.type === "CallExpression" ? node.expression : node;
}

function reasonOf(node: Node, parent: Node | null, ancestors: readonly Node[]): AridReason | undefined {
  if (node.type === "CallExpression") return aridCall(node, parent, ancestors);
  if (node.type === "ImportExpression") return "import";
  if (isErrorText(node, parent)) return "error-text";
  if (node.type === "AssignmentExpression") return aridTarget(node.left);
  if (node.type === "IfStatement" && isMainGuard(node.test)) return "wiring";
  if (node.type === "IfStatement" && isHousekeeping(node.consequent) && node.alternate === null) return "housekeeping";
  if (isForDevelopers(node)) return "environment";
  if ((isFunction(node) || parent?.type === "Program") && childrenOf(node).some(sendsSignals)) return "signal";
  return isNeverGuard(node) ? "exhaustiveness-guard" : undefined;
}

function aridCall(call: CallExpression, parent: Node | null, ancestors: readonly Node[]): AridReason | undefined {
  const { callee } = call;
  const [root, name] = [rootName(callee), lastName(callee)];
  if (callee.type === "Super") return isInError(ancestors) ? "error-text" : undefined;
  if (name !== undefined && neverReached.test(name)) return "exhaustiveness-guard";
  if (parent?.type === "ThrowStatement" || isMadeError(call)) return "error-text";
  if (isLogging(call, parent)) return "logging";
  if (isStatement(parent) && namesOf(callee).some((part) => telemetry.test(part)) && !isGivenFunction(call))
    return "telemetry";
  if (isStatement(parent) && endsIn(callee, housekeeping)) return "housekeeping";
  if (root !== undefined && assertions.test(root)) return "assertion";
  if (root === "process" && name !== undefined && ofProcess.has(name)) return "wiring";
  if (root === "Symbol") return "label";
  return name === "require" ? "import" : undefined;
}

/** `if (timer !== undefined) clearTimeout(timer);`: the branch does nothing else. */
function isHousekeeping(branch: Node): boolean {
  const [only, ...others] = branch.type === "BlockStatement" ? branch.body : [branch];
  if (only?.type !== "ExpressionStatement" || others.length > 0) return false;
  const call = withoutWaiting(only.expression);
  return call.type === "CallExpression" && endsIn(call.callee, housekeeping);
}

function isLogging({ callee }: CallExpression, parent: Node | null): boolean {
  const root = rootName(callee);
  if (isOwnLogger(callee)) return true;
  if (root === undefined) return false;
  if (surelyLoggers.test(root)) return true;
  return isStatement(parent) && (loggers.test(root) || logs.test(root) || lastName(callee) === "emitWarning");
}

/** `this.logger.info(…)`, `ctx.log.warn(…)`. */
function isOwnLogger(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" && callee.object.type === "MemberExpression" && endsIn(callee.object, loggers)
  );
}

function isStatement(parent: Node | null): boolean {
  return parent?.type === "ExpressionStatement" || parent?.type === "ArrowFunctionExpression";
}

/** What is measured is worth mutants. */
function isGivenFunction(call: CallExpression): boolean {
  return call.arguments.some(({ type }) => type === "ArrowFunctionExpression" || type === "FunctionExpression");
}

function isErrorText(node: Node, parent: Node | null): boolean {
  if (node.type === "NewExpression") return parent?.type === "ThrowStatement" || endsIn(node.callee, errors);
  return parent?.type === "ThrowStatement" && (node.type === "Literal" || node.type === "TemplateLiteral");
}

/** `RangeError("…")`, `createError("…")`; not `isError(x)`. */
function isMadeError({ callee }: CallExpression): boolean {
  return endsIn(callee, /^(?:(?:[A-Z]\w*)?Error|(?:create|make)\w*Error)$/);
}

function isInError(ancestors: readonly Node[]): boolean {
  const around = ancestors.findLast((node) => node.type === "ClassDeclaration" || node.type === "ClassExpression");
  return (
    around !== undefined && "superClass" in around && around.superClass !== null && endsIn(around.superClass, errors)
  );
}

function aridTarget(target: Node): AridReason | undefined {
  const [root, name] = [rootName(target), lastName(target)];
  if (root === "process" && name === "exitCode") return "wiring";
  if (name === "displayName") return "label";
  return /^(?:e|err|error|exception)$/.test(root ?? "") && name === "message" ? "error-text" : undefined;
}

/** `import.meta.main`, `require.main === module`, `process.argv[1] === …`. */
function isMainGuard(test: Expression): boolean {
  if (test.type === "BinaryExpression")
    return [test.left, test.right].some((side) => {
      const [root, member] = namesOf(side);
      return (root === "require" && member === "main") || (root === "process" && member === "argv");
    });
  return (
    test.type === "MemberExpression" && test.object.type === "MetaProperty" && ofMainModule.has(lastName(test) ?? "")
  );
}

/** A branch for development, or the question whether it is one. */
function isForDevelopers(node: Node): boolean {
  if (node.type === "IfStatement") return node.alternate === null && isForDevelopers(node.test);
  if (node.type === "BinaryExpression")
    return [node.left, node.right].some((side) => namesOf(side).join(".") === "process.env.NODE_ENV");
  return node.type === "Identifier" && node.name === "__DEV__";
}

/** Does it end processes by their ids? A mutant in it could end any process of the machine. Functions inside it stand for themselves. */
function sendsSignals(node: Node): boolean {
  if (isFunction(node)) return false;
  if (node.type === "CallExpression" && namesOf(node.callee).join(".") === "process.kill") return !asksOnly(node);
  return childrenOf(node).some(sendsSignals);
}

/** `process.kill(pid, 0)`: is it there? */
function asksOnly({ arguments: [, signal] }: CallExpression): boolean {
  return signal?.type === "Literal" && signal.value === 0;
}

function isNeverGuard(node: Node): boolean {
  if (node.type === "VariableDeclarator") return isNeverBinding(node.id);
  return node.type === "TSSatisfiesExpression" && node.typeAnnotation.type === "TSNeverKeyword";
}

function isNeverBinding(id: Node): boolean {
  return id.type === "Identifier" && id.typeAnnotation?.typeAnnotation.type === "TSNeverKeyword";
}
