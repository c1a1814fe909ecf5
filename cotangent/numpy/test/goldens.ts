// Reads the golden files: values of functions, as NumPy computes them, in JSON. goldens/README.md says how.
import { readFileSync } from "node:fs";
import { type DType, type Scalar, type Shape } from "@cotangent/core";
import { assign, converted } from "../src/copies.ts";
import { writeElement } from "../src/elements.ts";
import type { NDArray } from "../src/ndarray.ts";
import { allocate } from "../src/ndarray.ts";
import * as views from "../src/views.ts";

/** An array as it is stored. */
export interface StoredArray {
  readonly shape: Shape;
  readonly dtype: string;
  readonly data: readonly unknown[];
  readonly layout?: "F" | "strided" | "reversed" | "broadcast";
}

export interface StoredError {
  readonly type: string;
  readonly mro: readonly string[];
  readonly message: string;
}

export interface Derivative {
  readonly wrt: readonly number[];
  readonly jvp?: { readonly tangent: StoredArray; readonly out: unknown };
  readonly vjp?: { readonly cotangent: unknown; readonly out: StoredArray };
  readonly order2?: {
    readonly direction: StoredArray;
    readonly jvp_out?: unknown;
    readonly vjp_out?: StoredArray;
    readonly zero?: boolean;
  };
}

/** A call and what comes of it. */
export interface GoldenCase {
  readonly id: string;
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly value?: unknown;
  readonly error?: StoredError;
  readonly derivs?: readonly Derivative[];
  readonly joint?: { readonly jvp_out?: unknown; readonly order2_out?: unknown };
  readonly select?: number;
  readonly symmetrize?: boolean;
  readonly compare?: "gauge" | "set" | "partition" | "argpartition";
  readonly mutates?: number;
  readonly kink?: boolean;
}

/** What functions are looked up in: a namespace with others in it. */
export type Namespace = Readonly<Record<string, unknown>>;

