// Arguments and results of any structure: values in nested arrays and plain objects.
import type { Value } from "./value.ts";

/** Anything that a function of arrays may take or return. `Leaf` stands at the ends. */
export type Tree<Leaf> = Leaf | null | undefined | readonly Tree<Leaf>[] | { readonly [key: string]: Tree<Leaf> };

/** A structure without its leaves: each is the number of its place in the flat list. */
export type TreeShape = Tree<number>;

/** Whether something is an array of a backend, or stands for one. */
export function isValue(raw: unknown): raw is Value {
  return typeof raw === "object" && raw !== null && "backend" in raw && "dtype" in raw;
}

/**
 * The leaves of a structure, in order, and the structure.
 *
 * Arrays and plain objects are structure; all else that is not null or undefined is a leaf. Leaves of an object are
 * ordered by its sorted keys, so that it does not matter in which order it was written.
 */
export function flatten(tree: unknown): { readonly leaves: readonly unknown[]; readonly shape: TreeShape } {
  const leaves: unknown[] = [];
  const walk = (node: unknown): TreeShape => {
    if (node === null || node === undefined) return node;
    if (Array.isArray(node)) return node.map(walk);
    if (isRecord(node)) {
      const keys = Object.keys(node);
      const shapes = new Map(keys.toSorted().map((key) => [key, walk(node[key])]));
      return Object.fromEntries(keys.map((key) => [key, shapes.get(key)]));
    }
    leaves.push(node);
    return leaves.length - 1;
  };
  return { leaves, shape: walk(tree) };
}

/** The structure with these leaves: the inverse of `flatten`. */
export function unflatten(shape: TreeShape, leaves: readonly unknown[]): unknown {
  if (typeof shape === "number") return leaves[shape];
  if (shape === null || shape === undefined) return shape;
  if (isArray(shape)) return shape.map((each) => unflatten(each, leaves));
  return Object.fromEntries(Object.entries(shape).map(([key, each]) => [key, unflatten(each, leaves)]));
}

/** The structure with each leaf put through a function. */
export function mapTree(tree: unknown, change: (leaf: unknown) => unknown): unknown {
  const { leaves, shape } = flatten(tree);
  return unflatten(shape, leaves.map(change));
}

/** Whether two structures differ in nothing but their leaves. */
export function sameTree(a: TreeShape, b: TreeShape): boolean {
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((each, place) => sameTree(each, b[place]));
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameTree(a[key], b[key]))
  );
}

const isArray = (shape: TreeShape): shape is readonly TreeShape[] => Array.isArray(shape);

const isObject = (shape: TreeShape): shape is { readonly [key: string]: TreeShape } =>
  typeof shape === "object" && shape !== null && !isArray(shape);

function isRecord(node: unknown): node is Readonly<Record<string, unknown>> {
  if (typeof node !== "object" || node === null) return false;
  const prototype: unknown = Object.getPrototypeOf(node);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const keys = Object.keys(node);
  // A complex number is a leaf.
  return !(keys.length === 2 && "re" in node && "im" in node && typeof node.re === "number");
}
