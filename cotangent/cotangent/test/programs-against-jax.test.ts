// Whole programs of several kinds: the value, the gradient and the Hessian along c = cos(0, 1, …), as jax 0.10.2 has
// them in double precision. What passes make of the gradient's graph, and what a file gives back of it, is the same.
import { expect, test } from "vitest";
import {
  customVjp,
  evaluate,
  grad,
  graphs,
  hvp,
  jvp,
  np,
  scan,
  stopGradient,
  trace,
  valueAndGrad,
  vmap,
  type Value,
} from "cotangent";

const { add, cos, divide, dot, exp, getitem, log, matmul, mean, multiply, negative, power, reshape } = np;
const { slice, sqrt, square, subtract, sum, tanh, transpose } = np;

/** Numbers that look random and are the same everywhere. */
function wave(shape: readonly number[], step = 1.3, start = 0.7): Value {
  const size = shape.reduce((product, length) => product * length, 1);
  return reshape(np.sin(add(multiply(step, np.arange(size)), start)), shape);
}

function logsumexp(x: Value, axis: number): Value {
  const most = stopGradient(np.max(x, axis, { keepdims: true }));
  return add(log(sum(exp(subtract(x, most)), axis)), np.squeeze(most, axis));
}

function total(...terms: readonly Value[]): Value {
  return terms.reduce((left, right) => add(left, right));
}

/** x as a column, to be added to rows. */
const column = (x: Value) => np.expand_dims(x, 1);

function equilibriumOf(a: Value, t: Value): Value {
  let x = np.zeros(3);
  for (let time = 0; time < 80; time++) x = tanh(add(matmul(a, x), t));
  return x;
}

const weights = multiply(wave([3, 3]), 0.2);

/** Where x = tanh(a x + t), with the derivative of the implicit function. */
const equilibrium: (t: Value) => Value = customVjp((t: Value) => equilibriumOf(weights, t), {
  forward: (t: Value) => {
    const x = equilibrium(t);
    return [x, x] as const;
  },
  backward: (x: Value, cotangent: Value) => {
    const slope = subtract(1, square(x));
    const rest = subtract(np.eye(3), multiply(column(slope), weights));
    return [multiply(slope, np.linalg.solve(transpose(rest), cotangent))] as const;
  },
});

function lossOf(w: Value): Value {
  return mean(square(subtract(tanh(matmul(wave([6, 3]), w)), wave([6], 0.9, 0.2))));
}

function softplusOf(x: Value): Value {
  return add(sum(np.log1p(exp(matmul(wave([8, 4]), x)))), multiply(0.5, dot(x, x)));
}

