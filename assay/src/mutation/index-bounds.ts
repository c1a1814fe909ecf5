// Which indexes are surely those of an element.
import { isFunction } from "../source/functions.ts";
import { descendants, type Expression, type ForStatement, type Node } from "../source/walk.ts";
import { constantOf, declares, pathOf } from "./bindings.ts";
import { lastName } from "./names.ts";

/**
 * Does `index` count through `list` where it is used? It does in a loop from one end to the other, over the list's own
 * `keys()` or `entries()`, and as the second parameter of what is handed to the list's `map` and the like, unless the
 * list is changed, or filled, on the way.
 *
 * `ancestors` ends with what holds the use.
 */
export function isWithinBounds(list: Node, index: string, ancestors: readonly Node[]): boolean {
  const path = pathOf(list);
  if (path === undefined || mayHaveHoles(path, ancestors)) return false;
  const at = ancestors.findLastIndex((node) => declares(node, index));
  const scope = ancestors[at];
  const [root = ""] = path.split(".");
  if (scope === undefined || ancestors.slice(at).some((node) => declares(node, root))) return false;
  if (changes(bodyOf(scope), index, path)) return false;
  const outer = ancestors.slice(0, at);
  if (scope.type === "ForStatement") return countsThrough(scope, index, path, outer);
  if (scope.type === "ForOfStatement") return visitsIndexes(scope.left, scope.right, index, path);
  return isFunction(scope) && isHandedIndex(scope, outer.at(-1), index, path);
}

function bodyOf(scope: Node): Node {
  return "body" in scope && scope.body !== null && typeof scope.body === "object" && "type" in scope.body
    ? scope.body
    : scope;
}

/** Types that say that an element may be missing, and lists that were made without elements. */
function mayHaveHoles(path: string, ancestors: readonly Node[]): boolean {
  const annotation = annotationOf(path, ancestors);
  if (annotation !== undefined && [...descendants(annotation)].some(({ type }) => uncertain.has(type))) return true;
  const made = constantOf(path, ancestors);
  if (made === undefined) return false;
  const isMadeEmpty = made.type === "NewExpression" || made.type === "CallExpression";
  return (isMadeEmpty && lastName(made.callee) === "Array") || made.type === "ArrayExpression";
}

const uncertain: ReadonlySet<Node["type"]> = new Set([
  "TSUndefinedKeyword",
  "TSNullKeyword",
  "TSVoidKeyword",
  "TSAnyKeyword",
  "TSUnknownKeyword",
  "TSOptionalType",
]);

/** Where the name is given a meaning, its type. */
function annotationOf(name: string, ancestors: readonly Node[]): Node | undefined {
  const scope = ancestors.findLast((node) => declares(node, name));
  const holders: readonly Node[] = scope === undefined ? [] : isFunction(scope) ? scope.params : [scope];
  for (const holder of holders)
    for (const node of descendants(holder))
      if (node.type === "Identifier" && node.name === name && node.typeAnnotation) return node.typeAnnotation;
  return undefined;
}

/** Is the index set to something else, or the list shortened, replaced or written to? */
function changes(body: Node, index: string, list: string): boolean {
  const isOurs = (target: Node): boolean => {
    const path = pathOf(target);
    if (target.type === "MemberExpression" && target.computed) return pathOf(target.object) === list;
    return path !== undefined && (path === index || path === `${list}.length` || `${list}.`.startsWith(`${path}.`));
  };
  return [...descendants(body)].some((node) => {
    if (node.type === "AssignmentExpression") return isOurs(node.left);
    if (node.type === "UpdateExpression") return isOurs(node.argument);
    if (node.type === "UnaryExpression") return node.operator === "delete" && isOurs(node.argument);
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
    return shortening.has(lastName(node.callee) ?? "") && pathOf(node.callee.object) === list;
  });
}

const shortening: ReadonlySet<string> = new Set(["pop", "shift", "splice"]);

