import * as fc from "fast-check";
import { expect, test } from "vitest";
import { randomPrograms } from "../test/random-graphs.ts";
import { array, tinyBackend } from "../test/testing.ts";
import { dtypes, type DType } from "./aval.ts";
import { checkGraph } from "./check-graph.ts";
import { readElement, writeElement } from "./elements.ts";
import { GraphError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { GraphBuilder, type Graph } from "./graph.ts";
import { add, mul, sin, sum } from "./operations.ts";
import { primitives } from "./primitives.ts";
import { ProgramTrace } from "./program-trace.ts";
import { inlineCalls } from "./rewrite.ts";
import { fromJSON, toJSON } from "./serialise.ts";
import { trace } from "./trace-function.ts";
import type { Scalar, Value } from "./value.ts";

const throughText = (graph: Graph): unknown => JSON.parse(JSON.stringify(toJSON(graph)));
const again = (graph: Graph): Graph => fromJSON(throughText(graph), tinyBackend);

test("a graph comes back from its text and computes what it did", () => {
  fc.assert(
    fc.property(randomPrograms(), ({ graph, inputs }) => {
      const back = checkGraph(again(graph));
      expect(toJSON(back)).toEqual(toJSON(graph));
      const elements = (outputs: readonly Value[]) => outputs.map((each) => each.backend.elements(each));
      expect(elements(evaluate(back, inputs))).toEqual(elements(evaluate(graph, inputs)));
    }),
    { numRuns: 100, seed: 7 },
  );
});

test("the document is stable", () => {
  const { graph } = trace((x: Value) => sum(mul(x, 0.5), [0]), { locations: true })(array([1, 2]));
  const document = toJSON(graph);
  const place: unknown = expect.stringMatching(/serialise\.test\.ts:\d+:\d+$/);
  expect(document).toEqual({
    format: "cotangent-graph",
    version: 1,
    graph: {
      variables: ["float64[2]", "float64[]", "float64[2]", "float64[]"],
      inputs: [0],
      outputs: [3],
      constants: [{ variable: 1, elements: [0.5] }],
      equations: [
        { primitive: "mul", operands: [0, 1], results: [2], location: place },
        { primitive: "sum", operands: [2], results: [3], params: { axes: [0] }, location: place },
      ],
    },
  });
  expect(fromJSON(document, tinyBackend).equations[0]?.location).toBe(document.graph.equations[0]?.location);
});

const constant = (elements: readonly Scalar[], dtype: DType): Graph => {
  const builder = new GraphBuilder();
  return builder.finish([builder.constant(tinyBackend.fromElements(elements, { shape: [elements.length], dtype }))]);
};

test.each<[DType, readonly Scalar[]]>([
  ["float64", [0, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 0.1]],
  ["float32", [Math.fround(0.1), -0, Number.NaN]],
  ["int64", [0, -1, 9_007_199_254_740_991, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n]],
  ["uint64", [18_446_744_073_709_551_615n, 1]],
  ["bool", [true, false]],
  [
    "complex128",
    [
      { re: -0, im: Number.NaN },
      { re: Infinity, im: -0 },
    ],
  ],
  ["float64", []],
  ["float64", [Number.NaN, Number.NaN, Number.NaN]],
  ["float64", [-0, -0]],
  [
    "complex64",
    [
      { re: 1, im: 2 },
      { re: 1, im: 2 },
    ],
  ],
])("elements of %s are exact", (dtype, elements) => {
  const graph = again(constant(elements, dtype));
  expect([...graph.constants.values()].map((each) => tinyBackend.elements(each))).toEqual([elements]);
});

test("arrays of one element throughout are short", () => {
  const text = JSON.stringify(
    toJSON(
      constant(
        Array.from({ length: 10_000 }, () => 0.25),
        "float64",
      ),
    ),
  );
  expect(text.length).toBeLessThan(200);
  expect([...again(constant([7, 7, 7], "int64")).constants.values()][0]?.toList()).toEqual([7, 7, 7]);
});

test("elements that are no numbers of the dtype are refused", () => {
  const refused: readonly [unknown, DType][] = [
    ["1", "float64"],
    [null, "float64"],
    [true, "float64"],
    [1.5, "int32"],
    [128, "int8"],
    [-129, "int8"],
    [-1, "uint8"],
    ["9223372036854775808", "int64"],
    ["0x10", "int64"],
    [1, "bool"],
    [[1], "complex128"],
    [[1, "i"], "complex128"],
    [1, "complex128"],
  ];
  for (const [raw, dtype] of refused) expect(() => readElement(raw, dtype)).toThrow(GraphError);
  for (const dtype of dtypes) {
    const element = dtype === "bool" ? true : dtype.startsWith("complex") ? { re: 1, im: 2 } : 127;
    expect(readElement(writeElement(element), dtype)).toEqual(element);
  }
});

test("a graph with functions of an author can't be kept", () => {
  const { graph } = trace((x: Value) => sin(x))(array(1));
  const rules = { jvp: () => ({ results: [], tangents: [] }), vjp: null };
  const builder = new GraphBuilder();
  const x = builder.input({ shape: [], dtype: "float64" });
  const call = { primitive: primitives.call, operands: [x], params: { graph, name: "mine", rules }, location: null };
  const outer = builder.finish(builder.equation(call, [{ shape: [], dtype: "float64" }]));
  expect(() => toJSON(outer)).toThrow(
    new GraphError(
      "%1 = call(%0): rules is a function of an author, which a file can't hold; inlineCalls(graph, { all: true }) puts what a call computes in its place",
    ),
  );
  expect(evaluate(fromJSON(toJSON(inlineCalls(outer, { all: true })), tinyBackend), [array(1)])[0]?.item()).toBe(
    Math.sin(1),
  );
});

test("a graph with values of a trace can't be kept", () => {
  const outer = new ProgramTrace().inputOf(array(1));
  const { graph } = trace((x: Value) => add(x, outer))(array(1));
  expect(() => toJSON(graph)).toThrow("%1 belongs to a trace");
});

const { graph: traced } = trace((x: Value) => sum(mul(x, array([1, 2])), [0]))(array([3, 4]));
const valid = toJSON(traced);
const { equations, constants } = valid.graph;

/** The value with another at a place within it. */
function put(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(node)) return node.with(Number(key), put(node[Number(key)], rest, value));
  const fields = node as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: put(fields[key], rest, value) };
}

