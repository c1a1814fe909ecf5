// Whether results are what golden files say, and in which way they are not.
import type { NestedList, Scalar, Value } from "@cotangent/core";
import { isValue } from "@cotangent/core";
import { decodeArray, isStoredArray, type GoldenCase, type StoredArray } from "./goldens.ts";

/** How close floats must be. */
export interface Tolerance {
  /** Relative to each element. */
  readonly elementwise?: number;
  /** Relative to the largest element. */
  readonly normwise?: number;
  /** What counts as the size of the largest element at least. */
  readonly floor?: number;
  /** Whether -0 is another number than 0. */
  readonly signOfZero?: boolean;
}

const single = 1e-6;

/** What is wrong with a result: undefined if nothing. */
export function mismatch(
  actual: unknown,
  stored: unknown,
  tolerance: Tolerance,
  compare?: GoldenCase["compare"],
): string | undefined {
  if (isStoredArray(stored)) return arrayMismatch(actual, stored, tolerance, compare);
  if (typeof stored === "object" && stored !== null) {
    if ("tuple" in stored) return tupleMismatch(actual, stored.tuple as readonly unknown[], tolerance);
    if ("dtype" in stored)
      return actual === stored.dtype ? undefined : `${String(actual)} is not ${String(stored.dtype)}`;
    if (Array.isArray(stored)) return tupleMismatch(actual, stored, tolerance);
  }
  return Object.is(actual, stored) ? undefined : `${JSON.stringify(actual)} is not ${JSON.stringify(stored)}`;
}

function tupleMismatch(actual: unknown, stored: readonly unknown[], tolerance: Tolerance): string | undefined {
  const list: readonly unknown[] | undefined = Array.isArray(actual) ? actual : undefined;
  if (list?.length !== stored.length) return `${String(actual)} is no list of ${stored.length}`;
  for (const [place, each] of stored.entries()) {
    const found = mismatch(list[place], each, tolerance);
    if (found !== undefined) return `[${place}]: ${found}`;
  }
  return undefined;
}

function arrayMismatch(
  actual: unknown,
  stored: StoredArray,
  tolerance: Tolerance,
  compare: GoldenCase["compare"],
): string | undefined {
  if (!isValue(actual)) return `${String(actual)} is no array`;
  const type = `${actual.dtype}[${actual.shape.join(",")}]`;
  const expected = `${stored.dtype}[${stored.shape.join(",")}]`;
  if (type !== expected) return `${type} is not ${expected}`;
  const elements = { actual: elementsOf(actual), expected: elementsOf(decodeArray(stored)) };
  // Of partitions only the elements as a whole are determined, whatever their order on either side.
  if (compare !== undefined) for (const each of Object.values(elements)) each.sort(byParts);
  return elementsMismatch(elements.actual, elements.expected, toleranceFor(stored.dtype, tolerance));
}

export function elementsOf(value: Value): Scalar[] {
  const list: NestedList = value.toList();
  return Array.isArray(list) ? (list.flat(Infinity) as Scalar[]) : [list as Scalar];
}

function byParts(x: Scalar, y: Scalar): number {
  const [a, b] = [parts(x), parts(y)];
  return a[0] - b[0] || a[1] - b[1];
}

function parts(x: Scalar): readonly [number, number] {
  return typeof x === "object" ? [x.re, x.im] : [Number(x), 0];
}

function toleranceFor(dtype: string, tolerance: Tolerance): Tolerance {
  if (dtype === "float32" || dtype === "complex64") {
    return { ...tolerance, elementwise: single, ...(tolerance.normwise === undefined ? {} : { normwise: single }) };
  }
  return dtype === "float64" || dtype === "complex128" ? tolerance : { elementwise: 0 };
}

function elementsMismatch(
  actual: readonly Scalar[],
  expected: readonly Scalar[],
  tolerance: Tolerance,
): string | undefined {
  const scale = Math.max(
    tolerance.floor ?? 0,
    ...expected.flatMap((each) => parts(each).map(Math.abs)).filter(Number.isFinite),
  );
  for (const [place, each] of expected.entries()) {
    const found = actual[place] ?? Number.NaN;
    if (typeof each !== "object" && typeof found !== "object" && typeof each !== "number") {
      if (each !== found) return `[${place}]: ${String(found)} is not ${String(each)}`;
      continue;
    }
    const size = Math.hypot(...parts(each));
    const [re, im] = parts(found);
    const [expectedRe, expectedIm] = parts(each);
    const allowed = Math.max((tolerance.elementwise ?? 0) * size, (tolerance.normwise ?? 0) * scale);
    if (!isClose(re, expectedRe, allowed, tolerance) || !isClose(im, expectedIm, allowed, tolerance)) {
      return `[${place}]: ${show(found)} is not ${show(each)}`;
    }
  }
  return undefined;
}

function isClose(actual: number, expected: number, allowed: number, { signOfZero }: Tolerance): boolean {
  if (signOfZero === true && actual === 0 && expected === 0) return Object.is(actual, expected);
  return Object.is(actual, expected) || actual === expected || Math.abs(actual - expected) <= allowed;
}

function show(x: Scalar): string {
  return typeof x === "object" ? `${x.re}+${x.im}i` : Object.is(x, -0) ? "-0" : String(x);
}
