import { expect, test } from "vitest";
import { array, tinyBackend } from "../test/testing.ts";
import { checkGraph } from "./check-graph.ts";
import { cond, scan } from "./control-flow.ts";
import { GraphError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { subgraphs, type Graph } from "./graph.ts";
import { add, cos, less, mul, neg, sin, sub } from "./operations.ts";
import { primitives } from "./primitives.ts";
import { ancestors, definitionOf, descendants, inputTypes, sliceGraph, usesOf } from "./query.ts";
import { inlineCalls, rewrite } from "./rewrite.ts";
import { trace, traceAbstract } from "./trace-function.ts";
import type { Value } from "./value.ts";

const c = array([5, 6]);
/** %0 and %1 are inputs, %2 is their product, %4 its sum with the constant %3, %5 sin(x). */
const { graph } = trace((x: Value, y: Value) => [add(mul(x, y), c), sin(x)])(array([1, 2]), array([3, 4]));
const names = ({ equations }: Graph) => equations.map(({ primitive }) => primitive.name).join(" ");
const scalar = { shape: [], dtype: "float64" } as const;

test("every variable says where it comes from", () => {
  expect(definitionOf(graph, 1)).toEqual({ kind: "input", place: 1 });
  expect(definitionOf(graph, 3)).toEqual({ kind: "constant", value: c });
  expect(definitionOf(graph, 4)).toEqual({ kind: "equation", equation: graph.equations[1], index: 1, place: 0 });
  expect(() => definitionOf(graph, 9)).toThrow(new GraphError("nothing defines %9"));
});

test("every variable says where it is used", () => {
  expect(usesOf(graph, 0).map((use) => [use.kind, use.place])).toEqual([
    ["equation", 0],
    ["equation", 0],
  ]);
  expect(usesOf(graph, 4)).toEqual([{ kind: "output", place: 0 }]);
  expect(usesOf(graph, 9)).toEqual([]);
});

test("what a variable depends on, and what depends on it", () => {
  expect([...ancestors(graph, [4])].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  expect([...ancestors(graph, [5])].toSorted((a, b) => a - b)).toEqual([0, 5]);
  expect([...descendants(graph, [1])].toSorted((a, b) => a - b)).toEqual([1, 2, 4]);
  expect([...descendants(graph, [0])].toSorted((a, b) => a - b)).toEqual([0, 2, 4, 5]);
});

test("the types of the inputs", () => {
  expect(inputTypes(graph)).toEqual([
    { shape: [2], dtype: "float64" },
    { shape: [2], dtype: "float64" },
  ]);
});

test("a slice has what its outputs need, and takes what the graph takes", () => {
  const slice = checkGraph(sliceGraph(graph, [5]));
  expect([names(slice), slice.inputs.length, slice.constants.size]).toEqual(["sin", 2, 0]);
  expect(evaluate(slice, [array([0, 0]), c])[0]?.toList()).toEqual([0, 0]);
});

test("a slice may begin anywhere", () => {
  const slice = checkGraph(sliceGraph(graph, [4], [2]));
  expect(names(slice)).toBe("add");
  expect(evaluate(slice, [array([1, 1])])[0]?.toList()).toEqual([6, 7]);
  expect(() => sliceGraph(graph, [4], [0])).toThrow("the outputs need %1, which is not among the inputs");
});

test("a slice may begin at a constant, or at what an equation gives beside other results", () => {
  const slice = checkGraph(sliceGraph(graph, [4], [2, 3]));
  expect(evaluate(slice, [array([1, 1]), array([1, 2])])[0]?.toList()).toEqual([2, 3]);
  expect(names(checkGraph(sliceGraph(graph, [2, 3], [2])))).toBe("");
});

test("a rule puts equations in other words", () => {
  const rewritten = rewrite(graph, ({ primitive, operands }, to) => {
    if (primitive.name !== "add") return null;
    const [x = -1, y = -1] = operands;
    return [to.single(primitives.sub, [x, to.single(primitives.neg, [y], {})], {})];
  });
  expect(names(checkGraph(rewritten))).toBe("mul neg sub sin");
  const inputs = [array([1, 2]), array([3, 4])];
  expect(evaluate(rewritten, inputs).map((each) => each.toList())).toEqual(
    evaluate(graph, inputs).map((each) => each.toList()),
  );
});

test("a rule knows the types and definitions of what was written before it", () => {
  const seen: unknown[] = [];
  rewrite(graph, ({ operands, types }, to) => {
    seen.push([
      operands.map((variable) => to.definitionOf(variable)?.primitive.name ?? to.constantOf(variable)),
      types.length,
    ]);
    return null;
  });
  expect(seen).toEqual([
    [[undefined, undefined], 1],
    [["mul", c], 1],
    [[undefined], 1],
  ]);
});

const called = (inner: Graph, rules: null | { jvp: null; vjp: () => never } = null) => {
  const outer = traceAbstract((x) => [cos(x)], [scalar], tinyBackend);
  return rewrite(outer, ({ operands }, to) =>
    to.bind(primitives.call, operands, { graph: inner, name: "inner", rules }),
  );
};

test("calls are replaced by what they do, also within graphs", () => {
  const inner = traceAbstract((x) => [neg(sin(x))], [scalar], tinyBackend);
  expect(names(checkGraph(inlineCalls(called(called(inner)))))).toBe("sin neg");
  const branching = traceAbstract((x) => [cond(less(x, 0), (y: Value) => sub(y, 1), cos, x)], [scalar], tinyBackend);
  const within = rewrite(branching, (equation, to) =>
    equation.primitive.name === "cond"
      ? to.bind(primitives.cond, equation.operands, { branches: [called(inner), called(inner)] })
      : null,
  );
  expect(
    inlineCalls(within)
      .equations.flatMap(subgraphs)
      .map(([, each]) => names(each)),
  ).toEqual(["sin neg", "sin neg"]);
});

test("calls whose derivatives are given stay, unless all are asked for", () => {
  const inner = traceAbstract((x) => [neg(sin(x))], [scalar], tinyBackend);
  const rules = {
    jvp: null,
    vjp: (): never => {
      throw new Error("is not run");
    },
  };
  expect(names(inlineCalls(called(inner, rules)))).toBe("call");
  expect(names(inlineCalls(called(inner, rules), { all: true }))).toBe("sin neg");
});

test("a result that is given stays what it is, where another of its equation is needed", () => {
  const { graph } = trace((x: Value) => scan((state: Value, each: Value) => [add(state, each), state], x, c))(array(1));
  const [last = -1, all = -1] = graph.outputs;
  const slice = checkGraph(sliceGraph(graph, [last, all], [...graph.inputs, last]));
  expect(evaluate(slice, [array(1), array(100)]).map((each) => each.toList())).toEqual([100, [1, 6]]);
});
