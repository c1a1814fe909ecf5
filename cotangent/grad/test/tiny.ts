// The transformations over the tiny backend, with rules for what it can compute.
import { operations } from "@cotangent/core";
import { tinyBackend } from "@cotangent/core/testing";
import { createTransformations, type Rules } from "@cotangent/grad";

const {
  add,
  broadcast,
  concatenate,
  cos,
  div,
  dot,
  embed,
  mul,
  neg,
  reshape,
  scatterAdd,
  select,
  sin,
  slice,
  sum,
  take,
  transpose,
} = operations;

const after = (axes: readonly number[]): readonly number[] => axes.map((axis) => axis + 1);

export const tinyRules: Rules = {
  jvps: {
    neg: "linear",
    reshape: "linear",
    transpose: "linear",
    broadcast: "linear",
    slice: "linear",
    embed: "linear",
    concatenate: "linear",
    sum: "linear",
    add: [(dx) => dx, (dy) => dy],
    sub: [(dx) => dx, (dy) => neg(dy)],
    mul: [{ derivative: (_, y) => y }, { derivative: (x) => x }],
    div: [(dx, [, y]) => div(dx, y), (dy, [, y], z) => neg(mul(dy, div(z, y)))],
    sin: [{ derivative: cos }],
    cos: [(dx, [x]) => neg(mul(dx, sin(x)))],
    exp: [{ derivative: (_, z) => z }],
    log: [(dx, [x]) => div(dx, x)],
    tanh: [(dx, _, z) => mul(dx, add(neg(mul(z, z)), 1))],
    select: [null, (dx, [condition]) => select(condition, dx, 0), (dy, [condition]) => select(condition, 0, dy)],
    take: [(dx, [, rows]) => take(dx, rows), null],
    dot: [
      (dx, [, y], _, { contract, batch }) => dot(dx, y, contract, batch),
      (dy, [x], _, { contract, batch }) => dot(x, dy, contract, batch),
    ],
    stopGradient: "constant",
    less: "constant",
    greater: "constant",
    equal: "constant",
  },
  transposes: {
    neg: [(ct) => neg(ct)],
    add: [(ct) => ct, (ct) => ct],
    mul: [(ct, [, y]) => mul(ct, y), (ct, [x]) => mul(x, ct)],
    div: [(ct, [, y]) => div(ct, y), null],
    select: [null, (ct, [condition]) => select(condition, ct, 0), (ct, [condition]) => select(condition, 0, ct)],
    reshape: [(ct, [x]) => reshape(ct, x.shape)],
    transpose: [
      (ct, _, { permutation }) =>
        transpose(
          ct,
          permutation.map((_axis, axis) => permutation.indexOf(axis)),
        ),
    ],
    broadcast: [(ct, _, { axes }) => sum(ct, axes)],
    slice: [(ct, [x], { start, step }) => embed(ct, start, step, x.shape)],
    embed: [(ct, [x], { start, step }) => slice(ct, start, x.shape, step)],
    sum: [(ct, [x], { axes }) => broadcast(ct, x.shape, axes)],
    take: [(ct, [x, rows]) => scatterAdd(ct, rows, x.shape[0] ?? 0), null],
    concatenate(ct, operands, { axis }) {
      let from = 0;
      return operands.map(({ shape }) => {
        const start = shape.map((_, each) => (each === axis ? from : 0));
        from += shape[axis] ?? 0;
        return slice(
          ct,
          start,
          shape,
          shape.map(() => 1),
        );
      });
    },
  },
  batches: {
    reshape: ([x], _, { shape }) => reshape(x, [x.shape[0] ?? 0, ...shape]),
    transpose: ([x], _, { permutation }) => transpose(x, [0, ...after(permutation)]),
    broadcast: ([x], _, { shape, axes }) => broadcast(x, [x.shape[0] ?? 0, ...shape], after(axes)),
    slice: ([x], _, { start, length, step }) => slice(x, [0, ...start], [x.shape[0] ?? 0, ...length], [1, ...step]),
    embed: ([x], _, { start, step, shape }) => embed(x, [0, ...start], [1, ...step], [x.shape[0] ?? 0, ...shape]),
    sum: ([x], _, { axes }) => sum(x, after(axes)),
    concatenate: (operands, batched, { axis }) => {
      const count = operands[batched.indexOf(true)]?.shape[0] ?? 0;
      const spread = operands.map((operand, place) =>
        batched[place] === true ? operand : broadcast(operand, [count, ...operand.shape], [0]),
      );
      return concatenate(spread, axis + 1);
    },
  },
  calls: {},
};

export const {
  grad,
  valueAndGrad,
  jvp,
  vjp,
  linearize,
  transpose: transposed,
  jacfwd,
  jacrev,
  hessian,
  hvp,
  vmap,
  checkpoint,
  customJvp,
  customVjp,
  stopGradient,
} = createTransformations(tinyBackend, tinyRules);
