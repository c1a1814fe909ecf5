// Polynomials by their coefficients, the highest power first.
import {
  bind,
  isComplex,
  operations,
  primitives,
  sameShape,
  ShapeError,
  showAval,
  Traced,
  type Value,
} from "@cotangent/core";
import {
  asInteger,
  asValue,
  broadcastTo,
  concreteArray,
  knownArray,
  ofOneDType,
  promotedOf,
  quotientOf,
  type ArrayLike,
} from "./arguments.ts";
import { count, optionsOf, withOption } from "./axes.ts";
import { finfo } from "./dtypes.ts";
import { concatenate } from "./joining.ts";
import { lstsq } from "./linalg-rank.ts";
import { asInexact } from "./matrices.ts";
import { reshaped, section } from "./moving.ts";
import { divide, multiply } from "./pairs.ts";
import { squaredSize } from "./reducing.ts";
import { convolve } from "./signals.ts";
import { integerArray, numbersIn, placesOfTrue } from "./rows.ts";
import { diag, vander } from "./triangles.ts";
import { all } from "./reductions.ts";
import { elementsOf } from "../elements.ts";

/** The coefficients as a vector. */
function coefficients(name: string, p: ArrayLike): Value {
  const value = asValue(p);
  if (value.ndim > 1) throw new ShapeError(`${name}(${showAval(value)}): coefficients are a vector`);
  return value.ndim === 0 ? reshaped(value, [1]) : value;
}

/** Without zeros in front, where elements are known. At least one coefficient stays: 0, where there is none. */
function trimmed(value: Value): Value {
  if (value.size === 0) return asValue([0], value.dtype);
  if (value instanceof Traced) return value;
  const first = elementsOf(concreteArray(value)).findIndex((each) =>
    typeof each === "object" ? each.re !== 0 || each.im !== 0 : Number(each) !== 0,
  );
  return section(value, 0, first < 0 ? value.size - 1 : first, value.size);
}

/** The values of a polynomial. */
export function polyval(p: ArrayLike, x: ArrayLike): Value {
  const own = coefficients("polyval", p);
  const given = asValue(x);
  if (own.size === 0) return operations.zerosLike(given);
  const [values, at] = ofOneDType([own, given]) as [Value, Value];
  let result = operations.zerosLike(at);
  for (const place of count(values.size)) {
    const next = broadcastTo(reshaped(section(values, 0, place, place + 1), []), at.shape);
    result = operations.add(operations.mul(result, at), next);
  }
  return result;
}

export function polyadd(a: ArrayLike, b: ArrayLike): Value {
  return combined("polyadd", a, b, operations.add);
}

export function polysub(a: ArrayLike, b: ArrayLike): Value {
  return combined("polysub", a, b, operations.sub);
}

function combined(name: string, a: ArrayLike, b: ArrayLike, combine: (x: Value, y: Value) => Value): Value {
  const [x, y] = ofOneDType([coefficients(name, a), coefficients(name, b)]) as [Value, Value];
  const length = Math.max(x.size, y.size);
  const padded = (value: Value) =>
    value.size === length ? value : operations.embed(value, [length - value.size], [1], [length]);
  return combine(padded(x), padded(y));
}

export function polymul(a: ArrayLike, b: ArrayLike): Value {
  return convolve(trimmed(coefficients("polymul", a)), trimmed(coefficients("polymul", b)));
}

interface OrderOption {
  readonly m?: number;
}

/** The derivative, m times. */
export function polyder(p: ArrayLike, m: number | OrderOption = 1): Value {
  const { m: times = 1 } = withOption<OrderOption, "m">("polyder", { m: "integer" }, "m", m, undefined);
  if (times < 0) throw new RangeError("polyder: a derivative is of an order that is not negative");
  let value = coefficients("polyder", p);
  for (let time = 0; time < times; time++) {
    const powers = integerArray(count(Math.max(value.size - 1, 0)).map((place) => value.size - 1 - place));
    const [left, right] = ofOneDType([section(value, 0, 0, Math.max(value.size - 1, 0)), powers]) as [Value, Value];
    value = operations.mul(left, right);
  }
  return value;
}

