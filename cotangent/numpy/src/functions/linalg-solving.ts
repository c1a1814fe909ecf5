// Systems of equations, inverses and determinants.
import { bind, operations, primitives, ShapeError, showCall, sizeOf, type Value } from "@cotangent/core";
import { LinAlgError } from "../linear-algebra/errors.ts";
import { asInteger, asOperand, asValue, floatingOf, ofOneDType, promotedOf, type ArrayLike } from "./arguments.ts";
import { normalizeAxes, withOption } from "./axes.ts";
import { asInexact, asSquare, identityLike, times, withAxis, withSameBatches } from "./matrices.ts";
import { dot } from "./products.ts";
import { settingsOf, type Settings } from "./settings.ts";

/** x with a x = b, for vectors b (one axis) or matrices. */
export function solve(a: ArrayLike, b: ArrayLike): Value {
  const [matrix, right] = inOneDType(asSquare("solve", a), asInexact(b));
  const isVector = right.ndim === 1;
  if (right.ndim === 0) throw new ShapeError(`${showCall("solve", [matrix, right])}: the right-hand side is a scalar`);
  const columns = isVector ? withAxis(right, -1) : right;
  if (columns.shape.at(-2) !== matrix.shape.at(-1)) {
    throw new ShapeError(`${showCall("solve", [matrix, right])}: the right-hand side has another number of rows`);
  }
  const solution = operations.solve(...withSameBatches("solve", matrix, columns));
  return isVector ? operations.reshape(solution, solution.shape.slice(0, -1)) : solution;
}

export function inOneDType(a: Value, b: Value): readonly [Value, Value] {
  const dtype = floatingOf(promotedOf([a, b]));
  return [operations.cast(a, dtype), operations.cast(b, dtype)];
}

export function inv(a: ArrayLike): Value {
  return operations.inv(asSquare("inv", a));
}

export function det(a: ArrayLike): Value {
  return bind(primitives.det, [asSquare("det", a)], {});
}

/** The determinant's sign (for complex matrices, a number of absolute value 1), and the logarithm of its size. */
export function slogdet(a: ArrayLike): readonly [sign: Value, logabsdet: Value] {
  return bind(primitives.slogdet, [asSquare("slogdet", a)], {});
}

/** The matrix times itself, so many times; its inverse where `n` is negative. */
export function matrix_power(a: ArrayLike, n: number): Value {
  const value = asValue(a);
  if (value.ndim < 2 || value.shape.at(-1) !== value.shape.at(-2)) {
    throw new LinAlgError(`${showCall("matrix_power", [value])}: the last two axes must be square`);
  }
  const exponent = asInteger("matrix_power", n);
  if (exponent === 0) return identityLike(value);
  let square = exponent < 0 ? inv(value) : value;
  let result: Value | null = null;
  for (let rest = Math.abs(exponent); ; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === null ? square : times(result, square);
    if (rest <= 1) return result ?? square;
    square = times(square, square);
  }
}

/** The product of two or more matrices, in the order that takes the fewest multiplications. The ends may be vectors. */
export function multi_dot(arrays: readonly ArrayLike[]): Value {
  if (arrays.length < 2) throw new RangeError("multi_dot: expected at least two arrays");
  const values = ofOneDType(arrays.map((each) => asOperand(each, "multi_dot")));
  const [first, last] = [values[0], values.at(-1)] as [Value, Value];
  if (values.length === 2) return dot(first, last);
  const isMatrix = (value: Value, place: number): boolean =>
    value.ndim === 2 || (value.ndim === 1 && (place === 0 || place === values.length - 1));
  if (!values.every(isMatrix)) {
    throw new LinAlgError(`${showCall("multi_dot", values)}: all but the ends must be matrices`);
  }
  const chain = values.map((value, place) => (value.ndim === 2 ? value : withAxis(value, place === 0 ? -2 : -1)));
  const product = chainProduct(chain, bestSplits(chain), 0, chain.length - 1);
  const shape = product.shape.filter((_, axis) => (axis === 0 ? first : last).ndim === 2);
  return operations.reshape(product, shape);
}

/** For each part of the chain (from i to j), after which matrix it is best split. */
function bestSplits(chain: readonly Value[]): readonly (readonly number[])[] {
  const sizes = [chain[0]?.shape[0] ?? 1, ...chain.map(({ shape }) => shape[1] ?? 1)];
  const costs = chain.map(() => chain.map(() => 0));
  const splits = chain.map(() => chain.map(() => 0));
  for (let span = 1; span < chain.length; span++) {
    for (let i = 0; i + span < chain.length; i++) {
      const j = i + span;
      let [least, best] = [Infinity, i];
      for (let k = i; k < j; k++) {
        const own = (sizes[i] ?? 1) * (sizes[k + 1] ?? 1) * (sizes[j + 1] ?? 1);
        const cost = (costs[i]?.[k] ?? 0) + (costs[k + 1]?.[j] ?? 0) + own;
        if (cost < least) [least, best] = [cost, k];
      }
      costs[i]?.splice(j, 1, least);
      splits[i]?.splice(j, 1, best);
    }
  }
  return splits;
}

function chainProduct(
  chain: readonly Value[],
  splits: readonly (readonly number[])[],
  first: number,
  last: number,
): Value {
  const only = chain[first];
  if (first === last && only !== undefined) return only;
  const split = splits[first]?.[last] ?? first;
  return dot(chainProduct(chain, splits, first, split), chainProduct(chain, splits, split + 1, last));
}

export interface TensorsolveOptions {
  /** Axes of `a` that are moved to its end. */
  readonly axes?: readonly number[] | null;
}

/** x with tensordot(a, x, x.ndim) = b. */
export function tensorsolve(a: ArrayLike, b: ArrayLike, ...args: Settings<TensorsolveOptions, ["axes"]>): Value {
  const { axes } = settingsOf<TensorsolveOptions>("tensorsolve", { axes: true }, args);
  let left = asInexact(a);
  const right = asInexact(b);
  if (axes !== null && axes !== undefined) {
    const moved = normalizeAxes("tensorsolve", axes, left.ndim);
    const rest = left.shape.flatMap((_, axis) => (moved.includes(axis) ? [] : [axis]));
    left = operations.transpose(left, [...rest, ...moved]);
  }
  const shape = left.shape.slice(right.ndim);
  const size = sizeOf(shape);
  if (left.size !== size * size || right.size !== size) {
    throw new LinAlgError(`${showCall("tensorsolve", [left, right])}: as matrices they are not square and a vector`);
  }
  const solution = solve(operations.reshape(left, [size, size]), operations.reshape(right, [size]));
  return operations.reshape(solution, shape);
}

export interface TensorinvOptions {
  /** How many of the first axes are those of the inverse's end. */
  readonly ind?: number;
}

/** The inverse in the sense of tensordot(x, a, ind). */
export function tensorinv(a: ArrayLike, ind: number | TensorinvOptions = 2): Value {
  const count = withOption<TensorinvOptions, "ind">("tensorinv", { ind: true }, "ind", ind, undefined).ind ?? 2;
  const value = asInexact(a);
  if (!(count > 0)) throw new RangeError(`tensorinv: ind must be positive, not ${count}`);
  const shape = [...value.shape.slice(count), ...value.shape.slice(0, count)];
  const rows = sizeOf(value.shape.slice(0, count));
  return operations.reshape(inv(operations.reshape(value, [rows, rows === 0 ? 0 : value.size / rows])), shape);
}
