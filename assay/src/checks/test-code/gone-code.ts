// What the program no longer has after a change: its tests went with it.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isWithin, type RepoPath } from "../../model/paths.ts";
import { lostExports, lostImports, modulesOf, withoutExtension } from "../exports/lost-exports.ts";
import { descendants, walk, type Node } from "../../source/walk.ts";
import { gonePackages } from "./gone-packages.ts";
import { goneOptions } from "./gone-options.ts";
import type { UndoneCommits } from "./undone-commits.ts";

/** Names that a change takes out of the program. */
export interface GoneCode {
  /** Does a part of a file mention something that is gone? */
  mentioned(by: Node, file: SourceFile): boolean;
  /** Is a module that a file imports gone, or the package that the file is in? */
  deletedFor(file: SourceFile): boolean;
}

/** The same, where a change takes back commits: what tests gained with them is about code that is gone, too. */
export function withUndone(gone: GoneCode, undone: UndoneCommits): GoneCode {
  return { ...gone, mentioned: (by, file) => gone.mentioned(by, file) || undone.brought(by, file) };
}

/** Read when first asked: most changes take no test away. */
export function goneCode(context: ChangeContext): GoneCode {
  let read: GoneNames | undefined;
  let packages: readonly RepoPath[] | undefined;
  const gone = (): GoneNames => (read ??= goneNames(context.pairs));
  const handsGone = goneOptions(context);
  return {
    mentioned: (by, file) => mentionsGone(by, file, gone()) || handsGone(by, file),
    deletedFor: (file) =>
      (packages ??= gonePackages(context)).some((dir) => isWithin(dir, file.path)) ||
      modulesOf(file).some((path) => gone().modules.has(path)),
  };
}

interface GoneNames {
  readonly names: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  readonly exports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly shorter: ReadonlyMap<string, number>;
  /** Without their extension. */
  readonly modules: ReadonlySet<string>;
}

function goneNames(pairs: readonly FilePair[]): GoneNames {
  const program = pairs.filter(isProgram);
  const names = new Set(program.flatMap(({ base }) => namesIn(base)));
  if (names.size > 0) for (const { head } of program) for (const name of namesIn(head)) names.delete(name);
  return {
    names,
    members: new Set([...goneMembers(program), ...goneMembers(pairs.filter(isDeclaration))]),
    exports: lostExports(program),
    shorter: shorterFunctions(program),
    modules: new Set(program.filter(isDeleted).map(({ change }) => withoutExtension(change.path))),
  };
}

function isDeleted({ change }: FilePair): boolean {
  return change.kind === "deleted";
}

function mentionsGone(by: Node, file: SourceFile, { names, members, exports, shorter }: GoneNames): boolean {
  const mentioned = mentions(by);
  const imports = lostImports(file, exports);
  return (
    mentioned.some((name) => names.has(name) || imports.includes(name)) ||
    [...descendants(by)].some((node) => isMember(node, members) || isCalledLonger(node, shorter))
  );
}

/** Declarations repeat what the program has, and may be late in losing it. */
function isProgram({ base, head }: FilePair): boolean {
  const role = (base ?? head)?.role;
  return role === "source" || role === "config";
}

/** Names of what a file offers or speaks of: declarations, members, properties, and strings that stand for themselves. */
function namesIn(file: SourceFile | undefined): readonly string[] {
  const names: string[] = [];
  if (file) {
    walk(file.program, {
      enter(node, parent, ancestors) {
        // A method of the language is anybody's, and so is a variable inside a function.
        const isCalled =
          node.type === "MemberExpression" && parent?.type === "CallExpression" && parent.callee === node;
        if (isCalled && keyName(node.property).some((name) => ofTheLanguage.has(name))) return;
        if (node.type === "VariableDeclarator" && ancestors.length > outermost) return;
        names.push(...declaredName(node));
      },
    });
  }
  return names;
}

const ofTheLanguage: ReadonlySet<string> = new Set(
  [Array, Date, Function, Map, Number, Object, Promise, RegExp, Set, String]
    .flatMap((type): object[] => [type, type.prototype as object])
    .flatMap((owner) => Object.getOwnPropertyNames(owner)),
);

/** A variable of a module stands in a declaration, perhaps in an export. */
const outermost = 3;

