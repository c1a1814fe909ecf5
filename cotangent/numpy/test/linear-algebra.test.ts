import type { Value } from "@cotangent/core";
import { describe, expect, test } from "vitest";
import * as np from "../src/index.ts";
import { decodeArray, isErrorOf, isStoredArray, readGoldens, run, type GoldenCase } from "./goldens.ts";
import { elementsOf, mismatch } from "./matching.ts";

const own =
  /^np\.(?:linalg\.\w+|fft\.\w+|matmul|dot|inner|outer|vdot|vecdot|matvec|vecmat|tensordot|einsum|kron|cross|trace|diagonal)$/u;

/** What is wrong with a case: undefined if nothing. */
function fault(golden: GoldenCase): string | undefined {
  try {
    const result = run(golden, np);
    if (golden.error !== undefined) return `throws no ${golden.error.type}`;
    if (golden.compare === "gauge") return gaugeFault(golden, result as readonly Value[]);
    return mismatch(result, golden.value, { normwise: 1e-11 }, golden.compare);
  } catch (error) {
    if (golden.error !== undefined && isErrorOf(golden.error, error)) return undefined;
    return error instanceof Error ? error.stack?.slice(0, 400) : String(error);
  }
}

function adjoint(a: Value): Value {
  return np.conj(np.linalg.matrix_transpose(a));
}

/** Whether the factors, which are not unique, give the matrix back. */
function gaugeFault(golden: GoldenCase, factors: readonly Value[]): string | undefined {
  const [stored] = golden.args;
  const [x, y, z] = factors;
  if (!isStoredArray(stored) || x === undefined || y === undefined) return "gives no factors";
  const a = decodeArray(stored);
  if (z !== undefined) return distance(np.matmul(np.multiply(x, y), z), a);
  if (golden.fn === "np.linalg.qr")
    return distance(np.matmul(x, y), a) ?? distance(np.matmul(adjoint(x), x), np.linalg.matrix_power(a, 0));
  return distance(np.matmul(a, y), np.multiply(y, x));
}

function distance(x: Value, y: Value): string | undefined {
  const sizes = elementsOf(np.abs(np.subtract(x, y))).map(Number);
  return Math.max(...sizes) < 1e-12 ? undefined : `factors are off by ${Math.max(...sizes)}`;
}

describe("values are those of NumPy", () => {
  for (const family of ["linalg", "fft", "fuzz", "complex", "shape", "forward", "edge", "errors"]) {
    test(`linear algebra and transforms: ${family}`, () => {
      const cases = readGoldens(family).filter(({ fn }) => own.test(fn));
      const faults = cases.flatMap((golden) => {
        const found = fault(golden);
        return found === undefined ? [] : [`${golden.id}: ${found}`];
      });
      expect(cases.length).toBeGreaterThan(0);
      expect(faults).toEqual([]);
    });
  }
});

test("small matrices have their eigenvalues and eigenvectors in LAPACK's order and with its signs", () => {
  const cases = readGoldens("linalg").filter(({ fn }) => fn === "np.linalg.eig" || fn === "np.linalg.eigh");
  for (const golden of cases) expect(mismatch(run(golden, np), golden.value, { normwise: 1e-11 })).toBeUndefined();
  expect(cases.length).toBe(2);
});
