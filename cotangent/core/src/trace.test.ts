import { expect, test } from "vitest";
import { array, tinyBackend } from "../test/testing.ts";
import { AbstractValueError, EscapedValueError, MissingRuleError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { add, fft, mul, sin } from "./operations.ts";
import { primitives } from "./primitives.ts";
import { ProgramTrace } from "./program-trace.ts";
import { Recording } from "./record.ts";
import { bind, concrete, Traced } from "./trace.ts";
import { trace, traceAbstract } from "./trace-function.ts";
import type { Value } from "./value.ts";

const scalar = { shape: [], dtype: "float64" } as const;

test("without a trace, a primitive is computed at once", () => {
  expect(add(array([1, 2]), array([3, 4])).toList()).toEqual([4, 6]);
});

test("a primitive that the backend can't compute names both", () => {
  expect(() => fft(array([1]), 0, false)).toThrow(new MissingRuleError("tiny can't compute fft"));
});

test("a primitive without operands is refused", () => {
  expect(() => bind(primitives.concatenate, [], { axis: 0 })).toThrow("concatenate has no operands");
});

test("a traced value shows what it stands for", () => {
  const program = new ProgramTrace();
  const x = program.inputOf(array([[1, 2, 3]]));
  expect([x.ndim, x.size, x.toList(), x.backend]).toEqual([2, 3, [[1, 2, 3]], tinyBackend]);
  expect(program.inputOf(array(5)).item()).toBe(5);
});

test("an array gives its rows one by one, traced or not", () => {
  const rows = [
    ...array([
      [1, 2],
      [3, 4],
    ]),
  ];
  expect(rows.map((row) => row.toList())).toEqual([
    [1, 2],
    [3, 4],
  ]);
  const { graph } = trace((x: Value) => {
    const [first, , third] = x;
    return mul(first ?? x, third ?? x);
  })(array([2, 3, 4]));
  expect(evaluate(graph, [array([5, 6, 7])])[0]?.item()).toBe(35);
});

test("an array of no axes can't be iterated", () => {
  expect(() => [...array(1)]).toThrow(TypeError);
  expect(array(1)).toEqual(array(1));
});

test("elements of an abstract value can't be asked for", () => {
  const recording = new Recording();
  const x = recording.abstractInput({ shape: [2], dtype: "float64" }, tinyBackend);
  expect(() => x.item()).toThrow(AbstractValueError);
  expect(() => x.toList()).toThrow(/float64\[2\] are not known .* use cond, scan or whileLoop/);
});

test("a product with a tangent is written down as mul is, where it is of the usual types", () => {
  const recording = new Recording();
  const x = recording.abstractInput({ shape: [2], dtype: "float64" }, tinyBackend);
  const factor = array([3, 4]);
  const products = [recording.product(x, factor), recording.product(x, array(2))].filter((each) => each !== null);
  const graph = recording.graph([...products, mul(x, factor)]);
  const [first, second, asMul] = graph.equations;
  expect([first, second].map((each) => each?.primitive)).toEqual([primitives.mul, primitives.mul]);
  expect(first).toEqual({ ...asMul, results: first?.results });
  expect(evaluate(graph, [array([5, 6])]).map((each) => each.toList())).toEqual([
    [15, 24],
    [10, 12],
    [15, 24],
  ]);
});

test("a product with more to it is left to mul", () => {
  const recording = new Recording();
  const pair = recording.abstractInput({ shape: [2], dtype: "float64" }, tinyBackend);
  const single = recording.abstractInput({ shape: [], dtype: "float32" }, tinyBackend);
  expect(recording.product(pair, array([1, 2, 3]))).toBe(null);
  expect(recording.product(single, array(1))).toBe(null);
  expect(recording.product(array([1, 2]), pair)).toBe(null);
  for (const other of [array(1), new ProgramTrace().inputOf(array(1))]) {
    expect(recording.product(other, array(2))).toBe(null);
  }
  expect(recording.entries).toEqual([]);
});

test("primitives belong to the trace that began last, whichever operand is of it", () => {
  const outer = new ProgramTrace();
  const inner = new ProgramTrace();
  const [x, y] = [outer.inputOf(array(2)), inner.inputOf(array(3))];
  const [left, right] = [add(x, y), add(y, x)];
  expect([inner.owns(left), inner.owns(right)]).toEqual([true, true]);
  // What it does goes to the trace below.
  expect([inner, outer].map(lengthOf)).toEqual([2, 2]);
  expect([left.item(), concrete(right).item()]).toEqual([5, 5]);
});

const lengthOf = (program: ProgramTrace) => program.graph([]).equations.length;

test("what does not touch the inner trace is not seen by it", () => {
  const outer = new ProgramTrace();
  const inner = new ProgramTrace();
  const x = outer.inputOf(array(2));
  inner.inputOf(array(3));
  sin(x);
  expect([outer, inner].map(lengthOf)).toEqual([1, 0]);
});

test("a value that outlives its transformation says so when it is used", () => {
  let kept: Value | undefined;
  trace((x: Value) => {
    kept = sin(x);
    return x;
  })(array(1));
  expect(kept).toBeInstanceOf(Traced);
  const use = () => add(array(1), kept ?? 0);
  expect(use).toThrow(EscapedValueError);
  expect(use).toThrow(/^add\(float64\[\], float64\[\]\): .*return it from the function instead/);
});

test("it says so inside another transformation as well", () => {
  let kept: Value | undefined;
  trace((x: Value) => (kept = sin(x)))(array(1));
  expect(() => trace((x: Value) => add(x, kept ?? 0))(array(1))).toThrow(EscapedValueError);
  expect(() => traceAbstract((x) => [add(x, kept ?? 0)], [scalar], tinyBackend)).toThrow(EscapedValueError);
});

test("a transformation whose function throws has ended too", () => {
  let kept: Value | undefined;
  const failing = (x: Value): Value => {
    kept = sin(x);
    throw new RangeError("mine");
  };
  expect(() => trace(failing)(array(1))).toThrow("mine");
  expect(() => mul(kept ?? 0, array(1))).toThrow(EscapedValueError);
});
