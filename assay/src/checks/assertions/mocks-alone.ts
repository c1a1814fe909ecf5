// Tests that call a mock of their own and assert what the mock was called with or told to answer.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { plain } from "../../source/passed-on.ts";
import { bindingsOf, type Binding } from "../syntax/bindings.ts";
import { chainOf, type Chain } from "./call-chain.ts";
import type { Claim } from "./claims.ts";
import { isAssertionCall } from "./fixed-values.ts";

/** Is every claim one about mocks that never leave the test? */
export function claimMocksAlone(file: SourceFile, run: FunctionNode, claims: readonly Claim[]): boolean {
  if (!/\b(?:fn|mock|stub|fake|spy)\b/.test(file.text)) return false;
  const own = ownMocks(file, run);
  if (own.size === 0 || claims.length === 0) return false;
  return claims.every(({ subject }) => {
    const root = subject && rootBinding(file, subject);
    return root !== undefined && own.has(root);
  });
}

/** Mocks of the test, and what they answered when the test called them, if nothing else gets hold of them. */
function ownMocks(file: SourceFile, run: FunctionNode): ReadonlySet<Binding> {
  const bindings = bindingsOf(file);
  const mocks = new Set<Binding>();
  for (const node of descendants(run)) {
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || !node.init) continue;
    const binding = bindings.bindingOf(node.id);
    if (!binding) continue;
    const init = node.init.type === "AwaitExpression" ? node.init.argument : node.init;
    const root = rootBinding(file, init);
    const isResult = init.type === "CallExpression" && root !== undefined && mocks.has(root);
    if (isResult || isAnswerOfMock(file, init) || (madeOfMocks(file, plain(init)) && staysInside(file, binding, run)))
      mocks.add(binding);
  }
  return mocks;
}

/** `users.save(…)`, where `users` is an object of mocks: whoever else gets it, this is what the mock was told. */
function isAnswerOfMock(file: SourceFile, node: Node): boolean {
  const chain = node.type === "CallExpression" ? chainOf(node) : undefined;
  const [method, ...others] = chain?.links ?? [];
  if (chain?.root.type !== "Identifier" || !method?.args || method.name === "" || others.length > 0) return false;
  const binding = bindingsOf(file).bindingOf(chain.root);
  const init = binding?.kind === "variable" && binding.init ? plain(binding.init) : undefined;
  return init?.type === "ObjectExpression" && isMockIn(file, init, method.name);
}

function isMockIn(
  file: SourceFile,
  { properties }: Extract<Node, { type: "ObjectExpression" }>,
  name: string,
): boolean {
  return properties.some(
    (each) =>
      each.type === "Property" &&
      each.key.type === "Identifier" &&
      each.key.name === name &&
      each.value.type === "CallExpression" &&
      madeOfMocks(file, each.value),
  );
}

function madeOfMocks(file: SourceFile, node: Node): boolean {
  if (node.type === "ObjectExpression") {
    const { properties } = node;
    const isMock = properties.map((each) => each.type === "Property" && madeOfMocks(file, each.value));
    return isMock.some(Boolean) && properties.every((each) => each.type === "Property");
  }
  const chain = node.type === "CallExpression" ? chainOf(node) : undefined;
  return chain !== undefined && makesMock(file, chain);
}

/** `vi.fn()`, `jest.fn().mockReturnValue(1)`, `mock.fn()`, `sinon.stub()`, `sinon.fake.returns(1)`. */
export function makesMock(file: SourceFile, { root, links }: Chain): boolean {
  const [first, second] = links;
  if (root.type !== "Identifier" || !first) return false;
  if (first.name === "fn" && first.args)
    return /^(?:vi|vitest|jest|mock|rstest)$/.test(root.name) || second?.name === "fn";
  if (first.name === "mock" && second?.name === "fn") return true;
  if (root.name === "sinon") return /^(?:stub|fake|spy)$/.test(first.name) && !first.args?.length;
  return first.name === "" && root.name === "fn" && bindingsOf(file).bindingOf(root)?.kind === "import";
}

function staysInside(file: SourceFile, binding: Binding, run: FunctionNode): boolean {
  const bindings = bindingsOf(file);
  return bindings.usesOf(binding).every((use) => {
    const [node, parent] = bindings.chainFrom(use);
    if (parent?.type !== "CallExpression") return false;
    if (parent.callee === node) return isCalledBy(file, run, node);
    return isAssertionCall(file, parent);
  });
}

/** By the test itself, and not in a function that it hands on. */
function isCalledBy(file: SourceFile, run: FunctionNode, node: Node): boolean {
  const bindings = bindingsOf(file);
  for (let at = bindings.parentOf(node); at; at = bindings.parentOf(at)) {
    if (at === run || (at.type === "CallExpression" && isAssertionCall(file, at))) return true;
    if (isFunction(at)) return false;
  }
  return false;
}

function rootBinding(file: SourceFile, node: Node): Binding | undefined {
  const value = node.type === "AwaitExpression" ? node.argument : node;
  const root = value.type === "Identifier" ? value : chainOf(value)?.root;
  return root?.type === "Identifier" ? bindingsOf(file).bindingOf(root) : undefined;
}
