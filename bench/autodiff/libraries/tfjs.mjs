// What TensorFlow.js does in each row: float32 only, on its WebAssembly backend.
import { arrays, classes, line } from "../data.mjs";

/** @typedef {import("../foreign.ts").Foreign} Foreign */

const dtype = "float32";

/** @param {import("../worker.mjs").Load} load @returns {Promise<import("../worker.mjs").Library>} */
export async function open(load) {
  const { module: tf } = await load("@tensorflow/tfjs");
  const { module: wasm } = await load("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(`${load.folder("@tensorflow/tfjs-backend-wasm")}/dist/`);
  if (!(await Promise.resolve(tf.setBackend("wasm")))) throw new Error("there is no WebAssembly backend");
  await Promise.resolve(tf.ready());
  return { cases: casesOf(tf) };
}

/** @param {Foreign} tf @returns {Record<string, () => unknown>} */
function casesOf(tf) {
  const x3 = tf.tensor1d([1, 2, 3]);
  const few = tf.tensor1d(arrays.thousand);
  const flat = tf.tensor1d(arrays.million);
  const matrix = flat.reshape([1000, 1000]);
  const cases = {
    "vec3 add": () => tf.add(x3, x3),
    ...workloadsOf(tf),
    "add 1e3": () => tf.add(few, few),
    "mul 1e3": () => tf.mul(few, few),
    "exp 1e3": () => tf.exp(few),
    "sum 1e3": () => tf.sum(few),
    "add 1e6": () => tf.add(flat, flat),
    "mul 1e6": () => tf.mul(flat, flat),
    "exp 1e6": () => tf.exp(flat),
    "sum 1e6": () => tf.sum(flat),
    "row add": () => tf.add(matrix, few),
    "m + m.T": () => tf.add(matrix, matrix.transpose()),
    "sum axis 0": () => tf.sum(matrix, 0),
    "sum axis 1": () => tf.sum(matrix, 1),
    "cumsum 1e6": () => tf.cumsum(flat),
    "sort 1e6": () => tf.topk(flat, 1_000_000, true).values,
    ...Object.fromEntries(
      [64, 512, 1024].map((n) => {
        const square = tf.tensor2d(arrays.million.concat(arrays.million).slice(0, n * n), [n, n]);
        return [`matmul ${n}`, () => tf.matMul(square, square)];
      }),
    ),
  };
  return Object.fromEntries(
    Object.entries(cases).map(([name, run]) => [`${name} ${dtype}`, () => void tf.dispose(tf.tidy(run))]),
  );
}

/** @param {Foreign} tf */
function workloadsOf(tf) {
  const normal = (/** @type {number} */ rows, /** @type {number} */ columns, by = 1) =>
    tf.tensor2d(
      arrays.normal(rows * columns).map((each) => each * by),
      [rows, columns],
    );
  const inputs = normal(64, 256);
  const targets = tf.tensor2d(classes, [64, 10]);
  const start = normal(16, 64);
  /** @type {Record<string, readonly [(...inputs: Foreign[]) => Foreign, Foreign[]]>} */
  const programs = {
    mlp: [
      (first, offset, second, last) => {
        const hidden = tf.tanh(tf.add(tf.matMul(inputs, first), offset));
        const scores = tf.add(tf.matMul(hidden, second), last);
        const shifted = tf.sub(scores, tf.max(scores, 1, true));
        const logs = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
        return tf.mul(tf.sum(tf.mul(targets, logs)), -1 / 64);
      },
      [normal(256, 128, 1 / 16), tf.zeros([128]), normal(128, 10, 1 / 11), tf.zeros([10])],
    ],
    lse1e5: [
      (x) => {
        const largest = tf.max(x);
        return tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, largest)))), largest);
      },
      [tf.tensor1d(arrays.normal(100_000))],
    ],
    chain1000: [
      (x) => {
        let y = x;
        for (let step = 0; step < 1000; step++) y = tf.sin(y);
        return y;
      },
      [tf.scalar(0.5)],
    ],
    ros100: [
      (x) => {
        const [before, after] = [tf.slice(x, [0], [99]), tf.slice(x, [1], [99])];
        const valley = tf.square(tf.sub(after, tf.square(before)));
        return tf.sum(tf.add(tf.mul(valley, 100), tf.square(tf.sub(1, before))));
      },
      [tf.tensor1d(line)],
    ],
    rnn50: [
      (weights, offset) => {
        let state = start;
        for (let step = 0; step < 50; step++) state = tf.tanh(tf.add(tf.matMul(state, weights), offset));
        return tf.sum(tf.square(state));
      },
      [normal(64, 64, 1 / 8), tf.zeros([64])],
    ],
  };
  return Object.fromEntries(
    Object.entries(programs).flatMap(([name, [f, operands]]) => [
      [`${name} forward`, () => f(...operands)],
      [`${name} gradient`, () => tf.grads(f)(operands)],
    ]),
  );
}
