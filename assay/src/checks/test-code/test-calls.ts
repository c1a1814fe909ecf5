// Which calls declare tests, under whatever name the runner's functions go in a file.
import type { SourceFile } from "../../model/source-file.ts";
import { constantOf } from "../syntax/constants.ts";
import { isFunction } from "../../source/functions.ts";
import { walk, type Argument, type CallExpression, type Expression, type Node } from "../../source/walk.ts";

/** `describe.concurrent.only("adds", …)`: the function, what was called on it, and its arguments. */
export interface TestCall {
  readonly node: CallExpression;
  /** The function's own name: `describe`, whatever it is called in the file. */
  readonly name: string;
  /** Properties and calls between the name and the last call, in order: `concurrent`, `only`. */
  readonly modifiers: readonly Modifier[];
  readonly args: readonly Argument[];
  /** Stands under a condition that is not constant: `if (process.platform === "win32") it.skip(…)`. */
  readonly conditional: boolean;
}

export interface Modifier {
  readonly name: string;
  /** What it was called with, as in `skipIf(true)`; undefined where it was not called. */
  readonly args: readonly Argument[] | undefined;
}

const declaring = ["context", "describe", "it", "specify", "suite", "test"];
export const suites: ReadonlySet<string> = new Set(
  ["context", "describe", "suite"].flatMap((name) => [name, `f${name}`, `x${name}`]),
);
/** Names that are also used for other things, and mean tests only where nothing else is imported or made under them. */
const ambiguous: ReadonlySet<string> = new Set(["context", "specify", "suite"]);
const prefixed = declaring.flatMap((name) => [`f${name}`, `x${name}`]);
const declaringNames: ReadonlySet<string> = new Set([...declaring, ...prefixed]);

const runners =
  /^(?:node:test|vitest|@jest\/globals|bun:test|mocha|ava|uvu|tape|tap|@playwright\/test|@japa\/runner|@rstest\/core|@std\/testing\/bdd|jsr:@std\/testing.*|vite-plus\/test)$/;

/** What stands for a declaring function: its name, and the modifiers that an alias has on it already. */
interface Target {
  readonly name: string;
  readonly modifiers: readonly Modifier[];
}

/** Every call that declares a test or a suite, in source order. */
export function testCalls(file: SourceFile): readonly TestCall[] {
  const reader = new Reader();
  walk(file.program, { enter: (node, _parent, ancestors) => reader.enter(node, ancestors) });
  if (file.role !== "test" && !reader.hasRunner) return [];
  return reader.calls;
}

/** Reads one file from top to bottom: imports and aliases come before their use. */
class Reader {
  readonly calls: TestCall[] = [];
  hasRunner = false;
  readonly #aliases = new Map<string, Target | "not a test">();
  readonly #inner = new Set<Node>();
  /** Names of uvu's `suite`, which gives a function that declares tests. */
  readonly #makers = new Set<string>();
  /** Names with a prefix that mean something in mathematics as well, as `fit` does, from a module that is no runner. */
  readonly #foreign = new Set<string>();

  enter(node: Node, ancestors: readonly Node[]): void {
    if (node.type === "ImportDeclaration") this.#import(node);
    else if (node.type === "VariableDeclarator") this.#declare(node);
    else if (node.type === "MetaProperty") this.#meta(ancestors);
    else if (node.type === "CallExpression") this.#call(node, ancestors);
  }

