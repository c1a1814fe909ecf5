// Every rule of the tables, as what it claims to be.
import { operations, programNames, primitives, type PrimitiveName, type Value } from "@cotangent/core";
import { createTransformations } from "@cotangent/grad";
import { checkGrads } from "@cotangent/inspect";
import { backend } from "@cotangent/numpy";
import { expect, test } from "vitest";
import { rules } from "@cotangent/grad-numpy";
import { specs } from "./specs.ts";

const transformations = createTransformations(backend, rules);

for (const { name, f, operands, order } of specs) {
  test(`${name}: derivatives up to order ${order} agree with finite differences, and reverse with forward mode`, () => {
    expect(() =>
      checkGrads(transformations, f as (...values: readonly Value[]) => unknown, operands, { order }),
    ).not.toThrow();
  });

  test(`${name}: many examples at once are the same as one after the other`, () => {
    const examples = operands.map((operand) =>
      operations.concatenate(
        [0, 1, 2].map((k) => operations.reshape(operations.mul(operand, 1 + k / 64), [1, ...operand.shape])),
        0,
      ),
    );
    const batched = listOf(transformations.vmap(f)(...examples));
    for (const k of [0, 1, 2]) {
      const single = listOf(f(...operands.map((operand) => operations.mul(operand, 1 + k / 64))));
      for (const [place, result] of single.entries()) {
        const all = batched[place]?.toList() as readonly unknown[];
        expect(numbersOf(all[k])).toEqual(numbersOf(result.toList()).map((each) => expect.closeTo(each, 12) as number));
      }
    }
  });
}

test("every primitive that has a derivative is tried", () => {
  const tried = new Set<PrimitiveName>(specs.map(({ primitive }) => primitive));
  const differentiable = Object.entries(rules.jvps).filter(([, rule]) => rule !== "constant");
  expect(differentiable.map(([name]) => name).filter((name) => !tried.has(name as PrimitiveName))).toEqual([]);
});

test("every primitive but programs has a derivative rule", () => {
  const without = Object.keys(primitives).filter((name) => !(name in rules.jvps));
  expect(without).toEqual([...programNames]);
});

function listOf(output: unknown): readonly Value[] {
  return Array.isArray(output) ? (output as readonly Value[]) : [output as Value];
}

function numbersOf(tree: unknown): readonly number[] {
  if (Array.isArray(tree)) return tree.flatMap(numbersOf);
  if (typeof tree === "object" && tree !== null && "re" in tree && "im" in tree)
    return [Number(tree.re), Number(tree.im)];
  return [Number(tree)];
}
