import { expect, test } from "vitest";
import { array } from "../test/testing.ts";
import { ShapeError } from "./errors.ts";
import { evaluate, lastUsesOf } from "./evaluate.ts";
import { GraphBuilder } from "./graph.ts";
import { add, cos, mul, sin } from "./operations.ts";
import { primitives } from "./primitives.ts";
import { ProgramTrace } from "./program-trace.ts";
import { trace } from "./trace-function.ts";
import type { Value } from "./value.ts";

const { graph } = trace((x: Value, y: Value) => [mul(sin(x), y), cos(x)])(array([1, 2]), array([3, 4]));

test("a graph runs on other arrays of the same types", () => {
  const outputs = evaluate(graph, [array([0, 0]), array([1, 1])]);
  expect(outputs.map((each) => each.toList())).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test("inputs of other types are refused", () => {
  expect(() => evaluate(graph, [array([1, 2])])).toThrow(ShapeError);
  expect(() => evaluate(graph, [array([1, 2]), array(["1"].map(Number))])).toThrow(
    "the graph takes (float64[2], float64[2]) and was given (float64[2], float64[1])",
  );
  expect(() => evaluate(graph, [array([1, 2]), array([true, false])])).toThrow("bool[2]");
});

test("a graph runs under another trace", () => {
  const program = new ProgramTrace();
  const [product] = evaluate(graph, [program.inputOf(array([1, 2])), array([1, 1])]);
  expect(product && program.owns(product)).toBe(true);
  expect(program.graph([]).equations.map(({ primitive }) => primitive.name)).toEqual(["sin", "mul", "cos"]);
});

test("a variable is let go after its last use, an output never", () => {
  // 0 and 1 are the inputs, 2 is sin(x), 3 the product and 4 cos(x).
  expect(lastUsesOf(graph)).toEqual([[], [2, 1], [0]]);
});

test("a result that nobody needs is let go at once", () => {
  const { graph } = trace((x: Value) => {
    sin(x);
    return add(x, x);
  })(array(1));
  expect(lastUsesOf(graph)).toEqual([[1], [0]]);
});

test("a variable that is used before it is defined is named", () => {
  const builder = new GraphBuilder();
  const x = builder.input({ shape: [], dtype: "float64" });
  builder.equation({ primitive: primitives.sin, operands: [x + 2], params: {}, location: null }, [builder.avalOf(x)]);
  expect(() => evaluate(builder.finish([x]), [array(1)])).toThrow("variable 2 is used before it is defined");
});
