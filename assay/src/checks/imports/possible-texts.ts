// Every text that an expression may be when the program runs, as far as the file tells. In doubt it may be more.
import { fileURLToPath } from "node:url";
import { posix } from "node:path";
import { dirOf } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import type { Class, Node } from "../../source/walk.ts";
import { nameMeanings, keyName, onceForEachName, type NameMeanings, type Meaning } from "./name-meanings.ts";
import { passedOn } from "../../source/passed-on.ts";

/** Where the repository's root is taken to lie, so that paths of the disk can be told from others. */
export const rootMark = "/@repository";

/** Stands for what is not known, inside of lists and records. */
const unknown = Symbol("unknown");

type Value = string | number | boolean | null | undefined | typeof unknown | readonly Value[] | ValueRecord;
interface ValueRecord {
  readonly [key: string]: Value;
}

export interface PossibleTexts {
  readonly names: NameMeanings;
  /** Every text that the expression may be; none where it is not known. */
  textsOf(node: Node): readonly string[];
  /** Every text in it: those of a list, of a list in it, too. */
  textsIn(node: Node): readonly string[];
}

/** More than this tells nothing, and takes long. */
const mostValues = 16;
const deepest = 64;
const mostSteps = 2000;

/** Reads names only when one is asked for. */
export function possibleTexts(file: SourceFile): PossibleTexts {
  let read: NameMeanings | undefined;
  const named = onceForEachName<Value>();
  const names: NameMeanings = { meaningsOf: (name) => (read ??= nameMeanings(file)).meaningsOf(name) };
  const evaluate = (node: Node): readonly Value[] =>
    possible(node, { file, names, named, depth: 0, steps: { left: mostSteps } });
  return {
    names,
    textsOf: (node) => evaluate(node).filter((value) => typeof value === "string"),
    textsIn: (node) => evaluate(node).flatMap(textsWithin),
  };
}

function textsWithin(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  return isList(value) ? value.flatMap(textsWithin) : [];
}

interface Ground {
  readonly file: SourceFile;
  readonly names: NameMeanings;
  readonly named: ReturnType<typeof onceForEachName<Value>>;
  readonly depth: number;
  /** Shared by all below one question, so that names that stand for each other come to an end. */
  readonly steps: { left: number };
}

function possible(node: Node, above: Ground): readonly Value[] {
  if (above.depth > deepest || above.steps.left-- <= 0) return [];
  const ground = { ...above, depth: above.depth + 1 };
  const values = valuesFor(node, ground);
  return values.length > mostValues ? values.slice(0, mostValues) : values;
}

function valuesFor(node: Node, ground: Ground): readonly Value[] {
  const below = (next: Node): readonly Value[] => possible(next, ground);
  const passed = passedOn(node);
  if (passed) return passed.flatMap(below);
  if (node.type === "Literal") return node.value === null || typeof node.value !== "object" ? [plain(node.value)] : [];
  if (node.type === "Identifier") return nameValues(node.name, ground);
  if (node.type === "TemplateLiteral") return templateValues(node, ground);
  if (node.type === "TaggedTemplateExpression") return templateValues(node.quasi, ground);
  if (node.type === "BinaryExpression") return node.operator === "+" ? sums(below(node.left), below(node.right)) : [];
  if (node.type === "UnaryExpression") return node.operator === "-" ? below(node.argument).flatMap(negated) : [];
  if (node.type === "MemberExpression") return memberValues(node, ground);
  if (node.type === "CallExpression" || node.type === "NewExpression") return callValues(node, ground);
  return compoundValues(node, ground);
}

/** Lists and records. */
function compoundValues(node: Node, ground: Ground): readonly Value[] {
  if (node.type === "ArrayExpression")
    return [node.elements.flatMap((element) => (element ? itemsOf(element, ground) : [unknown]))];
  if (node.type === "ObjectExpression") return [recordOf(node, ground)];
  if (node.type === "TSEnumDeclaration") return [enumOf(node, ground)];
  return node.type === "ClassDeclaration" ? [staticsOf(node, ground)] : [];
}

