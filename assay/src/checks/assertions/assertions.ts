// Where a test asserts: by a library, by a helper that does, by throwing. What an assertion says, `stated-assertions.ts` reads.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { walk, type Argument, type Node, type Step } from "../../source/walk.ts";
import {
  assertionModules,
  claimWords,
  contextMethods,
  contextOther,
  isAssertingMethod,
  runnerModules,
  saysAsserting,
  soundsAsserting,
} from "./assertion-names.ts";
import { plain } from "../../source/passed-on.ts";
import { contextMaker, hasPlan, makesPlan } from "./made-contexts.ts";
import { bindingsOf, type Binding, type Bindings } from "../syntax/bindings.ts";
import { chainOf, isInnerLink, memberName, type Chain, type Link } from "./call-chain.ts";
import { testsOf } from "../test-code/test-functions.ts";

/** `expect(…)`, a function of an assertion library, the context of a test, or something else that fails a test. */
export type AssertionKind = "expect" | "assert" | "context" | "other";

export interface Assertion {
  readonly kind: AssertionKind;
  readonly node: Node;
  /** Absent where it is no call: `throw`. */
  readonly chain: Chain | undefined;
}

/** Does what a file imports assert when it is called? */
export type ImportAsserts = (file: SourceFile, binding: Binding) => boolean;

/** Says so by the names alone. A helper that lies among tests is given the benefit of the doubt. */
const byName: ImportAsserts = (_file, { name, module = "", imported = name }) =>
  isRelative(module)
    ? saysAsserting(imported) || saysAsserting(name) || isHelperModule(module)
    : soundsAsserting(imported) || soundsAsserting(name);

const known = new WeakMap<SourceFile, Assertions>();

/** What asserts in a file, as far as the file tells. */
export function assertionsOf(file: SourceFile): Assertions {
  const assertions = known.get(file) ?? new Assertions(file, byName);
  known.set(file, assertions);
  return assertions;
}

const counting: ReadonlySet<string> = new Set(["assertions", "hasAssertions", "plan"]);

/** `expect.assertions(1)`, `t.plan(1)`, `tspl(t, { plan: 1 })`: a test that fails where fewer assertions were made. */
export function isCount({ chain }: Assertion): boolean {
  if (chain && makesPlan(chain)) return true;
  return chain?.links.some(({ name }) => counting.has(name)) ?? false;
}

