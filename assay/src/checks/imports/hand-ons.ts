// What one module hands on of others: the values and types that it exports and that are another module's.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { childrenOf, descendants, type Node } from "../../source/walk.ts";
import {
  nameMeanings,
  exportedName,
  keyName,
  type NameMeanings,
  onceForEachName,
  type Meaning,
} from "./name-meanings.ts";
import { passedOn } from "../../source/passed-on.ts";
import { namesBound } from "../syntax/names-bound.ts";

/** One thing of another module. */
export interface Handed {
  readonly specifier: string;
  /** The export's name there; `*` is the whole module. */
  readonly name: string;
  readonly isType: boolean;
}

export interface HandOns {
  /** By the name that this module gives it. */
  readonly named: ReadonlyMap<string, readonly Handed[]>;
  /** Modules of which everything is handed on that has no such name here. */
  readonly all: readonly Handed[];
  /** Names that the module exports in so many words, its own things among them. */
  readonly stated: ReadonlySet<string>;
}

export function handOnsOf(file: SourceFile): HandOns {
  const stated = statedNames(file);
  if (!/import|[rR]equire|from/.test(file.text)) return { named: new Map(), all: [], stated };
  const named = new Map<string, Handed[]>();
  const all: Handed[] = [];
  const names = nameMeanings(file);
  const typeImports = typeImportsOf(file);
  const ground: Ground = { names, typeImports, once: onceForEachName() };
  const add = (name: string, things: readonly Handed[]): void => {
    if (things.length > 0) named.set(name, [...(named.get(name) ?? []), ...things]);
  };
  for (const statement of file.program.body) {
    if (statement.type === "ExportAllDeclaration") {
      const isType = statement.exportKind === "type";
      const thing = { specifier: statement.source.value, name: "*", isType };
      if (statement.exported) add(exportedName(statement.exported), [thing]);
      else all.push(thing);
    } else if (statement.type === "ExportNamedDeclaration") {
      for (const specifier of statement.specifiers) {
        const local = exportedName(specifier.local);
        const isType = statement.exportKind === "type" || specifier.exportKind === "type";
        const things = statement.source
          ? [{ specifier: statement.source.value, name: local, isType }]
          : ofName(local, ground);
        add(exportedName(specifier.exported), isType ? asTypes(things) : things);
      }
      if (statement.declaration) addDeclaration(statement.declaration, ground, add);
    } else if (statement.type === "ExportDefaultDeclaration") add("default", thingsOf(statement.declaration, ground));
    else if (statement.type === "TSExportAssignment") {
      const things = thingsOf(statement.expression, ground);
      add("default", things);
      all.push(...things.filter(({ name }) => name === "*"));
    } else if (statement.type === "ExpressionStatement") addCommonJs(statement.expression, ground, add, all);
  }
  return { named, all, stated };
}

function statedNames({ program }: SourceFile): ReadonlySet<string> {
  const stated = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === "ExportAllDeclaration" && statement.exported) stated.add(exportedName(statement.exported));
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const { exported } of statement.specifiers) stated.add(exportedName(exported));
    const { declaration } = statement;
    if (declaration?.type === "VariableDeclaration")
      for (const { id } of declaration.declarations) for (const each of namesBound(id)) stated.add(each);
    else if (declaration && "id" in declaration && declaration.id?.type === "Identifier")
      stated.add(declaration.id.name);
  }
  return stated;
}

interface Ground {
  readonly names: NameMeanings;
  readonly typeImports: ReadonlySet<string>;
  readonly once: ReturnType<typeof onceForEachName<Handed>>;
}

type Add = (name: string, things: readonly Handed[]) => void;

function typeImportsOf({ program }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === "TSImportEqualsDeclaration" && statement.importKind === "type") names.add(statement.id.name);
    if (statement.type !== "ImportDeclaration") continue;
    for (const specifier of statement.specifiers) {
      const isType = specifier.type === "ImportSpecifier" && specifier.importKind === "type";
      if (isType || statement.importKind === "type") names.add(specifier.local.name);
    }
  }
  return names;
}

