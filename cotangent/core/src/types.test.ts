import { expect, test } from "vitest";
import { dtypes, showAval, type Aval, type DType, type Shape } from "./aval.ts";
import { DTypeError, ShapeError } from "./errors.ts";
import { primitives, type ParamsOf, type PrimitiveName } from "./primitives.ts";
import { traceAbstract } from "./trace-function.ts";
import { tinyBackend } from "../test/testing.ts";
import { add, cast, less, reshape } from "./operations.ts";
import { typesOf } from "./types.ts";

/** `float64[3,4]` as a type. */
function aval(text: string): Aval {
  const [, name, lengths = ""] = /^(\w+)\[([\d,]*)\]$/.exec(text) ?? [];
  const dtype = dtypes.find((each) => each === name);
  if (dtype === undefined) throw new TypeError(`no type: ${text}`);
  return { dtype, shape: lengths === "" ? [] : lengths.split(",").map(Number) };
}

function typed<Name extends PrimitiveName>(name: Name, operands: string, params: ParamsOf<Name>): string {
  const avals = operands === "" ? [] : operands.split(" ").map(aval);
  return typesOf(primitives[name], avals, params).map(showAval).join(" ");
}

const none = {};
const f = "float64";

function check<Name extends PrimitiveName>(name: Name, operands: string, params: ParamsOf<Name>, expected: string) {
  test(`${name}(${operands}) is ${expected}`, () => expect(typed(name, operands, params)).toBe(expected));
}

function refuses<Name extends PrimitiveName>(
  name: Name,
  operands: string,
  params: ParamsOf<Name>,
  Kind: typeof ShapeError | typeof DTypeError,
  message: RegExp,
) {
  test(`${name}(${operands}) is refused: ${message.source}`, () => {
    const run = () => typed(name, operands, params);
    expect(run).toThrow(Kind);
    expect(run).toThrow(message);
    // The message says what was asked of what.
    expect(run).toThrow(`${name}(${operands.replaceAll(" ", ", ")}): `);
  });
}

check("add", "float64[3] float64[3]", none, "float64[3]");
check("add", "float64[] float64[2,3]", none, "float64[2,3]");
check("add", "int8[0] int8[0]", none, "int8[0]");
refuses("add", "float64[3] float64[4]", none, ShapeError, /different shapes; broadcast/);
refuses("add", "float64[3] float64[1]", none, ShapeError, /different shapes/);
refuses("add", "float64[3] float32[3]", none, DTypeError, /different dtypes; cast/);
refuses("add", "float64[3]", none, ShapeError, /takes 2 operands/);
check("abs", "complex64[2]", none, "float32[2]");
check("less", "float64[2] float64[2]", none, "bool[2]");
refuses("sin", "int32[2]", none, DTypeError, /only for floating-point and complex/);
refuses("cbrt", "complex128[]", none, DTypeError, /only for floating-point/);
refuses("div", "int64[] int64[]", none, DTypeError, /only for floating-point and complex/);
refuses("bitwiseAnd", "float64[] float64[]", none, DTypeError, /only for integer/);
check("cast", "float64[2]", { dtype: "int8" }, "int8[2]");
check("complex", "float32[2] float32[2]", none, "complex64[2]");
check("complex", "float64[2] float64[]", none, "complex128[2]");
refuses("complex", "int8[] int8[]", none, DTypeError, /floating-point/);
check("real", "complex128[2]", none, "float64[2]");
check("bitwiseCount", "int64[2]", none, "uint8[2]");
check("select", "bool[2] float64[] float64[2]", none, "float64[2]");
refuses("select", "int8[2] float64[2] float64[2]", none, DTypeError, /condition is not bool/);
refuses("select", "bool[2] float64[2] int8[2]", none, DTypeError, /different dtypes/);

