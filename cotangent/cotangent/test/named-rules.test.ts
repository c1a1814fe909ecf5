// Calls whose rules have a name go through a file, and have the same derivatives of any order behind it.
import { expect, test } from "vitest";
import { checkpoint, evaluate, grad, graphs, hvp, inspect, np, trace, vmap, type Value } from "cotangent";

const { add, dot, matmul, multiply, reshape, sin, square, sum, tanh } = np;

const wave = (shape: readonly number[], step: number): Value =>
  reshape(sin(add(multiply(step, np.arange(shape.reduce((a, b) => a * b, 1))), 0.3)), shape);

const programs: Readonly<Record<string, readonly [f: (x: Value) => Value, call: string]>> = {
  "layers that are run again": [
    (x) => {
      const w = reshape(x, [2, 3]);
      const layer = checkpoint((y: Value, slope: number) =>
        tanh(multiply(slope, matmul(matmul(y, w), wave([3, 2], 0.7)))),
      );
      return sum(square(layer(layer(wave([4, 2], 0.9), 2), 0.5)));
    },
    "call name=checkpoint rules=checkpoint",
  ],
  "a pseudo-inverse": [
    (x) => sum(multiply(np.linalg.pinv(reshape(x, [2, 3])), wave([3, 2], 0.4))),
    "call name=pinv rules=pinv",
  ],
  "least squares": [
    (x) => sum(square(np.linalg.lstsq(add(reshape(x, [3, 2]), np.eye(3, 2)), wave([3], 0.8))[0])),
    "call name=pinv rules=pinv",
  ],
};

test.each(Object.entries(programs))("%s", (_, [f, call]) => {
  const [x, c] = [wave([6], 0.5), wave([6], 1.1)];
  const { graph } = trace(f)(x);
  const text = inspect.print(graph);
  expect(text).toContain(call);
  const again = graphs.fromJSON(JSON.parse(JSON.stringify(graphs.toJSON(graph))));
  expect(inspect.print(again)).toBe(text);
  const run = (y: Value) => evaluate(again, [y])[0] as Value;
  expect(np.allclose(run(x), f(x), { rtol: 1e-14 })).toBe(true);
  expect(np.allclose(grad(run)(x), grad(f)(x), { rtol: 1e-13 })).toBe(true);
  expect(np.allclose(hvp(run)(x, c), hvp(f)(x, c), { rtol: 1e-12 })).toBe(true);
  const examples = np.stack([x, c]);
  expect(np.allclose(vmap(grad(run))(examples), np.stack([grad(f)(x), grad(f)(c)]), { rtol: 1e-12 })).toBe(true);
  const stored = graphs.fromJSON(graphs.toJSON(trace((y: Value) => vmap(f)(y))(examples).graph));
  const all = (y: Value) => dot(evaluate(stored, [y])[0] as Value, np.array([2, 3]));
  expect(np.allclose(grad(all)(examples), np.stack([multiply(2, grad(f)(x)), multiply(3, grad(f)(c))]))).toBe(true);
  inspect.checkGrads(run, [x], { order: 3, tolerance: 1e-4 });
});
