// For every primitive with a derivative: functions to try it with, and where they are smooth.
import { bind, operations, primitives, type DType, type PrimitiveName, type Shape, type Value } from "@cotangent/core";
import { backend } from "@cotangent/numpy";

export interface Spec {
  readonly primitive: PrimitiveName;
  readonly name: string;
  readonly f: (...operands: Value[]) => Value | readonly Value[];
  readonly operands: readonly Value[];
  /** How often it can be differentiated here. */
  readonly order: number;
}

/** Numbers in (low, high), always the same for a seed. */
function numbers(count: number, low: number, high: number, seed: number): readonly number[] {
  let state = seed * 7919 + 17;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return low + ((high - low) * state) / 2_147_483_647;
  });
}

/** An array of numbers in (low, high). */
export function array(shape: Shape, low = -1.5, high = 1.5, seed = 1, dtype: DType = "float64"): Value {
  const size = shape.reduce((product, length) => product * length, 1);
  const re = numbers(size, low, high, seed);
  const im = numbers(size, low, high, seed + 100);
  const isComplex = dtype.startsWith("complex");
  return backend.fromElements(isComplex ? re.map((each, place) => ({ re: each, im: im[place] ?? 0 })) : re, {
    shape,
    dtype,
  });
}

const integers = (shape: Shape, elements: readonly number[]) =>
  backend.fromElements(elements, { shape, dtype: "int64" });
const mask = (shape: Shape, elements: readonly boolean[]) => backend.fromElements(elements, { shape, dtype: "bool" });

type Domain = readonly [low: number, high: number];

const real: Domain = [-1.5, 1.5];
const positive: Domain = [0.3, 2];
const inside: Domain = [-0.8, 0.8];
const above: Domain = [1.3, 3];

/** Elementwise primitives of one operand. The second domain is that of both parts of complex operands, if any. */
const maps: Partial<
  Record<PrimitiveName, { readonly on: Domain; readonly complexOn?: Domain; readonly params?: object }[]>
> = {
  neg: [{ on: real, complexOn: real }],
  abs: [{ on: positive, complexOn: positive }, { on: [-2, -0.3] }],
  sign: [{ on: positive, complexOn: positive }],
  sqrt: [{ on: positive, complexOn: positive }],
  cbrt: [{ on: positive }, { on: [-2, -0.3] }],
  exp: [{ on: real, complexOn: real }],
  exp2: [{ on: real, complexOn: real }],
  expm1: [{ on: real, complexOn: real }],
  log: [{ on: positive, complexOn: positive }],
  log2: [{ on: positive, complexOn: positive }],
  log10: [{ on: positive, complexOn: positive }],
  log1p: [{ on: inside, complexOn: positive }],
  sin: [{ on: real, complexOn: real }],
  cos: [{ on: real, complexOn: real }],
  tan: [{ on: inside, complexOn: inside }],
  arcsin: [{ on: inside, complexOn: positive }],
  arccos: [{ on: inside, complexOn: positive }],
  arctan: [{ on: real, complexOn: positive }],
  sinh: [{ on: real, complexOn: real }],
  cosh: [{ on: real, complexOn: real }],
  tanh: [{ on: real, complexOn: inside }],
  arcsinh: [{ on: real, complexOn: positive }],
  arccosh: [{ on: above, complexOn: positive }],
  arctanh: [{ on: inside, complexOn: positive }],
  reciprocal: [{ on: positive, complexOn: positive }],
  square: [{ on: real, complexOn: real }],
  sinc: [0, 1, 2].map((order) => ({ on: real, params: { order } })),
  besselI: [0, 1, 2].map((order) => ({ on: real, params: { order } })),
  real: [{ on: real, complexOn: real }],
  imag: [{ on: real, complexOn: real }],
  conj: [{ on: real, complexOn: real }],
  angle: [{ on: positive, complexOn: positive }],
  cast: [
    { on: real, complexOn: real, params: { dtype: "complex128" } },
    { on: real, complexOn: real, params: { dtype: "float64" } },
  ],
};