check("reshape", "float64[2,3]", { shape: [6] }, "float64[6]");
check("reshape", "float64[1]", { shape: [] }, "float64[]");
refuses("reshape", "float64[6]", { shape: [4] }, ShapeError, /as many elements/);
refuses("reshape", "float64[6]", { shape: [-2, -3] }, ShapeError, /\[-2,-3\] is no shape/);
check("transpose", "float64[2,3,4]", { permutation: [2, 0, 1] }, "float64[4,2,3]");
refuses("transpose", "float64[2,3]", { permutation: [0, 0] }, ShapeError, /there twice/);
refuses("transpose", "float64[2,3]", { permutation: [0] }, ShapeError, /no permutation/);
refuses("transpose", "float64[2]", { permutation: [1] }, ShapeError, /not axes/);
check("broadcast", "float64[3]", { shape: [2, 3], axes: [0] }, "float64[2,3]");
check("broadcast", "float64[1,3]", { shape: [4, 3], axes: [] }, "float64[4,3]");
refuses("broadcast", "float64[3]", { shape: [2, 4], axes: [0] }, ShapeError, /does not fit/);
refuses("broadcast", "float64[3]", { shape: [2, 3], axes: [] }, ShapeError, /does not fit/);
check("slice", "float64[5]", { start: [4], length: [3], step: [-2] }, "float64[3]");
check("slice", "float64[5]", { start: [9], length: [0], step: [1] }, "float64[0]");
refuses("slice", "float64[5]", { start: [1], length: [3], step: [2] }, ShapeError, /not all in it/);
refuses("slice", "float64[5]", { start: [0], length: [2], step: [0] }, ShapeError, /not all in it/);
refuses("slice", "float64[5]", { start: [0], length: [-1], step: [1] }, ShapeError, /no shape/);
refuses("slice", "float64[5,5]", { start: [0], length: [2, 2], step: [1, 1] }, ShapeError, /start has 1 numbers for 2/);
refuses("slice", "float64[5]", { start: [0.5], length: [2], step: [1] }, ShapeError, /not all in it/);
check("embed", "float64[2]", { start: [1], step: [2], shape: [5] }, "float64[5]");
refuses("embed", "float64[3]", { start: [1], step: [2], shape: [5] }, ShapeError, /not all in \[5\]/);
refuses("embed", "float64[3]", { start: [1], step: [2], shape: [5, 5] }, ShapeError, /numbers for 2 axes/);
check("concatenate", "float64[2,3] float64[4,3]", { axis: 0 }, "float64[6,3]");
refuses("concatenate", "float64[2,3] float64[2,4]", { axis: 0 }, ShapeError, /other axes differ/);
refuses("concatenate", "float64[2] float32[2]", { axis: 0 }, DTypeError, /different dtypes/);
refuses("concatenate", "float64[2]", { axis: 1 }, ShapeError, /not axes/);
refuses("concatenate", "", { axis: 0 }, ShapeError, /missing/);
check("take", "float64[5,3] int64[2,2]", none, "float64[2,2,3]");
refuses("take", "float64[5] int32[2]", none, DTypeError, /not int64/);
refuses("take", "float64[] int64[2]", none, ShapeError, /no rows/);
check("scatterAdd", "float64[2,3] int64[2]", { rows: 5 }, "float64[5,3]");
refuses("scatterAdd", "float64[2,3] int64[3]", { rows: 5 }, ShapeError, /one number for each row/);
refuses("scatterAdd", "float64[2] int64[2]", { rows: -1 }, ShapeError, /no number of rows/);

check("sum", "float64[2,3]", { axes: [0, 1] }, "float64[]");
check("sum", "int32[2,3]", { axes: [1] }, "int32[2]");
check("any", "float64[2]", { axes: [0] }, "bool[]");
refuses("sum", "float64[2]", { axes: [-1] }, ShapeError, /not axes/);
refuses("sum", "float64[2]", { axes: [0, 0] }, ShapeError, /there twice/);
check("argmax", "float64[2,3]", { axis: 1 }, "int64[2]");
check("argsort", "float64[2,3]", { axis: 1 }, "int64[2,3]");
check("cumsum", "float64[2,3]", { axis: 1, reverse: true }, "float64[2,3]");
refuses("cumsum", "float64[]", { axis: 0, reverse: false }, ShapeError, /not axes/);

