// The one value of an expression in a test that is the same whatever the program does. In doubt there is none.
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction, type FunctionNode } from "../../source/functions.ts";
import type { Argument, Expression, Node } from "../../source/walk.ts";
import { assertionsOf } from "./assertions.ts";
import { plain } from "../../source/passed-on.ts";
import { bindingsOf, type Binding, type Identifier } from "../syntax/bindings.ts";
import { chainOf, isInnerLink, memberName } from "./call-chain.ts";
import { constantOf } from "../syntax/constants.ts";

export interface FixedValue {
  readonly value: unknown;
}

/** Reads values off one file. */
export function fixedValues(file: SourceFile): (node: Node) => FixedValue | undefined {
  return (node) => new FixedValues(file, 0).of(node);
}

class FixedValues {
  readonly #file: SourceFile;
  readonly #depth: number;

  constructor(file: SourceFile, depth: number) {
    this.#file = file;
    this.#depth = depth;
  }

  of(wrapped: Node): FixedValue | undefined {
    if (this.#depth > 8) return undefined;
    // A type that is given to a constant is what such a test is about.
    if (isTyped(wrapped)) return undefined;
    const node = isExpressionLike(wrapped) ? plain(wrapped) : wrapped;
    const constant = isExpressionLike(node) ? constantOf(node) : undefined;
    if (constant) return constant;
    if (node.type === "Identifier") return this.#ofName(node);
    if (node.type === "ArrayExpression") return this.#list(node.elements);
    if (node.type === "ObjectExpression") return this.#object(node);
    if (node.type === "MemberExpression") return this.#member(node);
    if (node.type === "UnaryExpression") return this.#unary(node);
    if (node.type === "BinaryExpression") return this.#binary(node);
    if (node.type === "AwaitExpression") return this.#inner(node.argument);
    return node.type === "CallExpression" ? this.#call(node) : undefined;
  }

  #inner(node: Node): FixedValue | undefined {
    return new FixedValues(this.#file, this.#depth + 1).of(node);
  }

  #ofName(node: Identifier): FixedValue | undefined {
    const bindings = bindingsOf(this.#file);
    const binding = bindings.bindingOf(node);
    if (!binding)
      return node.name === "NaN" ? { value: NaN } : node.name === "Infinity" ? { value: Infinity } : undefined;
    if (binding.kind !== "variable" || !binding.init || bindings.isWritten(binding)) return undefined;
    const { node: declarator } = binding;
    const type = declarator.type === "VariableDeclarator" ? declarator.id.typeAnnotation?.typeAnnotation : undefined;
    if (type && !isPlainType(type)) return undefined;
    const value = this.#inner(binding.init);
    const isShared = value !== undefined && typeof value.value === "object" && value.value !== null;
    return isShared && !isOnlyAssertedOn(this.#file, binding) ? undefined : value;
  }

  #list(elements: readonly (Node | null)[]): FixedValue | undefined {
    const values = elements.map((element) => (element ? this.#inner(element) : undefined));
    return values.every((value) => value !== undefined) ? { value: values.map(({ value }) => value) } : undefined;
  }

  #object(node: Extract<Node, { type: "ObjectExpression" }>): FixedValue | undefined {
    const entries: [string, unknown][] = [];
    for (const property of node.properties) {
      if (property.type !== "Property" || property.computed || property.key.type === "PrivateIdentifier")
        return undefined;
      const key = property.key.type === "Identifier" ? property.key.name : constantOf(property.key)?.value;
      const value = this.#inner(property.value);
      if (!value || key === undefined) return undefined;
      entries.push([String(key), value.value]);
    }
    return { value: Object.fromEntries(entries) };
  }

  #member(node: Extract<Node, { type: "MemberExpression" }>): FixedValue | undefined {
    const object = this.#inner(node.object)?.value;
    const name = memberName(node) ?? (node.computed ? this.#inner(node.property)?.value : undefined);
    if (object === undefined || object === null || (typeof name !== "string" && typeof name !== "number"))
      return undefined;
    const holder: unknown = Object(object);
    const isOwn = typeof holder === "object" && holder !== null && Object.hasOwn(holder, name);
    return isOwn ? { value: Reflect.get(holder, name) } : undefined;
  }

  #unary({ operator, argument }: Extract<Node, { type: "UnaryExpression" }>): FixedValue | undefined {
    const operand = this.#inner(argument);
    if (!operand) return undefined;
    if (operator === "!") return { value: !operand.value };
    if (operator === "typeof") return { value: typeof operand.value };
    if (operator === "-" && typeof operand.value === "number") return { value: -operand.value };
    return operator === "+" ? { value: Number(operand.value) } : undefined;
  }

  #binary(node: Extract<Node, { type: "BinaryExpression" }>): FixedValue | undefined {
    const left = this.#inner(node.left)?.value;
    const right = this.#inner(node.right)?.value;
    if (typeof left === "number" && typeof right === "number") return numbers(node.operator, left, right);
    const isKnown = left !== undefined && right !== undefined;
    if (!isKnown) return undefined;
    if (/^={2,3}$/.test(node.operator)) return { value: left === right };
    return /^!={1,2}$/.test(node.operator) ? { value: left !== right } : undefined;
  }