const programs: Readonly<Record<string, readonly [length: number, f: (x: Value) => Value]>> = {
  "six steps of Adam": [
    3,
    (x) => {
      const step = ([w, m, v]: readonly [Value, Value, Value], i: Value) => {
        const g = grad(lossOf)(w);
        const first = add(multiply(0.9, m), multiply(0.1, g));
        const second = add(multiply(0.99, v), multiply(0.01, square(g)));
        const size = sqrt(divide(second, subtract(1, power(0.99, i))));
        const change = divide(divide(first, subtract(1, power(0.9, i))), add(size, 1e-8));
        return [[subtract(w, multiply(0.1, change)), first, second] as const, lossOf(w)] as const;
      };
      const start: readonly [Value, Value, Value] = [x, np.zeros(3), np.zeros(3)];
      const [[w], losses] = scan(step, start, np.arange(1, 7, "float64"));
      return add(lossOf(w), sum(losses));
    },
  ],
  "a step of Newton by conjugate gradients": [
    4,
    (x) => {
      let residual = grad(softplusOf)(x);
      let direction = residual;
      let solution = np.zeros(4);
      for (let time = 0; time < 2; time++) {
        const [, curved] = jvp(grad(softplusOf), [x], [direction]);
        const length = divide(dot(residual, residual), dot(direction, curved));
        solution = add(solution, multiply(length, direction));
        const next = subtract(residual, multiply(length, curved));
        direction = add(next, multiply(divide(dot(next, next), dot(residual, residual)), direction));
        residual = next;
      }
      return softplusOf(subtract(x, solution));
    },
  ],
  "predators and prey by Runge and Kutta": [
    4,
    (x) => {
      const [a, b, c, d] = np.unstack(x) as [Value, Value, Value, Value];
      const slope = (y: Value): Value => {
        const [prey, hunters] = np.unstack(y) as [Value, Value];
        const meetings = multiply(prey, hunters);
        const more = subtract(multiply(a, prey), multiply(b, meetings));
        return np.stack([more, subtract(multiply(d, meetings), multiply(c, hunters))]);
      };
      const step = (y: Value) => {
        const k = slope(y);
        const l = slope(add(y, multiply(0.05, k)));
        const m = slope(add(y, multiply(0.05, l)));
        const n = slope(add(y, multiply(0.1, m)));
        const next = add(y, multiply(0.1 / 6, total(k, multiply(2, l), multiply(2, m), n)));
        return [next, next] as const;
      };
      const [end, all] = scan(step, np.array([1, 0.5]), null, { length: 8 });
      return add(sum(square(subtract(all, 1))), getitem(end, 0));
    },
  ],
  "a Gaussian process": [
    3,
    (x) => {
      const [points, values] = [wave([6, 2]), wave([6], 0.8, 0.1)];
      const [length, size, noise] = np.unstack(exp(x)) as [Value, Value, Value];
      const distances = sum(square(subtract(np.expand_dims(points, 1), points)), -1);
      const near = exp(divide(multiply(-0.5, distances), square(length)));
      const covariance = add(multiply(size, near), multiply(add(noise, 1e-6), np.eye(6)));
      const [, logarithm] = np.linalg.slogdet(covariance);
      const factor = np.diagonal(np.linalg.cholesky(covariance));
      const fit = dot(values, np.linalg.solve(covariance, values));
      return total(multiply(0.5, fit), multiply(0.5, logarithm), sum(log(factor)));
    },
  ],
  "a hidden Markov model": [
    9,
    (x) => {
      const raw = reshape(x, [3, 3]);
      const moves = subtract(raw, column(logsumexp(raw, 1)));
      const seen = wave([7, 3], 0.6, 0.4);
      const step = (before: Value, each: Value) => [add(logsumexp(add(column(before), moves), 0), each), null] as const;
      const [last] = scan(step, getitem(seen, 0), getitem(seen, slice(1, null)));
      return logsumexp(last, 0);
    },
  ],
  "a conditional random field": [
    9,
    (x) => {
      const [seen, moves] = [wave([5, 3]), reshape(x, [3, 3])];
      const labels = [0, 2, 1, 1, 0];
      let all = getitem(seen, 0);
      for (let time = 1; time < 5; time++) all = add(logsumexp(add(column(all), moves), 0), getitem(seen, time));
      const own = sum(getitem(seen, np.arange(5), labels));
      const way = sum(getitem(moves, labels.slice(0, -1), labels.slice(1)));
      return subtract(subtract(logsumexp(all, 0), own), way);
    },
  ],
  "attention that looks back": [
    20,
    (x) => {
      const h = reshape(x, [5, 4]);
      const spread = sqrt(add(np.var(h, -1, { keepdims: true }), 1e-5));
      const normal = divide(subtract(h, mean(h, -1, { keepdims: true })), spread);
      const [q, k, v] = [0, 1, 2].map((each) => {
        const rows = np.einsum("td,de->te", normal, wave([4, 4], 1.1 + 0.1 * each, 0.2 * each));
        return reshape(rows, [5, 2, 2]);
      }) as [Value, Value, Value];
      const raw = divide(np.einsum("qhd,khd->hqk", q, k), Math.SQRT2);
      const scores = np.where(np.tril(np.ones([5, 5], "bool")), raw, -Infinity);
      const parts = exp(subtract(scores, stopGradient(np.max(scores, -1, { keepdims: true }))));
      const seen = divide(parts, sum(parts, -1, { keepdims: true }));
      return mean(square(add(h, reshape(np.einsum("hqk,khd->qhd", seen, v), [5, 4]))));
    },
  ],
  "a mixture of Gaussians": [
    12,
    (x) => {
      const means = reshape(getitem(x, slice(6)), [3, 2]);
      const [raw, widths] = [getitem(x, slice(6, 9)), exp(getitem(x, slice(9, null)))];
      const away = divide(subtract(np.expand_dims(wave([8, 2]), 1), means), column(widths));
      const own = subtract(multiply(-0.5, sum(square(away), -1)), multiply(2, log(widths)));
      return negative(sum(logsumexp(add(subtract(raw, logsumexp(raw, 0)), own), 1)));
    },
  ],
  "heat on a torus, and in a box": [
    16,
    (x) => {
      let u = reshape(x, [4, 4]);
      const inner = slice(1, -1);
      for (let time = 0; time < 3; time++) {
        const around = total(np.roll(u, 1, 0), np.roll(u, -1, 0), np.roll(u, 1, 1), np.roll(u, -1, 1));
        u = add(u, multiply(0.1, subtract(around, multiply(4, u))));
        const wide = np.pad(u, 1, { mode: "reflect" });
        const slope = subtract(getitem(wide, slice(2, null), inner), getitem(wide, slice(null, -2), inner));
        u = add(u, multiply(0.1, multiply(u, slope)));
      }
      return sum(power(u, 3));
    },
  ],
  "quantiles and the largest": [
    7,
    (x) => {
      const sorted = np.sort(x, -1);
      const middle = add(multiply(2, square(np.quantile(x, 0.3))), square(np.median(x)));
      const all = sum(multiply(square(sorted), wave([7], 0.2, 0.6)));
      return total(middle, all, np.prod(getitem(sorted, slice(-3, null))));
    },
  ],
  "messages along the edges of a graph": [
    15,
    (x) => {
      const [from, to] = [
        [0, 1, 2, 3, 3, 4, 0],
        [1, 2, 0, 1, 4, 3, 4],
      ];
      let h = reshape(x, [5, 3]);
      const degree = column(np.maximum(np.bincount(to, { minlength: 5 }), 1));
      for (let time = 0; time < 2; time++) {
        const sent = tanh(matmul(getitem(h, from), wave([3, 3], 0.4, 0.2)));
        const sums = np.unstack(sent, { axis: 1 }).map((each) => np.bincount(to, each, 5));
        h = divide(np.stack(sums, 1), degree);
      }
      return sum(square(h));
    },
  ],
  "transport with entropy": [
    12,
    (x) => {
      const costs = reshape(square(x), [3, 4]);
      let [f, g] = [np.zeros(3), np.zeros(4)];
      for (let time = 0; time < 8; time++) {
        f = multiply(-0.5, logsumexp(divide(subtract(g, costs), 0.5), 1));
        g = multiply(-0.5, logsumexp(divide(subtract(column(f), costs), 0.5), 0));
      }
      return add(mean(f), mean(g));
    },
  ],
  "a Kalman filter": [
    4,
    (x) => {
      const [a, h] = [reshape(x, [2, 2]), wave([1, 2], 0.3, 0.5)];
      const step = ([before, spread]: readonly [Value, Value], y: Value) => {
        const m = matmul(a, before);
        const p = add(matmul(matmul(a, spread), transpose(a)), multiply(0.1, np.eye(2)));
        const s = add(matmul(matmul(h, p), transpose(h)), 0.5);
        const gain = matmul(matmul(p, transpose(h)), np.linalg.inv(s));
        const r = subtract(y, matmul(h, m));
        const loss = add(dot(r, np.linalg.solve(s, r)), np.linalg.slogdet(s)[1]);
        const next = [add(m, matmul(gain, r)), subtract(p, matmul(matmul(gain, h), p))] as const;
        return [next, multiply(-0.5, loss)] as const;
      };
      const start: readonly [Value, Value] = [np.zeros(2), np.eye(2)];
      return sum(scan(step, start, wave([6, 1]))[1]);
    },
  ],
  "complex numbers and their spectrum": [
    8,
    (x) => {
      const i = { re: 0, im: 1 };
      const z = add(getitem(x, slice(4)), multiply(i, getitem(x, slice(4, null))));
      const a = add(wave([4, 4]), multiply(i, wave([4, 4], 0.3, 0.1)));
      const quotient = np.real(divide(np.vdot(z, matmul(a, z)), np.vdot(z, z)));
      const angles = np.angle(multiply(exp(multiply(i, x)), add(2, x)));
      return total(sum(power(np.abs(np.fft.fft(z, 6)), 3)), quotient, sum(angles));
    },
  ],
  "decompositions of a matrix": [
    9,
    (x) => {
      const a = add(reshape(x, [3, 3]), multiply(2, np.eye(3)));
      const values = np.linalg.eigvalsh(matmul(a, transpose(a)));
      const [, r] = np.linalg.qr(a);
      return total(
        sum(multiply(values, np.arange(3))),
        log(np.abs(np.linalg.det(a))),
        np.linalg.norm(a, "nuc"),
        np.trace(np.linalg.matrix_power(a, 3)),
        sum(np.abs(r)),
      );
    },
  ],
  "gradients of examples, of examples": [
    6,
    (x) => {
      const w = reshape(np.concatenate([x, square(getitem(x, slice(2)))]), [4, 2]);
      const one = (own: Value, row: Value) => sum(square(tanh(matmul(row, own))));
      const each = vmap(grad((own: Value) => mean(vmap(one, { inAxes: [null, 0] })(own, wave([3, 4])))));
      return sum(square(each(np.stack([w, multiply(2, w)]))));
    },
  ],
};

