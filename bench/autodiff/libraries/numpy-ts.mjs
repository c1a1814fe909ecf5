// What numpy-ts does in each row. It has no derivatives. Results are disposed of, which it recommends.
import { arrays, line } from "../data.mjs";

/** @typedef {import("../foreign.ts").Foreign} Foreign */

/** @param {import("../worker.mjs").Load} load @returns {Promise<import("../worker.mjs").Library>} */
export async function open(load) {
  const { module: np } = await load("numpy-ts");
  return { cases: { ...casesOf(np, "float64"), ...casesOf(np, "float32") } };
}

/** @param {Foreign} result */
function done(result) {
  result?.dispose?.();
}

/** @param {Foreign} np @param {"float64" | "float32"} dtype */
function casesOf(np, dtype) {
  const { sort } = np;
  const x3 = np.array([1, 2, 3], dtype);
  const few = np.array(arrays.thousand, dtype);
  const flat = np.array(arrays.million, dtype);
  const matrix = flat.reshape([1000, 1000]);
  const zero = np.array(0.5, dtype);
  const x = np.array(line, dtype);
  return {
    [`vec3 add ${dtype}`]: () => done(np.add(x3, x3)),
    [`chain1000 forward ${dtype}`]: () => {
      let y = zero;
      for (let step = 0; step < 1000; step++) y = np.sin(y);
      done(y);
    },
    [`ros100 forward ${dtype}`]: () => {
      const [before, after] = [x.slice("0:99"), x.slice("1:100")];
      const valley = np.square(np.subtract(after, np.square(before)));
      return np.sum(np.add(np.multiply(valley, 100), np.square(np.subtract(before, 1))));
    },
    [`add 1e3 ${dtype}`]: () => done(np.add(few, few)),
    [`mul 1e3 ${dtype}`]: () => done(np.multiply(few, few)),
    [`exp 1e3 ${dtype}`]: () => done(np.exp(few)),
    [`sum 1e3 ${dtype}`]: () => np.sum(few),
    [`add 1e6 ${dtype}`]: () => done(np.add(flat, flat)),
    [`mul 1e6 ${dtype}`]: () => done(np.multiply(flat, flat)),
    [`exp 1e6 ${dtype}`]: () => done(np.exp(flat)),
    [`sum 1e6 ${dtype}`]: () => np.sum(flat),
    [`row add ${dtype}`]: () => done(np.add(matrix, few)),
    [`m + m.T ${dtype}`]: () => done(np.add(matrix, np.transpose(matrix))),
    [`sum axis 0 ${dtype}`]: () => done(np.sum(matrix, 0)),
    [`sum axis 1 ${dtype}`]: () => done(np.sum(matrix, 1)),
    [`cumsum 1e6 ${dtype}`]: () => done(np.cumsum(flat)),
    [`sort 1e6 ${dtype}`]: () => done(sort(flat)),
    ...Object.fromEntries(
      [64, 512, 1024].map((n) => {
        const square = np.array(arrays.million.concat(arrays.million).slice(0, n * n), dtype).reshape([n, n]);
        return [`matmul ${n} ${dtype}`, () => done(np.matmul(square, square))];
      }),
    ),
  };
}
