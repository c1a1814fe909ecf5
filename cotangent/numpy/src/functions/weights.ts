// Weights of elements, as averages and quantiles take them.
import { sameShape, ShapeError, showAval, type Value } from "@cotangent/core";
import { broadcastTo } from "./arguments.ts";
import { count, normalizeAxes, type Axes } from "./axes.ts";
import { permuted, reshaped } from "./moving.ts";

/**
 * The weight of each element. Weights of another shape than the array's are those along axes, in their order.
 *
 * @throws TypeError where there are no axes for them, ShapeError where they don't fit these.
 */
export function weightsAlong(name: string, value: Value, weights: Value, axis: Axes): Value {
  if (sameShape(weights.shape, value.shape)) return weights;
  if (axis === null || axis === undefined)
    throw new TypeError(`${name}(${showAval(value)}): weights ${showAval(weights)} need an axis`);
  const axes = normalizeAxes(name, axis, value.ndim);
  const lengths = axes.map((each) => value.shape[each] ?? 0);
  if (!sameShape(weights.shape, lengths))
    throw new ShapeError(
      `${name}(${showAval(value)}): weights ${showAval(weights)} don't fit axes [${axes.join(", ")}]`,
    );
  const order = count(axes.length).toSorted((a, b) => (axes[a] ?? 0) - (axes[b] ?? 0));
  const shape = value.shape.map((length, each) => (axes.includes(each) ? length : 1));
  return broadcastTo(reshaped(permuted(weights, order), shape), value.shape);
}
