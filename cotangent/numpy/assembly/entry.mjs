// What the module exports: every kernel for every type there is of it, named `operation_type`.

const row = "n: i32, out: usize, so: i32, a: usize, sa: i32, b: usize, sb: i32, c: usize, sc: i32";
const product =
  "rows: i32, columns: i32, sum: i32, a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, crs: i32, ccs: i32";
const vector = "rows: i32, sum: i32, a: usize, ars: i32, acs: i32, b: usize, bs: i32, c: usize, cs: i32";
const sorted = "order: i32, rows: i32, n: i32, at: usize, scratch: usize";
const ordered = "order: i32, rows: i32, n: i32, a: usize, out: usize, scratch: usize";
const argumentsOf = (parameters) => parameters.replaceAll(/: \w+/gu, "");

const floats = "f64 f32";
const numbers = "f64 f32 i64";
const all = "f64 f32 i64 i32";

/** Families of kernels over rows: operations, types, and what they call. `$T` is the type, `$O` the operation. */
const families = [
  ["Add Sub Mul Maximum Minimum", all, "zip<$T>(Binary.$O, n, out, a, sa, b, sb)"],
  ["Div", floats, "zip<$T>(Binary.$O, n, out, a, sa, b, sb)"],
  ["BitwiseAnd BitwiseOr BitwiseXor", "i64 u8", "zip<$T>(Binary.$O, n, out, a, sa, b, sb)"],
  ["Equal NotEqual Less LessEqual", all, "compare<$T>(Compare.$O, n, out, a, sa, b, sb)"],
  ["Select", "f64 f32 u8", "choose<$T>(n, out, a, sa, b, sb, c, sc)"],
  ["AddComplex SubComplex MulComplex DivComplex", floats, "zipComplex<$T>(Complex.$O, n, out, a, sa, b, sb)"],
  ["Neg Abs Square", numbers, "map<$T>(Unary.$O, n, out, a, sa)"],
  ["Sqrt Floor Ceil Trunc Rint Reciprocal Sign", floats, "map<$T>(Unary.$O, n, out, a, sa)"],
  ["Exp Expm1 Exp2 Log Log1p Sin Cos Tanh", floats, "smooth<$T>(Smooth.$O, n, out, a, sa)"],
  ["Copy", "i64 i32 i16 u8", "move<$T>(n, out, so, a, sa)"],
  ["CopyWide", "f64", "moveWide(n, out, so, a, sa)"],
  ["To_f64_from", "f32 i64 i32 u8", "convert<$T, f64>(n, out, so, a, sa)"],
  ["To_f32_from", "f64 i64 i32 u8", "convert<$T, f32>(n, out, so, a, sa)"],
  ["To_i64_from", "i32 u8", "convert<$T, i64>(n, out, so, a, sa)"],
  ["To_i32_from", "i64 u8", "convert<$T, i32>(n, out, so, a, sa)"],
  ["Truncate", floats, "truncate<$T>(n, out, so, a, sa)"],
  ["Truth", numbers, "truth<$T>(n, out, so, a, sa)"],
  ["Widen", floats, "widen<$T>(n, out, so, a, sa)"],
  ["Sum", numbers, "sumRow<$T>(n, out, so, a, sa)"],
  ["Prod", numbers, "productRow<$T>(n, out, so, a, sa)"],
  ["SumColumns", numbers, "columns<$T>(Binary.Add, n, out, a, b, sb)"],
  ["MaxColumns", numbers, "columns<$T>(Binary.Maximum, n, out, a, b, sb)"],
  ["MinColumns", numbers, "columns<$T>(Binary.Minimum, n, out, a, b, sb)"],
  ["ProdColumns", numbers, "columns<$T>(Binary.Mul, n, out, a, b, sb)"],
  ["Any", "u8", "truthRow(true, n, out, so, a, sa)"],
  ["All", "u8", "truthRow(false, n, out, so, a, sa)"],
  ["Cumsum", numbers, "scanRow<$T>(Binary.Add, n, out, so, a, sa)"],
  ["Cumprod", numbers, "scanRow<$T>(Binary.Mul, n, out, so, a, sa)"],
  ["Argmax", numbers, "placeRow<$T>(true, n, out, a, sa)"],
  ["Argmin", numbers, "placeRow<$T>(false, n, out, a, sa)"],
  ["Max", numbers, "extremeRow<$T>(Binary.Maximum, n, out, so, a, sa)"],
  ["Min", numbers, "extremeRow<$T>(Binary.Minimum, n, out, so, a, sa)"],
];

/** `Add` as `add`. */
const lower = (operation) => operation[0].toLowerCase() + operation.slice(1);

const imports = `
import { zip, compare, choose, Binary, Compare } from "./binary";
import { zipComplex, Complex } from "./complex";
import { map, Unary } from "./unary";
import { smooth, Smooth } from "./transcendental";
import { move, moveWide, convert, truncate, truth, widen } from "./moves";
import { columns, sumRow, productRow, extremeRow } from "./reduce";
import { scanRow, placeRow, truthRow } from "./scan";
import { multiply, multiplyPlain, multiplyVector } from "./gemm";
import { orderRows, sortRows } from "./sort";
export { across } from "./across";
export { each } from "./each";
export { scratchBytes } from "./gemm";
export { sortScratch } from "./sort";
`;

export function entrySource() {
  const functions = families.flatMap(([operations, types, call]) =>
    operations.split(" ").flatMap((operation) =>
      types.split(" ").map((type) => {
        const body = call.replaceAll("$T", type).replaceAll("$O", operation);
        return `export function ${lower(operation)}_${type}(${row}): void { ${body}; }`;
      }),
    ),
  );
  return [imports, ...functions, ...products(), ...orders()].join("\n");
}

function define(name, type, parameters) {
  const body = `${name}<${type}>(${argumentsOf(parameters)});`;
  return `export function ${name}_${type}(${parameters}): void { ${body} }`;
}

function products() {
  return [
    ...["f64", "f32"].flatMap((type) => [
      define("multiply", type, `${product}, scratch: usize, isFresh: bool`),
      define("multiplyVector", type, vector),
    ]),
    ...["i64", "i32"].map((type) => define("multiplyPlain", type, product)),
  ];
}

function orders() {
  return ["u64", "u32", "u16", "u8"].flatMap((type) => [
    define("sortRows", type, sorted),
    define("orderRows", type, ordered),
  ]);
}
