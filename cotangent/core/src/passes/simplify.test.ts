import { expect, test } from "vitest";
import { array, tinyBackend } from "../../test/testing.ts";
import { isComplex, isInexact, sizeOf, type DType, type Shape } from "../aval.ts";
import { cond, scan } from "../control-flow.ts";
import type { Graph } from "../graph.ts";
import { evaluate } from "../evaluate.ts";
import * as o from "../operations.ts";
import { primitives } from "../primitives.ts";
import { bind } from "../trace.ts";
import { subgraphs } from "../graph.ts";
import { traceAbstract } from "../trace-function.ts";
import type { Value } from "../value.ts";
import { simplify } from "./simplify.ts";
import { deadCode } from "./dead-code.ts";

/** Whole numbers and, of floats, others, all of them different; of truth values both. */
function sampleOf(shape: Shape, dtype: DType): Value {
  const element = (place: number) => (isInexact(dtype) ? place / 4 - 1 : place);
  const elements = Array.from({ length: sizeOf(shape) }, (_, place) => element(place));
  return tinyBackend.fromElements(dtype === "bool" ? elements.map((each) => each % 2 === 1) : elements, {
    shape,
    dtype,
  });
}

const names = (graph: Graph) => graph.equations.map(({ primitive }) => primitive.name).join(" ");

/** What is left of a function of an array. */
function check(name: string, f: (x: Value) => Value, left: string, shape: Shape = [2, 3], dtype: DType = "float64") {
  test(`${name}: ${left === "" ? "nothing is left" : `${left} is left`}`, () => {
    const graph = traceAbstract((x) => [f(x)], [{ shape, dtype }], tinyBackend);
    const after = deadCode(simplify(graph));
    expect(names(after)).toBe(left);
    // Where nothing is left, the result is the operand.
    expect(after.outputs[0] === after.inputs[0]).toBe(left === "");
    // The backend of these tests has no complex numbers.
    if (graph.avals.some((aval) => isComplex(aval.dtype))) return;
    const results = (each: Graph) => evaluate(each, [sampleOf(shape, dtype)]).map((result) => result.toList());
    expect(results(after)).toEqual(results(graph));
  });
}

check("x + (-0)", (x) => o.add(x, -0), "");
check("-0 + x", (x) => o.add(-0, x), "");
check("x + 0", (x) => o.add(x, 0), "add");
check("x + 0 of whole numbers", (x) => o.add(x, 0), "", [2], "int64");
check("x + (-0) of complex numbers", (x) => o.add(x, -0), "add", [2], "complex128");
check("x - 0", (x) => o.sub(x, 0), "");
check("x - (-0)", (x) => o.sub(x, -0), "sub");
check("0 - x", (x) => o.sub(0, x), "sub");
check("x * 1", (x) => o.mul(x, 1), "");
check("1 * x", (x) => o.mul(1, x), "");
check("x * 1 of complex numbers", (x) => o.mul(x, 1), "mul", [2], "complex128");
check("x * true", (x) => o.mul(x, 1), "", [2], "bool");
check("x * false", (x) => o.mul(x, 0), "mul", [2], "bool");
check("x + false", (x) => o.add(x, 0), "", [2], "bool");
check("x - 0 of whole numbers", (x) => o.sub(x, 0), "", [2], "int32");
check("x - 1 of whole numbers", (x) => o.sub(x, 1), "sub", [2], "int32");
check("x * 0", (x) => o.mul(x, 0), "mul");
check("x / 1", (x) => o.div(x, 1), "");
check("1 / x", (x) => o.div(1, x), "div");
check("x ** 1", (x) => o.pow(x, 1), "");
check("x - x", (x) => o.sub(x, x), "sub");
check("x / x", (x) => o.div(x, x), "div");
check("an array of ones is no scalar", (x) => o.mul(x, array([1, 1])), "mul", [2]);
check("--x", (x) => o.neg(o.neg(x)), "");
check("---x", (x) => o.neg(o.neg(o.neg(x))), "neg");
check("conj of real numbers", (x) => o.conj(x), "");
check("conj of conj of complex numbers", (x) => o.conj(o.conj(x)), "", [2], "complex128");
check("the real part of complex numbers", (x) => o.real(x), "real", [2], "complex128");
check("not not", (x) => o.logicalNot(o.logicalNot(x)), "", [2], "bool");
check("not not of numbers", (x) => o.logicalNot(o.logicalNot(x)), "logicalNot logicalNot");
check("floor of floor", (x) => o.floor(o.floor(x)), "floor");
check("abs of abs", (x) => o.abs(o.abs(x)), "abs");
check("maximum(x, x)", (x) => o.maximum(x, x), "");
check("x and x", (x) => o.logicalAnd(x, x), "", [2], "bool");
check("x and x of numbers", (x) => o.logicalAnd(x, x), "logicalAnd");
check("select(c, x, x)", (x) => o.select(o.less(x, 0), x, x), "");
check("select of a known condition", (x) => o.select(array(true), x, o.neg(x)), "");
check("a scalar does not stand for an array", (x) => o.select(array(false), x, 1), "select");

