import { expect, test } from "vitest";
import * as np from "../index.ts";

test("scalars are written in full", () => {
  expect(np.array_str(np.array(true))).toEqual("True");
  expect(np.array_str(np.array(false))).toEqual("False");
  expect(np.array_str(np.array(3, "uint8"))).toEqual("3");
  expect(np.array_str(np.array(1.5))).toEqual("1.5");
  expect(np.array_str(np.array(2, "float64"))).toEqual("2.0");
  expect(np.array_str(np.array(1e16, "float64"))).toEqual("1e+16");
  expect(np.array_str(np.array(1e15, "float64"))).toEqual("1000000000000000.0");
  expect(np.array_str(np.array(1e-4))).toEqual("0.0001");
  expect(np.array_str(np.array(9e-5))).toEqual("9e-05");
  expect(np.array_str(np.array(0, "float64"))).toEqual("0.0");
  expect(np.array_str(np.array(-Infinity))).toEqual("-inf");
  expect(np.array_str(np.array(0.1, "float32"))).toEqual("0.1");
  expect(np.array_str(np.array(1e20, "float32"))).toEqual("1e+20");
});

test("complex scalars are in brackets, unless they are imaginary", () => {
  expect(np.array_str(np.array({ re: 1, im: 2 }))).toEqual("(1+2j)");
  expect(np.array_str(np.array({ re: 1, im: -2 }))).toEqual("(1-2j)");
  expect(np.array_str(np.array({ re: 0, im: 2 }))).toEqual("2j");
  expect(np.array_str(np.array({ re: 0, im: -2.5 }))).toEqual("-2.5j");
  expect(np.array_str(np.array({ re: -0, im: 1 }))).toEqual("(-0+1j)");
  expect(np.array_str(np.array({ re: 1.5, im: Number.NaN }))).toEqual("(1.5+nanj)");
  expect(np.array_str(np.array({ re: Number.NaN, im: -Infinity }))).toEqual("(nan-infj)");
  expect(np.array_str(np.array({ re: 1e20, im: 1e-20 }))).toEqual("(1e+20+1e-20j)");
  expect(np.array_str(np.array({ re: 0.1, im: 0.2 }, "complex64"))).toEqual("(0.1+0.2j)");
});

test("a representation names the dtype where it doesn't follow", () => {
  expect(np.array_repr(np.array(true))).toEqual("array(True)");
  expect(np.array_repr(np.array([true, false]))).toEqual("array([ True, False])");
  expect(
    np.array_repr(
      np.array([
        [true, false],
        [false, false],
      ]),
    ),
  ).toEqual("array([[ True, False],\n       [False, False]])");
  expect(np.array_repr(np.array(3, "int8"))).toEqual("array(3, dtype=int8)");
  expect(np.array_repr(np.array({ re: 1, im: 2 }))).toEqual("array(1.+2.j)");
  expect(np.array_repr(np.array({ re: 1, im: 2 }, "complex64"))).toEqual("array(1.+2.j, dtype=complex64)");
  expect(np.array_repr(np.array([]))).toEqual("array([], dtype=float64)");
  expect(np.array_repr(np.array([], "int8"))).toEqual("array([], dtype=int8)");
  expect(np.array_repr(np.zeros([2, 0]))).toEqual("array([], shape=(2, 0), dtype=float64)");
  expect(np.array_repr(np.arange(2000))).toEqual("array([   0,    1,    2, ..., 1997, 1998, 1999], shape=(2000,))");
  expect(np.array_repr(np.arange(6), { threshold: 5 })).toEqual("array([0, 1, 2, 3, 4, 5], shape=(6,))");
});

