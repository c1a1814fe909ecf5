// The public face: arrays, and the transformations of functions of them.
import { rules } from "@cotangent/grad-numpy";
import { createTransformations } from "@cotangent/grad";
import { backend } from "@cotangent/numpy";

export * as np from "@cotangent/numpy";
export { cond, evaluate, scan, trace, whileLoop } from "@cotangent/core";
export type { Graph, Value } from "@cotangent/core";

export const {
  jvp,
  linearize,
  transpose,
  vjp,
  grad,
  valueAndGrad,
  jacfwd,
  jacrev,
  hessian,
  hvp,
  vmap,
  checkpoint,
  customJvp,
  customVjp,
  stopGradient,
} = /* @__PURE__ */ createTransformations(backend, rules);
