import * as fc from "fast-check";
import { expect, test } from "vitest";
import { randomPrograms } from "../test/random-graphs.ts";
import { array, tinyBackend } from "../test/testing.ts";
import type { Aval } from "./aval.ts";
import { checkGraph } from "./check-graph.ts";
import { cond } from "./control-flow.ts";
import { GraphError } from "./errors.ts";
import type { Equation, Graph } from "./graph.ts";
import { add, less, mul, sin, sum } from "./operations.ts";
import { primitives } from "./primitives.ts";
import { ProgramTrace } from "./program-trace.ts";
import { trace, traceAbstract } from "./trace-function.ts";
import type { Value } from "./value.ts";

const c = array([1, 2, 3]);
/** %0 and %1 are inputs, %2 a constant, %3 a product, %4 a sum. */
const { graph } = trace((x: Value, y: Value) => add(mul(x, c), y))(array([1, 2, 3]), array([4, 5, 6]));
const [product, total] = graph.equations as readonly [Equation, Equation];
const vector: Aval = { shape: [3], dtype: "float64" };
const scalar: Aval = { shape: [], dtype: "float64" };

function refuses(name: string, change: Partial<Graph>, message: string) {
  test(`${name}: ${message}`, () => {
    const check = () => checkGraph({ ...graph, ...change });
    expect(check).toThrow(GraphError);
    expect(check).toThrow(message);
  });
}

const withEquations = (...equations: readonly Equation[]): Partial<Graph> => ({ equations });

test("a graph that was traced checks, and comes back", () => {
  expect(checkGraph(graph)).toBe(graph);
});

test("random graphs check", () => {
  const programs = fc.sample(randomPrograms(), { numRuns: 50, seed: 1 });
  expect(programs.every(({ graph }) => checkGraph(graph) === graph)).toBe(true);
});

refuses(
  "a use before the definition",
  withEquations(total, product),
  "equation 0, %4 = add(%3, %1): %3 is used before it is defined",
);
refuses(
  "two definitions",
  withEquations(product, { ...total, results: [3] }),
  "equation 1, %3 = add(%3, %1): %3 is defined twice",
);
refuses("an input twice", { inputs: [0, 0, 1] }, "inputs: %0 is defined twice");
refuses("an input that is a constant", { inputs: [0, 1, 2] }, "constants: %2 is defined twice");
refuses("no definition", { avals: [...graph.avals, vector] }, "%5 is never defined");
refuses(
  "no such variable",
  withEquations({ ...product, operands: [0, 9] }, total),
  "equation 0, %3 = mul(%0, %9): there is no variable %9",
);
refuses("no such output", { outputs: [7] }, "outputs: there is no variable %7");
refuses("an output that nothing defines", withEquations(product), "outputs: %4 is used before it is defined");
refuses(
  "a wrong type",
  { avals: graph.avals.with(4, scalar) },
  "equation 1, %4 = add(%3, %1): %4 is float64[] and should be float64[3]",
);
refuses("no type", { avals: graph.avals.with(4, { shape: [-1], dtype: "float64" }) }, "%4 has no type");
refuses(
  "operands that do not fit",
  { avals: graph.avals.with(1, { shape: [4], dtype: "float64" }) },
  "equation 1, %4 = add(%3, %1): add(float64[3], float64[4]): operands have different shapes; broadcast them",
);
refuses(
  "too many results",
  withEquations({ ...product, results: [3, 4] }),
  "equation 0, %3, %4 = mul(%0, %2): gives 1 results",
);
refuses(
  "a scalar beside arrays",
  { avals: graph.avals.with(1, scalar) },
  "equation 1, %4 = add(%3, %1): the scalar %1 stands beside arrays and is no constant; broadcast it",
);
refuses(
  "a constant of another type",
  { constants: new Map([[2, array([1])]]) },
  "constants: %2 is float64[3] and its value float64[1]",
);
refuses(
  "a traced constant",
  { constants: new Map([[2, new ProgramTrace().inputOf(c)]]) },
  "constants: %2 belongs to a trace; close over it",
);
refuses(
  "unknown parameters",
  withEquations({ ...product, params: { axis: 1 } }, total),
  "mul(%0, %2): has no parameter axis",
);
refuses(
  "a primitive of one's own",
  withEquations({ ...product, primitive: { ...primitives.mul } }, total),
  "mul(%0, %2): mul is no primitive",
);

test("a scalar constant stands beside arrays", () => {
  const { graph } = trace((x: Value) => mul(x, 2))(array([1, 2]));
  expect(checkGraph(graph)).toBe(graph);
});

test("parameters are looked at", () => {
  const { graph } = trace((x: Value) => sum(x, [0]))(array([[1, 2]]));
  const [equation] = graph.equations as readonly [Equation];
  const check = (params: object) => () => checkGraph({ ...graph, equations: [{ ...equation, params }] });
  expect(check({})).toThrow("parameter axes is missing");
  expect(check({ axes: [-1] })).toThrow("parameter axes is no list of axes");
  expect(check({ axes: 0 })).toThrow("parameter axes is no list of axes");
  expect(check({ axes: [5] })).toThrow("not axes of it");
});

test("graphs within the graph are checked, and errors say where they are", () => {
  const inside = (x: Value) => add(x, sin(x));
  const graph = traceAbstract((x) => [cond(less(x, 0), inside, inside, x)], [scalar], tinyBackend);
  const [test, branch] = graph.equations as readonly [Equation, Equation<"cond">];
  const [yes, no] = branch.params.branches;
  const params = { branches: [yes, { ...no, equations: no.equations.toReversed() }] } as const;
  expect(() => checkGraph({ ...graph, equations: [test, { ...branch, params }] })).toThrow(
    /^equation 1, %3 = cond\(%2, %0\), branches\[1\]: equation 0, %2 = add\(%0, %1\): %1 is used before/,
  );
});