test("the dtype begins a new line where it would not fit", () => {
  expect(np.array_repr(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], "int16"))).toEqual(
    "array([ 1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15],\n      dtype=int16)",
  );
  expect(np.array_repr(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], "int16"))).toEqual(
    "array([ 1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13], dtype=int16)",
  );
  expect(np.array_repr(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "int16"))).toEqual(
    "array([ 1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12], dtype=int16)",
  );
  expect(np.array_repr(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "int16"))).toEqual(
    "array([ 1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11], dtype=int16)",
  );
  expect(np.array_repr(np.arange(30), { max_line_width: 40 })).toEqual(
    "array([ 0,  1,  2,  3,  4,  5,  6,  7,\n        8,  9, 10, 11, 12, 13, 14, 15,\n       16, 17, 18, 19, 20, 21, 22, 23,\n       24, 25, 26, 27, 28, 29])",
  );
  expect(np.array_repr(np.reshape(np.array([1, 2, 3, 4], "uint8"), [2, 2]))).toEqual(
    "array([[1, 2],\n       [3, 4]], dtype=uint8)",
  );
  expect(np.array_repr(np.array([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 10, 11, 12, 13], "int8"))).toEqual(
    "array([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 10, 11, 12, 13], dtype=int8)",
  );
  expect(np.array_repr(np.array([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 10, 11, 12, 13], "int16"))).toEqual(
    "array([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 10, 11, 12, 13],\n      dtype=int16)",
  );
  expect(np.array_repr(np.array([1, 2, 3], "int8"), { max_line_width: 28 })).toEqual("array([1, 2, 3], dtype=int8)");
  expect(np.array_repr(np.array([1, 2, 3], "int8"), { max_line_width: 27 })).toEqual(
    "array([1, 2, 3],\n      dtype=int8)",
  );
  expect(
    np.array_repr(
      np.array(
        [
          [1, 2],
          [3, 4],
        ],
        "int8",
      ),
      { max_line_width: 27 },
    ),
  ).toEqual("array([[1, 2],\n       [3, 4]], dtype=int8)");
  expect(
    np.array_repr(
      np.array(
        [
          [1, 2],
          [3, 4],
        ],
        "int8",
      ),
      { max_line_width: 26 },
    ),
  ).toEqual("array([[1, 2],\n       [3, 4]],\n      dtype=int8)");
});

test("complex arrays align both parts", () => {
  expect(
    np.array_repr(
      np.array([
        { re: 1, im: 2 },
        { re: -1.5, im: -2.25 },
      ]),
    ),
  ).toEqual("array([ 1. +2.j  , -1.5-2.25j])");
  expect(
    np.array_repr(
      np.array([
        { re: 1, im: Number.NaN },
        { re: Number.NaN, im: -2.25 },
      ]),
    ),
  ).toEqual("array([ 1. +nanj, nan-2.25j])");
  expect(
    np.array_repr(
      np.array([
        { re: 1, im: Infinity },
        { re: -Infinity, im: -2.25 },
      ]),
    ),
  ).toEqual("array([  1. +infj, -inf-2.25j])");
  expect(
    np.array_repr(
      np.array([
        { re: 1e10, im: 2 },
        { re: 1e-10, im: -2.25 },
      ]),
    ),
  ).toEqual("array([1.e+10+2.j  , 1.e-10-2.25j])");
  expect(
    np.array_repr(
      np.array(
        [
          { re: 0.1, im: 2 },
          { re: 3, im: 0.3 },
        ],
        "complex64",
      ),
    ),
  ).toEqual("array([0.1+2.j , 3. +0.3j], dtype=complex64)");
  expect(np.array2string(np.array([{ re: 1.125, im: 2 }]), { sign: "+" })).toEqual("[+1.125+2.j]");
  expect(
    np.array2string(
      np.array([
        { re: 1.125, im: 2 },
        { re: 1, im: -2.5 },
      ]),
      { sign: " " },
    ),
  ).toEqual("[ 1.125+2.j   1.   -2.5j]");
  expect(np.array2string(np.array([{ re: 1.125, im: 2 }]), { precision: 2 })).toEqual("[1.12+2.j]");
});

