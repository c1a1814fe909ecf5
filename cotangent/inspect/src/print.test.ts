import { expect, test } from "vitest";
import { operations, primitives, rewrite, trace, type Value } from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { nested, plain } from "../test/programs.ts";
import { print } from "./print.ts";

test("a graph is a line for each equation, with the types of its results", () => {
  expect(print(plain)).toBe(`graph(%0: float64[3], %1: float64[3]) {
  %3: float64[] = constant 2
  %5: float64[3] = constant [1, 2, 3]
  %2: float64[3] = sin %0
  %4: float64[3] = mul %2 %3
  %6: float64[3] = mul %1 %5
  %7: float64[3] = add %4 %6
  %8: float64[] = sum axes=[0] %7
  return %8
}`);
});

test("graphs within it stand below their equations", () => {
  expect(print(nested)).toBe(`graph(%0: float64[3], %1: float64[]) {
  %2: float64[], %3: float64[3] = scan constants=0 carries=1 length=3 reverse=false %1 %0
    body: graph(%0: float64[], %1: float64[]) {
      %2: float64[] = constant 0
      %3: bool[] = less %1 %2
      %4: float64[] = cond %3 %1 %0
        branches[0]: graph(%2: float64[], %0: float64[]) {
          %1: float64[] = neg %0
          return %1
        }
        branches[1]: graph(%2: float64[], %0: float64[]) {
          %1: float64[] = exp %0
          %3: float64[] = add %1 %2
          return %3
        }
      %5: float64[] = mul %4 %1
      return %4, %5
    }
  return %2, %3
}`);
});

test("places in the program are told on request, where the trace noted them", () => {
  const f = (x: Value) => operations.neg(x);
  const { graph } = trace(f, { locations: true })(array(1));
  expect(print(graph, { locations: true })).toMatch(/%1: float64\[\] = neg %0 {2}\/\/ .*print\.test\.ts:\d+:\d+\n/);
  expect(print(graph)).not.toContain("//");
});

test("special numbers, large arrays and functions are shown as far as they can be", () => {
  const f = (x: Value) => {
    const numbers = operations.mul(x, array([-0, Number.NaN, Infinity, 1 / 3, 1e300, 2]));
    return operations.add(numbers, operations.mul(x, array([1, 2, 3, 4, 5, 6, 7].slice(1))));
  };
  const { graph } = trace(f)(array([1, 2, 3, 4, 5, 6]));
  expect(print(graph)).toContain("constant [-0, NaN, Infinity, 0.333333, 1e+300, 2]");
  const { graph: large } = trace((x: Value) => operations.mul(x, array(Array.from({ length: 9 }, () => 1))))(
    array(Array.from({ length: 9 }, () => 1)),
  );
  expect(print(large)).toContain("%1: float64[9] = constant …\n");
  const rules = { jvp: null, vjp: () => ({ results: [], pullback: () => [] }) };
  const called = rewrite(large, ({ operands }, to) =>
    to.bind(primitives.call, operands.slice(0, 1), { graph: plainIdentity, name: "mine", rules }),
  );
  expect(print(called)).toContain("= call name=mine rules=… %0\n");
});

const { graph: plainIdentity } = trace((x: Value) => x)(array(Array.from({ length: 9 }, () => 1)));
