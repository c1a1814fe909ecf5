// Options that functions do not take any more after a change, though others may have one of the same name.
import { posix } from "node:path";
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { dirOf, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { roleOf } from "../../source/role.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";
import { withoutExtension } from "../exports/lost-exports.ts";

/**
 * Does a part of a test hand an option to a function that does not take it any more?
 *
 * The type of its parameter lost the option and its module does not speak of it any more; of a module of JavaScript, the
 * declarations beside it. No type of the change gained it, and no test that is left hands it to the function.
 */
export function goneOptions(context: ChangeContext): (by: Node, file: SourceFile) => boolean {
  const world = worldOf(context);
  const known = new Map<string, boolean>();
  const isGone = (callee: Imported, option: string): boolean => {
    const key = `${callee.module} ${callee.name} ${option}`;
    const found =
      known.get(key) ??
      (isLost(world, callee, option) && isRarer(context.pairs, option) && !isTried(context, world, callee, option));
    known.set(key, found);
    return found;
  };
  return (by, file) => handed(by, file).some(({ callee, option }) => isGone(callee, option));
}

/** What a name of a file stands for: what a module exports, by its path without extension. */
interface Imported {
  readonly module: string | undefined;
  /** `default` for what is imported or required as a whole. */
  readonly name: string;
}

interface Handed {
  readonly callee: Imported;
  readonly option: string;
}

/** `slug(text, { trim: true })`, for functions that come from beside the file. */
function handed(root: Node, file: SourceFile): readonly Handed[] {
  const imports = importsOf(file);
  if (imports.size === 0) return [];
  return [...descendants(root)].flatMap((node) => {
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return [];
    const callee = node.callee.type === "Identifier" ? imports.get(node.callee.name) : undefined;
    if (callee?.module === undefined) return [];
    return node.arguments.flatMap((argument) =>
      argument.type === "ObjectExpression" ? keysOf(argument.properties).map((option) => ({ callee, option })) : [],
    );
  });
}

const known = new WeakMap<SourceFile, ReadonlyMap<string, Imported>>();

function importsOf(file: SourceFile): ReadonlyMap<string, Imported> {
  const found = known.get(file) ?? new Map(file.program.body.flatMap((statement) => importedBy(statement, file.path)));
  known.set(file, found);
  return found;
}

function importedBy(statement: Node, from: RepoPath): readonly (readonly [string, Imported])[] {
  if (statement.type === "ImportDeclaration") {
    const module = moduleAt(from, statement.source.value);
    return statement.specifiers.map((specifier) => {
      const imported = specifier.type === "ImportSpecifier" ? specifier.imported : undefined;
      return [specifier.local.name, { module, name: imported?.type === "Identifier" ? imported.name : "default" }];
    });
  }
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ id, init }): readonly (readonly [string, Imported])[] => {
    const required = init ? requiredBy(init) : undefined;
    if (required === undefined) return [];
    const module = moduleAt(from, required);
    if (id.type === "Identifier") return [[id.name, { module, name: "default" }]];
    if (id.type !== "ObjectPattern") return [];
    return id.properties.flatMap((each) =>
      each.type === "Property" && each.key.type === "Identifier" && each.value.type === "Identifier"
        ? [[each.value.name, { module, name: each.key.name }] as const]
        : [],
    );
  });
}

function requiredBy(init: Node): string | undefined {
  if (init.type !== "CallExpression" || init.callee.type !== "Identifier" || init.callee.name !== "require")
    return undefined;
  const [argument] = init.arguments;
  return argument && constantString(argument);
}

/** Undefined for what is not beside the file; a folder may be meant. */
function moduleAt(from: RepoPath, specifier: string): string | undefined {
  const path = specifier.startsWith(".") ? posix.join(dirOf(from), specifier) : "..";
  return path.startsWith("..") ? undefined : withoutExtension(path.replace(/^\.?\/?$|\/$/, ""));
}

/** A module before and after. */
interface Module extends Pick<FilePair, "base" | "head"> {
  /** Its path without extension. */
  readonly at: string;
}

/** Finds modules, also by their folder. */
type World = (module: string) => Module | undefined;

function worldOf(context: ChangeContext): World {
  const { pairs, workspace } = context;
  const changed = new Map(
    pairs.filter(({ change }) => change.kind !== "deleted").map((pair) => [withoutExtension(pair.change.path), pair]),
  );
  const others = new Map<string, RepoPath>();
  return (module) => {
    if (others.size === 0) for (const { path } of workspace.tree.files) others.set(withoutExtension(path), path);
    const main: unknown = workspace.packages.find(({ dir }) => dir === module)?.manifest.raw["main"];
    const named = typeof main === "string" ? [withoutExtension(posix.join(module, main))] : [];
    for (const at of [module, ...named, posix.join(module, "index")]) {
      const pair = changed.get(at);
      if (pair) return { at, base: pair.base, head: pair.head };
      const other = others.get(at);
      const file = other === undefined ? undefined : context.parse(other);
      if (file) return { at, base: file, head: file };
    }
    return undefined;
  };
}

