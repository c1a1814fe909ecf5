// What distributions take: numbers, or arrays of them that are broadcast, and how many numbers are drawn.
import { AbstractValueError, ShapeError, Traced, knownOptions, type DType, type Shape } from "@cotangent/core";
import { elementsOf } from "../elements.ts";
import { asValue, concreteArray, type ArrayLike } from "../functions/arguments.ts";
import { isOptions } from "../functions/axes.ts";
import { asShape, type ShapeLike } from "../functions/moving.ts";
import { allocate, bigsOf, hasBigs, numbersOf, type NDArray } from "../ndarray.ts";
import { broadcastShapes, broadcastTo } from "../views.ts";

/** The shape of what is drawn: one number, unless given; or as parameters that are arrays. */
export type Size = ShapeLike | null;

/** Parameters by their names. */
export type Named<Names extends string> = { readonly [Name in Names]?: ArrayLike } & { readonly size?: Size };

/** What a method may be called with: parameters in their order, then the size, or the rest of them by their names. */
export type Given0 = [size?: Size | Named<never>];
export type Given1<Names extends string> = [first?: ArrayLike | Named<Names>, size?: Size | Named<Names>];
export type Given2<Names extends string> = [
  first?: ArrayLike | Named<Names>,
  second?: ArrayLike | Named<Names>,
  size?: Size | Named<Names>,
];
export type Given3<Names extends string> = [
  first?: ArrayLike | Named<Names>,
  second?: ArrayLike | Named<Names>,
  third?: ArrayLike | Named<Names>,
  size?: Size | Named<Names>,
];

/** What is wrong with a number, for messages; null where nothing is. */
export type Requirement = (x: number) => string | null;

export interface Parameter {
  readonly name: string;
  /** Must be given, if there is none. */
  readonly fallback?: number;
  readonly requirement?: Requirement;
}

/** -0 counts as negative. What is drawn with NaN is NaN. */
export const notNegative: Requirement = (x) => (x < 0 || Object.is(x, -0) ? "is negative" : null);
export const positive: Requirement = (x) => (x <= 0 ? "is not above 0" : null);
export const probability: Requirement = (x) => (x >= 0 && x <= 1 ? null : "is no probability");
export const likely: Requirement = (x) => (x > 0 && x <= 1 ? null : "is no probability above 0");

export const unlikely: Requirement = (x) => (x >= 0 && x < 1 ? null : "is no probability below 1");
export const aboveOne: Requirement = (x) => (x > 1 ? null : "is not above 1");
/** As many as NumPy takes. */
export const few: Requirement = (x) => (x >= 0 && x < 1e9 ? null : "is no number from 0 up to 10⁹");

/** Larger counts are no longer told apart. */
export const countable: Requirement = (x) => (x >= 0 && x <= 9.223372006484771e18 ? null : "is no mean of counts");

/** Calls with settings as the last argument. */
interface Settings {
  readonly parameters: readonly ArrayLike[];
  readonly size: Size;
}

function settingsOf(name: string, parameters: readonly Parameter[], given: readonly unknown[]): Settings {
  const last = given.at(-1);
  const named = isNamed(last) ? (last as Readonly<Record<string, unknown>>) : {};
  requireKnown(name, named, parameters);
  const placed = isNamed(last) ? given.slice(0, -1) : given;
  const read = parameters.map(({ name: parameter, fallback }, place) => {
    const value = placed[place] ?? named[parameter] ?? fallback;
    if (value === undefined) throw new TypeError(`${name}: ${parameter} is missing`);
    return value as ArrayLike;
  });
  return { parameters: read, size: (placed[parameters.length] ?? named["size"] ?? null) as Size };
}

/** @throws TypeError for a name that is none of the parameters. */
function requireKnown(name: string, named: object, parameters: readonly Parameter[]): void {
  knownOptions(
    name,
    named,
    Object.fromEntries([...parameters.map((each) => each.name), "size"].map((key) => [key, true])),
  );
}

/** Settings, and no array, list or complex number. */
function isNamed(raw: unknown): boolean {
  return isOptions(raw) && !("re" in raw);
}

/** Draws one number with the parameters for it, of which there are three at most. */
type Draw = (first: number, second: number, third: number) => number;

/** Numbers of a distribution, in the order of memory. @throws RangeError for parameters that it doesn't have. */
export function drawn(
  name: string,
  parameters: readonly Parameter[],
  given: readonly unknown[],
  draw: Draw,
  dtype: DType = "float64",
): NDArray {
  const settings = settingsOf(name, parameters, given);
  const arrays = settings.parameters.map((each, place) => arrayOfParameter(name, parameters[place]?.name ?? "", each));
  const values = arrays.map((each, place) => realNumbers(name, parameters[place]?.name ?? "", each));
  for (const [place, { name: parameter, requirement }] of parameters.entries()) {
    for (const each of values[place] ?? []) requireOf(name, parameter, each, requirement);
  }
  const shape = shapeOf(settings.size, name, arrays);
  const result = allocate(shape, dtype);
  const write = writerOf(result);
  const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = values.map(([first]) => first);
  if (arrays.every((each) => each.size === 1)) {
    for (let place = 0; place < result.size; place++) write(place, draw(x, y, z));
    return result;
  }
  const [xs, ys, zs] = arrays.map((each) => realNumbers(name, "", broadcastTo(each, shape)));
  for (let place = 0; place < result.size; place++)
    write(place, draw(xs?.[place] ?? x, ys?.[place] ?? y, zs?.[place] ?? z));
  return result;
}

/**
 * What numbers are drawn by. @throws AbstractValueError where it is traced: the numbers would have no derivative in it, and
 * a program would hold those that were drawn once.
 */
export function arrayOfParameter(name: string, parameter: string, raw: ArrayLike): NDArray {
  const value = asValue(raw);
  if (!(value instanceof Traced)) return concreteArray(value);
  throw new AbstractValueError(
    `${name}: ${parameter} is traced, and what is drawn would have no derivative in it; draw without it and compute with what was drawn, as add(loc, multiply(scale, x)) does, or read it with item() or toList()`,
  );
}

function requireOf(name: string, parameter: string, x: number, requirement: Requirement | undefined): void {
  const fault = requirement?.(x) ?? null;
  if (fault !== null) throw new RangeError(`${name}: ${parameter} ${Object.is(x, -0) ? "-0" : x} ${fault}`);
}

function realNumbers(name: string, parameter: string, array: NDArray): readonly number[] {
  return elementsOf(array).map((element) => {
    if (typeof element === "object") throw new TypeError(`${name}: ${parameter} is complex`);
    return Number(element);
  });
}

/** The shape that is asked for, or that of the parameters. @throws ShapeError where they don't fit. */
export function shapeOf(size: Size, name = "random", arrays: readonly NDArray[] = []): Shape {
  const own = arrays.length === 0 ? [] : broadcastShapes(...arrays.map(({ shape }) => shape));
  if (size === null) return own;
  const shape = asShape(name, size);
  if (own.length > 0 && broadcastShapes(shape, own).join() !== shape.join()) {
    throw new ShapeError(`${name}: parameters of shape [${own.join(", ")}] don't fit size [${shape.join(", ")}]`);
  }
  return shape;
}

function writerOf(result: NDArray): (place: number, x: number) => void {
  if (hasBigs(result)) {
    const data = bigsOf(result);
    return (place, x) => void (data[result.offset + place] = BigInt(x));
  }
  const data = numbersOf(result);
  return (place, x) => void (data[result.offset + place] = x);
}
