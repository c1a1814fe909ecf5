// Kernels that copy and convert.
import type { DType } from "@cotangent/core";
import { dtypeInfo } from "../dtype.ts";
import { theKernels, type RowKernel } from "./module.ts";

const copies: Readonly<Record<number, string>> = {
  1: "copy_u8",
  2: "copy_i16",
  4: "copy_i32",
  8: "copy_i64",
  16: "copyWide_f64",
};

const conversions: { readonly [From in DType]?: { readonly [To in DType]?: string } } = {
  bool: {
    int8: "copy_u8",
    uint8: "copy_u8",
    int32: "to_i32_from_u8",
    uint32: "to_i32_from_u8",
    int64: "to_i64_from_u8",
    uint64: "to_i64_from_u8",
    float32: "to_f32_from_u8",
    float64: "to_f64_from_u8",
  },
  int32: { int64: "to_i64_from_i32", float32: "to_f32_from_i32", float64: "to_f64_from_i32" },
  int64: {
    bool: "truth_i64",
    int32: "to_i32_from_i64",
    uint32: "to_i32_from_i64",
    uint64: "copy_i64",
    float32: "to_f32_from_i64",
    float64: "to_f64_from_i64",
  },
  uint64: { bool: "truth_i64", int64: "copy_i64", int32: "to_i32_from_i64", uint32: "to_i32_from_i64" },
  float32: { bool: "truth_f32", int64: "truncate_f32", float64: "to_f64_from_f32", complex64: "widen_f32" },
  float64: { bool: "truth_f64", int64: "truncate_f64", float32: "to_f32_from_f64", complex128: "widen_f64" },
};

/** The kernel that writes elements of one dtype as elements of another, or null if there is none. */
export function moveKernel(from: DType, to: DType): RowKernel | null {
  const name = from === to ? copies[dtypeInfo[from].bytes] : conversions[from]?.[to];
  return name === undefined ? null : theKernels().row(name);
}
