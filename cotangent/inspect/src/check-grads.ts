// Derivatives against what they claim to be: forward mode against finite differences, reverse against forward mode.
import {
  isComplex,
  isInexact,
  isValue,
  realDType,
  showAval,
  knownOptions,
  type Complex,
  type Scalar,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import type { Transformations } from "@cotangent/grad";

/** Which derivatives are checked, and how closely. */
export interface CheckGradsOptions {
  /** Derivatives up to this order. 2, if nothing is said. */
  readonly order?: number;
  /** Both, if nothing is said. Without forward mode, reverse mode is compared with the differences itself. */
  readonly modes?: readonly ("forward" | "reverse")[];
  /**
   * How far derivatives may differ, relative to the largest of them; ten times as far for each further order. If nothing
   * is said, 1e-6, and 1e-3 where something is of single precision.
   */
  readonly tolerance?: number;
  /** The first step of the finite differences: 1/64, and 1/4 where something is of single precision. */
  readonly step?: number;
  /** Other directions for another number. */
  readonly seed?: number;
}

const checkOptions: OptionNames<CheckGradsOptions> = {
  order: "integer",
  modes: true,
  tolerance: "number",
  step: "number",
  seed: "number",
};

type Flat = (...operands: readonly Value[]) => unknown;
type FlatList = (...operands: readonly Value[]) => readonly Value[];

/** A derivative is not what it claims to be. */
export class GradientError extends Error {
  override readonly name = "GradientError";
}

/**
 * Compares the derivatives of a function of arrays at a point, along directions that depend on `seed` only: forward mode
 * with differences of values (central, extrapolated to a step of none), reverse mode with forward mode by
 * ⟨u, Jv⟩ = ⟨Jᵀu, v⟩, and so on for the derivatives themselves up to `order`.
 *
 * Whole numbers and bools among operands and results have no derivative and are held fast.
 *
 * @param f returns an array or a list of arrays
 * @throws GradientError which says which mode and order, and how far it is off.
 */
export function checkGrads(
  transformations: Pick<Transformations, "jvp" | "vjp">,
  f: Flat,
  operands: readonly Value[],
  options: CheckGradsOptions = {},
): void {
  if (isValue(operands)) throw new TypeError("checkGrads: takes a list of operands: checkGrads(f, [x])");
  knownOptions("checkGrads", options, checkOptions);
  const isVaried = operands.map(({ dtype }) => isInexact(dtype));
  const varied = inexactOnly(operands);
  if (varied.length === 0) throw new TypeError("checkGrads: no operand can have a derivative");
  const list: FlatList = (...values) => {
    const rest = [...values];
    return listOf(
      f(...operands.map((operand, place) => (isVaried[place] === true ? (rest.shift() ?? operand) : operand))),
    );
  };
  const isSingle = [...varied, ...list(...varied)].some(({ dtype }) => realDType(dtype) === "float32");
  checkOrder(transformations, list, varied, {
    order: 2,
    modes: ["forward", "reverse"],
    tolerance: isSingle ? 1e-3 : 1e-6,
    step: isSingle ? 1 / 4 : 1 / 64,
    seed: 1,
    ...options,
  });
}

function checkOrder(
  transformations: Pick<Transformations, "jvp" | "vjp">,
  f: FlatList,
  operands: readonly Value[],
  options: Required<CheckGradsOptions>,
): void {
  const { order, modes, tolerance, step, seed } = options;
  const random = generator(seed);
  const directions = operands.map((operand) => randomLike(operand, random));
  const results = f(...operands);
  const numeric = differences(f, operands, directions, step).map((elements, place) =>
    fromElements(results[place], elements),
  );
  const forward: FlatList = (...values) => inexactOnly(transformations.jvp(f, values, directions)[1]);
  const tangents = modes.includes("forward") ? forward(...operands) : numeric;
  requireTypes("forward mode", tangents, results);
  for (const [place, tangent] of tangents.entries()) compare(place, tangent, numeric[place] ?? tangent, tolerance);
  const cotangents = results.map((result) => randomLike(result, random));
  const reverse: FlatList = (...values) => transformations.vjp(f, ...values)[1](cotangents);
  if (modes.includes("reverse")) {
    const pulled = reverse(...operands);
    requireTypes("reverse mode", pulled, operands);
    compareProducts(products(cotangents, tangents), products(pulled, directions), tolerance);
  }
  if (order <= 1) return;
  const next = { ...options, order: order - 1, tolerance: tolerance * 10, seed: seed + 1 };
  if (modes.includes("forward")) {
    within("the derivative of forward mode", () => checkOrder(transformations, forward, operands, next));
  }
  if (modes.includes("reverse")) {
    within("the derivative of reverse mode", () => checkOrder(transformations, reverse, operands, next));
  }
}

/** Tangents are of the types of results, cotangents of those of operands. */
function requireTypes(mode: string, given: readonly Value[], expected: readonly Value[]): void {
  const [a, b] = [given.map(showAval).join(", "), expected.map(showAval).join(", ")];
  if (a !== b) throw new GradientError(`${mode}: gives (${a}) for (${b})`);
}

function within(what: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof GradientError ? new GradientError(`${what}: ${error.message}`) : error;
  }
}

