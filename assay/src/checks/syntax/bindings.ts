// Who declares a name, who uses it, and what a node stands in, with scopes told apart: what rules about tests need to know
// of a file. What a name may stand for at most, `name-meanings.ts` tells.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { plain } from "../../source/passed-on.ts";
import { walk, type Expression, type Node } from "../../source/walk.ts";

export type Identifier = Extract<Node, { type: "Identifier" }>;
type ImportSpecifier = Extract<
  Node,
  { type: "ImportDefaultSpecifier" | "ImportNamespaceSpecifier" | "ImportSpecifier" }
>;

/** One declaration of a name. */
export interface Binding {
  readonly name: string;
  readonly kind: "import" | "variable" | "parameter" | "function" | "class";
  /** Import specifier, declarator, function or class. */
  readonly node: Node;
  /** What a variable is given where it is declared by its plain name. */
  readonly init: Expression | undefined;
  /** The property that destructuring takes: `b` of `const { b: c } = a`. */
  readonly property: string | undefined;
  /** For an import: the module, and the name there (`default`, `*`). */
  readonly module: string | undefined;
  readonly imported: string | undefined;
  /** Where it is known. */
  readonly start: number;
  readonly end: number;
}

export interface Bindings {
  parentOf(node: Node): Node | undefined;
  /** `a.b.c` from its `a`, and what that stands in. */
  chainFrom(node: Node): readonly [chain: Node, parent: Node | undefined];
  /** The innermost declaration of a name at a place. */
  bindingOf(identifier: Identifier): Binding | undefined;
  /** Every use of what is declared, its declaration left out. */
  usesOf(binding: Binding): readonly Identifier[];
  /** Is it given another value somewhere? */
  isWritten(binding: Binding): boolean;
  /** The function that an expression names or is. */
  functionOf(node: Node): FunctionNode | undefined;
}

const known = new WeakMap<SourceFile, Bindings>();

/** Reads a file once, whoever asks. */
export function bindingsOf(file: SourceFile): Bindings {
  const bindings = known.get(file) ?? new Reader(file);
  known.set(file, bindings);
  return bindings;
}

class Reader implements Bindings {
  readonly #parents = new Map<Node, Node>();
  readonly #bindings = new Map<string, Binding[]>();
  readonly #identifiers = new Map<string, Identifier[]>();
  /** Of the names that were asked for. */
  readonly #uses = new Map<Binding, Identifier[]>();
  readonly #assigned = new Set<string>();
  /** Names inside of the patterns that declare them. */
  readonly #declaring = new Set<Node>();

  constructor(file: SourceFile) {
    walk(file.program, {
      enter: (node, parent) => {
        if (parent) this.#parents.set(node, parent);
        this.#read(node, parent);
      },
    });
  }

  parentOf(node: Node): Node | undefined {
    return this.#parents.get(node);
  }

  chainFrom(node: Node): readonly [chain: Node, parent: Node | undefined] {
    const parent = this.parentOf(node);
    return parent?.type === "MemberExpression" && parent.object === node ? this.chainFrom(parent) : [node, parent];
  }

  bindingOf({ name, start }: Identifier): Binding | undefined {
    let found: Binding | undefined;
    for (const binding of this.#bindings.get(name) ?? []) {
      if (start < binding.start || binding.end <= start) continue;
      if (!found || binding.end - binding.start <= found.end - found.start) found = binding;
    }
    return found;
  }

  usesOf(binding: Binding): readonly Identifier[] {
    if (!this.#assigned.has(binding.name)) this.#assign(binding.name);
    return this.#uses.get(binding) ?? [];
  }

  /** Many tests of a file may have a constant of one name: each use is looked up once. */
  #assign(name: string): void {
    this.#assigned.add(name);
    for (const use of this.#identifiers.get(name) ?? []) {
      const binding = this.bindingOf(use);
      if (binding) put(this.#uses, binding, use);
    }
  }

  isWritten(binding: Binding): boolean {
    return this.usesOf(binding).some((use) => {
      const parent = this.parentOf(use);
      return (
        (parent?.type === "AssignmentExpression" && parent.left === use) ||
        parent?.type === "UpdateExpression" ||
        (parent !== undefined && this.#isTaken(use, parent)) ||
        ((parent?.type === "ForOfStatement" || parent?.type === "ForInStatement") && parent.left === use)
      );
    });
  }

  /** `[it] = list`, `({ it } = object)`. */
  #isTaken(use: Identifier, parent: Node): boolean {
    if (parent.type === "ArrayPattern" || parent.type === "RestElement") return true;
    if (parent.type === "AssignmentPattern") return parent.left === use;
    return parent.type === "Property" && this.parentOf(parent)?.type === "ObjectPattern" && parent.value === use;
  }

  functionOf(node: Node): FunctionNode | undefined {
    if (isFunction(node)) return node;
    if (node.type !== "Identifier") return undefined;
    const binding = this.bindingOf(node);
    if (binding?.kind === "function" && isFunction(binding.node)) return binding.node;
    const init = binding?.init && plain(binding.init);
    return init && isFunction(init) ? init : undefined;
  }

  #read(node: Node, parent: Node | null): void {
    if (node.type === "Identifier") {
      if (isUse(node, parent) && !this.#declaring.has(node)) put(this.#identifiers, node.name, node);
    } else if (node.type === "ImportDeclaration") {
      for (const specifier of node.specifiers) this.#import(specifier, node.source.value);
    } else if (node.type === "VariableDeclarator") this.#declare(node, parent);
    else if (node.type === "ClassDeclaration" && node.id)
      this.#add({ name: node.id.name, kind: "class", node }, this.#block(node));
    else if (isFunction(node)) this.#function(node);
    else if (node.type === "CatchClause" && node.param) this.#pattern(node.param, "parameter", node, node);
  }

  #import(specifier: ImportSpecifier, module: string): void {
    const imported =
      specifier.type === "ImportSpecifier"
        ? specifier.imported.type === "Literal"
          ? specifier.imported.value
          : specifier.imported.name
        : specifier.type === "ImportDefaultSpecifier"
          ? "default"
          : "*";
    this.#add({ name: specifier.local.name, kind: "import", node: specifier, module, imported }, undefined);
  }

