// What jax-js does in each row. Its functions take over their operands; `ref` keeps one for the next call.
import { arrays, classes, line } from "../data.mjs";

/** @typedef {import("../foreign.ts").Foreign} Foreign */

/** Stands for a constructor that Node.js 20 has not, and the package asks for. */
function NoArray() {}

/** @param {import("../worker.mjs").Load} load @returns {Promise<import("../worker.mjs").Library>} */
export async function open(load) {
  Reflect.set(globalThis, "Float16Array", Reflect.get(globalThis, "Float16Array") ?? NoArray);
  const { module: jax } = await load("@jax-js/jax");
  await Promise.resolve(jax.init("wasm"));
  jax.defaultDevice("wasm");
  return { cases: { ...casesOf(jax, "float64"), ...casesOf(jax, "float32") } };
}

/** @param {Foreign} jax @param {"float64" | "float32"} dtype */
function casesOf({ numpy: np, grad, hessian, blockUntilReady, tree }, dtype) {
  const { sort } = np;
  const of = (/** @type {readonly number[]} */ data, /** @type {readonly number[]} */ shape) =>
    np.array(data, { dtype: np[dtype] }).reshape(shape);
  /** Waits for the result, and lets go of it. */
  const done = async (/** @type {Foreign} */ result) => {
    await Promise.resolve(blockUntilReady(result));
    tree.dispose(result);
  };
  const kept = (/** @type {unknown} */ input) => tree.ref(input);
  const workload = (/** @type {(input: Foreign) => Foreign} */ f, /** @type {unknown} */ input) => ({
    forward: () => done(f(kept(input))),
    reverse: () => done(grad(f)(kept(input))),
  });
  const x3 = of([1, 2, 3], [3]);
  const workloads = workloadsOf(np, of, workload);
  const [flat, other] = [of(arrays.million, [1_000_000]), of(arrays.million, [1_000_000])];
  const [few, fewer] = [of(arrays.thousand, [1000]), of(arrays.thousand, [1000])];
  const [matrix, row] = [flat.ref.reshape([1000, 1000]), few];
  const squares = Object.fromEntries(
    [64, 512, 1024].map((n) => [n, of(arrays.million.concat(arrays.million).slice(0, n * n), [n, n])]),
  );
  return {
    [`vec3 add ${dtype}`]: () => done(x3.ref.add(x3.ref)),
    ...Object.fromEntries(
      Object.entries(workloads).flatMap(([name, { forward, reverse }]) => [
        [`${name} forward ${dtype}`, forward],
        [`${name} gradient ${dtype}`, reverse],
      ]),
    ),
    [`ros100 hessian ${dtype}`]: () => done(hessian(rosenbrock)(of(line, [100]))),
    [`add 1e3 ${dtype}`]: () => done(few.ref.add(fewer.ref)),
    [`mul 1e3 ${dtype}`]: () => done(few.ref.mul(fewer.ref)),
    [`exp 1e3 ${dtype}`]: () => done(np.exp(few.ref)),
    [`sum 1e3 ${dtype}`]: () => done(np.sum(few.ref)),
    [`add 1e6 ${dtype}`]: () => done(flat.ref.add(other.ref)),
    [`mul 1e6 ${dtype}`]: () => done(flat.ref.mul(other.ref)),
    [`exp 1e6 ${dtype}`]: () => done(np.exp(flat.ref)),
    [`sum 1e6 ${dtype}`]: () => done(np.sum(flat.ref)),
    [`row add ${dtype}`]: () => done(matrix.ref.add(row.ref)),
    [`m + m.T ${dtype}`]: () => done(matrix.ref.add(matrix.ref.transpose())),
    [`sum axis 0 ${dtype}`]: () => done(np.sum(matrix.ref, 0)),
    [`sum axis 1 ${dtype}`]: () => done(np.sum(matrix.ref, 1)),
    [`sort 1e6 ${dtype}`]: () => done(sort(flat.ref)),
    ...Object.fromEntries(
      Object.entries(squares).map(([n, m]) => [`matmul ${n} ${dtype}`, () => done(np.matmul(m.ref, m.ref))]),
    ),
  };
}

/**
 * @param {Foreign} np
 * @param {(data: readonly number[], shape: readonly number[]) => Foreign} of
 * @param {(f: (input: Foreign) => Foreign, input: unknown) => { forward: () => unknown, reverse: () => unknown }} workload
 */
function workloadsOf(np, of, workload) {
  const inputs = of(arrays.normal(64 * 256), [64, 256]);
  const targets = of(classes, [64, 10]);
  const start = of(arrays.normal(16 * 64), [16, 64]);
  const scaled = (/** @type {readonly number[]} */ shape, /** @type {number} */ by) =>
    of(
      arrays.normal(shape[0] * shape[1]).map((each) => each * by),
      shape,
    );
  const zeros = (/** @type {number} */ n) =>
    of(
      Array.from({ length: n }, () => 0),
      [n],
    );
  return {
    mlp: workload(
      (/** @type {Foreign} */ [first, offset, second, last]) => {
        const hidden = np.tanh(np.matmul(inputs.ref, first).add(offset));
        const scores = np.matmul(hidden, second).add(last);
        const shifted = scores.ref.sub(np.max(scores, 1, { keepdims: true }));
        const logs = shifted.ref.sub(np.log(np.sum(np.exp(shifted), 1, { keepdims: true })));
        return np.sum(targets.ref.mul(logs)).mul(-1 / 64);
      },
      [scaled([256, 128], 1 / 16), zeros(128), scaled([128, 10], 1 / 11), zeros(10)],
    ),
    lse1e5: workload(
      (/** @type {Foreign} */ x) => {
        const largest = np.max(x.ref);
        return np.log(np.sum(np.exp(x.sub(largest.ref)))).add(largest);
      },
      of(arrays.normal(100_000), [100_000]),
    ),
    chain1000: workload(
      (/** @type {Foreign} */ x) => {
        let y = x;
        for (let step = 0; step < 1000; step++) y = np.sin(y);
        return y;
      },
      of([0.5], []),
    ),
    ros100: workload(rosenbrock, of(line, [100])),
    rnn50: workload(
      (/** @type {Foreign} */ [weights, offset]) => {
        let state = start.ref;
        for (let step = 0; step < 50; step++) state = np.tanh(np.matmul(state, weights.ref).add(offset.ref));
        weights.dispose();
        offset.dispose();
        return np.sum(np.square(state));
      },
      [scaled([64, 64], 1 / 8), zeros(64)],
    ),
  };
}

/** @param {Foreign} x */
function rosenbrock(x) {
  const before = x.ref.slice([0, 99]);
  const after = x.slice([1, 100]);
  const valley = after.sub(before.ref.mul(before.ref));
  const distance = before.neg().add(1);
  return valley.ref.mul(valley).mul(100).add(distance.ref.mul(distance)).sum();
}
