// The public face: arrays, the transformations of functions of them, and programs as values.
export * as np from "@cotangent/numpy";
export * from "./transformations.ts";
export * as graphs from "./graphs.ts";
export * as inspect from "./inspect.ts";
export { cond, evaluate, scan, trace, whileLoop } from "@cotangent/core";
export type { Graph, Value } from "@cotangent/core";
export {
  AbstractValueError,
  CapturedValueError,
  DTypeError,
  EscapedValueError,
  GraphError,
  MissingRuleError,
  OperatorError,
  ShapeError,
} from "@cotangent/core";