/** The value, c · ∇f and c · H c. */
const expected: Readonly<Record<string, readonly [value: number, slope: number, curvature: number]>> = {
  "six steps of Adam": [4.681116953987696, 1.6239202803463761, 0.11386670184092863],
  "a step of Newton by conjugate gradients": [5.323353625202962, 0.039150019297183584, 3.0948404718837943],
  "predators and prey by Runge and Kutta": [2.971529336445685, 1.0409373482592985, 3.2092163113799645],
  "a Gaussian process": [8.862377690997631, -1.5283007749806499, -0.7732164741748315],
  "a hidden Markov model": [1.539500331625546, -0.03707863635061947, 0.02347695156295843],
  "a conditional random field": [4.639635656692178, 1.2696169637823813, 1.795407460400684],
  "attention that looks back": [3.7715412894118714, -6.5971533452890005, -2.0165867281453265],
  "a mixture of Gaussians": [11.56697124115399, -0.5112196293187772, -0.00853640417967978],
  "heat on a torus, and in a box": [0.5800727262873046, -0.0398320934560565, 0.6216268509674285],
  "quantiles and the largest": [4.478684262931781, -2.7978425080214993, 9.95680485899631],
  "messages along the edges of a graph": [2.3429910405203414, -0.9923773020439286, 3.049411706525709],
  "transport with entropy": [-0.11079039430920894, 0.1777308594112628, 0.6715740582519742],
  "a Kalman filter": [-3.9310433463510184, 0.8210205391011978, -2.147379369776055],
  "complex numbers and their spectrum": [66.08787999344503, -63.97021006818915, 175.1378246885834],
  "decompositions of a matrix": [84.410280279106, 7.77087142622845, 20.43836046611731],
  "gradients of examples, of examples": [0.9847257154675433, 0.6270002953899106, -4.059417401373729],
};