function addDeclaration(declaration: Node, ground: Ground, add: Add): void {
  if (declaration.type === "VariableDeclaration") {
    for (const { id, init } of declaration.declarations) {
      // What has no value yet, or a part of one, is asked for by its name.
      if (id.type === "Identifier" && init) add(id.name, thingsOf(init, ground));
      else for (const each of namesBound(id)) add(each, ofName(each, ground));
    }
  } else if (declaration.type === "TSModuleDeclaration" && declaration.id.type === "Identifier") {
    const name = declaration.id.name;
    for (const each of descendants(declaration)) {
      if (each.type === "TSImportEqualsDeclaration") add(name, thingsOf(each, ground));
      if (each.type === "VariableDeclarator" && each.init) add(name, thingsOf(each.init, ground));
    }
  } else if ("id" in declaration && declaration.id?.type === "Identifier") {
    add(declaration.id.name, thingsOf(declaration, ground));
  }
}

/** `module.exports = x`, `exports.name = x`, `Object.assign(module.exports, x)`. */
function addCommonJs(node: Node, ground: Ground, add: Add, all: Handed[]): void {
  if (node.type === "CallExpression") {
    if (!node.arguments.some(isExports)) return;
    for (const argument of node.arguments) all.push(...thingsOf(argument, ground));
    return;
  }
  if (node.type !== "AssignmentExpression") return;
  const { left, right } = node;
  if (isExports(left)) {
    const things = thingsOf(right, ground);
    add("default", things);
    all.push(...things.filter(({ name }) => name === "*"));
    if (right.type === "ObjectExpression") addProperties(right, ground, add);
  } else if (left.type === "MemberExpression" && isExports(left.object)) {
    const name = keyName(left.property);
    if (name !== undefined) add(name, thingsOf(right, ground));
  }
}

function addProperties(node: Extract<Node, { type: "ObjectExpression" }>, ground: Ground, add: Add): void {
  for (const property of node.properties) {
    if (property.type !== "Property") continue;
    const name = keyName(property.key);
    if (name !== undefined) add(name, thingsOf(property.value, ground));
  }
}

function isExports(node: Node): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  return (
    node.type === "MemberExpression" &&
    node.object.type === "Identifier" &&
    node.object.name === "module" &&
    keyName(node.property) === "exports"
  );
}

function ofName(name: string, ground: Ground): readonly Handed[] {
  const things = (meaning: Meaning): readonly Handed[] => {
    if (meaning.kind === "imported")
      return [{ specifier: meaning.from, name: meaning.name, isType: ground.typeImports.has(name) }];
    if (meaning.kind === "value") return thingsOf(meaning.node, ground);
    if (meaning.kind === "item") return [];
    return partsOf(thingsOf(meaning.of, ground), meaning.name);
  };
  return ground.once(name, () => distinct(ground.names.meaningsOf(name).flatMap(things)));
}

/** Names that stand for each other twice, again and again, would be too many to count. */
function distinct(things: readonly Handed[]): readonly Handed[] {
  return [...new Map(things.map((thing) => [`${thing.specifier}\n${thing.name}\n${thing.isType}`, thing])).values()];
}

/** A part of a whole module is the export of that name; a part of anything else is still the module's. */
function partsOf(things: readonly Handed[], name: string): readonly Handed[] {
  return things.map((thing) =>
    thing.name === "*" ? { specifier: thing.specifier, name, isType: thing.isType } : thing,
  );
}

function asTypes(things: readonly Handed[]): readonly Handed[] {
  return things.map(({ specifier, name }) => ({ specifier, name, isType: true }));
}

/** What an expression or a declaration is of other modules; nothing where it makes something of its own with them. */
function thingsOf(node: Node, ground: Ground): readonly Handed[] {
  const below = (next: Node): readonly Handed[] => thingsOf(next, ground);
  const passed = passedOn(node);
  if (passed) return passed.flatMap(below);
  if (node.type === "Identifier") return ofName(node.name, ground);
  if (node.type === "MemberExpression") return partsOf(below(node.object), keyName(node.property) ?? "*");
  if (node.type === "ImportExpression") return wholeModule(node.source);
  if (node.type === "CallExpression" || node.type === "NewExpression") return ofCall(node, ground);
  if (node.type === "ObjectExpression")
    return node.properties.flatMap((each) => below(each.type === "SpreadElement" ? each.argument : each.value));
  if (node.type === "ArrayExpression") return node.elements.flatMap((element) => (element ? below(element) : []));
  if (isFunction(node)) {
    const results = resultsOf(node).filter((result) => !isParameter(result, node));
    return results.flatMap(below);
  }
  if (node.type === "ClassDeclaration" || node.type === "ClassExpression") return ofClass(node, ground);
  return ofType(node, ground);
}