  #import(node: Extract<Node, { type: "ImportDeclaration" }>): void {
    const isRunner = runners.test(node.source.value);
    if (isRunner) this.hasRunner = true;
    for (const specifier of node.specifiers) {
      const local = specifier.local.name;
      if (specifier.type === "ImportNamespaceSpecifier") {
        if (isRunner) this.#aliases.set(local, { name: "*", modifiers: [] });
      } else if (specifier.type === "ImportDefaultSpecifier") {
        if (isRunner) this.#aliases.set(local, { name: "test", modifiers: [] });
      } else {
        if (node.source.value === "uvu" && local === "suite") this.#makers.add(local);
        const imported = specifier.imported.type === "Literal" ? specifier.imported.value : specifier.imported.name;
        if (!isRunner && ambiguous.has(local)) this.#aliases.set(local, "not a test");
        if (!isRunner && prefixed.includes(local)) this.#foreign.add(local);
        if (isRunner && declaringNames.has(imported)) this.#aliases.set(local, { name: imported, modifiers: [] });
      }
    }
  }

  #declare(node: Extract<Node, { type: "VariableDeclarator" }>): void {
    if (!node.init) return;
    if (node.id.type === "Identifier") {
      const target = this.#madeSuite(node.init) ?? this.#targetOf(node.init) ?? requiredRunner(node.init);
      if (target) this.#aliases.set(node.id.name, target);
      else if (ambiguous.has(node.id.name)) this.#aliases.set(node.id.name, "not a test");
    } else if (node.id.type === "ObjectPattern") this.#destructure(node.id, node.init);
  }

  /** `const range = suite("range")` of uvu. */
  #madeSuite(init: Expression): Target | undefined {
    const isMade =
      init.type === "CallExpression" && init.callee.type === "Identifier" && this.#makers.has(init.callee.name);
    return isMade ? { name: "test", modifiers: [] } : undefined;
  }

  /** `const { only } = test`, `const { it: spec } = import.meta.vitest`, `const { test } = require("node:test")`. */
  #destructure(pattern: Extract<Node, { type: "ObjectPattern" }>, init: Expression): void {
    const target = this.#targetOf(init) ?? requiredRunner(init);
    const source = target?.name === "test" && requiredRunner(init) ? { name: "*", modifiers: [] } : target;
    if (!source) return;
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.key.type !== "Identifier" || property.value.type !== "Identifier")
        continue;
      const alias = member(source, property.key.name);
      if (alias) this.#aliases.set(property.value.name, alias);
    }
  }

  #meta(ancestors: readonly Node[]): void {
    const parent = ancestors.at(-1);
    if (parent?.type === "MemberExpression" && !parent.computed && parent.property.type === "Identifier") {
      if (parent.property.name === "vitest") this.hasRunner = true;
    }
  }

  #call(node: CallExpression, ancestors: readonly Node[]): void {
    if (this.#inner.has(node)) return;
    const target = this.#targetOf(node.callee);
    if (!target || target.name === "*" || this.#isShadowed(node, ancestors) || this.#isForeign(node)) return;
    this.#markInner(node.callee);
    this.#nameContexts(node.arguments);
    const conditional = isConditional(node, ancestors);
    this.calls.push({ node, name: target.name, modifiers: target.modifiers, args: node.arguments, conditional });
  }

  /** A function that another module has under such a name declares a test if it is given a title. */
  #isForeign({ callee, arguments: [title] }: CallExpression): boolean {
    if (callee.type !== "Identifier" || !this.#foreign.has(callee.name)) return false;
    return title?.type !== "TemplateLiteral" && !(title?.type === "Literal" && typeof title.value === "string");
  }

  /** `test("…", (t) => t.test("…"))`: what a test is given declares tests inside it. */
  #nameContexts(args: readonly Argument[]): void {
    for (const arg of args) {
      if (!isFunction(arg)) continue;
      const [param] = arg.params;
      if (param?.type !== "Identifier" || declaringNames.has(param.name)) continue;
      this.#aliases.set(param.name, { name: "*", modifiers: [] });
    }
  }

  // `test.each(rows)` inside `test.each(rows)("…", …)` is a part of the outer call.
  #markInner(callee: Node): void {
    if (callee.type === "CallExpression") {
      this.#inner.add(callee);
      this.#markInner(callee.callee);
    } else if (callee.type === "MemberExpression") this.#markInner(callee.object);
    else if (callee.type === "TaggedTemplateExpression") this.#markInner(callee.tag);
    else if (callee.type === "ChainExpression" || callee.type === "TSNonNullExpression")
      this.#markInner(callee.expression);
  }

  #targetOf(node: Expression): Target | undefined {
    if (node.type === "Identifier") return this.#named(node.name);
    if (node.type === "MemberExpression") return this.#memberOf(node);
    if (node.type === "CallExpression") {
      const callee = this.#targetOf(node.callee);
      return callee && called(callee, node.arguments);
    }
    if (node.type === "ConditionalExpression") return this.#chosen(node);
    const inner = unwrapped(node);
    return inner && this.#targetOf(inner);
  }

  /** `process.env.FULL ? it : it.skip` is `it.runIf(process.env.FULL)`. */
  #chosen({ test, consequent, alternate }: Extract<Node, { type: "ConditionalExpression" }>): Target | undefined {
    const [yes, no] = [this.#targetOf(consequent), this.#targetOf(alternate)];
    if (!yes || !no || yes.name !== no.name) return undefined;
    if (isLeftOut(no)) return { ...yes, modifiers: [...yes.modifiers, { name: "runIf", args: [test] }] };
    return isLeftOut(yes) ? { ...no, modifiers: [...no.modifiers, { name: "skipIf", args: [test] }] } : yes;
  }

  #memberOf(node: Extract<Node, { type: "MemberExpression" }>): Target | undefined {
    if (isVitestMeta(node)) return { name: "*", modifiers: [] };
    const property = propertyName(node);
    const object = this.#targetOf(node.object);
    return object && property !== undefined ? member(object, property) : undefined;
  }

  #named(name: string): Target | undefined {
    const alias = this.#aliases.get(name);
    if (alias === "not a test") return undefined;
    if (alias) return alias;
    if (name === "Deno" || name === "QUnit") return { name: "*", modifiers: [] };
    return declaringNames.has(name) ? { name, modifiers: [] } : undefined;
  }

  /**
   * Is the call's function a parameter that means something else? `rows.map((it) => it.skip())` does, and so does the
   * context that a test is given. What a suite is given declares tests.
   */
  #isShadowed(node: CallExpression, ancestors: readonly Node[]): boolean {
    const root = rootName(node.callee);
    for (let index = ancestors.length - 1; index > 0; index--) {
      const scope = ancestors[index];
      if (!isFunction(scope)) continue;
      if (!scope.params.some((param) => param.type === "Identifier" && param.name === root)) continue;
      const parent = ancestors[index - 1];
      const owner = parent?.type === "CallExpression" ? this.#targetOf(parent.callee) : undefined;
      return owner === undefined || (declaringNames.has(root ?? "") && !suites.has(owner.name));
    }
    return false;
  }
}

