import { expect, test } from "vitest";
import * as np from "../index.ts";

test("a number is written with as few digits as tell it from its neighbours", () => {
  expect(np.format_float_positional(1.5)).toEqual("1.5");
  expect(np.format_float_positional(100)).toEqual("100.");
  expect(np.format_float_positional(1e20)).toEqual("100000000000000000000.");
  expect(np.format_float_positional(1e23)).toEqual("100000000000000000000000.");
  expect(np.format_float_positional(1e-7)).toEqual("0.0000001");
  expect(np.format_float_positional(5e-324)).toEqual(
    "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005",
  );
  expect(np.format_float_scientific(1234.5678)).toEqual("1.2345678e+03");
  expect(np.format_float_scientific(5e-324)).toEqual("5.e-324");
  expect(np.format_float_scientific(1.7976931348623157e308)).toEqual("1.7976931348623157e+308");
});

test("a single takes fewer digits than a double", () => {
  expect(np.format_float_positional(np.array(0.1, "float32"))).toEqual("0.1");
  expect(np.format_float_positional(np.array(16777216, "float32"))).toEqual("16777216.");
  expect(np.format_float_scientific(np.array(3.4028234663852886e38, "float32"))).toEqual("3.4028235e+38");
  expect(np.format_float_scientific(np.array(8388609, "float32"))).toEqual("8.388609e+06");
  expect(np.format_float_scientific(np.array(16777217.5, "float32"))).toEqual("1.6777218e+07");
  expect(np.format_float_scientific(np.array(1.4e-45, "float32"))).toEqual("1.e-45");
  expect(np.format_float_scientific(np.array(1.00000012, "float32"))).toEqual("1.0000001e+00");
  expect(np.format_float_scientific(np.array(9.8765432e-5, "float32"))).toEqual("9.8765435e-05");
});

test("zero has a sign", () => {
  expect(np.format_float_positional(0)).toEqual("0.");
  expect(np.format_float_positional(-0)).toEqual("-0.");
  expect(np.format_float_positional(0, { trim: "0" })).toEqual("0.0");
  expect(np.format_float_positional(0, { trim: "-" })).toEqual("0");
  expect(np.format_float_positional(0, { precision: 3 })).toEqual("0.");
  expect(np.format_float_positional(0, { precision: 3, unique: false })).toEqual("0.000");
  expect(np.format_float_scientific(0)).toEqual("0.e+00");
  expect(np.format_float_scientific(-0, { precision: 2, unique: false })).toEqual("-0.00e+00");
});

test("what is not finite is written without digits or padding", () => {
  expect(np.format_float_positional(Number.NaN)).toEqual("nan");
  expect(np.format_float_positional(Number.NaN, { sign: true })).toEqual("nan");
  expect(np.format_float_positional(Number.NaN, { pad_left: 5, pad_right: 3 })).toEqual("nan");
  expect(np.format_float_positional(-Infinity)).toEqual("-inf");
  expect(np.format_float_positional(Infinity, { sign: true })).toEqual("+inf");
  expect(np.format_float_scientific(Number.NaN)).toEqual("nan");
  expect(np.format_float_scientific(Infinity, { sign: true, pad_left: 6 })).toEqual("+inf");
});

test("a precision bounds the digits after the point, or all of them", () => {
  expect(np.format_float_positional(1234.5678, { precision: 2 })).toEqual("1234.57");
  expect(np.format_float_positional(1234.5678, { precision: 0 })).toEqual("1235.");
  expect(np.format_float_positional(1234.5678, { precision: 2, fractional: false })).toEqual("1200.");
  expect(np.format_float_positional(1234.5678, { precision: 6, fractional: false })).toEqual("1234.57");
  expect(np.format_float_positional(1234.5678, { precision: 8, unique: false })).toEqual("1234.56780000");
  expect(np.format_float_positional(1234.5678, { precision: 2, unique: false, fractional: false })).toEqual("1200.");
  expect(np.format_float_positional(1234.5, { precision: 8, unique: false, fractional: false })).toEqual("1234.5000");
  expect(np.format_float_positional(0.00012345, { precision: 2, unique: false, fractional: false })).toEqual("0.00012");
  expect(np.format_float_positional(0.25, { precision: 4, unique: false, fractional: false })).toEqual("0.250");
  expect(np.format_float_scientific(1234.5678, { precision: 2 })).toEqual("1.23e+03");
  expect(np.format_float_scientific(1234.5678, { precision: 0 })).toEqual("1.e+03");
  expect(np.format_float_scientific(1.5, { precision: 4, unique: false })).toEqual("1.5000e+00");
  expect(np.format_float_scientific(5e-324, { precision: 3, unique: false })).toEqual("4.941e-324");
});

test("digits are rounded by the exact number, halves to even, and nines carry over", () => {
  expect(np.format_float_positional(0.5, { precision: 0 })).toEqual("0.");
  expect(np.format_float_positional(1.5, { precision: 0 })).toEqual("2.");
  expect(np.format_float_positional(2.5, { precision: 0 })).toEqual("2.");
  expect(np.format_float_positional(0.6, { precision: 0 })).toEqual("1.");
  expect(np.format_float_positional(0.125, { precision: 2 })).toEqual("0.12");
  expect(np.format_float_positional(0.375, { precision: 2 })).toEqual("0.38");
  expect(np.format_float_positional(0.126, { precision: 2 })).toEqual("0.13");
  expect(np.format_float_positional(9.96, { precision: 1 })).toEqual("10.");
  expect(np.format_float_positional(9.94, { precision: 1 })).toEqual("9.9");
  expect(np.format_float_positional(0.996, { precision: 2 })).toEqual("1.");
  expect(np.format_float_positional(0.996, { precision: 2, unique: false })).toEqual("1.00");
  expect(np.format_float_positional(0.0096, { precision: 2 })).toEqual("0.01");
  expect(np.format_float_scientific(9996, { precision: 2 })).toEqual("1.e+04");
  expect(np.format_float_scientific(9996, { precision: 2, unique: false })).toEqual("1.00e+04");
});

