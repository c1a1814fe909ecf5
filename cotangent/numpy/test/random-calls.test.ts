// Calls with random arguments: dtypes, shapes, layouts and options that no author would think of putting together.
import { expect, test } from "vitest";
import * as np from "../src/index.ts";
import { isErrorOf, readGoldens, run, type GoldenCase } from "./goldens.ts";
import { mismatch, type Tolerance } from "./matching.ts";

/** How close floats must be, by what kind of function they come from. */
const tolerances: Readonly<Record<string, Tolerance>> = {
  close: { elementwise: 1e-13, signOfZero: true },
  sums: { elementwise: 1e-12, normwise: 1e-12 },
  products: { elementwise: 1e-12, normwise: 1e-12 },
  decompositions: { elementwise: 1e-7, normwise: 1e-7 },
};

interface RandomCall extends GoldenCase {
  readonly tolerance: string;
}

/** What is wrong with a case: none if nothing. */
function faultsOf(golden: RandomCall): readonly string[] {
  const found = faultOf(golden);
  return found === undefined ? [] : [`${golden.id}: ${found}`];
}

function faultOf(golden: RandomCall): string | undefined {
  try {
    const result = run(golden, np);
    if (golden.error !== undefined) return `throws no ${golden.error.type}`;
    return mismatch(result, golden.value, tolerances[golden.tolerance] ?? {}, golden.compare);
  } catch (error) {
    if (golden.error !== undefined && isErrorOf(golden.error, error)) return undefined;
    return String(error);
  }
}

test("random calls give what NumPy gives, and fail where it fails", () => {
  const calls = readGoldens("random-calls") as readonly RandomCall[];
  expect(calls.flatMap(faultsOf)).toEqual([]);
  expect(calls.length).toBeGreaterThan(1000);
  expect(new Set(calls.map(({ fn }) => fn)).size).toBeGreaterThan(300);
});