  #declare(node: Extract<Node, { type: "VariableDeclarator" }>, declaration: Node | null): void {
    const isVar = declaration?.type === "VariableDeclaration" && declaration.kind === "var";
    const scope = isVar ? this.#functionAround(node) : this.#block(node);
    if (node.id.type === "Identifier") {
      const init = node.init ?? undefined;
      this.#add({ name: node.id.name, kind: "variable", node, ...(init && { init }) }, scope);
    } else this.#pattern(node.id, "variable", node, scope);
  }

  #function(node: FunctionNode): void {
    if (node.type === "FunctionDeclaration" && node.id)
      this.#add({ name: node.id.name, kind: "function", node }, this.#block(node));
    if (node.type === "FunctionExpression" && node.id) this.#add({ name: node.id.name, kind: "function", node }, node);
    for (const param of node.params)
      this.#pattern(param.type === "TSParameterProperty" ? param.parameter : param, "parameter", node, node);
  }

  #pattern(
    pattern: Node,
    kind: "variable" | "parameter",
    node: Node,
    scope: Node | undefined,
    property?: string,
  ): void {
    if (pattern.type === "Identifier") {
      this.#declaring.add(pattern);
      this.#add({ name: pattern.name, kind, node, ...(property !== undefined && { property }) }, scope);
    } else if (pattern.type === "AssignmentPattern") this.#pattern(pattern.left, kind, node, scope, property);
    else if (pattern.type === "RestElement") this.#pattern(pattern.argument, kind, node, scope);
    else if (pattern.type === "ArrayPattern")
      for (const element of pattern.elements) {
        if (element) this.#pattern(element, kind, node, scope);
      }
    else if (pattern.type === "ObjectPattern") {
      for (const each of pattern.properties) {
        if (each.type === "RestElement") this.#pattern(each.argument, kind, node, scope);
        else this.#pattern(each.value, kind, node, scope, each.key.type === "Identifier" ? each.key.name : undefined);
      }
    }
  }

  #add(
    binding: Pick<Binding, "name" | "kind" | "node"> & Partial<Binding>,
    scope: { readonly start: number; readonly end: number } | undefined,
  ): void {
    const { start, end } = scope ?? { start: 0, end: Infinity };
    const rest = { init: undefined, property: undefined, module: undefined, imported: undefined };
    put(this.#bindings, binding.name, { ...rest, ...binding, start, end });
  }

  #block(node: Node): Node | undefined {
    for (let each = this.parentOf(node); each; each = this.parentOf(each)) {
      if (each.type === "BlockStatement" || each.type === "StaticBlock" || isFunction(each)) return each;
      if (each.type === "ForStatement" || each.type === "ForOfStatement" || each.type === "ForInStatement") return each;
    }
    return undefined;
  }

  #functionAround(node: Node): Node | undefined {
    for (let each = this.parentOf(node); each; each = this.parentOf(each)) if (isFunction(each)) return each;
    return undefined;
  }
}

/** Does the name stand for a value here? Property names and declarations do not. */
function isUse(node: Identifier, parent: Node | null): boolean {
  if (!parent) return false;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "Property") return parent.value === node || parent.computed;
  if (parent.type === "VariableDeclarator") return parent.init === node;
  if (isFunction(parent)) return parent.body === node;
  if (parent.type === "ExportSpecifier") return parent.local === node;
  if (parent.type === "ClassDeclaration" || parent.type === "ClassExpression") return parent.superClass === node;
  if (parent.type === "MethodDefinition" || parent.type === "PropertyDefinition") return parent.value === node;
  return !/^(?:Import|TS(?!As|Satisfies|NonNull|TypeAssertion)|Labeled|Break|Continue)/.test(parent.type);
}

function put<Key, T>(map: Map<Key, T[]>, key: Key, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