function plain(value: unknown): Value {
  return typeof value === "bigint" ? String(value) : isPlain(value) ? value : unknown;
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** `-1`, as places are counted from the end. */
function negated(value: Value): readonly Value[] {
  return typeof value === "number" ? [-value] : [];
}

function itemsOf(node: Node, ground: Ground): readonly Value[] {
  const [first = unknown] = possible(node, ground);
  return node.type === "SpreadElement" && isList(first) ? first : [first];
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isRecord(value: Value): value is ValueRecord {
  return typeof value === "object" && value !== null && !isList(value);
}

function asText(value: Value): string | undefined {
  return isPlain(value) ? String(value) : undefined;
}

function sums(left: readonly Value[], right: readonly Value[]): readonly Value[] {
  return left.flatMap((a) =>
    right.flatMap((b) => {
      const [start, end] = [asText(a), asText(b)];
      return start === undefined || end === undefined ? [] : [start + end];
    }),
  );
}

function templateValues(node: Extract<Node, { type: "TemplateLiteral" }>, ground: Ground): readonly Value[] {
  let texts: readonly Value[] = [node.quasis[0]?.value.cooked ?? ""];
  for (const [index, expression] of node.expressions.entries()) {
    texts = sums(sums(texts, possible(expression, ground)), [node.quasis[index + 1]?.value.cooked ?? ""]);
  }
  return texts;
}

function recordOf(node: Extract<Node, { type: "ObjectExpression" }>, ground: Ground): ValueRecord {
  const record: Record<string, Value> = {};
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const [spread = unknown] = possible(property.argument, ground);
      if (isRecord(spread)) Object.assign(record, spread);
      continue;
    }
    const name = property.computed ? asText(possible(property.key, ground)[0]) : keyName(property.key);
    if (name !== undefined) record[name] = possible(property.value, ground)[0] ?? unknown;
  }
  return record;
}

function enumOf(node: Extract<Node, { type: "TSEnumDeclaration" }>, ground: Ground): ValueRecord {
  const members = node.body.members.flatMap(({ id, initializer }) => {
    const name = keyName(id);
    return name === undefined || !initializer ? [] : [[name, possible(initializer, ground)[0] ?? unknown] as const];
  });
  return Object.fromEntries(members);
}

function staticsOf(node: Class, ground: Ground): ValueRecord {
  const members = node.body.body.flatMap((member) => {
    if (member.type !== "PropertyDefinition" || !member.static || !member.value) return [];
    const name = keyName(member.key);
    return name === undefined ? [] : [[name, possible(member.value, ground)[0] ?? unknown] as const];
  });
  return Object.fromEntries(members);
}

function nameValues(name: string, ground: Ground): readonly Value[] {
  if (name === "__filename") return [`${rootMark}/${ground.file.path}`];
  if (name === "__dirname") return [posix.join(rootMark, dirOf(ground.file.path))];
  return ground.named(name, () =>
    ground.names
      .meaningsOf(name)
      .flatMap((meaning) => meaningValues(meaning, ground))
      .slice(0, mostValues),
  );
}

function meaningValues(meaning: Meaning, ground: Ground): readonly Value[] {
  if (meaning.kind === "imported") return [];
  if (meaning.kind === "value") return possible(meaning.node, ground);
  const holders = possible(meaning.of, ground);
  if (meaning.kind === "item") return holders.flatMap((holder) => (isList(holder) ? known(holder) : []));
  return holders.flatMap((holder) => known([propertyOf(holder, meaning.name)]));
}

function known(values: readonly Value[]): readonly Value[] {
  return values.filter((value) => value !== unknown);
}

function propertyOf(holder: Value, name: string): Value {
  if (isList(holder)) return holder[Number(name)] ?? unknown;
  if (isRecord(holder)) return Object.hasOwn(holder, name) ? holder[name] : unknown;
  return unknown;
}

function memberValues(node: Extract<Node, { type: "MemberExpression" }>, ground: Ground): readonly Value[] {
  const names = propertyNames(node, ground);
  if (node.object.type === "MetaProperty") return names.flatMap((name) => metaValues(name, ground));
  const holders = possible(node.object, ground);
  return holders.flatMap((holder) =>
    names.flatMap((name) => {
      // The parts of a URL that say where it leads.
      if (typeof holder === "string" && (name === "href" || name === "pathname")) return [holder];
      return known([propertyOf(holder, name)]);
    }),
  );
}

/** Names by which a member is asked for: `a.b`, `a["b"]`, `a[key]`. */
function propertyNames(node: Extract<Node, { type: "MemberExpression" }>, ground: Ground): readonly string[] {
  if (!node.computed) return node.property.type === "Identifier" ? [node.property.name] : [];
  return possible(node.property, ground).flatMap((value) => asText(value) ?? []);
}

function metaValues(name: string, { file }: Ground): readonly Value[] {
  if (name === "url") return [`file://${rootMark}/${file.path}`];
  if (name === "dirname" || name === "dir") return [posix.join(rootMark, dirOf(file.path))];
  return name === "filename" || name === "path" ? [`${rootMark}/${file.path}`] : [];
}

type Call = Extract<Node, { type: "CallExpression" | "NewExpression" }>;

