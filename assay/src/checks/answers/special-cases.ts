// What a program answers in so many words where it is given one value and no other.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, walk, type Node } from "../../source/walk.ts";
import { keyOf, meantBy, textual, valueOf } from "./values.ts";

/** `if (text === "ab12") return 42;` */
export interface SpecialCase {
  readonly node: Node;
  /** What it is asked for, each of which must be given. */
  readonly inputs: readonly string[];
  readonly output: string;
}

/** Every case of a file, in source order: of conditions, of a `switch`, and of tables that are looked up, by `users` as well. */
export function specialCasesOf({ program, text }: SourceFile, users: readonly SourceFile[]): readonly SpecialCase[] {
  const texts = [text, ...users.map((user) => user.text)].join("\n");
  const found: SpecialCase[] = [];
  walk(program, {
    enter(node, _parent, ancestors) {
      found.push(...casesAt(node));
      if (isLookedUp(node, ancestors, texts)) found.push(...rowsOf(node));
    },
  });
  return found;
}

function casesAt(node: Node): readonly SpecialCase[] {
  if (node.type === "IfStatement") return answersTo(node, node.test, returned(node.consequent));
  if (node.type === "ConditionalExpression") return answersTo(node, node.test, valueOf(node.consequent));
  if (node.type !== "SwitchCase") return [];
  const input = node.test === null ? undefined : valueOf(node.test);
  const output = node.consequent[0] && returned(node.consequent[0]);
  return input === undefined || output === undefined ? [] : [{ node, inputs: [input], output }];
}

/** `({ ab12: 42 })[text]`, or a variable that is asked by `answers[text]` or `answers.get(text)`. */
function isLookedUp(node: Node, ancestors: readonly Node[], text: string): boolean {
  const parent = ancestors.findLast(({ type }) => type !== "ParenthesizedExpression");
  if (parent?.type === "MemberExpression") return parent.computed && parent.object.end >= node.end;
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return false;
  const { name } = parent.id;
  return [`${name}[`, `${name}?.[`, `${name}.get(`].some((lookup) => text.includes(lookup));
}

function rowsOf(node: Node): readonly SpecialCase[] {
  const table = node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression" ? node.expression : node;
  if (table.type === "ObjectExpression") return table.properties.flatMap(rowOf);
  const isMap = table.type === "NewExpression" && table.callee.type === "Identifier" && table.callee.name === "Map";
  return isMap ? entriesOf(table.arguments[0]) : [];
}

function answersTo(node: Node, test: Node, output: string | undefined): readonly SpecialCase[] {
  if (output === undefined) return [];
  return alternatives(test).flatMap((each) => {
    const inputs = equalitiesOf(each);
    return inputs === undefined ? [] : [{ node, inputs, output }];
  });
}

/** `a` and `b` of `a || b`. */
function alternatives(test: Node): readonly Node[] {
  return test.type === "LogicalExpression" && test.operator === "||"
    ? [...alternatives(test.left), ...alternatives(test.right)]
    : [test];
}

/** Values that must all be met; undefined where something else is asked as well. */
function equalitiesOf(test: Node): readonly string[] | undefined {
  if (test.type === "LogicalExpression" && test.operator === "&&") {
    const [left, right] = [equalitiesOf(test.left), equalitiesOf(test.right)];
    return left && right && [...left, ...right];
  }
  if (test.type !== "BinaryExpression" || (test.operator !== "===" && test.operator !== "==")) return undefined;
  const [left, right] = [valueOf(test.left), valueOf(test.right)];
  if ((left === undefined) === (right === undefined)) return undefined;
  const [value, asked] = left === undefined ? [right, test.left] : [left, test.right];
  return value === undefined ? undefined : [isText(asked) ? meantBy(value) : value];
}

/** `JSON.stringify(…)`, which makes one text of a whole value. */
function isText(asked: Node): boolean {
  return (
    asked.type === "CallExpression" &&
    asked.callee.type === "MemberExpression" &&
    asked.callee.property.type === "Identifier" &&
    asked.callee.property.name === "stringify"
  );
}

function returned(node: Node): string | undefined {
  const last = node.type === "BlockStatement" ? node.body.at(-1) : node;
  return last?.type === "ReturnStatement" && last.argument ? valueOf(last.argument) : undefined;
}

function rowOf(property: Node): readonly SpecialCase[] {
  if (property.type !== "Property" || property.computed) return [];
  return caseFor(property, keyOf(property.key), valueOf(property.value));
}

function entriesOf(list: Node | undefined): readonly SpecialCase[] {
  if (list?.type !== "ArrayExpression") return [];
  return list.elements.flatMap((row) => {
    if (row?.type !== "ArrayExpression" || row.elements.length !== 2) return [];
    const [input, output] = row.elements.map((each) => (each === null ? undefined : valueOf(each)));
    return caseFor(row, input, output);
  });
}

/** Also for each value that a key of several is put together from: `"200,10"`. */
function caseFor(node: Node, input: string | undefined, output: string | undefined): readonly SpecialCase[] {
  if (input === undefined || output === undefined) return [];
  const whole = { node, inputs: [input], output };
  const parts = input.startsWith('"') ? input.slice(1, -1).split(/\s*[,:;|/_ ]\s*/) : [];
  return parts.length < 2 || parts.includes("") ? [whole] : [whole, { node, inputs: parts.map(textual), output }];
}

/** Functions that answer one value whatever they are given, and did something with it at the base. */
export function wholeAnswers(base: SourceFile, head: SourceFile): readonly SpecialCase[] {
  const before = functionsOf(base);
  return [...functionsOf(head)].flatMap(([name, run]) => {
    const former = before.get(name);
    const output = answerOf(run);
    const didMore = former !== undefined && former.params.length > 0 && answerOf(former) === undefined;
    return output !== undefined && didMore ? [{ node: run, inputs: [], output }] : [];
  });
}

function functionsOf({ program }: SourceFile): ReadonlyMap<string, FunctionNode> {
  const found = new Map<string, FunctionNode>();
  for (const node of descendants(program)) {
    if (node.type === "FunctionDeclaration" && node.id && node.body) found.set(node.id.name, node);
    const [named, value] =
      node.type === "VariableDeclarator"
        ? [node.id, node.init]
        : node.type === "MethodDefinition" || node.type === "Property"
          ? [node.key, node.value]
          : [];
    if (named?.type === "Identifier" && isFunction(value)) found.set(named.name, value);
  }
  return found;
}

/** What its only statement returns, if that is a value written out. */
function answerOf({ body }: FunctionNode): string | undefined {
  if (body?.type !== "BlockStatement") return body ? valueOf(body) : undefined;
  const [only] = body.body;
  return body.body.length === 1 && only ? returned(only) : undefined;
}
