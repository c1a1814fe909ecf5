// vmap: a function of one example becomes one of many.
import { flatten, operations, ShapeError, showAval, unflatten, type Value } from "@cotangent/core";
import { BatchTrace } from "./batch.ts";
import { leafValue, requireFunction, type Context } from "./flat-function.ts";

/** Where examples lie in an argument or result: an axis, or null where it is the same for all. */
export type BatchAxis = number | null;

/** Settings of `vmap`. A list gives an axis for each argument or result. */
export interface VmapOptions {
  readonly inAxes?: BatchAxis | readonly BatchAxis[];
  readonly outAxes?: number | readonly number[];
}

/**
 * Runs a function on all examples at once. All arrays of an argument have their examples along the same axis.
 *
 * @throws ShapeError when arguments have different numbers of examples, or none has any.
 */
export function vmap(
  { backend, rules }: Context,
  f: (...arguments_: never) => unknown,
  { inAxes = 0, outAxes = 0 }: VmapOptions = {},
): (...arguments_: readonly unknown[]) => unknown {
  requireFunction("vmap", f);
  const call = f as (...arguments_: readonly unknown[]) => unknown;
  return (...arguments_) => {
    if (Array.isArray(inAxes) && inAxes.length !== arguments_.length) {
      throw new ShapeError(`vmap: inAxes names ${inAxes.length} axes for ${arguments_.length} arguments`);
    }
    const parts = arguments_.map((argument, place) => {
      const axis = typeof inAxes === "number" || inAxes === null ? inAxes : (inAxes[place] ?? null);
      const { leaves, shape } = flatten(argument);
      return { axis, shape, leaves: axis === null ? leaves : leaves.map((leaf) => leafValue(leaf, backend, "vmap")) };
    });
    const trace = new BatchTrace(rules, countOf(parts));
    const examples = parts.map(({ axis, shape, leaves }) =>
      unflatten(shape, axis === null ? leaves : leaves.map((leaf) => trace.wrap(toFront(leaf as Value, axis)))),
    );
    const output = flatten(call(...examples));
    const results = output.leaves.map((leaf) => trace.spread(leafValue(leaf, backend, "vmap")));
    trace.close();
    return placed(output.shape, results, outAxes);
  };
}

function countOf(parts: readonly { readonly axis: BatchAxis; readonly leaves: readonly unknown[] }[]): number {
  const counts = new Set(
    parts.flatMap(({ axis, leaves }) => (axis === null ? [] : leaves.map((leaf) => lengthOf(leaf as Value, axis)))),
  );
  const [count] = counts;
  if (count === undefined) throw new ShapeError("vmap: no argument has examples; name an axis in inAxes");
  if (counts.size > 1)
    throw new ShapeError(`vmap: arguments have different numbers of examples: ${[...counts].join(", ")}`);
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

function placed(
  shape: ReturnType<typeof flatten>["shape"],
  results: readonly Value[],
  outAxes: number | readonly number[],
) {
  const axisOf = (place: number) => (typeof outAxes === "number" ? outAxes : (outAxes[place] ?? 0));
  if (typeof outAxes === "number" || !Array.isArray(shape)) {
    return unflatten(
      shape,
      results.map((value) => fromFront(value, axisOf(0))),
    );
  }
  return shape.map((part: typeof shape, place) =>
    unflatten(
      part,
      results.map((value) => fromFront(value, axisOf(place))),
    ),
  );
}

function fromFront(value: Value, axis: number): Value {
  if (axis >= value.shape.length || axis < -value.shape.length) {
    throw new ShapeError(`vmap: a result, ${showAval(value)} with its examples, has no axis ${axis}; see outAxes`);
  }
  return move(value, 0, axis < 0 ? axis + value.shape.length : axis);
}