function isLeftOut({ modifiers }: Target): boolean {
  return modifiers.some(({ name }) => /^(?:skip|todo|fixme|ignore)$/.test(name));
}

/** What an expression amounts to when it only passes something on. */
function unwrapped(node: Expression): Expression | undefined {
  if (node.type === "TaggedTemplateExpression") return node.tag;
  if (node.type === "SequenceExpression") return node.expressions.at(-1);
  const passesOn =
    node.type === "ChainExpression" || node.type === "TSNonNullExpression" || node.type === "TSAsExpression";
  return passesOn ? node.expression : undefined;
}

/** A property of a target; of a namespace, one of its declaring functions. `t.test` of tap is `test`. */
function member(target: Target, property: string): Target | undefined {
  if (target.name === "test" && target.modifiers.length === 0 && property === "test") return target;
  if (target.name !== "*") return { ...target, modifiers: [...target.modifiers, { name: property, args: undefined }] };
  return declaringNames.has(property) ? { name: property, modifiers: [] } : undefined;
}

/** `test.skipIf(x)` gives a function that declares tests; the arguments belong to the last modifier. */
function called(target: Target, args: readonly Argument[]): Target | undefined {
  const last = target.modifiers.at(-1);
  if (last === undefined || last.args !== undefined) return undefined;
  return { ...target, modifiers: [...target.modifiers.slice(0, -1), { name: last.name, args }] };
}

function isConditional(node: Node, ancestors: readonly Node[]): boolean {
  let child = node;
  for (const ancestor of ancestors.toReversed()) {
    if (isFunction(ancestor)) return false;
    if (ancestor.type === "SwitchCase" || ancestor.type === "CatchClause") return true;
    if (ancestor.type === "LogicalExpression" && child === ancestor.right && !constantOf(ancestor.left)) return true;
    const branches = ancestor.type === "IfStatement" || ancestor.type === "ConditionalExpression";
    if (branches && child !== ancestor.test && !constantOf(ancestor.test)) return true;
    child = ancestor;
  }
  return false;
}

function requiredRunner(node: Expression): Target | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return undefined;
  const [argument] = node.arguments;
  const isRunner = argument?.type === "Literal" && typeof argument.value === "string" && runners.test(argument.value);
  return isRunner ? { name: "test", modifiers: [] } : undefined;
}

function isVitestMeta(node: Extract<Node, { type: "MemberExpression" }>): boolean {
  return node.object.type === "MetaProperty" && propertyName(node) === "vitest";
}

function propertyName(node: Extract<Node, { type: "MemberExpression" }>): string | undefined {
  const { property } = node;
  if (!node.computed) return property.type === "Identifier" ? property.name : undefined;
  if (property.type === "Literal" && typeof property.value === "string") return property.value;
  return property.type === "TemplateLiteral" && property.expressions.length === 0
    ? (property.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}

function rootName(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return rootName(node.object);
  if (node.type === "CallExpression") return rootName(node.callee);
  if (node.type === "TaggedTemplateExpression") return rootName(node.tag);
  return node.type === "ChainExpression" || node.type === "TSNonNullExpression" ? rootName(node.expression) : undefined;
}
