// What each assertion of a file says of what: for holding one version of a test against the other. Whether a test asserts
// at all, by whatever helper, `assertions.ts` tells.
import { walk, type Argument, type CallExpression, type Expression, type Node } from "../../source/walk.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { contextAssertions, isAssertionSentence, plainAssertModules } from "./assertion-names.ts";
import { chainOf, type Chain } from "./call-chain.ts";
import { madeContexts } from "./made-contexts.ts";
import { constantString } from "../syntax/constants.ts";

/** `expect(sum(1)).not.toBe(2)`, `assert.equal(sum(1), 2)`, `t.is(sum(1), 2)`, `expectSum(1, 2)`. */
export interface StatedAssertion {
  readonly node: Node;
  /** `toBe`, `strictEqual`, `to.equal`: everything after the subject but negation. */
  readonly matcher: string;
  readonly negated: boolean;
  /** `expect(…)` and what only looks like it, functions of an assertion library, or a function that asserts by its name. */
  readonly style: "expect" | "assert" | "helper";
  readonly subject: Node | undefined;
  /** What the subject is held against; the subject itself is not among them. */
  readonly args: readonly Argument[];
  /** The whole, and the subject, as written but for layout. */
  readonly text: string;
  readonly subjectText: string;
}

const helperName = /^(?:expect|assert|verify|ensure|should)[A-Z_]/;
/** `notEqual` and `doesNotMatch` are `equal` and `match` turned round. */
const turnedName = /^(?:not|doesNot)(?=(?:Equal|StrictEqual|DeepEqual|DeepStrictEqual|Match|Include)$)([A-Z])/;
const transparent: ReadonlySet<string> = new Set(["resolves", "rejects", "not"]);

/** Assertions at or below `root`, in source order; `ancestors` is as the walk gives it. */
export function eachAssertion(
  file: SourceFile,
  visit: (assertion: StatedAssertion, ancestors: readonly Node[]) => void,
  root: Node = file.program,
): void {
  const reader = new AssertionReader(file);
  walk(root, {
    enter(node, parent, ancestors) {
      const assertion = reader.read(node, parent);
      if (assertion) visit(assertion, ancestors);
    },
  });
}

/** Text without layout: no white space, one kind of quote, no trailing commas. */
export function plainText(text: string): string {
  return text
    .replaceAll(/\s+|;/g, "")
    .replaceAll(/['`]/g, '"')
    .replaceAll(/,([)\]}])/g, "$1")
    .replaceAll(/\bawait(?=[\w$("])/g, "");
}

class AssertionReader {
  readonly #file: SourceFile;
  /** Functions imported from an assertion library, by their names here. */
  readonly #functions = new Map<string, string>();
  readonly #namespaces = new Set(["assert", "t", "tap", "Assert"]);
  /** A test that makes its context instead of taking it says the same. */
  readonly #made: ReadonlySet<string>;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#made = madeContexts(file);
    for (const name of this.#made) this.#namespaces.add(name);
    for (const statement of file.program.body) {
      if (statement.type !== "ImportDeclaration" || !plainAssertModules.test(statement.source.value)) continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== "ImportSpecifier") this.#namespaces.add(specifier.local.name);
        else if (specifier.imported.type === "Identifier")
          this.#functions.set(specifier.local.name, specifier.imported.name);
      }
    }
  }

  read(node: Node, parent: Node | null): StatedAssertion | undefined {
    const link = node.type === "CallExpression" ? linkOfCypress(node) : undefined;
    if (link) return this.#of(link.node, "expect", link.names, link.subject, link.node.arguments.slice(1));
    if (node.type === "CallExpression" && !continues(node, parent)) return this.#call(node);
    // `expect(x).to.be.true` asserts without a call.
    if (node.type !== "ExpressionStatement" || node.expression.type !== "MemberExpression") return undefined;
    const chain = chainOf(node.expression);
    const expected = chain && expectation(chain);
    return expected && this.#of(node.expression, "expect", expected.names, expected.subject, []);
  }

  #call(node: CallExpression): StatedAssertion | undefined {
    const chain = chainOf(node);
    const expected = chain && expectation(chain);
    if (expected) return this.#of(node, "expect", expected.names, expected.subject, node.arguments);
    const sentence = chain && sentenceOf(chain, node);
    if (sentence) return this.#of(node, "expect", sentence, node.arguments[0], node.arguments.slice(2));
    const { callee } = node;
    if (callee.type === "Identifier") return this.#plainCall(node, callee.name);
    if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || callee.computed)
      return undefined;
    const name = callee.property.name;
    const root = rootOf(callee);
    if (name === "fail" && (root === "should" || root === "expect"))
      return this.#of(node, "assert", [name], undefined, []);
    if (root !== undefined && this.#namespaces.has(root)) return this.#onNamespace(node, root, name);
    if (root === "sinon" && isSinonAssert(callee.object))
      return this.#of(node, "assert", [name], node.arguments[0], node.arguments.slice(1));
    if (name === "expect" || callee.object.type === "MemberExpression") {
      const isShould =
        callee.object.type === "MemberExpression" && plainText(this.#textOf(callee.object)).includes(".should");
      if (name === "expect" || isShould) return this.#of(node, "expect", [name], callee.object, node.arguments);
    }
    return helperName.test(name) ? this.#of(node, "helper", [name], node.arguments[0], node.arguments) : undefined;
  }

  #plainCall(node: CallExpression, called: string): StatedAssertion | undefined {
    const name = this.#functions.get(called) ?? (called === "assert" ? "ok" : undefined);
    const [subject, ...rest] = node.arguments;
    if (name !== undefined) return this.#of(node, "assert", [name], subject, rest);
    return helperName.test(called) ? this.#of(node, "helper", [called], subject, node.arguments) : undefined;
  }

  #onNamespace(node: CallExpression, root: string, name: string): StatedAssertion | undefined {
    if (root !== "assert" && !contextAssertions.has(name)) return undefined;
    const [subject, ...rest] = node.arguments;
    const stated = this.#of(node, "assert", [name], subject, rest);
    return this.#made.has(root) ? { ...stated, text: `t${stated.text.slice(root.length)}` } : stated;
  }

  #of(
    node: Expression,
    style: StatedAssertion["style"],
    names: readonly string[],
    subject: Node | undefined,
    args: readonly Argument[],
  ): StatedAssertion {
    return {
      node,
      style,
      matcher: names
        .filter((name) => name !== "not")
        .map((name) => name.replace(turnedName, (_all, rest: string) => rest.toLowerCase()))
        .join("."),
      negated: names.some((name) => name === "not" || turnedName.test(name)),
      subject,
      args,
      text: plainText(this.#textOf(node)),
      subjectText: subject ? plainText(this.#textOf(subject)) : "",
    };
  }

  #textOf(node: Node): string {
    return this.#file.text.slice(node.start, node.end);
  }
}