interface IntegralOptions extends OrderOption {
  /** The constants of integration. */
  readonly k?: ArrayLike | null;
}

/** The integral, m times. */
export function polyint(p: ArrayLike, m: number | IntegralOptions = 1, k?: ArrayLike | null): Value {
  const options: IntegralOptions =
    typeof m === "number" ? { m, k: k ?? null } : optionsOf<IntegralOptions>("polyint", m, { m: "integer", k: true });
  const times = asInteger("polyint", options.m ?? 1);
  if (times < 0) throw new RangeError("polyint: an integral is of an order that is not negative");
  const constants = constantsOf(options.k ?? null, times);
  let value = coefficients("polyint", p);
  for (let time = 0; time < times; time++) {
    const powers = integerArray(count(value.size).map((place) => value.size - place));
    const [own, divisors] = ofOneDType([value, powers], quotientOf(promotedOf([value, powers]))) as [Value, Value];
    value = concatenate([operations.div(own, divisors), section(constants, 0, time, time + 1)]);
  }
  return value;
}

function constantsOf(k: ArrayLike | null, times: number): Value {
  const given = k === null ? asValue([0], "float64") : coefficients("polyint", k);
  const all = given.size === 1 ? broadcastTo(given, [times]) : given;
  if (all.size < times) throw new ShapeError(`polyint: ${given.size} constants don't fit ${times} integrals`);
  return all;
}

/** The quotient and what is left of a division. */
export function polydiv(u: ArrayLike, v: ArrayLike): readonly [quotient: Value, rest: Value] {
  const operands = [coefficients("polydiv", u), coefficients("polydiv", v)];
  const [x, y] = ofOneDType(operands.map((each) => operations.cast(each, quotientOf(each.dtype)))) as [Value, Value];
  if (x.size === 0 || y.size === 0)
    throw new ShapeError(`polydiv(${showAval(x)}, ${showAval(y)}): a polynomial has no coefficients`);
  const steps = Math.max(x.size - y.size + 1, 0);
  const leading = section(y, 0, 0, 1);
  const quotients: Value[] = [];
  let rest = x;
  for (let step = 0; step < steps; step++) {
    const quotient = operations.div(section(rest, 0, step, step + 1), leading);
    quotients.push(quotient);
    const product = operations.mul(broadcastTo(quotient, y.shape), y);
    rest = operations.sub(rest, operations.embed(product, [step], [1], [x.size]));
  }
  const quotient = steps === 0 ? operations.zerosLike(leading) : concatenate(quotients);
  return [quotient, section(rest, 0, Math.min(smallOnes(rest) ?? steps, x.size - 1), x.size)];
}

/** How many coefficients in front are 0 but for rounding; null where they are not known. */
function smallOnes(rest: Value): number | null {
  const known = knownArray(rest);
  if (known === null) return null;
  const first = numbersIn(operations.abs(known)).findIndex((each) => !(each <= 1e-8));
  return first < 0 ? rest.size : first;
}

/** The monic polynomial with these zeros, or the characteristic polynomial of a matrix. */
export function poly(zeros: ArrayLike): Value {
  const value = asValue(zeros);
  const isMatrix = value.ndim === 2 && value.shape[0] === value.shape[1] && value.size > 0;
  const roots = isMatrix ? eigenvalues(operations.cast(value, quotientOf(value.dtype))) : coefficients("poly", zeros);
  if (roots.size === 0) return asValue(1, "float64");
  const own = operations.cast(roots, quotientOf(roots.dtype));
  const one = operations.onesLike(section(own, 0, 0, 1));
  const product = count(own.size).reduce<Value>(
    (result, place) => convolve(result, concatenate([one, operations.neg(section(own, 0, place, place + 1))])),
    one,
  );
  return isComplex(product.dtype) && isConjugate(own) ? operations.real(product) : product;
}