/** `for (let i = 0; i < xs.length; i++)`, and from the end to the beginning. */
function countsThrough(
  { init, test, update }: ForStatement,
  index: string,
  list: string,
  outer: readonly Node[],
): boolean {
  if (init?.type !== "VariableDeclaration" || test === null || update === null) return false;
  const startOf = (name: string): Expression | null | undefined =>
    init.declarations.find(({ id }) => id.type === "Identifier" && id.name === name)?.init;
  const isLength = (node: Node): boolean =>
    pathOf(node) === `${list}.length` ||
    (node.type === "Identifier" &&
      pathOf(startOf(node.name) ?? constantOf(node.name, outer) ?? node) === `${list}.length`);
  const start = startOf(index);
  const isUp = countsUp(update, index);
  if (!start || isUp === undefined) return false;
  if (isUp) return isWhole(start, 0) && claims(test, index, ["<"], isLength);
  const isFromEnd = start.type === "BinaryExpression" && start.operator === "-" && isWhole(start.right, 1);
  return (
    isFromEnd &&
    isLength(start.left) &&
    (claims(test, index, [">=", ">"], (node) => isWhole(node, 0)) || claims(test, index, [">"], isMinusOne))
  );
}

function countsUp(update: Expression, index: string): boolean | undefined {
  if (update.type === "UpdateExpression" && pathOf(update.argument) === index) return update.operator === "++";
  if (update.type !== "AssignmentExpression" || pathOf(update.left) !== index || !isWhole(update.right, 1))
    return undefined;
  return update.operator === "+=" ? true : update.operator === "-=" ? false : undefined;
}

/** Does the condition hold only where the index stands in one of these relations to what `is` accepts? */
function claims(test: Expression, index: string, operators: readonly string[], is: (node: Node) => boolean): boolean {
  if (test.type === "LogicalExpression" && test.operator === "&&")
    return claims(test.left, index, operators, is) || claims(test.right, index, operators, is);
  if (test.type !== "BinaryExpression") return false;
  const { left, operator, right } = test;
  if (pathOf(left) === index) return operators.includes(operator) && is(right);
  const turned = { ">": "<", "<": ">", "<=": ">=" }[operator as string];
  return pathOf(right) === index && turned !== undefined && operators.includes(turned) && is(left);
}

function isWhole(node: Node, least: number): boolean {
  return (
    node.type === "Literal" && typeof node.value === "number" && Number.isInteger(node.value) && node.value >= least
  );
}

function isMinusOne(node: Node): boolean {
  if (node.type !== "UnaryExpression" || node.operator !== "-") return false;
  return node.argument.type === "Literal" && node.argument.value === 1;
}

/** `for (const i of xs.keys())`, `for (const [i, x] of xs.entries())`. */
function visitsIndexes(left: Node, right: Node, index: string, list: string): boolean {
  if (right.type !== "CallExpression" || right.callee.type !== "MemberExpression") return false;
  if (left.type !== "VariableDeclaration" || pathOf(right.callee.object) !== list) return false;
  const id = left.declarations[0]?.id;
  const name = lastName(right.callee);
  if (name === "keys") return id?.type === "Identifier" && id.name === index;
  const first = id?.type === "ArrayPattern" ? id.elements[0] : undefined;
  return name === "entries" && first?.type === "Identifier" && first.name === index;
}

/** Methods that hand the index to what they are given, and as which parameter. */
const visitors: Readonly<Record<string, number>> = {
  every: 1,
  filter: 1,
  find: 1,
  findIndex: 1,
  flatMap: 1,
  forEach: 1,
  map: 1,
  reduce: 2,
  reduceRight: 2,
  some: 1,
};

function isHandedIndex(visitor: Node, call: Node | undefined, index: string, list: string): boolean {
  if (!isFunction(visitor) || call?.type !== "CallExpression" || call.arguments[0] !== visitor) return false;
  if (call.callee.type !== "MemberExpression" || pathOf(call.callee.object) !== list) return false;
  const param = visitor.params[visitors[lastName(call.callee) ?? ""] ?? -1];
  return param?.type === "Identifier" && param.name === index;
}
