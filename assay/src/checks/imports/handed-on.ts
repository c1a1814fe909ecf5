// Follows what a file takes from other modules back to whose it is.
import type { RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { walk, type Node } from "../../source/walk.ts";
import { exportedName, keyName } from "./name-meanings.ts";
import { handOnsOf, type Handed, type HandOns } from "./hand-ons.ts";
import type { ModuleWorld } from "./module-world.ts";

/** What a name that another module exports is in truth. */
export interface Origin {
  /** The module that names its owner, and what it names. */
  readonly by: RepoPath;
  readonly thing: Handed;
  readonly packages: readonly string[];
  readonly paths: readonly RepoPath[];
  /** Some module on the way gave it another name. */
  readonly renamed: boolean;
}

/** Stands for everything that a module exports. */
export const everything = "*";

export interface Follower {
  handOns(path: RepoPath): HandOns;
  originsOf(module: RepoPath, name: string): readonly Origin[];
}

export function createFollower(world: ModuleWorld): Follower {
  const known = new Map<RepoPath, HandOns>();
  const handOns = (path: RepoPath): HandOns => {
    const file = known.has(path) ? undefined : world.parse(path);
    const answer = known.get(path) ?? (file ? handOnsOf(file) : { named: new Map(), all: [], stated: new Set() });
    known.set(path, answer);
    return answer;
  };

  const followed = new Map<string, Followed>();
  const follow = (module: RepoPath, name: string, above: ReadonlySet<string>): Followed => {
    const step = `${module} ${name}`;
    if (above.has(step)) return { origins: [], isCut: true };
    const known = followed.get(step);
    if (known !== undefined) return known;
    const found = originsIn(module, name, new Set([...above, step]));
    // What a circle cut short is the whole only from where the circle was entered.
    if (!found.isCut || above.size === 0) followed.set(step, found);
    return found;
  };

  /** Of a module of the repository it is known what it exports, unless it hands on what is somebody else's. */
  const mayGive =
    (module: RepoPath, name: string) =>
    ({ specifier, isType }: Handed): boolean => {
      if (name === everything) return true;
      const { paths } = world.targetOf(module, specifier, isType ? "type" : "import");
      const [path] = paths.length > 1 ? [] : paths.map((each) => world.fileAt(each));
      if (path === undefined) return true;
      const { all, stated } = handOns(path);
      return all.length > 0 || stated.size === 0 || stated.has(name);
    };

  const originsIn = (module: RepoPath, name: string, above: ReadonlySet<string>): Followed => {
    const { named, all, stated } = handOns(module);
    const things = name === everything ? [...named.values()].flat() : (named.get(name) ?? []);
    // A default is not handed on by `export *`, nor is a name that the module itself exports.
    const isOwn = name === "default" || (name !== everything && stated.has(name));
    const whole = isOwn
      ? []
      : all.filter(mayGive(module, name)).map(({ specifier, isType }) => ({ specifier, name, isType }));
    const origins = new Map<string, Origin>();
    let isCut = false;
    for (const thing of [...things, ...whole]) {
      const { packages, paths } = world.targetOf(module, thing.specifier, thing.isType ? "type" : "import");
      const renamed = name !== everything && ![name, "*", "default"].includes(thing.name);
      add(origins, { by: module, thing, packages, paths, renamed });
      for (const file of paths.flatMap((path) => world.fileAt(path) ?? [])) {
        const below = follow(file, thing.name, above);
        isCut ||= below.isCut;
        for (const origin of below.origins) add(origins, renamed ? { ...origin, renamed } : origin);
      }
    }
    return { origins: [...origins.values()], isCut };
  };
  return { handOns, originsOf: (module, name) => follow(module, name, new Set()).origins };
}

interface Followed {
  readonly origins: readonly Origin[];
  /** Something on the way led back to where it came from. */
  readonly isCut: boolean;
}

/** Ways that lead to the same come together. */
function add(origins: Map<string, Origin>, origin: Origin): void {
  const { by, thing, renamed } = origin;
  const key = [by, thing.specifier, thing.name, thing.isType, renamed].join("\n");
  if (!origins.has(key)) origins.set(key, origin);
}

/** Names that a file takes from one module at one place. */
export interface Taken {
  readonly specifier: string;
  readonly names: readonly string[];
  readonly start: number;
  readonly isType: boolean;
}

/** What a file imports, by name; `everything` where it takes a whole module and the names that it uses can't be told. */
export function takenBy(file: SourceFile): readonly Taken[] {
  const taken: Taken[] = [];
  const uses = namespaceUses(file);
  for (const node of file.program.body) {
    if (node.type === "ImportDeclaration") {
      for (const specifier of node.specifiers) {
        const isType =
          node.importKind === "type" || (specifier.type === "ImportSpecifier" && specifier.importKind === "type");
        const names =
          specifier.type === "ImportSpecifier"
            ? [exportedName(specifier.imported)]
            : specifier.type === "ImportDefaultSpecifier"
              ? ["default"]
              : (uses.get(specifier.local.name) ?? []);
        taken.push({ specifier: node.source.value, names, start: node.start, isType });
      }
    } else if (node.type === "TSImportEqualsDeclaration" && node.moduleReference.type === "TSExternalModuleReference") {
      const specifier = node.moduleReference.expression.value;
      const isType = node.importKind === "type";
      taken.push({ specifier, names: uses.get(node.id.name) ?? [], start: node.start, isType });
    } else if (node.type === "ExportAllDeclaration") {
      const isType = node.exportKind === "type";
      taken.push({ specifier: node.source.value, names: [everything], start: node.start, isType });
    } else if (node.type === "ExportNamedDeclaration" && node.source) {
      const names = node.specifiers.map(({ local }) => exportedName(local));
      taken.push({ specifier: node.source.value, names, start: node.start, isType: node.exportKind === "type" });
    }
  }
  return /\bimport\s*\(|require/.test(file.text) ? [...taken, ...takenByCalls(file, uses)] : taken;
}

/** By the name of a namespace or of a variable: the members that are used. All of them where it is used as a whole. */
function namespaceUses({ program }: SourceFile): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>();
  walk(program, {
    enter(node, parent) {
      const isName = node.type === "Identifier" || (node.type === "JSXIdentifier" && parent?.type !== "JSXAttribute");
      if (!isName || parent === null || declares(parent, node)) return;
      const name = memberOf(node, parent);
      const known = uses.get(node.name);
      for (const each of name) if (known) known.push(each);
      if (!known) uses.set(node.name, [...name]);
    },
  });
  return uses;
}

function declares(parent: Node, node: Node): boolean {
  if (parent.type === "MemberExpression") return parent.object !== node && !parent.computed;
  if (parent.type === "VariableDeclarator") return parent.id === node;
  if (parent.type === "TSImportEqualsDeclaration") return parent.id === node;
  if (parent.type === "JSXMemberExpression") return parent.property === node;
  return ["ImportNamespaceSpecifier", "ImportSpecifier", "ImportDefaultSpecifier"].includes(parent.type);
}

/** The names that are taken of a whole module that stands here. */
function memberOf(node: Node, parent: Node): readonly string[] {
  if (parent.type === "MemberExpression" && parent.object === node) {
    const name = !parent.computed || parent.property.type === "Literal" ? keyName(parent.property) : undefined;
    return [name ?? everything];
  }
  if (parent.type === "TSQualifiedName") return parent.left === node ? [parent.right.name] : [];
  if (parent.type === "JSXMemberExpression") return [parent.property.name];
  if (parent.type === "VariableDeclarator" && parent.id.type === "ObjectPattern") {
    return parent.id.properties.map((property) =>
      property.type === "Property" && !property.computed ? (keyName(property.key) ?? everything) : everything,
    );
  }
  return [everything];
}

function takenByCalls(file: SourceFile, uses: ReadonlyMap<string, readonly string[]>): readonly Taken[] {
  const taken: Taken[] = [];
  walk(file.program, {
    enter(node, parent, ancestors) {
      if (node.type === "TSImportType") {
        const name = node.qualifier?.type === "Identifier" ? node.qualifier.name : everything;
        taken.push({ specifier: node.source.value, names: [name], start: node.start, isType: true });
      }
      const source = sourceOf(node);
      if (source === undefined || parent === null) return;
      const isAwaited = parent.type === "AwaitExpression";
      const holder = isAwaited ? ancestors.at(-2) : parent;
      if (holder === undefined) return;
      const inner = isAwaited ? parent : node;
      const variable =
        holder.type === "VariableDeclarator" && holder.id.type === "Identifier" ? holder.id.name : undefined;
      const names = variable === undefined ? memberOf(inner, holder) : (uses.get(variable) ?? []);
      const isCallback = holder.type === "MemberExpression" && keyName(holder.property) === "then";
      taken.push({ specifier: source, names: isCallback ? [everything] : names, start: node.start, isType: false });
    },
  });
  return taken;
}

function sourceOf(node: Node): string | undefined {
  const isRequire =
    node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "require";
  const source = node.type === "ImportExpression" ? node.source : isRequire ? node.arguments[0] : undefined;
  return source?.type === "Literal" && typeof source.value === "string" ? source.value : undefined;
}
