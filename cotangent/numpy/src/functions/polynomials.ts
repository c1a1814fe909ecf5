// Polynomials by their coefficients, the highest power first.
import { bind, isComplex, operations, primitives, ShapeError, showAval, Traced, type Value } from "@cotangent/core";
import {
  asOperand,
  asValue,
  broadcastTo,
  concreteArray,
  knownArray,
  ofOneDType,
  promotedOf,
  quotientOf,
  type ArrayLike,
} from "./arguments.ts";
import { count } from "./axes.ts";
import { concatenate } from "./joining.ts";
import { permuted, reshaped, section } from "./moving.ts";
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

/** Without zeros in front, where elements are known. At least one coefficient stays. */
function trimmed(value: Value): Value {
  if (value instanceof Traced) return value;
  const first = elementsOf(concreteArray(value)).findIndex((each) =>
    typeof each === "object" ? each.re !== 0 || each.im !== 0 : Number(each) !== 0,
  );
  return section(value, 0, first < 0 ? Math.max(value.size - 1, 0) : first, value.size);
}

/** The values of a polynomial. */
export function polyval(p: ArrayLike, x: ArrayLike): Value {
  const own = coefficients("polyval", p);
  const operands = [own, asOperand(x)];
  const [values, at] = ofOneDType(operands, promotedOf(operands)) as [Value, Value];
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

/** The derivative, m times. */
export function polyder(p: ArrayLike, m: number | { readonly m?: number } = 1): Value {
  const times = typeof m === "number" ? m : (m.m ?? 1);
  if (times < 0) throw new RangeError("polyder: a derivative is of an order that is not negative");
  let value = coefficients("polyder", p);
  for (let time = 0; time < times; time++) {
    const powers = integerArray(count(Math.max(value.size - 1, 0)).map((place) => value.size - 1 - place));
    const [left, right] = ofOneDType([section(value, 0, 0, Math.max(value.size - 1, 0)), powers]) as [Value, Value];
    value = operations.mul(left, right);
  }
  return value;
}

interface IntegralOptions {
  readonly m?: number;
  /** The constants of integration. */
  readonly k?: ArrayLike | null;
}

/** The integral, m times. */
export function polyint(p: ArrayLike, m: number | IntegralOptions = 1, k?: ArrayLike | null): Value {
  const options: IntegralOptions = typeof m === "number" ? { m, k: k ?? null } : m;
  const times = options.m ?? 1;
  if (times < 0) throw new RangeError("polyint: an integral is of an order that is not negative");
  const constants = constantsOf(options.k ?? null, times);
  let value = coefficients("polyint", p);
  value = operations.cast(value, quotientOf(value.dtype));
  for (let time = 0; time < times; time++) {
    const powers = operations.cast(integerArray(count(value.size).map((place) => value.size - place)), value.dtype);
    const end = reshaped(section(constants, 0, time, time + 1), [1]);
    value = concatenate([operations.div(value, powers), operations.cast(end, value.dtype)]);
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
  const [x, y] = ofOneDType(operands, quotientOf(promotedOf(operands))) as [Value, Value];
  const steps = x.size - y.size + 1;
  if (steps <= 0) return [operations.zerosLike(section(x, 0, 0, 1)), x];
  const leading = section(y, 0, 0, 1);
  const quotients: Value[] = [];
  let rest = x;
  for (let step = 0; step < steps; step++) {
    const quotient = operations.div(section(rest, 0, step, step + 1), leading);
    quotients.push(quotient);
    const product = operations.mul(broadcastTo(quotient, y.shape), y);
    rest = operations.sub(rest, operations.embed(product, [step], [1], [x.size]));
  }
  return [concatenate(quotients), withoutSmall(section(rest, 0, steps, x.size), rest)];
}

/** Without coefficients in front that are 0 but for rounding, as far as they are known. */
function withoutSmall(rest: Value, whole: Value): Value {
  if (rest.size === 0) return operations.zerosLike(section(whole, 0, 0, 1));
  const known = knownArray(rest);
  if (known === null) return rest;
  const sizes = numbersIn(operations.abs(known));
  const first = sizes.findIndex((each) => each > 1e-8);
  return section(rest, 0, first < 0 ? rest.size - 1 : first, rest.size);
}

/** The monic polynomial with these zeros, or the characteristic polynomial of a matrix. */
export function poly(zeros: ArrayLike): Value {
  const value = asValue(zeros);
  const isMatrix = value.ndim === 2 && value.shape[0] === value.shape[1] && value.size > 0;
  const roots = isMatrix ? eigenvalues(operations.cast(value, quotientOf(value.dtype))) : coefficients("poly", zeros);
  if (roots.size === 0) return asValue([1], "float64");
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
  const sorted = (sign: number) => list.map(({ re, im }) => `${re + 0},${sign * im + 0}`).toSorted();
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
  const degree = value.size - 1;
  const zeros = operations.zerosLike(section(value, 0, 0, 1));
  const atZero = broadcastTo(zeros, [given.size - 1 - last]);
  if (degree < 1) return atZero;
  return concatenate([eigenvalues(companion(value)), atZero], 0);
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
  if (degree === 1) return top;
  const ones = value.backend.full([degree - 1], 1, value.dtype);
  return concatenate([top, section(diag(ones, -1), 0, 1, degree)], 0);
}

interface FitOptions {
  readonly w?: ArrayLike | null;
}

/** The coefficients of the polynomial of a degree that comes closest to points, by squares. */
export function polyfit(x: ArrayLike, y: ArrayLike, degree: number, options: FitOptions = {}): Value {
  const operands = [asValue(x), asValue(y)];
  const [places, values] = ofOneDType(operands, quotientOf(promotedOf(operands))) as [Value, Value];
  if (places.ndim !== 1 || values.ndim < 1 || values.ndim > 2 || values.shape[0] !== places.size || places.size === 0) {
    throw new ShapeError(`polyfit(${showAval(places)}, ${showAval(values)}): takes as many places as values`);
  }
  const powers = vander(places, degree + 1);
  const weight =
    options.w === null || options.w === undefined ? null : reshaped(asValue(options.w, places.dtype), [places.size, 1]);
  const columns = reshaped(values, [places.size, values.size / places.size]);
  const [left, right] = [powers, columns].map((each) =>
    weight === null ? each : operations.mul(each, broadcastTo(weight, each.shape)),
  ) as [Value, Value];
  const scale = operations.stopGradient(operations.sqrt(operations.sum(operations.square(left), [0])));
  const scaled = operations.div(left, broadcastTo(scale, left.shape));
  const [q, r] = bind(primitives.qr, [scaled], { mode: "reduced" });
  const found = operations.solve(r, operations.dot(permuted(q, [1, 0]), right, [[1], [0]], [[], []]));
  const result = operations.div(found, broadcastTo(reshaped(scale, [degree + 1, 1]), found.shape));
  return values.ndim === 1 ? reshaped(result, [degree + 1]) : result;
}