  /** `Boolean(1)`, `Promise.resolve(1)`, and a function of the test that always answers the same. */
  #call(node: Extract<Node, { type: "CallExpression" }>): FixedValue | undefined {
    const { callee } = node;
    const [first] = node.arguments;
    const bindings = bindingsOf(this.#file);
    if (callee.type === "Identifier" && !bindings.bindingOf(callee) && first) {
      const value = /^(?:Boolean|Number|String|structuredClone)$/.test(callee.name) ? this.#inner(first) : undefined;
      if (!value) return undefined;
      if (callee.name === "Boolean") return { value: Boolean(value.value) };
      if (callee.name === "Number") return { value: Number(value.value) };
      return callee.name === "String" ? { value: String(value.value) } : value;
    }
    if (callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "Promise")
      return memberName(callee) === "resolve" && first ? this.#inner(first) : undefined;
    const run =
      bindings.functionOf(callee.type === "ParenthesizedExpression" ? callee.expression : callee) ??
      this.#method(callee);
    if (!run?.body || run.generator || run.params.length > 0) return undefined;
    if (run.body.type !== "BlockStatement") return this.#inner(run.body);
    const [only, ...others] = run.body.body;
    return only?.type === "ReturnStatement" && only.argument && others.length === 0
      ? this.#inner(only.argument)
      : undefined;
  }

  /** A function of an object that the test has written. */
  #method(callee: Node): FunctionNode | undefined {
    if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return undefined;
    const binding = bindingsOf(this.#file).bindingOf(callee.object);
    if (binding?.init?.type !== "ObjectExpression" || bindingsOf(this.#file).isWritten(binding)) return undefined;
    const isWanted = (each: Node): boolean =>
      each.type === "Property" && each.key.type === "Identifier" && each.key.name === memberName(callee);
    const property = binding.init.properties.find(isWanted);
    return property?.type === "Property" && isFunction(property.value) ? property.value : undefined;
  }
}

function isTyped(node: Node): boolean {
  if (node.type === "TSSatisfiesExpression") return true;
  if (node.type !== "TSAsExpression" && node.type !== "TSTypeAssertion") return false;
  const type = node.typeAnnotation;
  const isConst =
    type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const";
  return (!isConst && !isPlainType(type)) || isTyped(node.expression);
}

/** `number`, `string[]`: no type of the program. */
function isPlainType(type: Node): boolean {
  return /^TS\w+Keyword$/.test(type.type) || (type.type === "TSArrayType" && isPlainType(type.elementType));
}

function numbers(operator: string, left: number, right: number): FixedValue | undefined {
  switch (operator) {
    case "+":
      return { value: left + right };
    case "-":
      return { value: left - right };
    case "*":
      return { value: left * right };
    case "/":
      return { value: left / right };
    case "<":
      return { value: left < right };
    case ">":
      return { value: left > right };
    case "===":
    case "==":
      return { value: left === right };
    case "!==":
    case "!=":
      return { value: left !== right };
    default:
      return undefined;
  }
}

/** Is an object handed to nothing but assertions? Elsewhere it may be changed. */
function isOnlyAssertedOn(file: SourceFile, binding: Binding): boolean {
  const bindings = bindingsOf(file);
  return bindings.usesOf(binding).every((use) => {
    const [node, parent] = bindings.chainFrom(use);
    return parent?.type === "CallExpression" && parent.callee !== node && isAssertionCall(file, parent);
  });
}

/** Is a call `expect(…)`, one of its matchers, or `assert.equal(…)`? */
export function isAssertionCall(file: SourceFile, call: Node): boolean {
  const bindings = bindingsOf(file);
  let node = call;
  for (let parent = bindings.parentOf(node); parent && isInnerLink(node, parent); parent = bindings.parentOf(node))
    node = parent;
  const chain = chainOf(node);
  const kind = chain && assertionsOf(file).kindOf(chain);
  return kind === "expect" || kind === "assert" || kind === "context";
}

function isExpressionLike(node: Node): node is Expression | Argument {
  return !/Statement|Declaration|Pattern|^TS(?!As|Sat|Non|TypeAss)|Program|SpreadElement|^Super$/.test(node.type);
}