function refuses(name: string, path: string, value: unknown, message: string) {
  test(`${name} is refused: ${message}`, () => {
    const read = () => fromJSON(put(valid, path === "" ? [] : path.split("."), value), tinyBackend);
    expect(read).toThrow(GraphError);
    expect(read).toThrow(message);
  });
}

refuses("a text", "", JSON.stringify(valid), "the document: is a text; JSON.parse it");
refuses("a list", "", [], "the document: is a list and no object");
refuses("another document", "", { nodes: [] }, "its format is not cotangent-graph");
refuses("a later version", "version", 2, "is of version 2; this library reads version 1");
refuses("a document without graph", "graph", null, "graph: is null and no object");
refuses("a type", "graph.variables.0", "float16[2]", 'graph.variables[0]: "float16[2]" is no type');
refuses("a shape", "graph.variables.0", "float64[-2]", "is no type");
refuses("a huge shape", "graph.variables.0", `float64[${"9".repeat(30)}]`, "is no type");
refuses("a variable", "graph.outputs.0", 99, "graph.outputs[0]: 99 is no variable");
refuses("a fraction", "graph.inputs.0", 0.5, "graph.inputs[0]: 0.5 is no variable");
refuses("no list", "graph.equations", {}, "graph.equations: is an object and no list");
refuses("a primitive", "graph.equations.0.primitive", "eval", 'graph.equations[0]: "eval" is no primitive');
refuses("a name of Object's", "graph.equations.0.primitive", "constructor", '"constructor" is no primitive');
refuses("an element", "graph.constants.0.elements.1", "2", 'graph.constants[0]: "2" is no float64');
refuses("too few elements", "graph.constants.0.elements", [1], "has 1 elements for float64[2]");
refuses("a constant twice", "graph.constants", [...constants, ...constants], "constants[1]: %1 is defined twice");
refuses("a missing parameter", "graph.equations.1.params", {}, "parameter axes is missing");
refuses("a parameter of another kind", "graph.equations.1.params.axes", "0", "parameter axes is no list of axes");
refuses("an unknown parameter", "graph.equations.0.params", { toString: 1 }, "has no parameter toString");
refuses("a wrong order", "graph.equations", equations.toReversed(), "is used before it is defined");
refuses("a wrong type", "graph.variables.3", "float64[2]", "should be float64[]");
refuses("a location", "graph.equations.0.location", 7, "graph.equations[0].location: is no text");
refuses(
  "an author's function",
  "graph.equations.0",
  { primitive: "call", operands: [0], results: [2], params: { rules: { jvp: 1 } } },
  "rules: no file holds functions",
);