test("positive numbers have a sign, or a space for it, if asked for", () => {
  expect(np.array2string(np.array([0, -2, 3]), { sign: "+" })).toEqual("[+0 -2 +3]");
  expect(np.array2string(np.array([1, 2, 3]), { sign: " " })).toEqual("[ 1  2  3]");
  expect(np.array2string(np.array([1, -2, 3]), { sign: " " })).toEqual("[ 1 -2  3]");
  expect(np.array2string(np.array(-3), { sign: " " })).toEqual("-3");
  expect(np.array2string(np.array([0, 1]), { sign: " " })).toEqual("[ 0  1]");
  expect(np.array2string(np.array([1.5, 2]), { sign: "+" })).toEqual("[+1.5 +2. ]");
  expect(np.array2string(np.array([1.5, 2]), { sign: " " })).toEqual("[ 1.5  2. ]");
  expect(np.array2string(np.array([1.5, -2]), { sign: " " })).toEqual("[ 1.5 -2. ]");
  expect(np.array2string(np.array([1.125e10, 2, Number.NaN]), { sign: "+" })).toEqual(
    "[+1.125e+10 +2.000e+00       +nan]",
  );
  expect(np.array2string(np.array([0.5, 2]), { sign: " " })).toEqual("[ 0.5  2. ]");
  expect(np.array2string(np.array([-0, 2], "float64"), { sign: " " })).toEqual("[-0.  2.]");
});

test("what is not finite takes as much room as numbers", () => {
  expect(np.array2string(np.array([1.5, 2, Infinity]), { sign: "+" })).toEqual("[+1.5 +2.  +inf]");
  expect(np.array2string(np.array([1.5, 2, -Infinity]), { sign: "+" })).toEqual("[+1.5 +2.  -inf]");
  expect(np.array2string(np.array([1.5, 2, Number.NaN]), { sign: " " })).toEqual("[ 1.5  2.   nan]");
  expect(np.array2string(np.array([1.5, -2, Number.NaN]), { sign: " " })).toEqual("[ 1.5 -2.   nan]");
  expect(np.array2string(np.array([Number.NaN, Infinity]), { sign: "+" })).toEqual("[+nan +inf]");
  expect(np.array2string(np.array([Number.NaN, -Infinity]), { sign: " " })).toEqual("[ nan -inf]");
  expect(np.array2string(np.array([Number.NaN, Number.NaN]))).toEqual("[nan nan]");
  expect(np.array2string(np.array([0, Number.NaN]))).toEqual("[ 0. nan]");
  expect(np.array2string(np.array([Infinity, -Infinity]))).toEqual("[ inf -inf]");
  expect(np.array2string(np.array([123456, Number.NaN]))).toEqual("[123456.     nan]");
  expect(np.array2string(np.array([1e10, Infinity], "float64"))).toEqual("[1.e+10    inf]");
  expect(np.array2string(np.array([1e-10, -Infinity]))).toEqual("[1.e-10   -inf]");
});