export function isRelative(specifier: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|[#~@]\/|#)/.test(specifier);
}

/** Does a module of the repository lie, by its name, among what helps tests? */
export function isHelperModule(specifier: string): boolean {
  return isRelative(specifier) && /test|spec|helper|util|support|harness|fixture|setup|common/i.test(specifier);
}

export class Assertions {
  readonly #file: SourceFile;
  readonly #bindings: Bindings;
  readonly #imports: ImportAsserts;
  readonly #functions = new Map<FunctionNode, boolean>();
  #contexts: ReadonlySet<FunctionNode> | undefined;

  constructor(file: SourceFile, imports: ImportAsserts) {
    this.#file = file;
    this.#bindings = bindingsOf(file);
    this.#imports = imports;
  }

  /** Every assertion that runs with the function, those of helpers as the calls of them. */
  in(run: FunctionNode): readonly Assertion[] {
    const found: Assertion[] = [];
    walk(run, {
      enter: (node, parent) => {
        if (node === run) return undefined;
        return this.#enter(node, parent ?? undefined, run, found);
      },
    });
    return found;
  }

  /** Does a function assert, itself or by what it calls? */
  functionAsserts(run: FunctionNode): boolean {
    const answer = this.#functions.get(run);
    if (answer !== undefined) return answer;
    // A function that calls itself asserts if something else in it does.
    this.#functions.set(run, false);
    const asserts = isTypeAssertion(run, this.#bindings.parentOf(run)) || this.in(run).length > 0;
    this.#functions.set(run, asserts);
    return asserts;
  }

  #enter(node: Node, parent: Node | undefined, run: FunctionNode, found: Assertion[]): Step | undefined {
    if (isFunction(node)) return this.#isCalledElsewhere(node, parent) ? "skip" : undefined;
    if (
      node.type === "ThrowStatement" ||
      node.type === "TSSatisfiesExpression" ||
      node.type === "TSTypeAliasDeclaration"
    )
      found.push({ kind: "other", node, chain: undefined });
    else if (node.type === "Identifier") {
      if (this.#isPassedOn(node, parent, run)) found.push({ kind: "other", node, chain: undefined });
    } else if (isChainNode(node) && !isInnerLink(node, parent)) {
      const chain = chainOf(node);
      const kind = chain && this.kindOf(chain);
      if (chain && kind) {
        found.push({ kind, node, chain });
        // What stands inside `expect(…)` is what is looked at, and no assertion of its own.
        if (kind === "expect") return "skip";
      }
    }
    return undefined;
  }

  /** A function with a name runs where the name is used; one that nothing takes does not run. */
  #isCalledElsewhere(node: FunctionNode, parent: Node | undefined): boolean {
    if (node.type === "FunctionDeclaration") return true;
    if (parent?.type === "VariableDeclarator" || parent?.type === "ExpressionStatement") return true;
    return parent?.type === "UnaryExpression";
  }

  /** A helper that is handed over (`rows.forEach(checkRow)`), or the callback that ends the test from inside another. */
  #isPassedOn(node: Extract<Node, { type: "Identifier" }>, parent: Node | undefined, run: FunctionNode): boolean {
    if (isCallee(node, parent)) return this.#isWaitedFor(node, run);
    const isDeclared = parent?.type === "VariableDeclarator" ? parent.id === node : isFunction(parent);
    if (isDeclared) return false;
    const helper = this.#bindings.functionOf(node);
    if (helper) return this.functionAsserts(helper);
    const isImport = this.#bindings.bindingOf(node)?.kind === "import";
    const isArgument = parent?.type === "CallExpression" || parent?.type === "NewExpression";
    return isImport ? isArgument && soundsAsserting(node.name) : this.#isWaitedFor(node, run);
  }

  #isWaitedFor(node: Extract<Node, { type: "Identifier" }>, run: FunctionNode): boolean {
    if (!/^(?:done|cb|callback|next|end|finish|reject)$/.test(node.name)) return false;
    const binding = this.#bindings.bindingOf(node);
    if (binding?.kind !== "parameter" || !isFunction(binding.node)) return false;
    if (binding.node === run)
      return this.#functionAround(node) !== run || !isCallee(node, this.#bindings.parentOf(node));
    return node.name === "reject";
  }

  #functionAround(node: Node): FunctionNode | undefined {
    for (let at = this.#bindings.parentOf(node); at; at = this.#bindings.parentOf(at)) if (isFunction(at)) return at;
    return undefined;
  }

  kindOf(chain: Chain): AssertionKind | undefined {
    const { root } = chain;
    if (root.type === "Identifier") {
      const library = this.#libraryOf(root, chain.links);
      if (library) return library;
      if (this.#isContext(root, chain.links)) return "context";
      const helper = this.#bindings.functionOf(root);
      if (helper && chain.links[0]?.name === "") return this.functionAsserts(helper) ? "other" : undefined;
      const binding = this.#bindings.bindingOf(root);
      if (binding && this.#isClaimOfPackage(chain, binding)) return "other";
      if (binding?.kind === "import") return this.#ofImport(binding, chain.links);
      if (!binding && (/^(?:cy|fail)$/.test(root.name) || exits(root.name, chain.links))) return "other";
      if (soundsAsserting(root.name) && chain.links.some(({ args }) => args)) return "other";
    }
    if (root.type === "Identifier" && root.name === "console") return undefined;
    const maker = this.#classOf(root);
    const made = maker && this.#bindings.bindingOf(maker);
    if (made?.kind === "import") return this.#ofImport(made, chain.links);
    return chain.links.some((link) => this.#isAsserting(link)) ? "other" : undefined;
  }

  #isAsserting(link: Link): boolean {
    return isAssertingMethod(link.name) || this.#handsTester(link);
  }

  /** `assume(port).equals(80);`: what a package says of a value, and nothing takes the answer. All it can do is throw. */
  #isClaimOfPackage({ node, links: [subject, ...words] }: Chain, binding: Binding): boolean {
    if (subject?.name !== "" || subject.args?.length !== 1 || !words.some(({ name }) => claimWords.has(name)))
      return false;
    const { init } = binding;
    const module = binding.kind === "import" ? binding.module : init && requiredModule(plain(init));
    return module !== undefined && !isRelative(module) && this.#bindings.parentOf(node)?.type === "ExpressionStatement";
  }

  /** `query.testSql((tester) => tester("pg", sql))`: the callback is given what it tests with. */
  #handsTester({ name, args = [] }: Link): boolean {
    const [callback] = args;
    if (!/^test[A-Z]/.test(name) || callback === undefined || !isFunction(callback)) return false;
    const [param] = callback.params;
    const binding = param?.type === "Identifier" ? this.#bindings.bindingOf(param) : undefined;
    return (
      binding !== undefined && this.#bindings.usesOf(binding).some((use) => isCallee(use, this.#bindings.parentOf(use)))
    );
  }

  /** `Page` of `new Page()` and of `const page = new Page()`. */
  #classOf(root: Node): Extract<Node, { type: "Identifier" }> | undefined {
    const init = root.type === "Identifier" ? this.#bindings.bindingOf(root)?.init : undefined;
    const value = init ? plain(init) : root;
    return value.type === "NewExpression" && value.callee.type === "Identifier" ? value.callee : undefined;
  }

  #ofImport(binding: Binding, links: readonly Link[]): AssertionKind | undefined {
    if (!links.some(({ args }) => args)) return undefined;
    const asserts = this.#imports(this.#file, binding) || links.some((link) => this.#isAsserting(link));
    return asserts ? "other" : undefined;
  }

  /** Is the name, or what it stands for, `expect` or a part of an assertion library? */
  #libraryOf(
    root: Extract<Node, { type: "Identifier" }>,
    links: readonly Link[],
    depth = 0,
  ): AssertionKind | undefined {
    const binding = this.#bindings.bindingOf(root);
    if (!binding)
      return root.name === "expect" ? "expect" : /^(?:assert|chai)$/.test(root.name) ? ofNamespace(links) : undefined;
    if (binding.kind === "import") return ofModule(binding, links);
    if (binding.kind === "parameter") return root.name === "expect" ? "expect" : undefined;
    if (binding.kind !== "variable" || depth > 3 || binding.node.type !== "VariableDeclarator") return undefined;
    const { init } = binding.node;
    if (!init) return undefined;
    return this.#ofValue(plain(init), binding, links, depth);
  }

  #ofValue(value: Node, { name, property }: Binding, links: readonly Link[], depth: number): AssertionKind | undefined {
    const required = requiredModule(value);
    const imported = property ?? "default";
    if (required !== undefined) return ofModule({ module: required, imported, name }, links);
    // `require("chai").expect`
    const whole = value.type === "MemberExpression" ? requiredModule(plain(value.object)) : undefined;
    if (whole !== undefined && value.type === "MemberExpression")
      return ofModule({ module: whole, imported: memberName(value) ?? "*", name }, links);
    if (value.type === "MemberExpression" || value.type === "CallExpression") {
      const chain = chainOf(value);
      if (chain?.root.type !== "Identifier") return property === "expect" ? "expect" : undefined;
      return this.#libraryOf(chain.root, [...chain.links, ...links], depth + 1);
    }
    if (value.type === "Identifier") {
      const taken = property === undefined ? links : [{ name: property, args: undefined }, ...links];
      return this.#libraryOf(value, taken, depth + 1);
    }
    return property === "expect" ? "expect" : undefined;
  }

  #isContext(root: Extract<Node, { type: "Identifier" }>, links: readonly Link[]): boolean {
    const binding = this.#bindings.bindingOf(root);
    const [first] = links;
    if (binding?.kind !== "parameter" || first === undefined || first.name === "" || contextOther.has(first.name))
      return false;
    if (!isFunction(binding.node) || binding.node.params[0]?.type !== "Identifier") return false;
    if (contextMethods.has(first.name) && /^(?:t|tt|ctx|context|assert|\w?test)$/i.test(root.name)) return true;
    this.#contexts ??= new Set(testsOf(this.#file).flatMap(({ run }) => run ?? []));
    return this.#contexts.has(binding.node) && contextMethods.has(first.name);
  }
}

