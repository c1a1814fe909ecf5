import { DTypeError } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../index.ts";

const nonsense: string = "nonsense";

test("the smallest dtype that holds a scalar is of its kind, and unsigned unless it is negative", () => {
  expect(np.min_scalar_type(true)).toEqual("bool");
  expect(np.min_scalar_type(0)).toEqual("uint8");
  expect(np.min_scalar_type(255)).toEqual("uint8");
  expect(np.min_scalar_type(256)).toEqual("uint16");
  expect(np.min_scalar_type(70000)).toEqual("uint32");
  expect(np.min_scalar_type(2 ** 40)).toEqual("uint64");
  expect(np.min_scalar_type(18446744073709551615n)).toEqual("uint64");
  expect(np.min_scalar_type(-1)).toEqual("int8");
  expect(np.min_scalar_type(-128)).toEqual("int8");
  expect(np.min_scalar_type(-129)).toEqual("int16");
  expect(np.min_scalar_type(-40000)).toEqual("int32");
  expect(np.min_scalar_type(-(2 ** 40))).toEqual("int64");
  expect(np.min_scalar_type(np.array(3, "int32"))).toEqual("uint8");
  expect(np.min_scalar_type({ re: 1, im: 2 })).toEqual("complex64");
  expect(np.min_scalar_type({ re: 1e50, im: 2 })).toEqual("complex128");
  expect(np.min_scalar_type({ re: 1, im: -1e50 })).toEqual("complex128");
  expect(np.min_scalar_type(1e50)).toEqual("float64");
  expect(np.min_scalar_type(-1e50)).toEqual("float64");
  expect(np.min_scalar_type(3e38)).toEqual("float32");
  expect(np.min_scalar_type(3.4e38)).toEqual("float64");
  // There is no float16 here.
  expect(np.min_scalar_type(1.5)).toEqual("float32");
  expect(np.min_scalar_type(Number.NaN)).toEqual("float32");
  expect(np.min_scalar_type(-Infinity)).toEqual("float32");
});

test("an array stays of its dtype, however small its elements are", () => {
  expect(np.min_scalar_type(np.array([1, 2], "int16"))).toEqual("int16");
  expect(np.min_scalar_type([1, 2])).toEqual("int64");
  expect(np.min_scalar_type([])).toEqual("float64");
});

test("the dtype that arrays have in common is one of floats", () => {
  expect(np.common_type(np.array([1, 2], "float32"), np.array([1], "int8"))).toEqual("float64");
  expect(np.common_type(np.array([1, 2], "float32"), np.array([1], "complex64"))).toEqual("complex64");
  expect(np.common_type(np.array([1], "float64"), np.array([1], "complex64"))).toEqual("complex128");
  expect(np.common_type(np.array([1], "float32"))).toEqual("float32");
  expect(np.common_type(np.array([1], "int8"))).toEqual("float64");
  expect(() => np.common_type(np.array([true]))).toThrow(new DTypeError("common_type: truth values are no numbers"));
});

test("dtypes and scalars have a result type", () => {
  expect(np.result_type(3, np.array([1], "int8"))).toEqual("int8");
  expect(np.result_type("int8", 3.5)).toEqual("float64");
  expect(np.result_type("int8", "uint8")).toEqual("int16");
  expect(np.result_type(true, 2)).toEqual("int64");
  expect(np.promote_types("int64", "uint64")).toEqual("float64");
  expect(np.promote_types("int8", "uint8")).toEqual("int16");
  expect(() => np.promote_types("int8", nonsense as "int8")).toThrow(
    new DTypeError(
      'there is no dtype "nonsense": bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64, complex64, complex128',
    ),
  );
});

test("casts go by rules", () => {
  expect(np.can_cast("int8", "int16")).toEqual(true);
  expect(np.can_cast("int16", "int8")).toEqual(false);
  expect(np.can_cast("int16", "int8", "same_kind")).toEqual(true);
  expect(np.can_cast("float32", "int8", { casting: "same_kind" })).toEqual(false);
  expect(np.can_cast("float32", "int8", { casting: "unsafe" })).toEqual(true);
  expect(np.can_cast("int16", "int8", {})).toEqual(false);
  expect(np.can_cast("int8", "int8", "no")).toEqual(true);
  expect(np.can_cast("int8", "int16", "equiv")).toEqual(false);
  expect(np.can_cast("uint8", "int8", "same_kind")).toEqual(true);
  expect(np.can_cast("int8", "uint8", "same_kind")).toEqual(false);
  expect(np.can_cast(np.array([1], "int8"), "int16")).toEqual(true);
});