test("exponents are written for large, small and very different numbers", () => {
  expect(np.array2string(np.array([1e8, 1], "float64"))).toEqual("[1.e+08 1.e+00]");
  expect(np.array2string(np.array([99999999.5, 1]))).toEqual("[9.99999995e+07 1.00000000e+00]");
  expect(np.array2string(np.array([99999999.5, 99999]))).toEqual("[9.99999995e+07 9.99990000e+04]");
  expect(np.array2string(np.array([1000, 1.5]))).toEqual("[1000.     1.5]");
  expect(np.array2string(np.array([1001.5, 1]))).toEqual("[1.0015e+03 1.0000e+00]");
  expect(np.array2string(np.array([1e-4, 1e-2]))).toEqual("[0.0001 0.01  ]");
  expect(np.array2string(np.array([9e-5, 1e-2]))).toEqual("[9.e-05 1.e-02]");
  expect(np.array2string(np.array([9e-5, 1e-2]), { suppress_small: true })).toEqual("[0.00009 0.01   ]");
  expect(np.array2string(np.array([1e-10, 1e9]), { suppress_small: true })).toEqual("[1.e-10 1.e+09]");
  expect(np.array2string(np.array([1e-10, 1e5]), { suppress_small: true })).toEqual("[     0. 100000.]");
  expect(np.array2string(np.array([1e6, 1], "float32"))).toEqual("[1.e+06 1.e+00]");
  expect(np.array2string(np.array([2e6, 1e6], "float32"))).toEqual("[2.e+06 1.e+06]");
  expect(np.array2string(np.array([2e6, 1e6], "float64"))).toEqual("[2000000. 1000000.]");
  expect(np.array2string(np.array([1e100, 1e-100, 1]))).toEqual("[1.e+100 1.e-100 1.e+000]");
  expect(np.array2string(np.array([0, 0], "float64"))).toEqual("[0. 0.]");
  expect(np.array2string(np.array([0, 1e-300]))).toEqual("[0.e+000 1.e-300]");
});

test("digits are bounded, equal or as many as it takes", () => {
  expect(np.array2string(np.array([1.123456789012, 2]))).toEqual("[1.12345679 2.        ]");
  expect(np.array2string(np.array([1.123456789012, 2]), { precision: 3 })).toEqual("[1.123 2.   ]");
  expect(np.array2string(np.array([1.123456789012, 2]), { floatmode: "unique" })).toEqual(
    "[1.123456789012 2.            ]",
  );
  expect(np.array2string(np.array([1.123456789012, 2]), { floatmode: "fixed" })).toEqual("[1.12345679 2.00000000]");
  expect(np.array2string(np.array([1.123456789012, 2]), { floatmode: "fixed", precision: 3 })).toEqual("[1.123 2.000]");
  expect(np.array2string(np.array([1.125, 2]), { floatmode: "maxprec_equal" })).toEqual("[1.125 2.000]");
  expect(np.array2string(np.array([1.125, 2]), { floatmode: "maxprec", precision: 1 })).toEqual("[1.1 2. ]");
  expect(np.array2string(np.array([1.5, 2.5]), { precision: 0 })).toEqual("[2. 2.]");
  expect(np.array2string(np.array([1.125e10, 2.5]), { floatmode: "maxprec_equal" })).toEqual("[1.125e+10 2.500e+00]");
  expect(np.array2string(np.array([1.123456789012e10, 2]), { floatmode: "unique" })).toEqual(
    "[1.123456789012e+10 2.000000000000e+00]",
  );
  expect(np.array2string(np.array([1.125e10, 2.5]), { floatmode: "fixed", precision: 2 })).toEqual(
    "[1.12e+10 2.50e+00]",
  );
  expect(np.array2string(np.array([1.125e10, 2.5]), { precision: 1 })).toEqual("[1.1e+10 2.5e+00]");
  expect(np.array_str(np.array([1.23456789]), { precision: 3 })).toEqual("[1.235]");
  expect(np.array_str(np.array([1.1004]), { precision: 3 })).toEqual("[1.1]");
  expect(np.array_str(np.array([1.1004e10], "float64"), { precision: 3 })).toEqual("[1.1e+10]");
  expect(np.array_str(np.array([1.1004, 1.25]), { precision: 3 })).toEqual("[1.1  1.25]");
  expect(np.array_repr(np.array([1e-10, 2.5]), { suppress_small: true })).toEqual("array([0. , 2.5])");
});