/** Elementwise primitives of two operands, and where they are smooth in both. */
const pairs: Partial<Record<PrimitiveName, { readonly on: Domain; readonly and: Domain; readonly complex?: true }[]>> =
  {
    add: [{ on: real, and: real, complex: true }],
    sub: [{ on: real, and: real, complex: true }],
    mul: [{ on: real, and: real, complex: true }],
    div: [{ on: real, and: positive, complex: true }],
    pow: [{ on: positive, and: real, complex: true }],
    remainder: [{ on: [2.25, 2.5], and: [0.9, 0.98] }],
    fmod: [{ on: [-2.5, -2.25], and: [0.9, 0.98] }],
    maximum: [
      { on: [0, 1], and: [1.1, 2] },
      { on: [1.1, 2], and: [0, 1] },
    ],
    minimum: [
      { on: [0, 1], and: [1.1, 2] },
      { on: [1.1, 2], and: [0, 1] },
    ],
    fmax: [{ on: [0, 1], and: [1.1, 2] }],
    fmin: [{ on: [0, 1], and: [1.1, 2] }],
    arctan2: [{ on: positive, and: positive }],
    hypot: [{ on: positive, and: positive }],
    logaddexp: [{ on: real, and: real }],
    logaddexp2: [{ on: real, and: real }],
    copysign: [{ on: positive, and: [-2, -0.3] }],
    heaviside: [{ on: positive, and: real }],
    complex: [{ on: real, and: real }],
  };

function apply(name: PrimitiveName, params: object = {}) {
  return (...operands: Value[]) => bind(primitives[name], operands, params as never);
}

function* mapSpecs(): Generator<Spec> {
  for (const [key, entries] of Object.entries(maps)) {
    const primitive = key as PrimitiveName;
    for (const { on, complexOn, params } of entries) {
      const note = params === undefined ? "" : ` ${JSON.stringify(params)}`;
      const f = apply(primitive, params);
      yield { primitive, name: `${key}${note} in (${on.join(", ")})`, f, operands: [array([3], ...on)], order: 3 };
      if (complexOn !== undefined) {
        const operands = [array([2], ...complexOn, 3, "complex128")];
        yield { primitive, name: `${key}${note} of complex values`, f, operands, order: 2 };
      }
    }
  }
}

function* pairSpecs(): Generator<Spec> {
  for (const [key, entries] of Object.entries(pairs)) {
    const primitive = key as PrimitiveName;
    const f = apply(primitive);
    for (const { on, and, complex } of entries) {
      const name = `${key} in (${on.join(", ")}) and (${and.join(", ")})`;
      yield { primitive, name, f, operands: [array([2, 2], ...on), array([2, 2], ...and, 2)], order: 2 };
      if (complex !== true) continue;
      const operands = [array([2], ...positive, 5, "complex128"), array([2], ...and, 6, "complex128")];
      yield { primitive, name: `${key} of complex values`, f, operands, order: 2 };
    }
  }
}

function along(primitive: PrimitiveName, name: string, params: object, operands: readonly Value[], order = 2): Spec {
  return {
    primitive,
    name: `${primitive} ${name}`,
    f: apply(primitive, params),
    operands,
    order,
  };
}