test("a dtype is of a kind, of one of several, or another dtype", () => {
  expect(np.isdtype("bool", "bool")).toEqual(true);
  expect(np.isdtype("int8", "bool")).toEqual(false);
  expect(np.isdtype("int8", "signed integer")).toEqual(true);
  expect(np.isdtype("uint8", "signed integer")).toEqual(false);
  expect(np.isdtype("uint8", "unsigned integer")).toEqual(true);
  expect(np.isdtype("int8", "unsigned integer")).toEqual(false);
  expect(np.isdtype("uint8", "integral")).toEqual(true);
  expect(np.isdtype("int8", "integral")).toEqual(true);
  expect(np.isdtype("bool", "integral")).toEqual(false);
  expect(np.isdtype("float32", "real floating")).toEqual(true);
  expect(np.isdtype("complex64", "real floating")).toEqual(false);
  expect(np.isdtype("complex64", "complex floating")).toEqual(true);
  expect(np.isdtype("bool", "numeric")).toEqual(false);
  expect(np.isdtype("int8", "numeric")).toEqual(true);
  expect(np.isdtype("int8", ["bool", "integral"])).toEqual(true);
  expect(np.isdtype("int8", "int8")).toEqual(true);
  expect(np.isdtype("int8", ["int16", "float32"])).toEqual(false);
});

test("a dtype is below another in NumPy's tree", () => {
  expect(np.issubdtype("int8", "generic")).toEqual(true);
  expect(np.issubdtype("bool", "number")).toEqual(false);
  expect(np.issubdtype("int8", "number")).toEqual(true);
  expect(np.issubdtype("int8", "integer")).toEqual(true);
  expect(np.issubdtype("float32", "integer")).toEqual(false);
  expect(np.issubdtype("int8", "signedinteger")).toEqual(true);
  expect(np.issubdtype("uint8", "signedinteger")).toEqual(false);
  expect(np.issubdtype("uint8", "unsignedinteger")).toEqual(true);
  expect(np.issubdtype("int8", "unsignedinteger")).toEqual(false);
  expect(np.issubdtype("float32", "inexact")).toEqual(true);
  expect(np.issubdtype("int8", "inexact")).toEqual(false);
  expect(np.issubdtype("float32", "floating")).toEqual(true);
  expect(np.issubdtype("complex64", "floating")).toEqual(false);
  expect(np.issubdtype("complex64", "complexfloating")).toEqual(true);
  expect(np.issubdtype("float32", "complexfloating")).toEqual(false);
  expect(np.issubdtype("int8", "int8")).toEqual(true);
  expect(np.issubdtype("int8", "int16")).toEqual(false);
  expect(() => np.issubdtype("int8", "toString")).toThrow(
    new DTypeError(
      'there is no dtype "toString": bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64, complex64, complex128',
    ),
  );
});

test("whether elements are complex is a question of the dtype", () => {
  expect(np.iscomplexobj({ re: 1, im: 0 })).toEqual(true);
  expect(np.iscomplexobj(np.array([1], "complex64"))).toEqual(true);
  expect(np.iscomplexobj([1, 2])).toEqual(false);
  expect(np.iscomplexobj(2)).toEqual(false);
  expect(np.isrealobj(2)).toEqual(true);
  expect(np.isrealobj([{ re: 1, im: 2 }])).toEqual(false);
});

test("type characters have names", () => {
  expect(np.typename("d")).toEqual("double precision");
  expect(np.typename("?")).toEqual("bool");
  expect(() => np.typename("xx")).toThrow(new RangeError('typename: there is no type "xx"'));
  expect(() => np.typename("toString")).toThrow(new RangeError('typename: there is no type "toString"'));
});

