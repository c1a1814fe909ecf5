import { expect, test } from "vitest";
import { array, tinyBackend } from "../test/testing.ts";
import { evaluate } from "./evaluate.ts";
import { add, mul, sin, sum } from "./operations.ts";
import { closeOver, trace, traceAbstract } from "./trace-function.ts";
import { ProgramTrace } from "./program-trace.ts";
import type { Value } from "./value.ts";

const names = (graph: { equations: readonly { primitive: { name: string } }[] }) =>
  graph.equations.map(({ primitive }) => primitive.name);

test("a trace gives the program, and the value at these arguments", () => {
  const { graph, value } = trace((x: Value, y: Value) => add(mul(x, y), sin(x)))(array([0, 1]), array([2, 3]));
  expect(names(graph)).toEqual(["mul", "sin", "add"]);
  expect(value.toList()).toEqual([0, 3 + Math.sin(1)]);
  expect(evaluate(graph, [array([0, 0]), array([1, 1])]).map((each) => each.toList())).toEqual([[0, 0]]);
});

test("arguments and results may have any structure; numbers are no inputs", () => {
  const { graph, value } = trace(({ a, b }: { a: Value; b: Value[] }, factor: number) => ({
    sum: add(a, b[0] ?? a),
    product: mul(a, factor),
  }))({ a: array(1), b: [array(2)] }, 10);
  expect([graph.inputs.length, graph.outputs.length]).toEqual([2, 2]);
  expect([value.sum.item(), value.product.item()]).toEqual([3, 10]);
});

test("an array from outside is one constant, however often it is used", () => {
  const c = array([1, 2]);
  const { graph } = trace((x: Value) => add(mul(x, c), c))(array([1, 1]));
  expect([...graph.constants.values()]).toEqual([c]);
});

test("what does not depend on the arguments is computed once and for all", () => {
  const { graph } = trace((x: Value) => add(x, sin(array(2))))(array(1));
  expect(names(graph)).toEqual(["add"]);
  expect([...graph.constants.values()].map((each) => each.item())).toEqual([Math.sin(2)]);
});

test("a result that is an argument, a constant or no array", () => {
  const c = array(7);
  const { graph, value } = trace((x: Value) => [x, x, c, 3] as const)(array(1));
  expect([graph.outputs.length, graph.equations.length]).toEqual([3, 0]);
  expect(evaluate(graph, [array(5)]).map((each) => each.item())).toEqual([5, 5, 7]);
  expect([value[0].item(), value[3]]).toEqual([1, 3]);
});

test("locations are noted on request", () => {
  const f = (x: Value) => sin(x);
  expect(trace(f)(array(1)).graph.equations[0]?.location).toBe(null);
  expect(trace(f, { locations: true })(array(1)).graph.equations[0]?.location).toMatch(
    /trace-function\.test\.ts:\d+:\d+$/,
  );
});

test("a trace by types knows no elements, and computes nothing", () => {
  const graph = traceAbstract((x) => [sum(x, [0])], [{ shape: [2, 3], dtype: "float64" }], tinyBackend);
  expect(graph.avals).toEqual([
    { shape: [2, 3], dtype: "float64" },
    { shape: [3], dtype: "float64" },
  ]);
});

test("a graph's types are no arrays, which it would keep alive", () => {
  const { graph } = trace((x: Value) => add(x, x))(array([1]));
  expect(graph.avals.every((each) => Object.keys(each).join() === "shape,dtype")).toBe(true);
});

test("traced constants become the first inputs of a graph that is closed over", () => {
  const outer = new ProgramTrace();
  const x = outer.inputOf(array(2));
  const c = array(3);
  const open = traceAbstract((y) => [add(mul(y, x), c)], [{ shape: [], dtype: "float64" }], tinyBackend);
  const { graph, captured } = closeOver(open);
  expect(captured).toEqual([x]);
  expect([...graph.constants.values()]).toEqual([c]);
  expect(evaluate(graph, [array(10), array(1)]).map((each) => each.item())).toEqual([13]);
});

test("a graph without traced constants is closed as it is", () => {
  const graph = traceAbstract((y) => [y], [{ shape: [], dtype: "float64" }], tinyBackend);
  expect(closeOver(graph)).toEqual({ graph, captured: [] });
});
