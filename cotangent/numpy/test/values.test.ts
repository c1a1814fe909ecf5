import { describe, expect, test } from "vitest";
import * as np from "../src/index.ts";
import { isErrorOf, isStoredArray, needsUnknownDType, readGoldens, run, type GoldenCase } from "./goldens.ts";
import { mismatch, type Tolerance } from "./matching.ts";

const close: Tolerance = { elementwise: 1e-12, signOfZero: true };
const reduced: Tolerance = { ...close, normwise: 1e-12 };

/** How close values must be, and how many cases of each file are of a dtype that there is none of here: float16. */
const families: readonly (readonly [name: string, tolerance: Tolerance, cases: number, skipped: number])[] = [
  ["elementwise", close, 506, 0],
  ["reductions", reduced, 203, 0],
  ["shape", reduced, 135, 0],
  ["indexing", close, 55, 0],
  ["complex", reduced, 80, 0],
  ["edge", reduced, 101, 0],
  ["fuzz", reduced, 96, 0],
  ["dtypes", close, 617, 60],
  ["forward", reduced, 106, 0],
  ["errors", close, 45, 0],
];

/** What is wrong with a case: undefined if nothing. */
function fault(golden: GoldenCase, tolerance: Tolerance): string | undefined {
  try {
    const result = run(golden, np);
    if (golden.error !== undefined) return `throws no ${golden.error.type}`;
    return mismatch(result, golden.value, tolerance, golden.compare);
  } catch (error) {
    if (golden.error !== undefined && isErrorOf(golden.error, error)) return undefined;
    return String(error);
  }
}

describe("values and errors are those of NumPy", () => {
  test.each(families)("%s", (family, tolerance, cases, skipped) => {
    const all = readGoldens(family);
    const known = all.filter((golden) => !needsUnknownDType(golden));
    const faults = known.flatMap((golden) => {
      const found = fault(golden, tolerance);
      return found === undefined ? [] : [`${golden.id}: ${found}`];
    });
    expect(faults).toEqual([]);
    expect([all.length, all.length - known.length]).toEqual([cases, skipped]);
  });
});

const layouts = ["F", "strided", "reversed"] as const;

describe("values don't depend on how arrays lie in memory", () => {
  test.each(families.filter(([family]) => !["dtypes", "forward", "errors"].includes(family)))(
    "%s",
    (family, tolerance) => {
      const faults = readGoldens(family).flatMap((golden) =>
        golden.mutates === undefined && !needsUnknownDType(golden)
          ? layouts.flatMap((layout) => {
              const found = fault({ ...golden, args: golden.args.map((each) => withLayout(each, layout)) }, tolerance);
              return found === undefined ? [] : [`${golden.id} ${layout}: ${found}`];
            })
          : [],
      );
      expect(faults).toEqual([]);
    },
  );
});

function withLayout(stored: unknown, layout: (typeof layouts)[number]): unknown {
  if (Array.isArray(stored)) return stored.map((each) => withLayout(each, layout));
  return isStoredArray(stored) && stored.shape.length > 0 ? { ...stored, layout } : stored;
}
