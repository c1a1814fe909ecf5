import { expect, test } from "vitest";
import { array } from "../test/testing.ts";
import { avalOf, GraphBuilder, subgraphs } from "./graph.ts";
import { add, less, neg, sin } from "./operations.ts";
import { primitives } from "./primitives.ts";
import { cond } from "./control-flow.ts";
import { trace } from "./trace-function.ts";
import type { Value } from "./value.ts";

const type = { shape: [2], dtype: "float64" } as const;

test("a graph is built equation after equation", () => {
  const builder = new GraphBuilder();
  const x = builder.input(type);
  const c = builder.constant(array([1, 2]));
  const [sum = -1] = builder.equation(
    { primitive: primitives.add, operands: [x, c], params: {}, location: "here:1:2" },
    [type],
  );
  const graph = builder.finish([sum]);
  expect([graph.inputs, graph.outputs, graph.avals]).toEqual([[0], [2], [type, type, type]]);
  expect(graph.equations).toEqual([
    { primitive: primitives.add, operands: [0, 1], params: {}, results: [2], location: "here:1:2" },
  ]);
  expect(avalOf(graph, sum)).toEqual(type);
});

test("one array is one constant", () => {
  const builder = new GraphBuilder();
  const c = array([1, 2]);
  expect([builder.constant(c), builder.constant(c), builder.constant(array([1, 2]))]).toEqual([0, 0, 1]);
});

test("a variable that is not there has no type", () => {
  expect(() => avalOf(new GraphBuilder().finish([]), 3)).toThrow(new RangeError("the graph has no variable 3"));
  expect(() => new GraphBuilder().avalOf(3)).toThrow(RangeError);
});

test("subgraphs are named after their parameters", () => {
  const { graph } = trace((x: Value) =>
    cond(
      less(x, 0),
      (y: Value) => neg(y),
      (y: Value) => add(sin(y), y),
      x,
    ),
  )(array(1));
  const found = graph.equations.flatMap(subgraphs).map(([name, { equations }]) => [name, equations.length]);
  expect(found).toEqual([
    ["branches[0]", 1],
    ["branches[1]", 2],
  ]);
});