/** Is the node a part of a longer chain of calls, of which it is not the end? A helper asserts whatever follows it. */
function continues(node: Node, parent: Node | null): boolean {
  const chain = parent?.type === "MemberExpression" && parent.object === node ? chainOf(node) : undefined;
  if (chain?.root.type !== "Identifier") return false;
  return isExpect(chain) || chain.links.some(({ name }) => name !== "");
}

const waysToExpect: ReadonlySet<string> = new Set(["soft", "poll", "element"]);

/** Does the chain begin with `expect(x)`, `expect.soft(x)` or `expectTypeOf(x)`? */
function isExpect({ root, links: [first] }: Chain): boolean {
  if (root.type !== "Identifier" || first?.args === undefined) return false;
  if (first.name === "") return root.name === "expect" || root.name === "expectTypeOf";
  return root.name === "expect" && waysToExpect.has(first.name);
}

/** What is expected of what. */
function expectation(
  chain: Chain,
): { readonly names: readonly string[]; readonly subject: Node | undefined } | undefined {
  const [first, ...rest] = chain.links;
  const names = rest.map(({ name }) => name);
  if (!isExpect(chain) || names.includes("") || names.every((name) => transparent.has(name))) return undefined;
  return { names, subject: first?.args?.[0] };
}

/** `expect(x, "not to equal", y)`: the words are the matcher. */
function sentenceOf(chain: Chain, { arguments: [, words] }: CallExpression): readonly string[] | undefined {
  const text = words && isExpect(chain) && chain.links.length === 1 ? constantString(words) : undefined;
  if (text === undefined || !isAssertionSentence(text)) return undefined;
  return text.startsWith("not ") ? ["not", text.slice(4)] : [text];
}

/** `cy.get("li").should("have.length", 1)`, in the middle of a chain as well: the words are the matcher. */
function linkOfCypress(node: CallExpression): CypressLink | undefined {
  const words = waitingWords(node);
  const chain = words === undefined ? undefined : chainOf(node);
  if (words === undefined || chain?.root.type !== "Identifier" || chain.root.name !== "cy") return undefined;
  let subject: Node = node;
  while (subject.type === "CallExpression" && waitingWords(subject) !== undefined)
    subject = subject.callee.type === "MemberExpression" ? subject.callee.object : subject;
  return { node, names: words.split("."), subject };
}

interface CypressLink {
  readonly node: CallExpression;
  readonly names: readonly string[];
  readonly subject: Node;
}

function waitingWords({ callee, arguments: [first] }: CallExpression): string | undefined {
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  return first && /^(?:should|and)$/.test(callee.property.name) ? constantString(first) : undefined;
}

function isSinonAssert(node: Node): boolean {
  return node.type === "MemberExpression" && node.property.type === "Identifier" && node.property.name === "assert";
}

function rootOf(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? rootOf(node.object) : undefined;
}