const pairs = (contract: [number[], number[]], batch: [number[], number[]] = [[], []]) => ({ contract, batch });
check("dot", "float64[2,3] float64[3,4]", pairs([[1], [0]]), "float64[2,4]");
check("dot", "float64[5,2,3] float64[3,5,4]", pairs([[2], [0]], [[0], [1]]), "float64[5,2,4]");
refuses("dot", "float64[2,3] float64[2,4]", pairs([[1], [0]]), ShapeError, /sums over differ/);
refuses("dot", "float64[2,3] float64[3,3]", pairs([[1], [0]], [[0], [1]]), ShapeError, /batch axes differ/);
refuses("dot", "float64[2] float64[2]", pairs([[5], [5]]), ShapeError, /not axes/);
check("solve", "float64[4,3,3] float64[4,3,2]", none, "float64[4,3,2]");
refuses("solve", "float64[3,2] float64[3,1]", none, ShapeError, /not square/);
refuses("solve", "float64[3,3] float64[3]", none, ShapeError, /at least two axes/);
refuses("solve", "float64[3,3] float64[2,1]", none, ShapeError, /do not fit/);
refuses("solve", "float64[3,3] float32[3,1]", none, DTypeError, /different dtypes/);
refuses("inv", "int64[3,3]", none, DTypeError, /matrices/);
check("det", "float64[5,3,3]", none, "float64[5]");
check("slogdet", "complex128[3,3]", none, "complex128[] float64[]");
check("qr", "float64[4,3]", { mode: "reduced" }, "float64[4,3] float64[3,3]");
check("qr", "float64[4,3]", { mode: "complete" }, "float64[4,4] float64[4,3]");
check("eigh", "complex64[3,3]", none, "float32[3] complex64[3,3]");
check("eig", "float32[3,3]", none, "complex64[3] complex64[3,3]");
check("svd", "float64[4,3]", { full: false }, "float64[4,3] float64[3] float64[3,3]");
check("svd", "float64[4,3]", { full: true }, "float64[4,4] float64[3] float64[3,3]");
check("fft", "complex128[4]", { axis: 0, inverse: false }, "complex128[4]");
refuses("fft", "float64[4]", { axis: 0, inverse: false }, DTypeError, /only for complex/);

const graphOf = (shape: Shape, dtype: DType, f: Parameters<typeof traceAbstract>[0]) =>
  traceAbstract(f, [{ shape, dtype }], tinyBackend);
const double = graphOf([2], f, (x) => [add(x, x)]);
const halve = graphOf([2], f, (x) => [reshape(x, [2, 1])]);
const asIntegers = graphOf([], f, (x) => [cast(x, "int64")]);
const isSmall = graphOf([], f, (x) => [less(x, 3)]);
const increment = graphOf([], f, (x) => [add(x, 1)]);

check("cond", "bool[] float64[2]", { branches: [double, double] }, "float64[2]");
refuses("cond", "bool[1] float64[2]", { branches: [double, double] }, ShapeError, /no bool scalar/);
refuses("cond", "bool[] float64[3]", { branches: [double, double] }, ShapeError, /inputs of its branches/);
refuses(
  "cond",
  "bool[] float64[2]",
  { branches: [double, halve] },
  ShapeError,
  /return \(float64\[2\]\) and \(float64\[2,1\]\)/,
);
check("while", "float64[]", { test: isSmall, body: increment, constants: [0, 0] }, "float64[]");
refuses(
  "while",
  "float64[]",
  { test: increment, body: increment, constants: [0, 0] },
  ShapeError,
  /does not return one bool/,
);
refuses(
  "while",
  "float64[]",
  { test: isSmall, body: asIntegers, constants: [0, 0] },
  ShapeError,
  /the body returns \(int64\[\]\)/,
);
refuses("while", "float64[1]", { test: isSmall, body: increment, constants: [0, 0] }, ShapeError, /inputs of its test/);

const scan = { body: increment, constants: 0, reverse: false };
check("scan", "float64[]", { ...scan, carries: 1, length: 4 }, "float64[]");
check("scan", "float64[4]", { ...scan, carries: 0, length: 4 }, "float64[4]");
refuses("scan", "float64[4]", { ...scan, carries: 0, length: 5 }, ShapeError, /not 5 long/);
refuses("scan", "float64[]", { ...scan, carries: 1, length: 1.5 }, ShapeError, /no number of steps/);
refuses("scan", "float64[]", { ...scan, body: asIntegers, carries: 1, length: 2 }, ShapeError, /does not begin with/);
check("call", "float64[2]", { graph: double, name: "double", rules: null }, "float64[2]");
refuses("call", "float64[3]", { graph: double, name: "double", rules: null }, ShapeError, /inputs of its graph/);
