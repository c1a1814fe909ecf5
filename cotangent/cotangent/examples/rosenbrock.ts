// Newton's method on Rosenbrock's function, with the Hessian.
import { grad, hessian, np, type Value } from "cotangent";

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², whose least value is 0, at ones. */
export function rosenbrock(x: Value): Value {
  const [before, after] = [np.getitem(x, ":-1"), np.getitem(x, "1:")];
  const valley = np.square(np.subtract(after, np.square(before)));
  return np.sum(np.add(np.multiply(valley, 100), np.square(np.subtract(1, before))));
}

/** Steps of Newton's method until the gradient is small; steps that lead upwards are shortened. */
export function minimise(start: Value, tolerance = 1e-10): { readonly x: Value; readonly steps: number } {
  let x = start;
  for (let steps = 0; ; steps++) {
    const slope = grad(rosenbrock)(x);
    if (Number(np.linalg.norm(slope).item()) < tolerance) return { x, steps };
    const step = np.linalg.solve(hessian(rosenbrock)(x), slope);
    x = shortened(x, step);
  }
}

function shortened(x: Value, step: Value): Value {
  const before = Number(rosenbrock(x).item());
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = np.subtract(x, np.multiply(step, length));
    if (Number(rosenbrock(next).item()) < before) return next;
  }
  return np.subtract(x, step);
}