test("lines end before they are too long", () => {
  expect(np.array2string(np.arange(30), { max_line_width: 30 })).toEqual(
    "[ 0  1  2  3  4  5  6  7  8\n  9 10 11 12 13 14 15 16 17\n 18 19 20 21 22 23 24 25 26\n 27 28 29]",
  );
  expect(np.array2string(np.arange(30), { max_line_width: 30, separator: ", " })).toEqual(
    "[ 0,  1,  2,  3,  4,  5,  6,\n  7,  8,  9, 10, 11, 12, 13,\n 14, 15, 16, 17, 18, 19, 20,\n 21, 22, 23, 24, 25, 26, 27,\n 28, 29]",
  );
  expect(np.array2string(np.arange(30), { max_line_width: 30, separator: "; ", prefix: "xyz", suffix: "!" })).toEqual(
    "[ 0;  1;  2;  3;  4;  5;\n     6;  7;  8;  9; 10; 11;\n    12; 13; 14; 15; 16; 17;\n    18; 19; 20; 21; 22; 23;\n    24; 25; 26; 27; 28; 29]",
  );
  expect(np.array2string(np.arange(3), { max_line_width: 1 })).toEqual("[0\n 1\n 2]");
  expect(np.array2string(np.reshape(np.arange(30), [2, 15]), { max_line_width: 20 })).toEqual(
    "[[ 0  1  2  3  4\n   5  6  7  8  9\n  10 11 12 13 14]\n [15 16 17 18 19\n  20 21 22 23 24\n  25 26 27 28 29]]",
  );
  expect(np.array_str(np.arange(14), { max_line_width: 20 })).toEqual(
    "[ 0  1  2  3  4  5\n  6  7  8  9 10 11\n 12 13]",
  );
  expect(np.array2string(np.arange(10, 60))).toEqual(
    "[10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33\n 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57\n 58 59]",
  );
  expect(np.array2string(np.arange(10, 60), { suffix: "abc" })).toEqual(
    "[10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32\n 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55\n 56 57 58 59]",
  );
});