/** Everything that is not elementwise, by hand. */
function* otherSpecs(): Generator<Spec> {
  const x34 = array([3, 4]);
  yield along("reshape", "to another shape", { shape: [2, 6] }, [x34]);
  yield along("transpose", "of three axes", { permutation: [2, 0, 1] }, [array([2, 3, 4])]);
  yield along("broadcast", "along new axes", { shape: [2, 3, 4], axes: [0] }, [x34]);
  yield along("broadcast", "along an axis of length 1", { shape: [3, 4, 2], axes: [2] }, [array([3, 1])]);
  yield along("slice", "with steps", { start: [2, 0], length: [2, 2], step: [-2, 3] }, [x34]);
  yield along("embed", "with steps", { start: [4, 0], step: [-2, 3], shape: [5, 10] }, [x34]);
  yield along("concatenate", "of three", { axis: 1 }, [x34, array([3, 1], -1, 1, 2), array([3, 2], -1, 1, 3)]);
  const rows = integers([2, 2], [2, 0, 2, 1]);
  yield {
    primitive: "take",
    name: "take with repeated rows",
    f: (x) => operations.take(x, rows),
    operands: [x34],
    order: 2,
  };
  yield {
    primitive: "scatterAdd",
    name: "scatterAdd to repeated rows",
    f: (x) => operations.scatterAdd(x, rows, 4),
    operands: [array([2, 2, 3])],
    order: 2,
  };
  const condition = mask([3], [true, false, true]);
  yield {
    primitive: "select",
    name: "select",
    f: (x, y) => operations.select(condition, x, y),
    operands: [array([3]), array([3], -1, 1, 2)],
    order: 2,
  };
  yield along("sum", "over some axes", { axes: [0, 2] }, [array([2, 3, 2])]);
  yield along("prod", "over an axis", { axes: [1] }, [array([2, 5])], 3);
  yield along("prod", "over all axes", { axes: [0, 1] }, [array([2, 3])]);
  yield along(
    "prod",
    "with zeros",
    { axes: [0] },
    [backend.fromElements([0, 2.5, 0, 1.5, 3.5, 0, 2, 2], { shape: [4, 2], dtype: "float64" })],
    3,
  );
  yield along("prod", "of complex values", { axes: [0] }, [array([3], ...real, 4, "complex128")]);
  yield along("max", "over an axis", { axes: [1] }, [x34]);
  yield along("min", "over all axes", { axes: [0, 1] }, [x34]);
  yield along("cumsum", "forwards", { axis: 1, reverse: false }, [x34]);
  yield along("cumsum", "backwards", { axis: 0, reverse: true }, [x34]);
  yield along("cumprod", "along an axis", { axis: 1 }, [array([2, 5])], 3);
  yield along(
    "cumprod",
    "with zeros",
    { axis: 0 },
    [backend.fromElements([1.5, 0, 2.5, 0, 3.5], { shape: [5], dtype: "float64" })],
    3,
  );
  yield along("dot", "of matrices", { contract: [[1], [0]], batch: [[], []] }, [x34, array([4, 2], -1, 1, 2)]);
  yield along("dot", "of columns and rows", { contract: [[0], [1]], batch: [[], []] }, [x34, array([2, 3], -1, 1, 2)]);
  yield along("dot", "of columns", { contract: [[0], [0]], batch: [[], []] }, [x34, array([3, 2], -1, 1, 2)]);
  yield along("dot", "of rows", { contract: [[1], [1]], batch: [[], []] }, [x34, array([2, 4], -1, 1, 2)]);
  yield along(
    "dot",
    "over two axes in batches",
    {
      contract: [
        [1, 3],
        [2, 0],
      ],
      batch: [[2], [3]],
    },
    [array([2, 3, 2, 4]), array([4, 3, 3, 2], -1, 1, 2)],
  );
  yield along("dot", "of complex vectors", { contract: [[0], [0]], batch: [[], []] }, [
    array([3], ...real, 7, "complex128"),
    array([3], ...real, 8, "complex128"),
  ]);
  yield along("fft", "along an axis", { axis: 0, inverse: false }, [array([5, 2], ...real, 9, "complex128")]);
  yield along("fft", "inverse", { axis: 1, inverse: true }, [array([2, 4], ...real, 9, "complex128")]);
}

