import { cond, fuse, operations, scan, trace, traceAbstract, whileLoop, type Value } from "@cotangent/core";
import { array, tinyBackend } from "@cotangent/core/testing";
import * as np from "@cotangent/numpy";
import { expect, test } from "vitest";
import { firstNaN } from "./first-nan.ts";

const { add, concatenate, div, exp, less, log, mul, neg, sub, sum } = operations;
const vector = { shape: [3], dtype: "float64" } as const;
const scalar = { shape: [], dtype: "float64" } as const;

test("a program whose numbers are all numbers has none", () => {
  const { graph } = trace((x: Value) => log(add(x, 1)))(array([1, 2]));
  expect(firstNaN(graph, [array([0, 1])])).toBe(null);
});

test("the first equation is told, with the element, its operands and its place", () => {
  const f = (x: Value) => {
    const y = mul(x, 2);
    return sum(log(y), [0]);
  };
  const { graph } = trace(f, { locations: true })(array([1, 2, 3]));
  const report = firstNaN(graph, [array([1, -2, -3])]);
  expect(report).toMatchObject({ kind: "NaN", variable: 3, element: [1] });
  expect(report?.equation?.primitive.name).toBe("log");
  expect(report?.location).toMatch(/first-nan\.test\.ts:\d+:\d+$/);
  expect(report?.message.replace(/at \S*first/, "at first")).toMatch(
    /^%3 is NaN at \[1\]\n {2}in equation 1, %3 = log\(%2\)\n {2}%2 is -4 there\n {2}called at first-nan\.test\.ts:\d+:\d+$/,
  );
});

test("an infinity that becomes a NaN later is told first", () => {
  const { graph } = trace((x: Value) => sub(exp(x), exp(x)))(array([1, 2]));
  expect(firstNaN(graph, [array([1, 1000])])).toMatchObject({ kind: "Infinity", variable: 1, element: [1] });
});

test("a NaN may come of infinities that were meant", () => {
  const { graph } = trace((x: Value) => mul(x, array([Infinity, 1])))(array([1, 2]));
  expect(firstNaN(graph, [array([0, 1])])?.message).toBe(
    "%2 is NaN at [0]\n  in equation 0, %2 = mul(%0, %1)\n  %0 is 0 there\n  %1 is Infinity there",
  );
});

test("inputs that have one are told before anything runs", () => {
  const { graph } = trace((x: Value, y: Value) => add(x, y))(array([[1, 2]]), array([[1, 2]]));
  expect(firstNaN(graph, [array([[1, 2]]), array([[1, Number.NaN]])])).toMatchObject({
    equation: null,
    message: "%1, input 1, is NaN at [0,1]",
  });
});

test("a constant is told where a result has it", () => {
  const { graph } = trace((x: Value) => mul(x, array([Number.NaN, 1])))(array([1, 2]));
  expect(firstNaN(graph, [array([1, 1])])?.message).toBe("%1, a constant, is NaN at [0]");
  const { graph: infinite } = trace((x: Value) => add(x, Infinity))(array([1, 2]));
  expect(firstNaN(infinite, [array([1, 1])])?.message).toBe("%1, a constant, is Infinity at []");
  const { graph: hidden } = trace((x: Value) => operations.minimum(x, Infinity))(array([1, 2]));
  expect(firstNaN(hidden, [array([1, 1])])).toBe(null);
});

test("operands that are not taken element by element are told by their range", () => {
  const { graph } = trace((x: Value) => sum(x, [0]))(array([1, 2]));
  expect(firstNaN(graph, [array([1e308, 1e308])])?.message).toContain("%0 is float64[2] from 1e+308 to 1e+308");
});

test("loops are followed to the turn, and branches where they lead", () => {
  const walking = traceAbstract(
    (xs) => [scan((state: Value, x: Value) => [div(state, x), state], array(1), xs)[0]],
    [vector],
    tinyBackend,
  );
  expect(firstNaN(walking, [array([1, 0, 1])])?.message).toContain("in step 1\n  in equation 0, %2 = div(%0, %1)");
  const turning = traceAbstract(
    (x) => [
      whileLoop(
        (y: Value) => less(y, 1e300),
        (y) => mul(y, 1e200),
        x,
      ),
    ],
    [scalar],
    tinyBackend,
  );
  expect(firstNaN(turning, [array(1e120)])?.message).toContain("in turn 0\n");
  expect(firstNaN(turning, [array(1e105)])?.message).toBe(undefined);
  const branching = traceAbstract((x) => [cond(less(x, 0), log, exp, x)], [scalar], tinyBackend);
  expect(firstNaN(branching, [array(-1)])?.message).toContain("in branches[0]\n");
  expect(firstNaN(branching, [array(1)])).toBe(null);
});

test("a call is looked into, and its equation told by the way there", () => {
  const { graph } = trace((x: Value) => mul(log(x), 2))(array([1, 2]));
  const report = firstNaN(fuse(graph), [array([1, -1])]);
  expect(report).toMatchObject({ kind: "NaN", element: [1] });
  expect(report?.equation?.primitive.name).toBe("log");
  expect(report?.message).toBe(
    "%2 is NaN at [1]\n  in equation 0, %2 = call(%0)\n  in equation 0, %2 = log(%0)\n  %0 is -1 there",
  );
});

test("a constant that is none is no matter where no result has it", () => {
  const { graph } = trace((x: Value) => [mul(x, array([Number.NaN, 1])), neg(x)] as const)(array([1, 2]));
  const [, harmless] = graph.outputs;
  expect(firstNaN({ ...graph, outputs: [harmless ?? -1] }, [array([1, 2])])).toBe(null);
  expect(firstNaN(graph, [array([1, 2])])).toMatchObject({ equation: null, element: [0] });
});

test("of complex operands of a sum the type is told", () => {
  const x = np.array([
    { re: 1, im: 0 },
    { re: Infinity, im: 0 },
  ]);
  const y = np.array([
    { re: 1, im: 0 },
    { re: -Infinity, im: 0 },
  ]);
  const inputs = [x, y].map((each) => ({ shape: each.shape, dtype: each.dtype }));
  const graph = traceAbstract((a, b) => [sum(concatenate([a ?? x, b ?? y], 0), [0])], inputs, np.backend);
  expect(firstNaN(graph, [x, y])?.message).toMatch(/^%0, input 0, is Infinity\S* at \[1\]$/u);
  const large = np.array([
    { re: 1.7e308, im: 0 },
    { re: 1.7e308, im: 0 },
  ]);
  expect(firstNaN(graph, [large, large])?.message).toBe(
    "%3 is Infinity+0i at []\n  in equation 1, %3 = sum(%2)\n  %2 is complex128[4]",
  );
});

test("a graph that uses what it has not defined is told to be checked", () => {
  const { graph } = trace((x: Value) => log(mul(x, x)))(array([1, 2]));
  const backwards = { ...graph, equations: graph.equations.toReversed() };
  expect(() => firstNaN(backwards, [array([1, 2])])).toThrow(RangeError);
  expect(() => firstNaN(backwards, [array([1, 2])])).toThrow("%1 is used before it is defined; see checkGraph");
});
