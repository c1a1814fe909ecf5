// Names in a file that only stand for others.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";
import { namesBound } from "../syntax/names-bound.ts";

/** Modules whose exports are properties of a global of their name. */
const globalModules = new Map([
  ["process", "process"],
  ["node:process", "process"],
  ["console", "console"],
  ["node:console", "console"],
]);

/** What a module may be called and no name can be. */
const keywords = new Set([
  "case",
  "class",
  "const",
  "default",
  "delete",
  "do",
  "else",
  "enum",
  "export",
  "extends",
  "for",
  "function",
  "if",
  "import",
  "in",
  "new",
  "null",
  "return",
  "super",
  "switch",
  "this",
  "throw",
  "try",
  "typeof",
  "var",
  "void",
  "while",
  "with",
]);

/** Is what is imported called by its own name (`readFile`), or as its module's (`fs.readFile`)? */
export type Naming = "own" | "qualified";

/** By naming, what each such name stands for. */
export type Aliases = Readonly<Record<Naming, ReadonlyMap<string, string>>>;

/**
 * What each such name stands for: what it is imported as (`read` for `import { read as r }`), or the chain of
 * properties that it is made of (`process.stdout` for `const { stdout } = process`).
 *
 * Names that are declared or written twice in a file are left out.
 */
export function aliasesIn(file: SourceFile): Aliases {
  const found = { own: new Map<string, string>(), qualified: new Map<string, string>() };
  const declared = new Map<string, number>();
  const written = new Map<string, number>();
  for (const node of descendants(file.program)) {
    count(declared, namesDeclaredBy(node));
    const [target, value] = writingOf(node);
    if (target !== undefined) count(written, namesBound(target));
    addAliases(found.own, "own", node, target, value);
    addAliases(found.qualified, "qualified", node, target, value);
  }
  for (const counts of [declared, written]) {
    for (const [name, times] of counts) {
      if (times < 2) continue;
      found.own.delete(name);
      found.qualified.delete(name);
    }
  }
  return found;
}

function addAliases(found: Map<string, string>, naming: Naming, node: Node, target?: Node, value?: Node): void {
  const add = (name: string, plain: string): void => void (plain !== name && plain !== "" && found.set(name, plain));
  if (node.type === "ImportDeclaration") importedNames(node, naming, add);
  if (target === undefined || value === undefined) return;
  const plain = requiredName(value, naming) ?? chainText(value, found);
  if (plain !== undefined) addPattern(target, plain, add);
}

type Add = (name: string, plain: string) => void;

function count(counts: Map<string, number>, names: readonly string[]): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** What is written to, and its value where that is known. */
function writingOf(node: Node): readonly [target?: Node, value?: Node] {
  if (node.type === "VariableDeclarator") return node.init === null ? [] : [node.id, node.init];
  if (node.type !== "AssignmentExpression") return [];
  return node.operator === "=" ? [node.left, node.right] : [node.left];
}

/** The name of a module where what it exports is called by that; "" where it is called by its own name. */
function nameOfModule(source: string, naming: Naming): string {
  const known = globalModules.get(source);
  if (known !== undefined || naming === "own") return known ?? "";
  const name = /([\p{L}_$][\p{L}\p{N}_$]*)(?:\.\w+)?$/u.exec(source)?.[1] ?? "";
  return keywords.has(name) ? "" : name;
}

function importedNames(node: Extract<Node, { type: "ImportDeclaration" }>, naming: Naming, add: Add): void {
  const module = nameOfModule(node.source.value, naming);
  for (const specifier of node.specifiers) {
    const imported = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default";
    add(specifier.local.name, imported === "default" ? module : joined(module, imported));
  }
}

function nameOf(node: Extract<Node, { type: "ImportSpecifier" }>["imported"]): string {
  return node.type === "Literal" ? node.value : node.name;
}

/** The same of `require("fs")` and `await import("fs")`. */
function requiredName(value: Node, naming: Naming): string | undefined {
  const source = value.type === "AwaitExpression" ? importedSource(value.argument) : requiredSource(value);
  return source === undefined ? undefined : nameOfModule(source, naming);
}

function importedSource(node: Node): string | undefined {
  return node.type === "ImportExpression" ? constantString(node.source) : undefined;
}

function requiredSource(node: Node): string | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return undefined;
  const [source] = node.arguments;
  return source === undefined ? undefined : constantString(source);
}

function addPattern(pattern: Node, plain: string, add: Add): void {
  if (pattern.type === "Identifier") add(pattern.name, plain);
  if (pattern.type !== "ObjectPattern") return;
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const key = property.key.type === "Identifier" && !property.computed ? property.key.name : keyText(property.key);
    const target = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    if (key !== undefined) addPattern(target, key === "default" ? plain : joined(plain, key), add);
  }
}

function joined(object: string, name: string): string {
  return object === "" ? name : `${object}.${name}`;
}

function keyText(key: Node): string | undefined {
  return key.type === "Literal" || key.type === "TemplateLiteral" ? constantString(key) : undefined;
}

/** `a.b.c` for such a chain, a bound one included; undefined for all else. */
function chainText(node: Node, aliases: ReadonlyMap<string, string>): string | undefined {
  const bare = bareOf(node);
  if (bare.type === "Identifier") return aliases.get(bare.name) ?? bare.name;
  if (bare.type === "CallExpression") return boundText(bare, aliases);
  if (bare.type !== "MemberExpression") return undefined;
  const object = chainText(bare.object, aliases);
  const { property, computed } = bare;
  const name = property.type === "Identifier" && !computed ? property.name : keyText(property);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

function boundText(
  call: Extract<Node, { type: "CallExpression" }>,
  aliases: ReadonlyMap<string, string>,
): string | undefined {
  const callee = bareOf(call.callee);
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  return callee.property.name === "bind" ? chainText(callee.object, aliases) : undefined;
}

function namesDeclaredBy(node: Node): readonly string[] {
  if (node.type === "VariableDeclarator") return namesBound(node.id);
  if (node.type === "CatchClause") return node.param === null ? [] : namesBound(node.param);
  if (node.type === "ImportDeclaration") return node.specifiers.map(({ local }) => local.name);
  if (isFunction(node)) {
    const own = node.type === "FunctionDeclaration" && node.id !== null ? [node.id.name] : [];
    return [...own, ...node.params.flatMap(namesBound)];
  }
  return node.type === "ClassDeclaration" && node.id !== null ? [node.id.name] : [];
}

/** Without what changes nothing at run time: types, and constants before a comma. */
export function bareOf(node: Node): Node {
  if (
    node.type === "TSAsExpression" ||
    node.type === "TSSatisfiesExpression" ||
    node.type === "TSNonNullExpression" ||
    node.type === "TSTypeAssertion" ||
    node.type === "ChainExpression"
  ) {
    return bareOf(node.expression);
  }
  if (node.type !== "SequenceExpression") return node;
  const last = node.expressions.at(-1);
  const isPlain = node.expressions.every((each) => each === last || each.type === "Literal");
  return last !== undefined && isPlain ? bareOf(last) : node;
}

/** A name, or properties of one: what needs no parentheses. */
export function isChain(node: Node): boolean {
  return node.type === "Identifier" || node.type === "MemberExpression" || node.type === "ThisExpression";
}
