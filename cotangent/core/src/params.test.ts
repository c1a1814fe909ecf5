import { describe, expect, test } from "vitest";
import { array } from "../test/testing.ts";
import { neg } from "./operations.ts";
import { isAval, paramFault } from "./params.ts";
import type { PrimitiveName } from "./primitives.ts";
import { trace } from "./trace-function.ts";
import type { Value } from "./value.ts";

const { graph } = trace((x: Value) => neg(x))(array(1));
const itself = (values: readonly Value[]) => values;
const dot = { contract: [[0], [1]], batch: [[], []] };
const loop = { test: graph, body: graph, constants: [0, 2] };
const call = { graph, name: "f", rules: null };
const linear = {
  name: "f",
  types: [{ shape: [2], dtype: "float64" }],
  residuals: 0,
  forward: itself,
  pullback: itself,
};

describe("parameters of each kind are known from others", () => {
  const cases: readonly (readonly [PrimitiveName, object, Readonly<Record<string, unknown>>, string])[] = [
    ["dot", dot, { contract: [[0], [1], [2]] }, "parameter contract is no pair of lists of axes"],
    ["dot", dot, { batch: [[-1], [0]] }, "parameter batch is no pair of lists of axes"],
    ["qr", { mode: "reduced" }, { mode: "raw" }, 'parameter mode is no mode ("reduced" or "complete")'],
    ["qr", { mode: "complete" }, { mode: undefined }, 'parameter mode is no mode ("reduced" or "complete")'],
    ["while", loop, { constants: [0] }, "parameter constants is no pair of natural numbers"],
    ["while", loop, { constants: [0, 0.5] }, "parameter constants is no pair of natural numbers"],
    ["while", loop, { body: null }, "parameter body is no graph"],
    ["cond", { branches: [graph, graph] }, { branches: [graph] }, "parameter branches is no pair of graphs"],
    ["linearCall", linear, { types: [{ shape: [2] }] }, "parameter types is no list of types"],
    ["linearCall", linear, { types: [null] }, "parameter types is no list of types"],
    ["linearCall", linear, { name: 1 }, "parameter name is no text"],
    ["linearCall", linear, { forward: "f" }, "parameter forward is no function of an author"],
    ["cast", { dtype: "float32" }, { dtype: "float16" }, "parameter dtype is no dtype"],
    ["sum", { axes: [0, 1] }, { axes: [0.5] }, "parameter axes is no list of axes"],
    ["call", call, { rules: "mine" }, "parameter rules is no name of rules"],
    ["call", { ...call, rules: "pinv" }, { rules: 1 }, "parameter rules is no name of rules"],
    [
      "call",
      { ...call, rules: { jvp: itself, vjp: null } },
      { rules: undefined },
      "parameter rules is no name of rules",
    ],
    ["svd", { full: true }, { full: 1 }, "parameter full is no boolean"],
  ];

  for (const [name, right, change, fault] of cases) {
    test(`${name}: ${fault} (${Object.keys(change).join(", ")})`, () => {
      expect(paramFault(name, right)).toBe(null);
      expect(paramFault(name, { ...right, ...change })).toBe(fault);
    });
  }

  test("a parameter that is missing, and one that there is none of", () => {
    expect(paramFault("svd", {})).toBe("parameter full is missing");
    expect(paramFault("neg", { full: true })).toBe("has no parameter full");
    expect(paramFault("neg", {})).toBe(null);
  });
});

test("a type is a shape of natural numbers and a dtype", () => {
  expect(isAval({ shape: [2, 0], dtype: "int8" })).toBe(true);
  for (const other of [
    null,
    1,
    {},
    { shape: [1] },
    { dtype: "int8" },
    { shape: [-1], dtype: "int8" },
    { shape: [], dtype: "x" },
  ]) {
    expect(isAval(other)).toBe(false);
  }
});
