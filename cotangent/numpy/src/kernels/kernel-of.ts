// Which kernel computes an operation on elements of a dtype.
import type { DType } from "@cotangent/core";
import { theKernels, type RowKernel } from "./module.ts";

const types: { readonly [Name in DType]: string | null } = {
  bool: "u8",
  int8: null,
  int16: null,
  int32: "i32",
  int64: "i64",
  uint8: null,
  uint16: null,
  uint32: "i32",
  uint64: "i64",
  float32: "f32",
  float64: "f64",
  complex64: "f32",
  complex128: "f64",
};

/** Operations that are the same on the bits of signed and unsigned integers. */
const signless = new Set(
  "add sub mul neg square equal notEqual select sum prod sumColumns prodColumns cumsum cumprod bitwiseAnd bitwiseOr bitwiseXor".split(
    " ",
  ),
);

/** Truth values are bytes that are 0 or 1. */
const ofTruth: Readonly<Record<string, string>> = {
  add: "bitwiseOr",
  mul: "bitwiseAnd",
  maximum: "bitwiseOr",
  minimum: "bitwiseAnd",
  fmax: "bitwiseOr",
  fmin: "bitwiseAnd",
  logicalAnd: "bitwiseAnd",
  logicalOr: "bitwiseOr",
  logicalXor: "bitwiseXor",
  notEqual: "bitwiseXor",
  bitwiseAnd: "bitwiseAnd",
  bitwiseOr: "bitwiseOr",
  bitwiseXor: "bitwiseXor",
  select: "select",
  any: "any",
  all: "all",
};

/** The kernel of this operation for elements of the dtype, or null if there is none. */
export function kernelOf(operation: string, dtype: DType): RowKernel | null {
  const type = types[dtype];
  if (type === null) return null;
  if (dtype === "bool") {
    const name = ofTruth[operation];
    return name === undefined ? null : theKernels().row(`${name}_u8`);
  }
  if (dtype.startsWith("uint") && !signless.has(operation)) return null;
  return theKernels().row(`${operation}${dtype.startsWith("complex") ? "Complex" : ""}_${type}`);
}

/** `kernelOf` an operation, remembered. */
export function kernelsOf(operation: string): (dtype: DType) => RowKernel | null {
  const known: { [Name in DType]?: RowKernel | null } = {};
  return (dtype) => {
    const kernel = known[dtype];
    return kernel === undefined ? (known[dtype] = kernelOf(operation, dtype)) : kernel;
  };
}