/** A matrix that is far from singular, with values that are far apart. */
function matrix(shape: Shape, seed: number, dtype: DType = "float64"): Value {
  const size = shape.at(-1) ?? 0;
  const rows = shape.at(-2) ?? 0;
  const diagonal = backend.fromElements(
    Array.from({ length: rows * size }, (_, index) => (index % (size + 1) === 0 ? 2 + index / 2 : 0)),
    { shape: [rows, size], dtype },
  );
  return operations.add(array(shape, -0.5, 0.5, seed, dtype), diagonal);
}

const swapped = (a: Value): Value => {
  const axes = a.shape.map((_, axis) => axis);
  return operations.transpose(a, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
};
const hermitian = (a: Value): Value => operations.mul(operations.add(a, operations.conj(swapped(a))), 0.5);
const matmul = (a: Value, b: Value): Value => operations.dot(a, b, [[1], [0]], [[], []]);
const several = (results: Value | readonly Value[]): readonly Value[] => results as readonly Value[];

/** Functions of matrices. Where factors are unique only up to a phase, what does not depend on it. */
function* matrixSpecs(): Generator<Spec> {
  for (const dtype of ["float64", "complex128"] as const) {
    const note = dtype === "float64" ? "" : " of complex values";
    const a = matrix([3, 3], 11, dtype);
    const b = array([3, 2], -1, 1, 12, dtype);
    const order = 2;
    yield { primitive: "solve", name: `solve${note}`, f: apply("solve"), operands: [a, b], order };
    yield { primitive: "inv", name: `inv${note}`, f: apply("inv"), operands: [a], order };
    yield { primitive: "det", name: `det${note}`, f: apply("det"), operands: [a], order };
    yield { primitive: "slogdet", name: `slogdet${note}`, f: apply("slogdet"), operands: [a], order };
    yield {
      primitive: "cholesky",
      name: `cholesky${note}`,
      f: (x) => bind(primitives.cholesky, [hermitian(x)], {}),
      operands: [a],
      order,
    };
    for (const form of [
      { lower: true, transposed: false, unit: false },
      { lower: false, transposed: true, unit: false },
      { lower: true, transposed: true, unit: true },
    ]) {
      const name = `triangularSolve ${JSON.stringify(form)}${note}`;
      yield { primitive: "triangularSolve", name, f: apply("triangularSolve", form), operands: [a, b], order };
    }
    for (const shape of [
      [3, 3],
      [4, 2],
      [2, 4],
    ]) {
      const x = matrix(shape, 13, dtype);
      const name = `of ${shape.join("×")}${note}`;
      yield { primitive: "qr", name: `qr ${name}`, f: apply("qr", { mode: "reduced" }), operands: [x], order };
      yield { primitive: "svd", name: `svd ${name}`, f: unphased, operands: [x], order };
    }
    yield {
      primitive: "eigh",
      name: `eigh${note}`,
      f(x) {
        const [w, v] = several(bind(primitives.eigh, [hermitian(x)], {})) as [Value, Value];
        const scaled = operations.mul(
          v,
          operations.broadcast(operations.cast(operations.sin(w), v.dtype), v.shape, [0]),
        );
        return [w, matmul(scaled, operations.conj(swapped(v)))];
      },
      operands: [a],
      order,
    };
    yield {
      primitive: "eig",
      name: `eig${note}`,
      f(x) {
        const [w, v] = several(bind(primitives.eig, [x], {})) as [Value, Value];
        return [w, operations.mul(v, operations.conj(v))];
      },
      operands: [a],
      order,
    };
  }
}

/** The singular values, and U f(s) Vᴴ. */
function unphased(x: Value): readonly Value[] {
  const [u, s, vh] = several(bind(primitives.svd, [x], { full: false })) as [Value, Value, Value];
  const scaled = operations.mul(u, operations.broadcast(operations.cast(operations.sin(s), u.dtype), u.shape, [0]));
  return [s, matmul(scaled, vh)];
}

/** Every function that rules are tried with. */
export const specs: readonly Spec[] = [...mapSpecs(), ...pairSpecs(), ...otherSpecs(), ...matrixSpecs()];
