// Axes as callers give them, and options.
import { knownOptions, requireKind, type OptionNames, type Shape } from "@cotangent/core";

/** An axis that an array doesn't have. */
export class AxisError extends RangeError {
  override readonly name = "AxisError";
}

/** One axis, several, or all. Negative ones count from the end. */
export type Axes = number | readonly number[] | null | undefined;

/** The axis, counted from the front. @throws AxisError where there is none such. */
export function normalizeAxis(name: string, axis: number, ndim: number): number {
  if (!Number.isInteger(axis)) throw new TypeError(`${name}: axis ${axis} is not an integer`);
  if (axis < -ndim || axis >= ndim) {
    throw new AxisError(`${name}: axis ${axis} is out of bounds for an array of ${ndim} axes`);
  }
  return axis < 0 ? axis + ndim : axis;
}

/** Whether axes are a list, as they are said to be: programs without types may give anything. */
export function isListOfAxes(axes: unknown): axes is readonly number[] {
  return Array.isArray(axes);
}

/** The axes, counted from the front, each once; all of them for null. */
export function normalizeAxes(name: string, axes: Axes, ndim: number): readonly number[] {
  if (axes === null || axes === undefined) return count(ndim);
  if (typeof axes === "number") return [normalizeAxis(name, axes, ndim)];
  if (!isListOfAxes(axes)) throw new TypeError(`${name}: axes are a number or a list of such, not ${String(axes)}`);
  const list = axes.map((axis) => normalizeAxis(name, axis, ndim));
  if (new Set(list).size < list.length)
    throw new RangeError(`${name}: axes [${list.join(", ")}] has one of them twice`);
  return list;
}

/** As `normalizeAxes`, for reductions: to them an array of no axes is also one of a single axis, which is gone after. */
export function reducedAxes(name: string, axes: Axes, ndim: number): readonly number[] {
  return ndim === 0 && (axes === 0 || axes === -1) ? [] : normalizeAxes(name, axes, ndim);
}

/** The shape with these axes of length 1, as `keepdims` has it. */
export function keptShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
}

/** Whether an argument is the object of options, which comes last. */
export function isOptions(raw: unknown): raw is object {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return false;
  return Object.getPrototypeOf(raw) === Object.prototype && !("re" in raw && "im" in raw);
}

/** @throws TypeError for an array to write into, which functions of elements alone take. */
export function withoutOut<Options extends object>(options: Options): Options {
  if (!("out" in options)) return options;
  const { out, ...rest } = options;
  if (out === undefined || out === null) return rest as Options;
  throw new TypeError('only functions of elements take "out": use what the function returns, or copy it by copyto');
}

/** Options that the function knows. @throws TypeError for others, and for what is no object. */
export function optionsOf<Options extends object>(name: string, given: Options, names: OptionNames<Options>): Options {
  return knownOptions(name, isOptions(given) ? withoutOut(given) : given, names);
}

/**
 * Options of which the first may stand by itself: `sum(x, 0)` for `sum(x, { axis: 0 })`.
 *
 * @throws TypeError for options that the function doesn't know.
 */
export function withOption<Options extends object, Key extends keyof Options>(
  name: string,
  names: OptionNames<Options>,
  key: Key,
  first: Options[Key] | Options | undefined,
  options: Options | undefined,
): Options {
  const own = options === undefined ? undefined : optionsOf(name, options, names);
  if (first === undefined) return own ?? ({} as Options);
  if (isOptions(first)) return optionsOf(name, first as Options, names);
  requireKind(name, String(key), first, names[key]);
  return { ...own, [key]: first } as Options;
}

/** The axis moved to the end: the permutation that does so, and the one that moves it back. */
export function lastAxis(ndim: number, axis: number): readonly [to: readonly number[], back: readonly number[]] {
  const others = count(ndim).filter((each) => each !== axis);
  const back = others.toSpliced(axis, 0, -1).map((each) => (each === -1 ? ndim - 1 : others.indexOf(each)));
  return [[...others, axis], back];
}

/** 0, 1, … of this length. */
export function count(length: number): readonly number[] {
  const numbers: number[] = [];
  for (let index = 0; index < length; index++) numbers.push(index);
  return numbers;
}