refuses(
  "a rule that nobody knows",
  "graph.equations.0",
  { primitive: "call", operands: [0], results: [2], params: { graph: { graph: valid.graph }, name: "f", rules: "f" } },
  "parameter rules is no name of rules",
);

test("rules that have a name are kept by it", () => {
  const { graph } = trace((x: Value) => sin(x))(array(1));
  const builder = new GraphBuilder();
  const x = builder.input({ shape: [], dtype: "float64" });
  const params = { graph, name: "f", rules: "checkpoint" } as const;
  const call = { primitive: primitives.call, operands: [x], params, location: null };
  const outer = builder.finish(builder.equation(call, [{ shape: [], dtype: "float64" }]));
  const again = fromJSON(JSON.parse(JSON.stringify(toJSON(outer))), tinyBackend);
  expect(again.equations[0]?.params).toMatchObject({ name: "f", rules: "checkpoint" });
  expect(inlineCalls(outer).equations[0]?.primitive.name).toBe("call");
  expect(inlineCalls(outer, { all: true }).equations[0]?.primitive.name).toBe("sin");
});

test("nesting without end is refused", () => {
  let inner: unknown = valid.graph;
  let axes: unknown = [];
  for (let depth = 0; depth < 5000; depth++) {
    axes = [axes];
    const params = { graph: { graph: inner }, name: "", rules: null };
    const call = { primitive: "call", operands: [0], results: [1], params };
    inner = { variables: ["float64[2]", "float64[]"], inputs: [0], outputs: [1], constants: [], equations: [call] };
  }
  expect(() => fromJSON({ ...valid, graph: inner }, tinyBackend)).toThrow(/nested too deeply/);
  const path = ["graph", "equations", "1", "params", "axes"];
  expect(() => fromJSON(put(valid, path, axes), tinyBackend)).toThrow(/nested too deeply/);
});

test("whatever stands in a document, the answer is a graph or a GraphError", () => {
  const values = fc.oneof(fc.anything(), fc.constantFrom(0, 1, -1, 1e9, "add", "float64[2]", [], {}, null));
  const places = fc.constantFrom("variables", "inputs", "outputs", "constants", "equations");
  const kindOf = (document: unknown) => {
    try {
      return checkGraph(fromJSON(document, tinyBackend)).avals.length > 0 ? "graph" : "empty";
    } catch (error) {
      return error instanceof GraphError ? "refused" : error;
    }
  };
  fc.assert(
    fc.property(places, fc.boolean(), values, (place, whole, value) => {
      const document = put(valid, whole ? ["graph", place] : ["graph", place, "0"], value);
      expect(["graph", "empty", "refused"]).toContain(kindOf(document));
    }),
    { numRuns: 1000, seed: 3 },
  );
});
