import { readFileSync } from "node:fs";
import type { Value } from "@cotangent/core";
import { grad, hessian, jvp } from "cotangent";
import { expect, test } from "vitest";
import { decodeArray, type StoredArray } from "../../numpy/test/goldens.ts";
import { mismatch } from "../../numpy/test/matching.ts";
import { programOf, type GoldenProgram } from "./golden-programs.ts";

type Arrays = Readonly<Record<string, Value>>;

const text = readFileSync(new URL("../../numpy/test/goldens/programs.json", import.meta.url), "utf8");
const { cases } = JSON.parse(text) as { readonly cases: readonly GoldenProgram[] };

const value = { normwise: 1e-11, elementwise: 1e-12 };
const first = { normwise: 1e-9, elementwise: 1e-11 };
const second = { normwise: 1e-8, elementwise: 1e-10 };

const arrays = (stored: Readonly<Record<string, StoredArray>> = {}): Arrays =>
  Object.fromEntries(Object.entries(stored).map(([name, each]) => [name, decodeArray(each)]));

for (const program of cases) {
  const { id, inputs, wrt, expected } = program;
  const f = programOf(program);
  const x: Arrays = Object.fromEntries(wrt.map((name) => [name, decodeArray(inputs[name] as StoredArray)]));

  test(`${id}: the value`, () => {
    expect(mismatch(f({}), expected.value, value)).toBeUndefined();
  });

  if (wrt.length === 0) continue;

  test(`${id}: the gradient, and the derivative along a direction`, () => {
    const gradient = grad(f)(x);
    for (const name of wrt) expect(mismatch(gradient[name], expected.grad?.[name], first)).toBeUndefined();
    const [, directional] = jvp(f, [x], [arrays(expected.direction)]);
    expect(Number(directional.item())).toBeCloseTo(expected.directional ?? Number.NaN, 8);
  });

  test(`${id}: the derivative of the gradient along the direction`, () => {
    const [, changed] = jvp(grad(f), [x], [arrays(expected.direction)]);
    for (const name of wrt) expect(mismatch(changed[name], expected.hvp?.[name], second)).toBeUndefined();
  });

  if (expected.hessian === undefined) continue;

  test(`${id}: the Hessian`, () => {
    const blocks = hessian(f)(x) as Readonly<Record<string, Arrays>>;
    for (const [row, columns] of Object.entries(expected.hessian ?? {})) {
      for (const [column, stored] of Object.entries(columns)) {
        expect(mismatch(blocks[row]?.[column], stored, second)).toBeUndefined();
      }
    }
  });
}