function listOf(output: unknown): readonly Value[] {
  const list: readonly Value[] = Array.isArray(output) ? (output as readonly Value[]) : [output as Value];
  return inexactOnly(list);
}

function inexactOnly(values: readonly Value[]): readonly Value[] {
  return values.filter(({ dtype }) => isInexact(dtype));
}

/** Numbers in [-1, 1), always the same for a seed (Park and Miller, 1988). */
function generator(seed: number): () => number {
  let state = seed * 48_271 + 11;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  };
}

function randomLike(value: Value, random: () => number): Value {
  const elements = Array.from({ length: value.size }, () => ({
    re: random(),
    im: isComplex(value.dtype) ? random() : 0,
  }));
  return fromElements(value, elements);
}

/** An array of the other's type. */
function fromElements(like: Value | undefined, elements: readonly Complex[]): Value {
  if (like === undefined) throw new GradientError("there are more results at a point nearby");
  const { backend, shape, dtype } = like;
  return backend.fromElements(isComplex(dtype) ? elements : elements.map(({ re }) => re), { shape, dtype });
}

const complexOf = (element: Scalar): Complex =>
  typeof element === "object" ? element : { re: Number(element), im: 0 };

const elementsOf = (value: Value): readonly Complex[] => value.backend.elements(value).map(complexOf);

/** The value plus `distance` times the direction. */
function moved(value: Value, direction: Value, distance: number): Value {
  const directions = elementsOf(direction);
  const elements = elementsOf(value).map(({ re, im }, place) => ({
    re: re + distance * (directions[place]?.re ?? 0),
    im: im + distance * (directions[place]?.im ?? 0),
  }));
  return fromElements(value, elements);
}

/** Derivatives along a direction, by central differences of three step sizes (Richardson, 1911). */
function differences(
  f: (...operands: readonly Value[]) => readonly Value[],
  operands: readonly Value[],
  directions: readonly Value[],
  step: number,
): readonly (readonly Complex[])[] {
  const at = (distance: number) =>
    f(...operands.map((operand, place) => moved(operand, directions[place] ?? operand, distance))).map(elementsOf);
  const central = (h: number) => {
    const [after, before] = [at(h), at(-h)];
    return after.map((elements, place) =>
      elements.map(({ re, im }, index) => {
        const other = before[place]?.[index] ?? { re: 0, im: 0 };
        return { re: (re - other.re) / (2 * h), im: (im - other.im) / (2 * h) };
      }),
    );
  };
  let table = [central(step), central(step / 2), central(step / 4), central(step / 8)];
  for (let factor = 4; table.length > 1; factor *= 4) {
    table = table.slice(1).map((finer, place) => extrapolated(finer, table[place] ?? finer, factor));
  }
  return table[0] ?? [];
}

function extrapolated(
  finer: readonly (readonly Complex[])[],
  coarser: readonly (readonly Complex[])[],
  factor: number,
): Complex[][] {
  const better = (fine: number, coarse: number) => fine + (fine - coarse) / (factor - 1);
  return finer.map((elements, place) =>
    elements.map(({ re, im }, index) => {
      const other = coarser[place]?.[index] ?? { re: 0, im: 0 };
      return { re: better(re, other.re), im: better(im, other.im) };
    }),
  );
}

function compare(output: number, tangent: Value, numeric: Value, tolerance: number): void {
  const expected = elementsOf(numeric);
  const scale = Math.max(1e-3, ...expected.map(({ re, im }) => Math.hypot(re, im)));
  for (const [place, { re, im }] of elementsOf(tangent).entries()) {
    const other = expected[place] ?? { re: Number.NaN, im: Number.NaN };
    if (Math.hypot(re - other.re, im - other.im) <= tolerance * scale) continue;
    throw new GradientError(
      `forward mode: element ${place} of the tangent of result ${output} is ${show(re, im)}, but finite differences give ${show(other.re, other.im)}`,
    );
  }
}

function compareProducts(left: Product, right: Product, tolerance: number): void {
  const scale = Math.max(left.size, right.size, 1e-3);
  if (Math.abs(left.value - right.value) <= tolerance * scale) return;
  throw new GradientError(`reverse mode: ⟨Jᵀu, v⟩ is ${right.value}, but ⟨u, Jv⟩ is ${left.value}`);
}

/** The real part of a sum of products, and the sum of their sizes. */
interface Product {
  readonly value: number;
  readonly size: number;
}

const show = (re: number, im: number): string => (im === 0 ? `${re}` : `${re} + ${im}i`);

/** Over all elements. */
function products(a: readonly Value[], b: readonly Value[]): Product {
  let [value, size] = [0, 0];
  for (const [place, each] of a.entries()) {
    const other = b[place];
    const others = other === undefined ? [] : elementsOf(other);
    for (const [index, { re, im }] of elementsOf(each).entries()) {
      const y = others[index] ?? { re: 0, im: 0 };
      value += re * y.re - im * y.im;
      size += Math.hypot(re, im) * Math.hypot(y.re, y.im);
    }
  }
  return { value, size };
}