/** The cases of a file in `test/goldens`. */
export function readGoldens(family: string): readonly GoldenCase[] {
  const text = readFileSync(new URL(`goldens/${family}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly cases: readonly GoldenCase[] }).cases;
}

const unknownDTypes = new Set(["float16", "str", "object"]);

/** Whether a case has arrays of a dtype that there is none of here. */
export function needsUnknownDType(golden: GoldenCase): boolean {
  return [golden.args, golden.kwargs, golden.value].some(mentionsUnknownDType);
}

function mentionsUnknownDType(stored: unknown): boolean {
  if (typeof stored !== "object" || stored === null) return false;
  if ("dtype" in stored && typeof stored.dtype === "string" && unknownDTypes.has(stored.dtype)) return true;
  return Object.values(stored).some(mentionsUnknownDType);
}

export function isStoredArray(stored: unknown): stored is StoredArray {
  return typeof stored === "object" && stored !== null && "shape" in stored && "dtype" in stored && "data" in stored;
}

/** A number as it is stored: not finite ones and large integers as strings. */
function numberOf(stored: unknown): number | bigint | boolean {
  if (typeof stored === "number" || typeof stored === "boolean") return stored;
  if (stored === "nan") return Number.NaN;
  if (stored === "inf") return Infinity;
  if (stored === "-inf") return -Infinity;
  return BigInt(String(stored));
}

function elementOf(stored: unknown): Scalar {
  if (!Array.isArray(stored)) return numberOf(stored);
  return { re: Number(numberOf(stored[0])), im: Number(numberOf(stored[1])) };
}

/** The array, laid out in memory as the case says. */
export function decodeArray(stored: StoredArray): NDArray {
  const array = allocate(stored.shape, stored.dtype as DType);
  for (const [place, each] of stored.data.entries()) writeElement(array.data, array.dtype, place, elementOf(each));
  return laidOut(array, stored.layout);
}

export type Layout = NonNullable<StoredArray["layout"]>;

/** The same elements in another place in memory. */
export function laidOut(array: NDArray, layout: Layout | undefined): NDArray {
  const all = array.shape.map((_, axis) => axis);
  if (layout === "F")
    return views.transpose(converted(views.transpose(array, all.toReversed()), array.dtype), all.toReversed());
  if (layout === "strided") return spread(array, 2);
  if (layout === "reversed") return spread(array, -1);
  return array;
}

/** The elements at a distance of `step` in memory along each axis. */
function spread(array: NDArray, step: 2 | -1): NDArray {
  const { shape } = array;
  const larger = allocate(step === 2 ? shape.map((length) => 2 * length) : shape, array.dtype);
  const start = shape.map((length) => (step === 2 ? 0 : Math.max(length - 1, 0)));
  const view = views.slice(
    larger,
    start,
    shape,
    shape.map(() => step),
  );
  assign(view, array);
  return view;
}

/** An argument: arrays, lists, Python's scalars, dtypes, functions, indices. */
export function decodeArgument(stored: unknown, np: Namespace, asArrays = false): unknown {
  if (isStoredArray(stored)) return decodeArray(stored);
  if (Array.isArray(stored)) return stored.map((each) => decodeArgument(each, np));
  if (typeof stored !== "object" || stored === null) return stored;
  if ("py" in stored && "v" in stored) return decodeScalar(stored.py, stored.v, asArrays);
  if ("dtype" in stored) return stored.dtype;
  if ("fn" in stored) return lookUp(np, String(stored.fn));
  if ("index" in stored) return (stored.index as unknown[]).map((each) => decodeIndex(each, np));
  return Object.fromEntries(Object.entries(stored).map(([key, each]) => [key, decodeArgument(each, np)]));
}

/** A whole float is a number here, or, where its kind matters, an array of float64. */
function decodeScalar(type: unknown, stored: unknown, asArray: boolean): unknown {
  if (type === "complex") return elementOf(stored);
  const value = numberOf(stored);
  if (!asArray || !Number.isInteger(value)) return value;
  return decodeArray({ shape: [], dtype: "float64", data: [value] });
}

function decodeIndex(stored: unknown, np: Namespace): unknown {
  if (isStoredArray(stored)) return decodeArray(stored);
  if (typeof stored !== "object" || stored === null || Array.isArray(stored) || !("slice" in stored)) return stored;
  const slice = np["slice"] as (...bounds: unknown[]) => unknown;
  return slice(...(stored.slice as unknown[]));
}

/** The function of this name in the namespace. */
export function lookUp(np: Namespace, name: string): (...args: unknown[]) => unknown {
  let found: unknown = np;
  for (const part of name.replace(/^np\./u, "").split(".")) found = (found as Namespace | undefined)?.[part];
  if (typeof found !== "function") throw new TypeError(`there is no ${name}`);
  return found as (...args: unknown[]) => unknown;
}

/** The arguments of a case, with the options last. */
export function decodeArguments(golden: GoldenCase, np: Namespace): unknown[] {
  const hasInexact = golden.args.some((each) => isStoredArray(each) && /float|complex/u.test(each.dtype));
  const args = golden.args.map((each) => decodeArgument(each, np, !hasInexact));
  if (golden.fn === "getitem") return [args[0], ...(args[1] as unknown[])];
  if (golden.kwargs === undefined) return args;
  return [
    ...args,
    Object.fromEntries(Object.entries(golden.kwargs).map(([key, each]) => [key, decodeArgument(each, np)])),
  ];
}

/** Makes the call: what it returns, or what it changed. */
export function run(golden: GoldenCase, np: Namespace): unknown {
  const args = decodeArguments(golden, np);
  const result = lookUp(np, golden.fn)(...args);
  return golden.mutates === undefined ? result : args[golden.mutates];
}

const classes: Readonly<Record<string, new (message: string) => Error>> = {
  ValueError: RangeError,
  IndexError: RangeError,
  AxisError: RangeError,
  ZeroDivisionError: RangeError,
  OverflowError: RangeError,
  LinAlgError: RangeError,
  TypeError,
};

/** Whether an error is of a class that stands for one of NumPy's. */
export function isErrorOf(stored: StoredError, thrown: unknown): boolean {
  const kinds = stored.mro.flatMap((name) => classes[name] ?? []);
  return (
    kinds.some((Kind) => thrown instanceof Kind) && !/is not (?:a function|iterable)|undefined/u.test(String(thrown))
  );
}