/** Whether the conjugates of all numbers are among them. */
function isConjugate(value: Value): boolean {
  const list = elementsOf(concreteArray(value)) as { readonly re: number; readonly im: number }[];
  const sorted = (sign: number) => list.map(({ re, im }) => `${re},${sign * im}`).toSorted();
  return sorted(1).join(";") === sorted(-1).join(";");
}

/** Real, if the matrix is and all of them are known to be. */
function eigenvalues(matrix: Value): Value {
  const [values] = bind(primitives.eig, [matrix], {});
  const known = isComplex(matrix.dtype) ? null : knownArray(values);
  return known !== null && all(operations.equal(operations.imag(known), 0)).item() === true
    ? operations.real(values)
    : values;
}

/** The zeros of a polynomial. */
export function roots(p: ArrayLike): Value {
  const given = coefficients("roots", p);
  const [first, last] = ends(given);
  if (first > last) return asValue([], "float64");
  const value = operations.cast(section(given, 0, first, last + 1), quotientOf(given.dtype));
  const numberAtZero = given.size - 1 - last;
  if (value.size === 1) return value.backend.full([numberAtZero], 0, "float64");
  return concatenate([eigenvalues(companion(value)), value.backend.full([numberAtZero], 0, value.dtype)], 0);
}

/** The places of the first and the last coefficient other than 0; where none is known, of all. */
function ends(value: Value): readonly [number, number] {
  const known = knownArray(value);
  if (known === null) return [0, value.size - 1];
  const places = placesOfTrue(known);
  return [places[0] ?? value.size, places.at(-1) ?? -1];
}

/** The matrix whose characteristic polynomial has these coefficients, but for a factor. */
function companion(value: Value): Value {
  const degree = value.size - 1;
  const leading = broadcastTo(section(value, 0, 0, 1), [degree]);
  const top = reshaped(operations.neg(operations.div(section(value, 0, 1, value.size), leading)), [1, degree]);
  const ones = value.backend.full([degree - 1], 1, value.dtype);
  return concatenate([top, section(diag(ones, -1), 0, 1, degree)], 0);
}

interface FitOptions {
  readonly rcond?: number | null;
  /** How much the distance at each place counts. */
  readonly w?: ArrayLike | null;
}

/**
 * The coefficients of the polynomial of a degree that comes closest to points, by squares; the smallest of those, if
 * there are several. Singular values count as zero that are smaller than a part `rcond` of the largest.
 */
export function polyfit(x: ArrayLike, y: ArrayLike, degree: number, options: FitOptions = {}): Value {
  const { rcond, w } = optionsOf<FitOptions>("polyfit", options, { rcond: "number", w: true });
  const [places, values] = [asInexact(x), asInexact(y)];
  if (degree < 0) throw new RangeError(`polyfit: there is no degree ${degree}`);
  if (places.ndim !== 1 || values.ndim < 1 || values.ndim > 2 || values.shape[0] !== places.size || places.size === 0) {
    throw new TypeError(`polyfit(${showAval(places)}, ${showAval(values)}): takes as many places as values`);
  }
  const weights = w === null || w === undefined ? operations.onesLike(places) : asInexact(w);
  if (!sameShape(weights.shape, places.shape))
    throw new TypeError(`polyfit(${showAval(places)}): weights ${showAval(weights)} are not one for each place`);
  const columns = reshaped(values, [places.size, values.size / places.size]);
  const [left, right] = [vander(places, degree + 1), columns].map((each) =>
    multiply(each, reshaped(weights, [places.size, 1])),
  ) as [Value, Value];
  const scale = operations.stopGradient(operations.sqrt(operations.sum(squaredSize(left), [0])));
  const [found] = lstsq(divide(left, scale), right, rcond ?? places.size * finfo(places.dtype).eps);
  return reshaped(divide(found, reshaped(scale, [degree + 1, 1])), [degree + 1, ...values.shape.slice(1)]);
}
