// The transformations, with NumPy's arrays and the rules of their primitives.
import { createTransformations } from "@cotangent/grad";
import { rules } from "@cotangent/grad-numpy";
import { backend } from "@cotangent/numpy";

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