/** Types that are another module's by another name. */
function ofType(node: Node, ground: Ground): readonly Handed[] {
  const below = (next: Node): readonly Handed[] => asTypes(thingsOf(next, ground));
  if (node.type === "TSImportEqualsDeclaration") {
    const { moduleReference } = node;
    const isExternal = moduleReference.type === "TSExternalModuleReference";
    return isExternal ? wholeModule(moduleReference.expression) : thingsOf(moduleReference, ground);
  }
  if (node.type === "TSTypeAliasDeclaration") return below(node.typeAnnotation);
  if (node.type === "TSTypeReference") return below(node.typeName);
  if (node.type === "TSTypeQuery") return below(node.exprName);
  if (node.type === "TSIndexedAccessType") return below(node.objectType);
  if (node.type === "TSQualifiedName") return partsOf(thingsOf(node.left, ground), node.right.name);
  if (node.type === "TSInterfaceDeclaration" && node.body.body.length === 0)
    return node.extends.flatMap(({ expression }) => below(expression));
  if (node.type !== "TSImportType") return [];
  const { qualifier } = node;
  const name = qualifier?.type === "Identifier" ? qualifier.name : "*";
  return [{ specifier: node.source.value, name, isType: true }];
}

function wholeModule(source: Node): readonly Handed[] {
  const isText = source.type === "Literal" && typeof source.value === "string";
  return isText ? [{ specifier: source.value, name: "*", isType: false }] : [];
}

/** Functions that give back what they are given, methods that give back what they are called on, and both. */
const passing = new Set(["Object.assign", "Object.freeze", "Object.seal", "Promise.resolve", "Proxy", "__toESM"]);
const keeping = new Set(["bind", "catch", "finally", "then"]);

function ofCall(node: Extract<Node, { type: "CallExpression" | "NewExpression" }>, ground: Ground): readonly Handed[] {
  const below = (next: Node): readonly Handed[] => thingsOf(next, ground);
  const { callee } = node;
  const [first] = node.arguments;
  if (callee.type === "Identifier") {
    const isRequire = callee.name === "require" || (first?.type === "Literal" && /^require|Require$/.test(callee.name));
    if (isRequire && first) return wholeModule(first);
    if (passing.has(callee.name)) return node.arguments.flatMap(below);
    // A function of this file gives what it returns; calling another module's makes something new.
    const own = ground.names.meaningsOf(callee.name);
    return ground.once(`${callee.name}()`, () =>
      own.flatMap((each) => (each.kind === "value" && isFunction(each.node) ? below(each.node) : [])),
    );
  }
  if (isFunction(callee)) return below(callee);
  if (callee.type === "CallExpression" && first) return isMaker(callee.callee) ? wholeModule(first) : [];
  if (callee.type !== "MemberExpression") return [];
  const name = keyName(callee.property) ?? "";
  if (keeping.has(name)) return [callee.object, ...(name === "then" ? node.arguments : [])].flatMap(below);
  return passing.has(`${keyName(callee.object)}.${name}`) ? node.arguments.flatMap(below) : [];
}

function isMaker(callee: Node): boolean {
  const name = callee.type === "MemberExpression" ? keyName(callee.property) : keyName(callee);
  return name === "createRequire";
}

/** What a function is given it hands to nobody else. */
function isParameter(result: Node, { params }: FunctionNode): boolean {
  return result.type === "Identifier" && params.some((each) => each.type === "Identifier" && each.name === result.name);
}

/** What a function returns, functions inside of it left out. */
function resultsOf(node: FunctionNode): readonly Node[] {
  if (node.body === null) return [];
  if (node.body.type !== "BlockStatement") return [node.body];
  const results: Node[] = [];
  const pending: Node[] = [node.body];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isFunction(next)) continue;
    if (next.type === "ReturnStatement" && next.argument) results.push(next.argument);
    pending.push(...childrenOf(next));
  }
  return results;
}

/** Static members that are another module's, and a class that only gives another module's class a name. */
function ofClass(node: Extract<Node, { body: { type: "ClassBody" } }>, ground: Ground): readonly Handed[] {
  const below = (next: Node | null): readonly Handed[] => (next ? thingsOf(next, ground) : []);
  if (node.body.body.length === 0) return below(node.superClass);
  return node.body.body.flatMap((member) => {
    const isStatic = (member.type === "PropertyDefinition" || member.type === "MethodDefinition") && member.static;
    return isStatic ? below(member.value) : [];
  });
}
