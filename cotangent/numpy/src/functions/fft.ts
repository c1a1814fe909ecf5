// np.fft.
import { operations, ShapeError, showCall, type Value, type OptionNames } from "@cotangent/core";
import { fromTyped } from "../ndarray.ts";
import { asNumber, asValue, type ArrayLike } from "./arguments.ts";
import { normalizeAxes, normalizeAxis, withOption, type Axes } from "./axes.ts";
import {
  along,
  asComplex,
  asFloats,
  realForward,
  realInverse,
  requireReal,
  transformOf,
  type Norm,
} from "./fourier-axes.ts";
import { section } from "./moving.ts";
import { settingsOf, type Settings } from "./settings.ts";

export interface TransformOptions {
  /** The length of the transform: the axis is cut or continued with zeros to it (a half spectrum to half of it). */
  readonly n?: number | null;
  readonly axis?: number;
  readonly norm?: Norm;
}

/** Length, axis and norm by place, or options. */
export type TransformArguments = Settings<TransformOptions, ["n", "axis", "norm"]>;

function parsed(name: string, args: TransformArguments) {
  const { n, axis = -1, norm } = settingsOf<TransformOptions>(name, { n: true, axis: true, norm: true }, args);
  return { n, axis, norm };
}

function complexTransform(name: string, inverse: boolean) {
  return (a: ArrayLike, ...args: TransformArguments): Value => {
    const value = asComplex(asFloats(a));
    const { n, axis, norm } = parsed(name, args);
    return along(value, transformOf(name, value, n, axis, norm), inverse);
  };
}

/** The discrete Fourier transform along an axis. */
export const fft = complexTransform("fft", false);
/** The inverse of `fft`. */
export const ifft = complexTransform("ifft", true);

/** The transform of real values: its first half, which determines the other. */
export function rfft(a: ArrayLike, ...args: TransformArguments): Value {
  const value = asFloats(a);
  requireReal("rfft", value);
  const { n, axis, norm } = parsed("rfft", args);
  return realForward(value, transformOf("rfft", value, n, axis, norm));
}

/** The inverse of `rfft`: real values, by default an even number of them. */
export function irfft(a: ArrayLike, ...args: TransformArguments): Value {
  const value = asComplex(asFloats(a));
  const { n, axis, norm } = parsed("irfft", args);
  return realInverse(value, transformOf("irfft", value, n, axis, norm, wholeLength));
}

/** How many points a half spectrum of this length is of. */
function wholeLength(half: number): number {
  return 2 * (half - 1);
}

/** The transform of values of which, since it is real, only the first half is given. */
export function hfft(a: ArrayLike, ...args: TransformArguments): Value {
  const { n, axis, norm } = parsed("hfft", args);
  const value = operations.conj(asComplex(asFloats(a)));
  return realInverse(value, transformOf("hfft", value, n, axis, otherWay(norm), wholeLength));
}

/** The inverse of `hfft`. */
export function ihfft(a: ArrayLike, ...args: TransformArguments): Value {
  const value = asFloats(a);
  requireReal("ihfft", value);
  const { n, axis, norm } = parsed("ihfft", args);
  return operations.conj(realForward(value, transformOf("ihfft", value, n, axis, otherWay(norm))));
}

function otherWay(norm: Norm | undefined): Norm | undefined {
  if (norm === "ortho") return norm;
  return norm === "forward"
    ? "backward"
    : norm === undefined || norm === null || norm === "backward"
      ? "forward"
      : norm;
}

export interface TransformsOptions {
  /** The length of the transform along each of the axes. -1 is that of the axis. */
  readonly s?: readonly (number | null)[] | null;
  readonly axes?: readonly number[] | null;
  readonly norm?: Norm;
}

/** Lengths, axes and norm by place, or options. */
export type TransformsArguments = Settings<TransformsOptions, ["s", "axes", "norm"]>;

interface AxisLength {
  readonly axis: number;
  readonly n: number | null;
}

/** Which axes are transformed, in which order, at which lengths. */
function planned(
  name: string,
  value: Value,
  args: TransformsArguments,
  defaultAxes: readonly number[] | null,
): { readonly axes: readonly AxisLength[]; readonly norm: Norm | undefined } {
  const {
    s = null,
    axes = defaultAxes,
    norm,
  } = settingsOf<TransformsOptions>(name, { s: true, axes: true, norm: true }, args);
  const all = value.shape.map((_, axis) => axis);
  const chosen = axes ?? (s === null ? all : all.slice(-s.length));
  if (s !== null && s.length !== chosen.length) {
    throw new ShapeError(`${showCall(name, [value])}: there must be as many lengths as axes`);
  }
  const list = chosen.map((axis, place) => {
    const n = s?.[place] ?? null;
    return { axis: normalizeAxis(name, axis, value.ndim), n: n === -1 ? null : n };
  });
  return { axes: list, norm };
}