/** How far off the worst of these numbers is, relative to what it should be. */
function farthest(found: readonly Value[], reference: readonly number[]): number {
  const off = divide(subtract(np.stack(found), np.array(reference, "float64")), np.maximum(np.abs(reference), 1));
  return Number(np.max(np.abs(off)).item());
}

test.each(Object.entries(programs))("%s", (name, [length, f]) => {
  const x = wave([length], 0.5, 0.3);
  const c = cos(np.arange(length));
  const [value, gradient] = valueAndGrad(f)(x);
  const curved = hvp(f)(x, c);
  expect(farthest([value, dot(gradient, c), dot(curved, c)], expected[name] ?? [])).toBeLessThan(1e-9);
  const { graph } = trace(grad(f))(x);
  const better = graphs.optimize(graph, { commonSubexpressions: true, fuse: true });
  const stored = graphs.fromJSON(JSON.parse(JSON.stringify(graphs.toJSON(better))));
  for (const each of [graph, better, stored]) {
    const [result] = evaluate(each, [x]);
    expect(np.allclose(result ?? np.nan, gradient, { rtol: 1e-12, atol: 1e-12 })).toBe(true);
  }
});

test("an implicit function by a rule of its own", () => {
  const t = wave([3], 0.5, 0.3);
  const c = cos(np.arange(3));
  const size = (each: Value) => sum(square(equilibrium(each)));
  const [value, gradient] = valueAndGrad(size)(t);
  const curved = grad((each: Value) => dot(grad(size)(each), c))(t);
  const reference = [1.009928699680883, 0.8544213731165323, 1.0272994671937101];
  expect(farthest([value, dot(gradient, c), dot(curved, c)], reference)).toBeLessThan(1e-9);
});
