import { expect, test } from "vitest";
import { needsUnknownDType, readGoldens } from "../../numpy/test/goldens.ts";
import { derivativeFaults } from "./golden-derivatives.ts";

const families = ["elementwise", "reductions", "shape", "indexing", "linalg", "fft", "complex", "edge", "fuzz"];

for (const family of families) {
  test(`derivatives of ${family} are those of the references, to second order and in every mode`, () => {
    const cases = readGoldens(family).filter((golden) => !needsUnknownDType(golden));
    const faults = cases.flatMap(derivativeFaults);
    expect(faults).toEqual([]);
    expect(cases.filter(({ derivs = [] }) => derivs.length > 0).length).toBeGreaterThan(10);
  });
}