check("transpose and back", (x) => o.transpose(o.transpose(x, [1, 0]), [1, 0]), "");
check("two transposes", (x) => o.transpose(o.transpose(x, [1, 2, 0]), [1, 2, 0]), "transpose", [2, 3, 4]);
check("a transpose of nothing", (x) => o.transpose(x, [0, 1]), "");
check("a transpose that leaves an axis alone", (x) => o.transpose(x, [0, 2, 1]), "transpose", [2, 3, 4]);
check("a reshape to the same shape", (x) => bind(primitives.reshape, [x], { shape: [2, 3] }), "");
check("a maximum over no axis", (x) => bind(primitives.max, [x], { axes: [] }), "");
check("a maximum over an axis", (x) => o.max(x, [1]), "max");
check("a sum over an axis", (x) => o.sum(x, [0]), "sum");
check("reshape and back", (x) => o.reshape(o.reshape(x, [6]), [2, 3]), "");
check("two reshapes", (x) => o.reshape(o.reshape(x, [6]), [3, 2]), "reshape");
check("two broadcasts", (x) => o.broadcast(o.broadcast(x, [4, 2, 3], [0]), [4, 2, 5, 3], [2]), "broadcast");
check(
  "two broadcasts, the outer axis last",
  (x) => o.broadcast(o.broadcast(x, [2, 3, 4], [2]), [5, 2, 3, 4], [0]),
  "broadcast",
);
check("a broadcast of nothing", (x) => o.broadcast(x, [2, 3], []), "");
check("two slices", (x) => o.slice(o.slice(x, [6], [4], [-2]), [1], [2], [2]), "slice", [7]);
check(
  "two slices of two axes",
  (x) => o.slice(o.slice(x, [1, 4], [3, 2], [1, -3]), [2, 0], [2, 2], [-2, 1]),
  "slice",
  [5, 6],
);
check("the first rows", (x) => o.slice(x, [0, 0], [1, 3], [1, 1]), "slice");
check("columns backwards", (x) => o.slice(x, [0, 2], [2, 3], [1, -1]), "slice");
check("a slice of everything", (x) => o.slice(x, [0, 0], [2, 3], [1, 1]), "");
check("everything backwards", (x) => o.slice(x, [1, 0], [2, 3], [-1, 1]), "slice");
check("concatenate of one", (x) => o.concatenate([x], 0), "");

check("a cast to a larger dtype and back", (x) => o.cast(o.cast(x, "float64"), "int32"), "", [2], "int32");
check("a cast to a smaller dtype and back", (x) => o.cast(o.cast(x, "float32"), "float64"), "cast cast");
check("a cast by way of a larger dtype", (x) => o.cast(o.cast(x, "complex128"), "float64"), "cast", [2], "float32");
check("a cast to complex numbers and back", (x) => o.cast(o.cast(x, "complex128"), "float64"), "");
check("whole numbers wrap, and others do not", (x) => o.cast(o.cast(x, "float64"), "int8"), "cast cast", [2], "int32");
check("a cast by way of whole numbers", (x) => o.cast(o.cast(x, "int64"), "uint8"), "cast", [2], "int32");
check("int64 does not fit in float64", (x) => o.cast(o.cast(x, "float64"), "int64"), "cast cast", [2], "int64");
check(
  "imaginary parts do not fit in float64",
  (x) => o.cast(o.cast(x, "float64"), "complex128"),
  "cast cast",
  [2],
  "complex128",
);
check("fractions do not fit in int64", (x) => o.cast(o.cast(x, "int64"), "float32"), "cast cast", [2], "float32");
check("a cast to the same dtype", (x) => bind(primitives.cast, [x], { dtype: "float64" }), "");
check("float32 fits in complex64", (x) => o.cast(o.cast(x, "complex64"), "float32"), "", [2], "float32");
check("uint8 does not fit in int8", (x) => o.cast(o.cast(x, "int8"), "float64"), "cast cast", [2], "uint8");
check("uint16 does not fit in int16", (x) => o.cast(o.cast(x, "int16"), "float64"), "cast cast", [2], "uint16");
check("uint32 does not fit in int32", (x) => o.cast(o.cast(x, "int32"), "float64"), "cast cast", [2], "uint32");
check("uint64 does not fit in int64", (x) => o.cast(o.cast(x, "int64"), "float64"), "cast cast", [2], "uint64");
check("signs do not fit in uint64", (x) => o.cast(o.cast(x, "uint64"), "float64"), "cast cast", [2], "int8");

test("graphs within the graph are simplified too", () => {
  const graph = traceAbstract(
    (x) => [
      cond(
        o.less(x, 0),
        (y: Value) => o.mul(y, 1),
        (y: Value) => o.neg(o.neg(y)),
        x,
      ),
      ...scan((state: Value, y: Value) => [o.add(state, o.sub(y, 0)), y], x, array([1, 2])),
    ],
    [{ shape: [], dtype: "float64" }],
    tinyBackend,
  );
  const inner = simplify(graph).equations.flatMap(subgraphs);
  expect(inner.map(([, each]) => names(each))).toEqual(["", "neg", "add"]);
});