function declaredName(node: Node): readonly string[] {
  if (
    node.type === "FunctionDeclaration" ||
    node.type === "ClassDeclaration" ||
    node.type === "TSInterfaceDeclaration" ||
    node.type === "TSTypeAliasDeclaration" ||
    node.type === "VariableDeclarator"
  )
    return node.id?.type === "Identifier" ? [node.id.name] : [];
  if (
    node.type === "MethodDefinition" ||
    node.type === "PropertyDefinition" ||
    node.type === "Property" ||
    node.type === "TSPropertySignature" ||
    node.type === "TSMethodSignature"
  )
    return keyName(node.key);
  if (node.type === "TSEnumMember") return keyName(node.id);
  if (node.type === "ExportSpecifier") return node.exported.type === "Literal" ? [] : [node.exported.name];
  if (node.type === "MemberExpression") return node.computed ? [] : keyName(node.property);
  return node.type === "Literal" && typeof node.value === "string" && node.value.length > 2 ? [node.value] : [];
}

/** Members that some class or interface lost, though others may have them still. */
function goneMembers(program: readonly FilePair[]): ReadonlySet<string> {
  const before = program.flatMap(({ base }) => membersIn(base));
  if (before.length === 0) return new Set();
  const after = new Set(program.flatMap(({ head }) => membersIn(head)));
  return new Set(before.filter((member) => !after.has(member)).map((member) => member.slice(member.indexOf(".") + 1)));
}

/** `Class.member`. */
function membersIn(file: SourceFile | undefined): readonly string[] {
  if (file === undefined) return [];
  return [...descendants(file.program)].flatMap((node) => {
    if (node.type !== "ClassDeclaration" && node.type !== "TSInterfaceDeclaration") return [];
    return node.body.body.flatMap((member) =>
      "key" in member ? keyName(member.key).map((name) => `${node.id?.name ?? ""}.${name}`) : [],
    );
  });
}

function isMember(node: Node, names: ReadonlySet<string>): boolean {
  return node.type === "MemberExpression" && keyName(node.property).some((name) => names.has(name));
}

function isDeclaration({ base, head }: FilePair): boolean {
  return (base ?? head)?.role === "declaration";
}

/** Functions and classes that take fewer arguments than they did, with how many they take. */
function shorterFunctions(program: readonly FilePair[]): ReadonlyMap<string, number> {
  const shorter = new Map<string, number>();
  for (const { base, head } of program) {
    const before = arities(base);
    for (const [name, arity] of before.size > 0 ? arities(head) : [])
      if (arity < (before.get(name) ?? 0)) shorter.set(name, arity);
  }
  return shorter;
}

function arities(file: SourceFile | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (file === undefined) return found;
  let inClass = "";
  for (const node of descendants(file.program)) {
    if (node.type === "ClassDeclaration") {
      inClass = node.id?.name ?? "";
      found.set(inClass, 0);
    } else if (node.type === "FunctionDeclaration" && node.id) found.set(node.id.name, arityOf(node.params));
    else if (node.type === "MethodDefinition") {
      const name = node.kind === "constructor" ? inClass : keyName(node.key)[0];
      if (name !== undefined) found.set(name, arityOf(node.value.params));
    } else if (node.type === "VariableDeclarator" && node.id.type === "Identifier") {
      const { init } = node;
      if (init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression")
        found.set(node.id.name, arityOf(init.params));
    }
  }
  return found;
}

function arityOf(params: readonly Node[]): number {
  return params.some(({ type }) => type === "RestElement") ? Infinity : params.length;
}

function isCalledLonger(node: Node, shorter: ReadonlyMap<string, number>): boolean {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  const { callee } = node;
  const named = callee.type === "MemberExpression" ? callee.property : callee;
  return named.type === "Identifier" && node.arguments.length > (shorter.get(named.name) ?? Infinity);
}

function mentions(root: Node): readonly string[] {
  return [...descendants(root)].flatMap((node) => {
    if (node.type === "Identifier" || node.type === "JSXIdentifier") return [node.name];
    return node.type === "Literal" && typeof node.value === "string" && node.value.length > 2 ? [node.value] : [];
  });
}

function keyName(key: Node): readonly string[] {
  if (key.type === "Identifier") return [key.name];
  return key.type === "Literal" && typeof key.value === "string" ? [key.value] : [];
}
