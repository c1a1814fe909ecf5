// A second backend, small enough to be read at once: core and grad are tested with it, so that nothing in them can lean
// on an array library.
import {
  kernelsOf,
  sizeOf,
  type Backend,
  type DType,
  type NestedList,
  type Scalar,
  type Shape,
  type Value,
} from "../src/index.ts";
import { elementOf, TinyArray, tinyOf } from "./tiny-array.ts";
import { tinyTable } from "./tiny-kernels.ts";

export const tinyBackend: Backend = {
  name: "tiny",
  kernels: kernelsOf(tinyTable),
  scalar: (value, dtype) => new TinyArray([], dtype, [elementOf(value, dtype)]),
  full: (shape, value, dtype) =>
    new TinyArray(
      shape,
      dtype,
      Array.from({ length: sizeOf(shape) }, () => elementOf(value, dtype)),
    ),
  fromElements: (elements, { shape, dtype }) =>
    new TinyArray(
      shape,
      dtype,
      elements.map((each) => elementOf(each, dtype)),
    ),
  elements: (value) => tinyOf(value).data,
  show: (value) => JSON.stringify(value.toList()),
  asValue: (raw) => (isNested(raw) ? array(raw) : undefined),
};

/** An array from nested lists. Numbers are float64 unless a dtype is given, booleans bool. */
export function array(list: NestedList, dtype?: DType): Value {
  const elements = flat(list);
  const type =
    dtype ?? (elements.length > 0 && elements.every((each) => typeof each === "boolean") ? "bool" : "float64");
  return new TinyArray(
    shapeOf(list),
    type,
    elements.map((each) => elementOf(each, type)),
  );
}

function isNested(raw: unknown): raw is NestedList {
  return Array.isArray(raw) ? raw.every(isNested) : ["number", "boolean", "bigint"].includes(typeof raw);
}

function isList(list: NestedList): list is readonly NestedList[] {
  return Array.isArray(list);
}

function flat(list: NestedList): readonly Scalar[] {
  return isList(list) ? list.flatMap(flat) : [list];
}

function shapeOf(list: NestedList): Shape {
  return isList(list) ? [list.length, ...(list[0] === undefined ? [] : shapeOf(list[0]))] : [];
}