function callValues(node: Call, ground: Ground): readonly Value[] {
  const { callee } = node;
  const given = node.arguments.map((argument) => possible(argument, ground));
  const firsts = given.map(([first]) => first);
  if (callee.type === "MemberExpression") {
    const [name = ""] = propertyNames(callee, ground);
    const ofClass = callee.object.type === "Identifier" ? callee.object.name : "";
    if (ofClass === "process" && name === "cwd") return [rootMark];
    const made = madeBy(`${ofClass}.${name}`, firsts) ?? madeBy(name, firsts);
    if (made !== undefined) return [made];
    return possible(callee.object, ground).flatMap((holder) => known([methodResult(holder, name, firsts)]));
  }
  if (isFunction(callee)) return returned(callee).flatMap((result) => possible(result, ground));
  if (callee.type !== "Identifier") return [];
  const functions = ground.names
    .meaningsOf(callee.name)
    .flatMap((meaning) => (meaning.kind === "value" && isFunction(meaning.node) ? [meaning.node] : []));
  if (functions.length > 0) return functions.flatMap(returned).flatMap((result) => possible(result, ground));
  const made = madeBy(callee.name, firsts);
  return made === undefined ? [] : [made];
}

/** What a function gives back, where it says so at its top. */
export function returned(node: FunctionNode): readonly Node[] {
  if (node.body === null) return [];
  if (node.body.type !== "BlockStatement") return [node.body];
  return node.body.body.flatMap((statement) =>
    statement.type === "ReturnStatement" && statement.argument ? [statement.argument] : [],
  );
}

/** Functions that make texts of texts. */
const makers: ReadonlyMap<string, (texts: readonly string[]) => string> = new Map([
  ["String.fromCharCode", (codes) => String.fromCharCode(...codes.map(Number))],
  ["String.fromCodePoint", (codes) => String.fromCodePoint(...codes.map(Number))],
  ["String", ([text = ""]) => text],
  ["atob", ([text = ""]) => Buffer.from(text, "base64").toString("latin1")],
  ["decodeURIComponent", ([text = ""]) => decodeURIComponent(text)],
  ["Buffer.from", ([text = "", encoding]) => decoded(text, encoding)],
  ["fileURLToPath", ([url = ""]) => (url.startsWith("file:") ? fileURLToPath(url, { windows: false }) : url)],
  ["pathToFileURL", ([path = ""]) => `file://${path}`],
  ["URL", ([path = "", base]) => new URL(path, base).href],
  ["join", (parts) => posix.join(...parts)],
  ["path.join", (parts) => posix.join(...parts)],
  ["path.resolve", (parts) => posix.resolve(rootMark, ...parts)],
  ["resolve", (parts) => posix.resolve(rootMark, ...parts)],
  ["path.dirname", ([path = ""]) => posix.dirname(path)],
  ["dirname", ([path = ""]) => posix.dirname(path)],
]);

/** Methods of lists have some of these names too. */
const plainOnly: ReadonlySet<string> = new Set(["join", "resolve"]);

function madeBy(name: string, given: readonly Value[]): string | undefined {
  const make = makers.get(name);
  if (!make || given.length === 0 || (plainOnly.has(name) && given.length < 2)) return undefined;
  const texts = given.flatMap((value) => asText(value) ?? []);
  if (texts.length !== given.length) return undefined;
  return attempt(() => make(texts));
}

function decoded(text: string, encoding = "utf8"): string {
  return Buffer.isEncoding(encoding) ? Buffer.from(text, encoding).toString("utf8") : text;
}

/** What a method of a text or a list gives; `unknown` for those that are not followed. */
function methodResult(holder: Value, name: string, given: readonly Value[]): Value {
  if (isList(holder) && name === "concat") return holder.concat(...given);
  const texts = given.flatMap((value) => asText(value) ?? []);
  if (texts.length !== given.length) return unknown;
  const numbers = texts.map(Number);
  if (typeof holder === "string") return textMethods.get(name)?.(holder, texts, numbers) ?? unknown;
  if (!isList(holder)) return unknown;
  return listMethod(holder, name, texts[0], numbers);
}

function listMethod(
  list: readonly Value[],
  name: string,
  separator: string | undefined,
  numbers: readonly number[],
): Value {
  if (name === "join") {
    const items = list.flatMap((item) => asText(item) ?? []);
    return items.length === list.length ? items.join(separator) : unknown;
  }
  if (name === "reverse" || name === "toReversed") return list.toReversed();
  if (name === "slice") return list.slice(...numbers);
  return name === "at" ? (list.at(numbers[0] ?? 0) ?? unknown) : unknown;
}

type TextMethod = (text: string, given: readonly string[], numbers: readonly number[]) => Value;

const textMethods: ReadonlyMap<string, TextMethod> = new Map<string, TextMethod>([
  ["concat", (text, given) => text + given.join("")],
  ["toLowerCase", (text) => text.toLowerCase()],
  ["toString", (text) => text],
  ["trim", (text) => text.trim()],
  ["replace", (text, [from = "", to = ""]) => text.replace(from, () => to)],
  ["replaceAll", (text, [from = "", to = ""]) => text.replaceAll(from, () => to)],
  ["slice", (text, _, [start, end]) => text.slice(start, end)],
  ["split", (text, [by = ""]) => text.split(by)],
  ["substring", (text, _, [start = 0, end]) => text.substring(start, end)],
]);

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