test("the smallest type character is that of the longest number, if it is in the set", () => {
  expect(np.mintypecode(["d", "f"])).toEqual("d");
  expect(np.mintypecode(["d", "f", "F"])).toEqual("D");
  expect(np.mintypecode("fF")).toEqual("F");
  expect(np.mintypecode(["f", "i"])).toEqual("f");
  expect(np.mintypecode(["i", "b"])).toEqual("d");
  expect(np.mintypecode(["i"], "GDFgdf", "f")).toEqual("f");
  expect(np.mintypecode(["d", "F"], "F")).toEqual("F");
  expect(np.mintypecode(["G", "d"])).toEqual("G");
});

test("integers have limits", () => {
  expect(np.iinfo("int8")).toEqual({ bits: 8, min: -128n, max: 127n });
  expect(np.iinfo("uint64")).toEqual({ bits: 64, min: 0n, max: 18446744073709551615n });
  expect(() => np.iinfo("float64")).toThrow(new RangeError("iinfo: float64 is not of integers"));
  expect(() => np.iinfo("bool")).toThrow(new RangeError("iinfo: bool is not of integers"));
});

test("floats have limits, and complex numbers those of their parts", () => {
  const single = {
    bits: 32,
    eps: 1.1920928955078125e-7,
    max: 3.4028234663852886e38,
    min: -3.4028234663852886e38,
    tiny: 1.1754943508222875e-38,
    smallest_normal: 1.1754943508222875e-38,
    smallest_subnormal: 1.401298464324817e-45,
    resolution: 1e-6,
  };
  const double = {
    bits: 64,
    eps: 2.220446049250313e-16,
    max: 1.7976931348623157e308,
    min: -1.7976931348623157e308,
    tiny: 2.2250738585072014e-308,
    smallest_normal: 2.2250738585072014e-308,
    smallest_subnormal: 5e-324,
    resolution: 1e-15,
  };
  expect(np.finfo("float32")).toEqual(single);
  expect(np.finfo("complex64")).toEqual(single);
  expect(np.finfo("float64")).toEqual(double);
  expect(np.finfo("complex128")).toEqual(double);
  expect(() => np.finfo("int8")).toThrow(new RangeError("finfo: int8 is not of floating-point numbers"));
});

test("the order in memory is of columns only where it is not of rows", () => {
  expect(np.isfortran(np.asfortranarray(np.ones([2, 3])))).toEqual(true);
  expect(np.isfortran(np.transpose(np.ones([2, 3, 4])))).toEqual(true);
  expect(np.isfortran(np.transpose(np.ones([2, 3, 4]), [1, 0, 2]))).toEqual(false);
  expect(np.isfortran(np.transpose(np.ones([1, 3])))).toEqual(false);
  expect(np.isfortran(np.ones([2, 3]))).toEqual(false);
  expect(np.isfortran(np.ones(3))).toEqual(false);
  expect(np.isfortran(np.transpose(np.ones([0, 3])))).toEqual(false);
  expect(np.isfortran(np.transpose(np.reshape(np.arange(12), [3, 4])))).toEqual(true);
  expect(np.isfortran(np.getitem(np.transpose(np.ones([4, 3])), ":", ":2"))).toBe(true);
  expect(np.isfortran(np.getitem(np.transpose(np.ones([4, 3])), ":2", ":"))).toBe(false);
});

test("memory is shared where views have an element in one place", () => {
  const x = np.arange(10);
  const sharing = (one: string, other: string) => np.shares_memory(np.getitem(x, one), np.getitem(x, other));
  expect(sharing(":5", "4:")).toBe(true);
  expect(sharing(":5", "5:")).toBe(false);
  expect(sharing("::2", "1::2")).toBe(false);
  expect(sharing("::2", "::3")).toBe(true);
  expect(sharing("3:3", ":")).toBe(false);
  expect(np.shares_memory(np.transpose(np.reshape(x, [2, 5])), np.getitem(x, 7, null))).toBe(true);
  expect(np.shares_memory(np.getitem(np.reshape(x, [2, 5]), ":", 0), np.getitem(np.reshape(x, [2, 5]), ":", 1))).toBe(
    false,
  );
  expect(np.may_share_memory(x, np.getitem(x, "2:"))).toBe(true);
  expect(np.may_share_memory(x, np.copy(x))).toBe(false);
  expect(np.shares_memory(np.ones(3), np.ones(3))).toEqual(false);
});
