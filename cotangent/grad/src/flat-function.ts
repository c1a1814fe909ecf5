// Between functions of any structure and functions of flat lists of values.
import {
  DTypeError,
  flatten,
  isInexact,
  isValue,
  operations,
  sameTree,
  ShapeError,
  showAval,
  sizeOf,
  unflatten,
  type Backend,
  type TreeShape,
  type Value,
} from "@cotangent/core";
import type { IndexedRules } from "./rule-lookup.ts";

/** A leaf as an array. Numbers are of the dtype in which derivatives live. */
export function leafValue(leaf: unknown, backend: Backend, name: string): Value {
  if (isValue(leaf)) return leaf;
  if (typeof leaf === "number") return backend.scalar(leaf, "float64");
  const value = backend.asValue(leaf);
  if (value !== undefined) return value;
  throw new TypeError(`${name}: ${kindOf(leaf)} among the arguments or results is no array; make one of it first`);
}

/** What something is that is no array, for messages. */
export function kindOf(raw: unknown): string {
  if (raw === null || raw === undefined) return String(raw);
  if (Array.isArray(raw)) return `a list of ${raw.length}`;
  if (raw instanceof Promise) return "a promise";
  return `${typeof raw === "object" ? "an" : "a"} ${typeof raw}`;
}

/** @throws TypeError for what can't be called. */
export function requireFunction(name: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`${name}: takes a function, and was given ${kindOf(f)}`);
}

/** A structure as a list of values. */
export interface FlatTree {
  readonly values: readonly Value[];
  readonly shape: TreeShape;
}

export function flattenValues(tree: unknown, backend: Backend, name: string): FlatTree {
  const { leaves, shape } = flatten(tree);
  return { values: leaves.map((leaf) => leafValue(leaf, backend, name)), shape };
}

/** The arrays in a structure, and the structure with others in their places: what is no array stays in it. */
export interface ArraysOfTree {
  readonly values: readonly Value[];
  readonly filled: (values: readonly Value[]) => unknown;
}

export function arraysOf(tree: unknown): ArraysOfTree {
  const { leaves, shape } = flatten(tree);
  return {
    values: leaves.filter(isValue),
    filled(values) {
      const rest = values.values();
      return unflatten(
        shape,
        leaves.map((leaf) => (isValue(leaf) ? rest.next().value : leaf)),
      );
    },
  };
}

/** As `flattenValues`, of values that can have a derivative. @throws TypeError for others. */
export function flattenInexact(tree: unknown, backend: Backend, name: string): FlatTree {
  const flat = flattenValues(tree, backend, name);
  for (const { dtype, shape } of flat.values) {
    if (!isInexact(dtype)) {
      throw new TypeError(
        `${name}: ${dtype}[${shape.join(",")}] has no derivative; convert it to a floating-point dtype (1.0 is the integer 1 in JavaScript: name the dtype)`,
      );
    }
  }
  return flat;
}

/**
 * A tangent or cotangent must look like what it belongs to.
 *
 * @throws ShapeError or DTypeError
 */
export function matchValues(tree: unknown, like: FlatTree, backend: Backend, name: string): readonly Value[] {
  const { leaves, shape } = flatten(tree);
  if (!sameTree(shape, like.shape)) {
    throw new ShapeError(
      `${name}: has another structure than what it belongs to: ${showTree(leaves)} for ${showTree(like.values)}`,
    );
  }
  return like.values.map((value, place) => matchLeaf(leaves[place], value, backend, name));
}

function matchLeaf(leaf: unknown, value: Value, backend: Backend, name: string): Value {
  const given =
    typeof leaf === "number" && isInexact(value.dtype)
      ? backend.scalar(leaf, value.dtype)
      : leafValue(leaf, backend, name);
  if (given.dtype === value.dtype && given.shape.join() === value.shape.join()) return given;
  const message = `${name}: ${showAval(given)} does not belong to ${showAval(value)}`;
  if (given.shape.join() !== value.shape.join()) throw new ShapeError(`${message}; give it the same shape`);
  throw new DTypeError(`${message}; convert it to ${value.dtype}`);
}

function showTree(leaves: readonly unknown[]): string {
  return `(${leaves.map((leaf) => (isValue(leaf) ? showAval(leaf) : kindOf(leaf))).join(", ")})`;
}

/** What transformations are made of: the backend of numbers, and rules. */
export interface Context {
  readonly backend: Backend;
  readonly rules: IndexedRules;
}

/** A function of flat operands, and the structure that it last returned. */
export class FlatFunction {
  output: TreeShape = null;
  readonly #call: (tree: unknown) => unknown;
  readonly #inputs: TreeShape;
  readonly #backend: Backend;
  readonly #name: string;

  constructor(call: (tree: unknown) => unknown, inputs: TreeShape, backend: Backend, name: string) {
    this.#call = call;
    this.#inputs = inputs;
    this.#backend = backend;
    this.#name = name;
  }

  run = (operands: readonly Value[]): readonly Value[] => {
    const output = this.#call(unflatten(this.#inputs, operands));
    const flat = flattenValues(output, this.#backend, this.#name);
    this.output = flat.shape;
    return flat.values;
  };
}

/** The unit changes of a value: one for each element, along a new first axis. */
export function basisOf(value: Value): Value {
  const size = sizeOf(value.shape);
  const ones = value.backend.full([size], 1, value.dtype);
  return operations.reshape(operations.embed(ones, [0], [size + 1], [size * size]), [size, ...value.shape]);
}
