// vmap: a function of one example becomes one of many.
import {
  flatten,
  knownOptions,
  operations,
  ShapeError,
  showAval,
  unflatten,
  type OptionNames,
  type TreeShape,
  type Value,
} from "@cotangent/core";
import { BatchTrace } from "./batch.ts";
import { leafValue, requireFunction, type Context } from "./flat-function.ts";

/** Where examples lie in an argument or result: an axis, or null where it is the same for all. */
export type BatchAxis = number | null;

/** An axis for all arrays of a structure, or one for each part of it. */
export type BatchAxes = BatchAxis | readonly BatchAxes[] | { readonly [key: string]: BatchAxes };

/** Settings of `vmap`. A list gives what holds for each argument, or for each part of a result that is a list. */
export interface VmapOptions {
  readonly inAxes?: BatchAxis | readonly BatchAxes[];
  readonly outAxes?: BatchAxes;
}

const vmapOptions: OptionNames<VmapOptions> = { inAxes: true, outAxes: true };

/**
 * Runs a function on all examples at once.
 *
 * @throws ShapeError when arguments have different numbers of examples, or none has any.
 */
export function vmap(
  { backend, rules }: Context,
  f: (...arguments_: never) => unknown,
  options: VmapOptions = {},
): (...arguments_: readonly unknown[]) => unknown {
  requireFunction("vmap", f);
  const { inAxes = 0, outAxes = 0 } = knownOptions("vmap", options, vmapOptions);
  const call = f as (...arguments_: readonly unknown[]) => unknown;
  return (...arguments_) => {
    if (Array.isArray(inAxes) && inAxes.length !== arguments_.length) {
      throw new ShapeError(`vmap: inAxes names ${inAxes.length} axes for ${arguments_.length} arguments`);
    }
    const { leaves, shape } = flatten(arguments_);
    const axes = axesOf("inAxes", inAxes, shape);
    const parts = leaves.map((leaf, place) => {
      const axis = axes[place] ?? null;
      return axis === null ? { axis, leaf } : { axis, leaf: leafValue(leaf, backend, "vmap") };
    });
    const trace = new BatchTrace(rules, countOf(parts));
    const examples = parts.map(({ axis, leaf }) => (axis === null ? leaf : trace.wrap(toFront(leaf, axis))));
    const output = flatten(call(...(unflatten(shape, examples) as readonly unknown[])));
    // A list of one axis may be said of one result that is no list.
    const placedAs = typeof output.shape === "number" && Array.isArray(outAxes) ? [output.shape] : output.shape;
    const places = axesOf("outAxes", outAxes, placedAs);
    const results = output.leaves.map((leaf, place) => {
      const value = leafValue(leaf, backend, "vmap");
      const axis = places[place] ?? null;
      if (axis !== null) return fromFront(trace.spread(value), axis);
      if (trace.owns(value))
        throw new ShapeError(
          `vmap: a result, ${showAval(value)}, differs from example to example; name an axis for it in outAxes`,
        );
      return value;
    });
    trace.close();
    return unflatten(output.shape, results);
  };
}

/** The axis of each leaf. @throws ShapeError where the axes have another structure. */
function axesOf(option: string, axes: BatchAxes, shape: TreeShape): readonly BatchAxis[] {
  const found: BatchAxis[] = [];
  const walk = (part: BatchAxes | undefined, node: TreeShape): void => {
    if (part === undefined) throw otherAxes(option);
    if (node === null || node === undefined) return;
    if (typeof node === "number" && (part === null || typeof part === "number")) {
      found[node] = part;
      return;
    }
    const keys = Object.keys(node);
    if (part === null || typeof part === "number") {
      for (const key of keys) walk(part, partOf(node, key));
      return;
    }
    if (Array.isArray(part) !== Array.isArray(node) || Object.keys(part).length !== keys.length)
      throw otherAxes(option);
    for (const key of keys) walk(partOf(part, key), partOf(node, key));
  };
  walk(axes, shape);
  return found;
}

/** An element of a list, or a member of an object. */
function partOf<Part>(
  whole: number | readonly Part[] | { readonly [key: string]: Part },
  key: string,
): Part | undefined {
  return (whole as { readonly [key: string]: Part })[key];
}

function otherAxes(option: string): ShapeError {
  return new ShapeError(`vmap: ${option} has another structure than what its axes are for`);
}

function countOf(parts: readonly { readonly axis: BatchAxis; readonly leaf: unknown }[]): number {
  const mapped = parts.flatMap(({ axis, leaf }) => (axis === null ? [] : [{ axis, value: leaf as Value }]));
  const counts = new Set(mapped.map(({ axis, value }) => lengthOf(value, axis)));
  const [count] = counts;
  if (count === undefined) throw new ShapeError("vmap: no argument has examples; name an axis in inAxes");
  if (counts.size > 1) {
    const each = mapped.map(({ axis, value }) => `axis ${axis} of ${showAval(value)}`);
    throw new ShapeError(`vmap: arguments have different numbers of examples: ${each.join(", ")}; see inAxes`);
  }
  return count;
}

function lengthOf(value: Value, axis: number): number {
  const length = value.shape.at(axis);
  if (length !== undefined) return length;
  throw new ShapeError(
    `vmap: ${showAval(value)} has no axis ${axis} for examples; name another one in inAxes, or null`,
  );
}

function toFront(value: Value, axis: number): Value {
  return move(value, axis < 0 ? axis + value.shape.length : axis, 0);
}

function move(value: Value, from: number, to: number): Value {
  if (from === to) return value;
  const axes = value.shape.map((_, each) => each).filter((each) => each !== from);
  return operations.transpose(value, axes.toSpliced(to, 0, from));
}

function fromFront(value: Value, axis: number): Value {
  if (axis >= value.shape.length || axis < -value.shape.length) {
    throw new ShapeError(`vmap: a result, ${showAval(value)} with its examples, has no axis ${axis}; see outAxes`);
  }
  return move(value, 0, axis < 0 ? axis + value.shape.length : axis);
}