test("a line ends where the next element would not fit, however wide it is", () => {
  const widths = Array.from({ length: 24 }, (_, place) => place + 6);
  const lines = (x: np.ArrayLike, separator: string) =>
    widths.map((max_line_width) => np.array2string(x, { max_line_width, separator }).split("\n").length);
  const row = np.arange(12);
  const grid = np.reshape(row, [2, 6]);
  expect(lines(row, " ")).toEqual([12, 6, 6, 6, 4, 4, 4, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(lines(row, "; ")).toEqual([12, 12, 6, 6, 6, 6, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2]);
  expect(lines(row, "")).toEqual([6, 6, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]);
  expect(lines(grid, " ")).toEqual([12, 12, 12, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(lines(grid, ", ")).toEqual([12, 12, 12, 12, 6, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2, 2, 2]);
});

test("matrices are set apart by empty lines", () => {
  expect(np.array2string(np.reshape(np.arange(8), [2, 2, 2]))).toEqual("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]");
  expect(np.array2string(np.reshape(np.arange(8), [2, 2, 2]), { separator: ", " })).toEqual(
    "[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]",
  );
  expect(np.array2string(np.reshape(np.arange(16), [2, 2, 2, 2]), { separator: "," })).toEqual(
    "[[[[ 0, 1],\n   [ 2, 3]],\n\n  [[ 4, 5],\n   [ 6, 7]]],\n\n\n [[[ 8, 9],\n   [10,11]],\n\n  [[12,13],\n   [14,15]]]]",
  );
});

test("of long axes only the ends are shown", () => {
  expect(np.array2string(np.reshape(np.arange(40), [20, 2]), { threshold: 10 })).toEqual(
    "[[ 0  1]\n [ 2  3]\n [ 4  5]\n ...\n [34 35]\n [36 37]\n [38 39]]",
  );
  expect(np.array2string(np.reshape(np.arange(40), [20, 2]), { threshold: 10, edgeitems: 1 })).toEqual(
    "[[ 0  1]\n ...\n [38 39]]",
  );
  expect(np.array2string(np.arange(8), { threshold: 5, edgeitems: 2 })).toEqual("[0 1 ... 6 7]");
  expect(np.array2string(np.arange(6), { threshold: 5 })).toEqual("[0 1 2 3 4 5]");
  expect(np.array2string(np.arange(6), { threshold: 6, edgeitems: 1 })).toEqual("[0 1 2 3 4 5]");
  expect(np.array2string(np.arange(100), { threshold: 5, edgeitems: 10, max_line_width: 40 })).toEqual(
    "[ 0  1  2  3  4  5  6  7  8  9 ... 90\n 91 92 93 94 95 96 97 98 99]",
  );
  expect(np.array2string(np.reshape(np.arange(100), [10, 10]), { threshold: 5, separator: ", " })).toEqual(
    "[[ 0,  1,  2, ...,  7,  8,  9],\n [10, 11, 12, ..., 17, 18, 19],\n [20, 21, 22, ..., 27, 28, 29],\n ...,\n [70, 71, 72, ..., 77, 78, 79],\n [80, 81, 82, ..., 87, 88, 89],\n [90, 91, 92, ..., 97, 98, 99]]",
  );
});

test("what is not shown takes no room", () => {
  expect(np.array2string(np.array([1, 2, 3000, 4, 5]), { threshold: 4, edgeitems: 2 })).toEqual("[1 2 ... 4 5]");
  expect(np.array2string(np.array([1000, 2, 3000, 4, 5]), { threshold: 4, edgeitems: 1 })).toEqual("[1000 ...    5]");
  expect(np.array2string(np.array([1, 2, 3000, 4, 5000]), { threshold: 4, edgeitems: 1 })).toEqual("[   1 ... 5000]");
});

test("integers are written in any base", () => {
  expect(np.base_repr(10)).toEqual("1010");
  expect(np.base_repr(-255, 16)).toEqual("-FF");
  expect(np.base_repr(255, 16, 3)).toEqual("000FF");
  expect(np.base_repr(0)).toEqual("0");
  expect(np.base_repr(0, 2, 3)).toEqual("000");
  expect(np.base_repr(-5, 2, 2)).toEqual("-00101");
  expect(np.base_repr(35, 36)).toEqual("Z");
  expect(np.base_repr(1180591620717411303424n, 36)).toEqual("6X5KXTVUWILUKG");
  expect(() => np.base_repr(5, 1)).toThrow(new RangeError("base_repr: there is no base 1"));
  expect(() => np.base_repr(5, 37)).toThrow(new RangeError("base_repr: there is no base 37"));
  expect(() => np.base_repr(1.5)).toThrow(new TypeError("base_repr: 1.5 is not an integer"));
});

test("in base 2 negative integers of a width are complements", () => {
  expect(np.binary_repr(5)).toEqual("101");
  expect(np.binary_repr(0)).toEqual("0");
  expect(np.binary_repr(-5)).toEqual("-101");
  expect(np.binary_repr(5, 8)).toEqual("00000101");
  expect(np.binary_repr(7, 3)).toEqual("111");
  expect(np.binary_repr(-5, 8)).toEqual("11111011");
  expect(np.binary_repr(-4, 3)).toEqual("100");
  expect(np.binary_repr(-1, 1)).toEqual("1");
  expect(np.binary_repr(0, 0)).toEqual("0");
  expect(np.binary_repr(-5, { width: 8 })).toEqual("11111011");
  expect(np.binary_repr(-5, {})).toEqual("-101");
  expect(() => np.binary_repr(8, 3)).toThrow(new RangeError("binary_repr: 8 does not fit in 3 bits"));
  expect(() => np.binary_repr(-5, 3)).toThrow(new RangeError("binary_repr: -5 does not fit in 3 bits"));
  expect(() => np.binary_repr(-1, 0)).toThrow(new RangeError("binary_repr: -1 does not fit in 0 bits"));
  expect(() => np.binary_repr(1.5)).toThrow(new TypeError("binary_repr: 1.5 is not an integer"));
});