function isChainNode(node: Node): boolean {
  return (
    node.type === "CallExpression" ||
    node.type === "MemberExpression" ||
    node.type === "ChainExpression" ||
    node.type === "TaggedTemplateExpression"
  );
}

/** `function expectType<T>(value: T): void {}` asserts when types are checked. */
function isTypeAssertion({ typeParameters, body }: FunctionNode, parent: Node | undefined): boolean {
  const declared = parent?.type === "VariableDeclarator" ? parent.id.typeAnnotation?.typeAnnotation : undefined;
  const isGeneric = typeParameters ?? (declared?.type === "TSFunctionType" ? declared.typeParameters : undefined);
  if (!isGeneric || !body) return false;
  if (body.type !== "BlockStatement") return body.type === "TSAsExpression" || body.type === "Identifier";
  return body.body.every(({ type }) => type === "ReturnStatement") && body.body.length < 2;
}

function isCallee(node: Node, parent: Node | undefined): boolean {
  return parent?.type === "CallExpression" && parent.callee === node;
}

function ofModule(
  { module = "", imported, name }: Pick<Binding, "module" | "imported" | "name">,
  links: readonly Link[],
): AssertionKind | undefined {
  if (imported === "expect") return "expect";
  if (module === contextMaker && links.length === 1) return hasPlan(links[0]) ? "assert" : undefined;
  if (assertionModules.test(module)) {
    if (imported === "*" || imported === "default") {
      if (/expect/.test(module)) return "expect";
      return ofNamespace(links);
    }
    return "assert";
  }
  if (!runnerModules.test(module)) return undefined;
  if (imported === "*")
    return links[0]?.name === "expect" ? "expect" : links[0]?.name === "assert" ? "assert" : undefined;
  return imported === "assert" || name === "assert" ? "assert" : undefined;
}

function ofNamespace(links: readonly Link[]): AssertionKind {
  return links[0]?.name === "expect" ? "expect" : "assert";
}

/** `process.exit(1)` fails the run. */
function exits(root: string, [link]: readonly Link[]): boolean {
  const [code] = link?.args ?? [];
  return root === "process" && link?.name === "exit" && code !== undefined && !constantIsZero(code);
}

function constantIsZero(node: Argument): boolean {
  return node.type === "Literal" && node.value === 0;
}

function requiredModule(node: Node): string | undefined {
  const call = node.type === "AwaitExpression" ? node.argument : node;
  const argument: Argument | undefined =
    call.type === "CallExpression" && call.callee.type === "Identifier" && call.callee.name === "require"
      ? call.arguments[0]
      : call.type === "ImportExpression"
        ? call.source
        : undefined;
  return argument?.type === "Literal" && typeof argument.value === "string" ? argument.value : undefined;
}