function isLost(world: World, { module: from, name }: Imported, option: string, depth = 3): boolean {
  const module = from === undefined ? undefined : world(from);
  if (module?.base === undefined || module.head === undefined || speaksOf(module.head, option)) return false;
  const { at, base, head } = module;
  const beside = world(`${at}.d`);
  if (beside?.base && beside.head)
    return speaksOf(base, option) && declares(beside.base, option) && !declares(beside.head, option);
  const [before, after] = [functionIn(base, name), functionIn(head, name)];
  if (before && after) return takes(world, base, "base", before, option) && !takes(world, head, "head", after, option);
  return depth > 0 && handOns(head, name).some((next) => isLost(world, next, option, depth - 1));
}

function speaksOf({ program, text }: SourceFile, name: string): boolean {
  return text.includes(name) && [...descendants(program)].some((node) => isNamed(node, name));
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" ? node.name === name : node.type === "Literal" && node.value === name;
}

function declares({ program }: SourceFile, option: string): boolean {
  return signatures(program).includes(option);
}

/** Properties of all object types below a node. */
function signatures(root: Node): readonly string[] {
  return [...descendants(root)].flatMap((node) =>
    node.type === "TSPropertySignature" || node.type === "TSMethodSignature" ? nameOf(node.key) : [],
  );
}

/** Is it said less often, in types of the change, than before? Otherwise it went from one type to another. */
function isRarer(pairs: readonly FilePair[], option: string): boolean {
  const count = (files: readonly (SourceFile | undefined)[]): number =>
    files.flatMap((file) => (file ? signatures(file.program) : [])).filter((name) => name === option).length;
  return count(pairs.map(({ head }) => head)) < count(pairs.map(({ base }) => base));
}

/** Where a module has a name from that it only hands on. */
function handOns(file: SourceFile, name: string): readonly Imported[] {
  return file.program.body.flatMap((statement): readonly Imported[] => {
    if (statement.type === "ExportAllDeclaration")
      return [{ module: moduleAt(file.path, statement.source.value), name }];
    if (statement.type !== "ExportNamedDeclaration" || !statement.source) return [];
    const module = moduleAt(file.path, statement.source.value);
    return statement.specifiers.flatMap(({ local, exported }) =>
      exported.type === "Identifier" && exported.name === name && local.type === "Identifier"
        ? [{ module, name: local.name }]
        : [],
    );
  });
}

/** The function or the constructor that a module exports. */
function functionIn({ program }: SourceFile, name: string): Extract<Node, { params: unknown }> | undefined {
  for (const statement of program.body) {
    const isDefault = statement.type === "ExportDefaultDeclaration";
    const declaration = isDefault || statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    for (const each of declaration?.type === "VariableDeclaration" ? declaration.declarations : [declaration]) {
      const id = each && "id" in each ? each.id : undefined;
      if (!(isDefault && name === "default") && !(id?.type === "Identifier" && id.name === name)) continue;
      if (isFunction(each)) return each;
      if (each?.type === "VariableDeclarator" && isFunction(each.init)) return each.init;
      if (each?.type !== "ClassDeclaration") continue;
      for (const member of each.body.body)
        if (member.type === "MethodDefinition" && member.kind === "constructor" && isFunction(member.value))
          return member.value;
    }
  }
  return undefined;
}

/** Does the type of a parameter have the option, written there or by its name, in this file or where it is imported from? */
function takes(
  world: World,
  file: SourceFile,
  side: "base" | "head",
  made: { readonly params: readonly Node[] },
  option: string,
): boolean {
  return made.params.some((param) =>
    [...descendants(param)].some((node) => {
      if (node.type === "TSTypeLiteral") return signatures(node).includes(option);
      if (node.type !== "TSTypeReference" || node.typeName.type !== "Identifier") return false;
      const { name } = node.typeName;
      const imported = importsOf(file).get(name);
      const home = imported?.module === undefined ? file : world(imported.module)?.[side];
      const type = home && typeIn(home, imported?.name ?? name);
      return type !== undefined && signatures(type).includes(option);
    }),
  );
}

function typeIn({ program }: SourceFile, name: string): Node | undefined {
  return (
    program.body
      .map((statement) => (statement.type === "ExportNamedDeclaration" ? statement.declaration : statement))
      .find(
        (each) =>
          (each?.type === "TSInterfaceDeclaration" || each?.type === "TSTypeAliasDeclaration") && each.id.name === name,
      ) ?? undefined
  );
}

/** Does a test that is left hand the option to the function? */
function isTried(context: ChangeContext, world: World, callee: Imported, option: string): boolean {
  const { pairs, workspace } = context;
  const placeOf = ({ module }: Imported): string | undefined => (module === undefined ? undefined : world(module)?.at);
  const place = placeOf(callee);
  const changed = new Set(pairs.map(({ change }) => change.path));
  const tries = (file: SourceFile | undefined): boolean =>
    file?.role === "test" &&
    file.text.includes(option) &&
    handed(file.program, file).some(
      (each) => each.option === option && each.callee.name === callee.name && placeOf(each.callee) === place,
    );
  return (
    pairs.some(({ head }) => tries(head)) ||
    workspace.tree.files.some(
      ({ path }) =>
        !changed.has(path) &&
        roleOf(path) === "test" &&
        workspace.readText(path)?.includes(option) &&
        tries(context.parse(path)),
    )
  );
}

function keysOf(properties: readonly Node[]): readonly string[] {
  return properties.flatMap((property) =>
    property.type === "Property" && !property.computed ? nameOf(property.key) : [],
  );
}

function nameOf(key: Node): readonly string[] {
  if (key.type === "Identifier") return [key.name];
  return key.type === "Literal" && typeof key.value === "string" ? [key.value] : [];
}
