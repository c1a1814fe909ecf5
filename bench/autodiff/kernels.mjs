// Single operations of cotangent's arrays next to NumPy's (one thread), in one run: A B A B, medians of rounds. Prints a
// table; writes nothing.
//
// npx tsx --conditions=source bench/autodiff/kernels.mjs [PART OF A NAME]
import { np } from "cotangent";
import { startNumPy } from "./numpy.mjs";
import { environment } from "../environment.mjs";

const rounds = 9;
const width = 14;
const part = process.argv[2] ?? "";

/** @param {readonly number[]} shape */
function random(...shape) {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float64Array.from({ length: size }, (_, index) => 0.05 + ((index * 7919) % 10_007) / 10_007);
  return np.reshape(np.array(values), shape);
}

const setup = `
import numpy as np
def random(*shape):
  return (0.05 + ((np.arange(np.prod(shape, dtype=int)) * 7919) % 10007) / 10007).reshape(shape)
`;

const x = random(1_000_000);
const y = random(1_000_000);
const m = random(1000, 1000);
const row = random(1000);
const column = random(1000, 1);
const [s, t] = [np.array(1.5), np.array(2.5)];
const [v, w] = [np.array([1.5, 2.5, 3.5]), np.array([0.5, 0.25, 4])];
const names =
  "x, y = random(1000000), random(1000000); m, row, column = random(1000, 1000), random(1000), random(1000, 1); s, t = np.array(1.5), np.array(2.5); v, w = np.array([1.5, 2.5, 3.5]), np.array([0.5, 0.25, 4])";

/** @typedef {readonly [name: string, run: () => unknown, statement: string, times: number]} Case How often in a round. */

/** @type {readonly Case[]} */
const cases = [
  ["add 0-d", () => np.add(s, t), "np.add(s, t)", 50_000],
  ["add of 3", () => np.add(v, w), "np.add(v, w)", 50_000],
  ...[64, 1000, 10_000].map((n) => {
    const [a, b] = [random(n), random(n)];
    return /** @type {Case} */ ([`add of ${n}`, () => np.add(a, b), `np.add(x[:${n}], y[:${n}])`, 5000]);
  }),
  ["add of 1e6", () => np.add(x, y), "np.add(x, y)", 100],
  ["multiply of 1e6 and a number", () => np.multiply(x, 2), "np.multiply(x, 2)", 100],
  ["add of 1000x1000 and 1000", () => np.add(m, row), "np.add(m, row)", 100],
  ["add of 1000x1000 and 1000x1", () => np.add(m, column), "np.add(m, column)", 100],
  ["add of a matrix and its transpose", () => np.add(m, np.transpose(m)), "np.add(m, m.T)", 20],
  ...Object.entries({ exp: np.exp, log: np.log, sin: np.sin, cos: np.cos, tanh: np.tanh, sqrt: np.sqrt }).map(
    ([name, f]) => /** @type {Case} */ ([`${name} of 1e6`, () => f(x), `np.${name}(x)`, 10]),
  ),
  ["less of 1e6", () => np.less(x, y), "np.less(x, y)", 50],
  ["sum of 1e6", () => np.sum(x), "np.sum(x)", 100],
  ["sum of 1000x1000 over axis 0", () => np.sum(m, { axis: 0 }), "np.sum(m, axis=0)", 100],
  ["sum of 1000x1000 over axis 1", () => np.sum(m, { axis: 1 }), "np.sum(m, axis=1)", 100],
  ["max of 1e6", () => np.max(x), "np.max(x)", 100],
  ["cumsum of 1e6", () => np.cumsum(x), "np.cumsum(x)", 20],
  ["matrix 1000x1000 times vector", () => np.matmul(m, row), "np.matmul(m, row)", 50],
  ...[8, 64, 256, 1024].map((n) => {
    const [a, b] = [random(n, n), random(n, n)];
    const times = Math.ceil(2e7 / n ** 3);
    return /** @type {Case} */ ([
      `matmul ${n}`,
      () => np.matmul(a, b),
      `np.matmul(random(${n}, ${n}), random(${n}, ${n}))`,
      Math.min(times, 5000),
    ]);
  }),
];

const numPy = await startNumPy(`${setup}${names}`);
process.stdout.write(`${JSON.stringify({ ...environment(), numpy: numPy?.version ?? "not there" })}\n`);
// A machine that does other things too disturbs the time of processors less than that of the clock.
const headings = ["cotangent µs", "NumPy µs", "ratio", "of CPU µs", "NumPy µs", "ratio"];
process.stdout.write(`${"".padEnd(36)}${headings.map((heading) => heading.padStart(width)).join("")}\n`);
for (const [name, run, statement, times] of cases) {
  if (name.includes(part)) process.stdout.write(`${await line(name, run, statement, times)}\n`);
}
numPy?.stop();

/** @typedef {readonly [wall: number, cpu: number]} Seconds For each run: by the clock, and of processors (all threads). */

/** @param {string} name @param {() => unknown} run @param {string} statement @param {number} times */
async function line(name, run, statement, times) {
  /** @type {Seconds[]} */
  const own = [];
  /** @type {Seconds[]} */
  const other = [];
  for (let round = -2; round < rounds; round++) {
    const mine = timed(run, times);
    const theirs = await numPy?.time(statement, times);
    if (round < 0) continue;
    own.push(mine);
    if (theirs !== undefined) other.push(theirs);
  }
  const columns = [0, 1].flatMap((kind) => {
    const [mine, theirs] = [own, other].map((list) => median(list.map((each) => each[kind] ?? Number.NaN)));
    return [mine * 1e6, theirs * 1e6, mine / theirs];
  });
  return name.padEnd(36) + columns.map((value) => show(value).padStart(width)).join("");
}

/** @param {() => unknown} run @param {number} times @returns {Seconds} */
function timed(run, times) {
  const start = performance.now();
  const used = process.cpuUsage();
  for (let each = 0; each < times; each++) run();
  const { user, system } = process.cpuUsage(used);
  return [(performance.now() - start) / times / 1e3, (user + system) / times / 1e6];
}

/** @param {number} value */
function show(value) {
  return Number.isNaN(value) ? "-" : value.toFixed(value < 10 ? 3 : 1);
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
