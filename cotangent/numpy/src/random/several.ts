// Distributions whose numbers come several at a time, drawn in NumPy's order.
import { operations, ShapeError, sizeOf, type Shape, type Value } from "@cotangent/core";
import { asValue, type ArrayLike } from "../functions/arguments.ts";
import { cholesky, eigh, svd } from "../functions/linalg.ts";
import { abs, sqrt } from "../functions/elementwise.ts";
import { add, multiply } from "../functions/pairs.ts";
import { reshaped } from "../functions/moving.ts";
import { matmul } from "../functions/products.ts";
import { numbersIn } from "../functions/rows.ts";
import { transpose } from "../functions/shaping.ts";
import { fromTyped, type NDArray } from "../ndarray.ts";
import { beta } from "./continuous.ts";
import { binomial } from "./counts.ts";
import type { Drawing } from "./distributions.ts";
import { hypergeometric } from "./hypergeometric.ts";
import { arrayOfParameter } from "./parameters.ts";

/** How a covariance is taken apart: `svd` takes any, `cholesky` is the quickest. */
export type Factorisation = "svd" | "eigh" | "cholesky";

/** Normal vectors with a mean and a covariance, made of independent normal numbers. */
export function correlated(
  mean: ArrayLike,
  covariance: ArrayLike,
  shape: Shape,
  method: Factorisation,
  independent: (shape: Shape) => Value,
): Value {
  const center = asValue(mean);
  const spread = asValue(covariance);
  const [length = 0] = center.shape;
  if (center.ndim !== 1 || spread.shape.join() !== [length, length].join()) {
    throw new ShapeError(
      `multivariate_normal: a mean of shape [${center.shape.join(", ")}] and a covariance of shape [${spread.shape.join(", ")}] don't fit`,
    );
  }
  const rows = reshaped(independent([...shape, length]), [sizeOf(shape), length]);
  return reshaped(add(center, matmul(rows, transpose(factorOf(spread, method)))), [...shape, length]);
}

/** A matrix that gives the covariance when it is multiplied by its transpose. */
function factorOf(covariance: Value, method: Factorisation): Value {
  if (method === "cholesky") return cholesky(covariance);
  if (method === "eigh") {
    const [values, vectors] = eigh(covariance);
    return multiply(vectors, sqrt(abs(values)));
  }
  const [vectors, values] = svd(covariance);
  return multiply(vectors, sqrt(values));
}

/** How often each of several outcomes occurs in n trials: binomial numbers of what is left. */
export function multinomial(drawing: Drawing, n: number, chances: readonly number[]): readonly number[] {
  const counts = chances.map(() => 0);
  const last = chances.length - 1;
  let [left, rest] = [n, 1];
  for (let place = 0; place < last && left > 0; place++) {
    const chance = chances[place] ?? 0;
    const number = binomial(drawing, left, chance / rest);
    counts[place] = number;
    left -= number;
    rest -= chance;
  }
  if (left > 0) counts[last] = left;
  return counts;
}

/** Whether numbers of colours are drawn one after the other, or a sample of all of them is shuffled. */
export type ColoursMethod = "marginals" | "count";

/** Draws how many of each colour are among so many. */
export function colours(
  drawing: Drawing,
  all: readonly number[],
  sample: number,
  method: ColoursMethod,
): () => readonly number[] {
  const total = all.reduce((sum, each) => sum + each, 0);
  const isMost = sample > Math.floor(total / 2);
  const number = isMost ? total - sample : sample;
  const draw = method === "count" ? shuffler(drawing, all, number) : () => byMarginals(drawing, all, total, number);
  return isMost ? () => left(all, draw()) : draw;
}

function left(all: readonly number[], drawn: readonly number[]): readonly number[] {
  return all.map((each, colour) => each - (drawn[colour] ?? 0));
}

function byMarginals(drawing: Drawing, all: readonly number[], total: number, sample: number): readonly number[] {
  const counts = all.map(() => 0);
  const last = all.length - 1;
  let [toDraw, rest] = [sample, total];
  for (let colour = 0; colour < last && toDraw > 0; colour++) {
    const own = all[colour] ?? 0;
    rest -= own;
    const number = hypergeometric(drawing, own, rest, toDraw);
    counts[colour] = number;
    toDraw -= number;
  }
  if (toDraw > 0) counts[last] = toDraw;
  return counts;
}

/** What one sample has exchanged, the next one begins with. */
function shuffler(drawing: Drawing, all: readonly number[], sample: number): () => readonly number[] {
  const colourOf = all.flatMap((number, colour) => Array.from({ length: number }, () => colour));
  return () => {
    const counts = all.map(() => 0);
    for (let place = 0; place < sample; place++) {
      const other = place + drawing.within(colourOf.length - place - 1);
      const colour = colourOf[other] ?? 0;
      colourOf[other] = colourOf[place] ?? 0;
      colourOf[place] = colour;
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  };
}

/** Parts of one: gamma numbers beside their sum, or where all are small what beta numbers leave of the rest. */
export function dirichlet(drawing: Drawing, alpha: readonly number[]): readonly number[] {
  if (Math.max(...alpha) < 0.1) return brokenStick(drawing, alpha);
  const parts = alpha.map((each) => drawing.gamma(each));
  const inverse = 1 / parts.reduce((sum, each) => sum + each, 0);
  return parts.map((each) => each * inverse);
}

function brokenStick(drawing: Drawing, alpha: readonly number[]): readonly number[] {
  let left = 1;
  const after = alpha.map(() => 0);
  for (let place = alpha.length - 2; place >= 0; place--)
    after[place] = (after[place + 1] ?? 0) + (alpha[place + 1] ?? 0);
  return alpha.map((each, place) => {
    if (place === alpha.length - 1) return left;
    const part = beta(drawing, each, after[place] ?? 0);
    const own = left * part;
    left *= 1 - part;
    return own;
  });
}

/** The numbers of a list, which must be a row. @throws ShapeError */
export function rowOf(name: string, parameter: string, raw: ArrayLike): readonly number[] {
  const value = arrayOfParameter(name, parameter, raw);
  if (value.ndim !== 1) throw new ShapeError(`${name}: expected a row, not an array of ${value.ndim} dimensions`);
  return numbersIn(operations.cast(value, "float64"));
}

/** Rows of numbers as an array of this shape and their length. */
export function arrayOfRows(rows: readonly (readonly number[])[], shape: Shape, length: number): NDArray {
  return fromTyped(Float64Array.from(rows.flat()), "float64", [...shape, length]);
}