test("what is too small for its precision is zero", () => {
  expect(np.format_float_positional(0.00012345, { precision: 2 })).toEqual("0.00");
  expect(np.format_float_positional(0.05, { precision: 0 })).toEqual("0.");
  expect(np.format_float_positional(1e-5, { precision: 3, unique: false })).toEqual("0.000");
  expect(np.format_float_positional(1e-5, { precision: 3, trim: "-" })).toEqual("0");
});

test("zeros at the end are kept, or left out with the point, without it, or but for one", () => {
  expect(np.format_float_positional(1.1, { precision: 4, unique: false, trim: "k" })).toEqual("1.1000");
  expect(np.format_float_positional(1.1, { precision: 4, unique: false, trim: "." })).toEqual("1.1");
  expect(np.format_float_positional(1.1, { precision: 4, unique: false, trim: "0" })).toEqual("1.1");
  expect(np.format_float_positional(1.1, { precision: 4, unique: false, trim: "-" })).toEqual("1.1");
  expect(np.format_float_positional(100, { trim: "." })).toEqual("100.");
  expect(np.format_float_positional(100, { trim: "0" })).toEqual("100.0");
  expect(np.format_float_positional(100, { trim: "-" })).toEqual("100");
  expect(np.format_float_scientific(1, { trim: "." })).toEqual("1.e+00");
  expect(np.format_float_scientific(1, { trim: "0" })).toEqual("1.0e+00");
  expect(np.format_float_scientific(1, { trim: "-" })).toEqual("1e+00");
  expect(np.format_float_scientific(1.5, { precision: 4, unique: false, trim: "." })).toEqual("1.5e+00");
});

test("at least as many digits are written: those of the exact number", () => {
  expect(np.format_float_positional(1.25, { min_digits: 4 })).toEqual("1.2500");
  expect(np.format_float_positional(1.25, { min_digits: 4, trim: "-" })).toEqual("1.25");
  expect(np.format_float_positional(0.1, { min_digits: 20 })).toEqual("0.10000000000000000555");
  expect(np.format_float_positional(0.1, { min_digits: 3, trim: "." })).toEqual("0.1");
  expect(np.format_float_positional(123.456, { min_digits: 5, fractional: false })).toEqual("123.456");
  expect(np.format_float_positional(123.456, { min_digits: 8, fractional: false })).toEqual("123.45600");
  expect(np.format_float_positional(123.5, { min_digits: 8, fractional: false })).toEqual("123.50000");
  expect(np.format_float_positional(123.456, { min_digits: 1, precision: 2 })).toEqual("123.46");
  expect(np.format_float_scientific(1.5, { min_digits: 4 })).toEqual("1.5000e+00");
  expect(np.format_float_scientific(0.1, { min_digits: 20 })).toEqual("1.00000000000000005551e-01");
  expect(np.format_float_scientific(1.5, { exp_digits: 4 })).toEqual("1.5e+0000");
  expect(np.format_float_scientific(1.5e100, { exp_digits: 1 })).toEqual("1.5e+100");
});

test("numbers are filled with spaces on either side of the point", () => {
  expect(np.format_float_positional(1.25, { pad_left: 5, pad_right: 5 })).toEqual("    1.25   ");
  expect(np.format_float_positional(1, { pad_left: 5, pad_right: 5, trim: "-" })).toEqual("    1      ");
  expect(np.format_float_positional(1.5, { pad_left: 5, pad_right: 1, trim: "-" })).toEqual("    1.5");
  expect(np.format_float_positional(-1.5, { pad_left: 5 })).toEqual("   -1.5");
  expect(np.format_float_positional(1.25, { sign: true })).toEqual("+1.25");
  expect(np.format_float_scientific(-1.5e-300, { pad_left: 4 })).toEqual("  -1.5e-300");
  expect(np.format_float_scientific(1.5e100, { sign: true })).toEqual("+1.5e+100");
});

test("formats that contradict themselves are refused", () => {
  expect(() => np.format_float_positional(1.5, { precision: -1 })).toThrow(
    new RangeError("format_float_positional: a precision is not negative"),
  );
  expect(() => np.format_float_positional(1.5, { unique: false })).toThrow(
    new TypeError("format_float_positional: without `unique` a precision is needed"),
  );
  expect(() => np.format_float_positional(123.456, { precision: 0, fractional: false })).toThrow(
    new RangeError("format_float_positional: a number has one digit at least"),
  );
  expect(() => np.format_float_positional(0.1, { min_digits: 6, precision: 5 })).toThrow(
    new RangeError("format_float_positional: at least 6 digits are more than the precision 5"),
  );
  expect(() => np.format_float_positional({ re: 1, im: 2 })).toThrow(
    new TypeError("format_float_positional: expected a real number"),
  );
  expect(() => np.format_float_scientific(1.5, { unique: false })).toThrow(
    new TypeError("format_float_scientific: without `unique` a precision is needed"),
  );
  expect(() => np.format_float_scientific(1.5, { precision: -1 })).toThrow(
    new RangeError("format_float_scientific: a precision is not negative"),
  );
});

test("some singles take nine digits", () => {
  expect(np.format_float_scientific(np.array(10428.3955, "float32"))).toEqual("1.04283955e+04");
});