function complexTransforms(name: string, inverse: boolean, defaultAxes: readonly number[] | null) {
  return (a: ArrayLike, ...args: TransformsArguments): Value => {
    const value = asComplex(asFloats(a));
    const { axes, norm } = planned(name, value, args, defaultAxes);
    return overAxes(name, value, axes, norm, inverse);
  };
}

/** The last axis first, as NumPy does. */
function overAxes(
  name: string,
  value: Value,
  axes: readonly AxisLength[],
  norm: Norm | undefined,
  inverse: boolean,
): Value {
  return axes.reduceRight((each, { axis, n }) => along(each, transformOf(name, each, n, axis, norm), inverse), value);
}

function realTransforms(name: string, defaultAxes: readonly number[] | null) {
  return (a: ArrayLike, ...args: TransformsArguments): Value => {
    const value = asFloats(a);
    const { axes, norm } = planned(name, value, args, defaultAxes);
    requireReal(name, value);
    const last = axes.at(-1);
    if (last === undefined) throw new RangeError(`${name}: at least one axis is transformed`);
    const half = realForward(value, transformOf(name, value, last.n, last.axis, norm));
    return overAxes(name, half, axes.slice(0, -1), norm, false);
  };
}

function realInverses(name: string, defaultAxes: readonly number[] | null) {
  return (a: ArrayLike, ...args: TransformsArguments): Value => {
    const value = asComplex(asFloats(a));
    const { axes, norm } = planned(name, value, args, defaultAxes);
    const last = axes.at(-1);
    if (last === undefined) throw new RangeError(`${name}: at least one axis is transformed`);
    const rows = axes
      .slice(0, -1)
      .reduce((each, { axis, n }) => along(each, transformOf(name, each, n, axis, norm), true), value);
    return realInverse(rows, transformOf(name, rows, last.n, last.axis, norm, wholeLength));
  };
}

const lastTwo = [-2, -1];

export const fft2 = complexTransforms("fft2", false, lastTwo);
export const ifft2 = complexTransforms("ifft2", true, lastTwo);
export const fftn = complexTransforms("fftn", false, null);
export const ifftn = complexTransforms("ifftn", true, null);
export const rfft2 = realTransforms("rfft2", lastTwo);
export const rfftn = realTransforms("rfftn", null);
export const irfft2 = realInverses("irfft2", lastTwo);
export const irfftn = realInverses("irfftn", null);

export interface AxesOption {
  readonly axes?: Axes;
}

const axesOption: OptionNames<AxesOption> = { axes: true };

/** Moves the frequency 0 from the start of the axes to their middle. */
export function fftshift(x: ArrayLike, axes?: Axes | AxesOption): Value {
  return shifted("fftshift", x, axes, (length) => Math.floor(length / 2));
}

/** The inverse of `fftshift`. */
export function ifftshift(x: ArrayLike, axes?: Axes | AxesOption): Value {
  return shifted("ifftshift", x, axes, (length) => Math.ceil(length / 2));
}

/** Every axis rolled by so many places of its length. */
function shifted(name: string, x: ArrayLike, axes: Axes | AxesOption, placesOf: (length: number) => number): Value {
  const value = asValue(x);
  const { axes: chosen } = withOption<AxesOption, "axes">(name, axesOption, "axes", axes, undefined);
  return normalizeAxes(name, chosen, value.ndim).reduce((each, axis) => {
    const length = each.shape[axis] ?? 0;
    const places = placesOf(length) % Math.max(length, 1);
    if (places === 0) return each;
    return operations.concatenate(
      [section(each, axis, length - places, length), section(each, axis, 0, length - places)],
      axis,
    );
  }, value);
}

export interface SpacingOption {
  /** The distance of samples. */
  readonly d?: ArrayLike;
}

const spacingOption: OptionNames<SpacingOption> = { d: true };

/** The frequencies of a transform of `n` samples, in the order of `fft`. */
export function fftfreq(n: number, d: ArrayLike | SpacingOption = 1): Value {
  const spacing = asNumber(
    "fftfreq",
    withOption<SpacingOption, "d">("fftfreq", spacingOption, "d", d, undefined).d ?? 1,
  );
  requireCount("fftfreq", n);
  const half = Math.ceil(n / 2);
  return frequencies(n, (k) => (k < half ? k : k - n), n * spacing);
}

/** The frequencies of a transform of `n` real samples, in the order of `rfft`. */
export function rfftfreq(n: number, d: ArrayLike | SpacingOption = 1): Value {
  const spacing = asNumber(
    "rfftfreq",
    withOption<SpacingOption, "d">("rfftfreq", spacingOption, "d", d, undefined).d ?? 1,
  );
  requireCount("rfftfreq", n);
  return frequencies(Math.floor(n / 2) + 1, (k) => k, n * spacing);
}

function requireCount(name: string, n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${name}: ${n} is no number of samples`);
}

function frequencies(count: number, cycle: (k: number) => number, span: number): Value {
  // NumPy multiplies by the reciprocal; so do we, to the last bit.
  const factor = 1 / span;
  return fromTyped(
    Float64Array.from({ length: count }, (_, k) => cycle(k) * factor),
    "float64",
    [count],
  );
}
