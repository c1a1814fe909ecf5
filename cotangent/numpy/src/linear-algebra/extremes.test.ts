// Matrices at the edges: tiny, graded, defective and triangular ones, and entries that are not finite. Values are those
// of NumPy 2.4.6 with LAPACK, or follow from what defines a decomposition.
import type { Scalar, Value } from "@cotangent/core";
import { describe, expect, test } from "vitest";
import * as np from "../index.ts";
import { diagonalize } from "./bidiagonal.ts";
import { complexSchur } from "./complex-schur.ts";
import { LinAlgError } from "./errors.ts";
import { realSchur } from "./real-schur.ts";
import { rotationOf } from "./rotation.ts";
import { standardPair } from "./standard-pair.ts";
import { diagonalizeTridiagonal } from "./tridiagonal.ts";

const { linalg } = np;

function adjoint(a: Value): Value {
  return np.conj(linalg.matrix_transpose(a));
}

/** The largest difference of entries. */
function distance(x: np.ArrayLike, y: np.ArrayLike): number {
  return Number(np.max(np.abs(np.subtract(x, y))).item());
}

function isUnitary(a: Value): boolean {
  return distance(np.matmul(adjoint(a), a), np.eye(a.shape[1] ?? 0)) < 1e-14;
}

function complex(re: number, im: number): Scalar {
  return { re, im };
}

describe("columns of numbers so small that they have few digits", () => {
  const real = np.array([
    [3e-320, 1, 2],
    [7e-320, 2, 5],
    [1e-320, 3, 1],
  ]);
  const turned = np.multiply(real, np.array([complex(0.6, 0.8), complex(0, 1), complex(1, 0)]));

  for (const [name, a] of [
    ["real", real],
    ["complex", turned],
  ] as const) {
    test(`${name}: orthonormal factors are orthonormal all the same`, () => {
      const [q, r] = linalg.qr(a);
      expect(isUnitary(q)).toBe(true);
      expect(distance(np.matmul(q, r), a)).toBeLessThan(1e-14);
      const [u, s, vh] = linalg.svd(a);
      expect(isUnitary(u)).toBe(true);
      expect(isUnitary(adjoint(vh))).toBe(true);
      expect(distance(np.matmul(np.multiply(u, s), vh), a)).toBeLessThan(1e-14);
      const [, vectors] = linalg.eigh(a);
      expect(isUnitary(vectors)).toBe(true);
    });
  }
});

describe("singular values", () => {
  const values = (d: readonly number[], e: readonly number[]) =>
    linalg.svdvals(np.add(np.diag(d), np.diag(e, 1))).toList() as number[];

  test("tiny ones are found to full relative accuracy, whichever end of the matrix is the larger", () => {
    const [first, second, third] = values([1e-40, 1e-20, 1], [1, 1]);
    expect(first).toBeCloseTo(Math.SQRT2, 14);
    expect(second).toBeCloseTo(1, 14);
    expect(Number(third) / 7.071067811865474e-61).toBeCloseTo(1, 13);
    const [u, s, vh] = linalg.svd([
      [1e-40, 1, 0],
      [0, 1e-20, 1],
      [0, 0, 1],
    ]);
    expect(isUnitary(u) && isUnitary(adjoint(vh))).toBe(true);
    expect(
      distance(np.matmul(np.multiply(u, s), vh), np.add(np.diag([1e-40, 1e-20, 1]), np.diag([1, 1], 1))),
    ).toBeLessThan(1e-14);
  });

  test("a matrix that nearly falls into parts has the parts' values", () => {
    const [first, second, third] = values([1, 2, 1e10], [1, 1e-8]);
    expect(first).toBe(1e10);
    expect(second).toBeCloseTo(2.288245611270737, 13);
    expect(third).toBeCloseTo(0.8740320488976422, 13);
  });

  test("there are none of a matrix with an entry that is not finite", () => {
    for (const entry of [NaN, Infinity, complex(0, NaN), complex(-Infinity, 0)]) {
      const a = np.array([
        [entry, 1],
        [0, entry],
      ]);
      expect(() => linalg.svdvals(a)).toThrow(LinAlgError);
      expect(() => linalg.svdvals(a)).toThrow("entries that are not finite");
    }
  });
});

describe("eigenvalues", () => {
  test("those that can be read off are exact, in LAPACK's order, and so are their vectors", () => {
    const check = (a: np.ArrayLike, values: readonly Scalar[], vectors: readonly (readonly Scalar[])[]) => {
      const [w, v] = linalg.eig(a);
      expect(distance(w, values)).toBeLessThan(1e-14);
      expect(distance(v, vectors)).toBeLessThan(1e-14);
    };
    check(
      [
        [1, 0, 0],
        [4, 2, 0],
        [5, 6, 3],
      ],
      [3, 2, 1],
      [
        [0, 0, 0.09656090991705352],
        [0, 0.16439898730535726, -0.38624363966821407],
        [1, -0.9863939238321436, 0.9173286442120084],
      ],
    );
    check(
      [
        [2, 0, 1],
        [3, 5, 4],
        [0, 0, 7],
      ],
      [5, 2, 7],
      [
        [0, Math.SQRT1_2, 0.07949286335171644],
        [1, -Math.SQRT1_2, 0.9141679285447389],
        [0, 0, 0.3974643167585822],
      ],
    );
    const pair = [
      [-0.728601861979032, -0.5387385845863464],
      [-0.3135549242930195, -0.33382854097803233],
      [0.6089520803579591, -0.7735109842183097],
    ] as const;
    check(
      [
        [4, 0, 5],
        [2, 1, 3],
        [6, 0, 7],
      ],
      [1, -0.1789083458002736, 11.178908345800274],
      [
        [0, ...pair[0]],
        [1, ...pair[1]],
        [0, ...pair[2]],
      ],
    );
    check(
      [
        [1, 0],
        [complex(0, 1), 2],
      ],
      [2, 1],
      [
        [0, Math.SQRT1_2],
        [1, complex(0, -Math.SQRT1_2)],
      ],
    );
  });

  test("a long Jordan block has finite vectors, all of them nearly the first unit vector", () => {
    const [values, vectors] = linalg.eig(np.add(np.eye(30), np.diag(np.ones([29]), 1)));
    expect(values.toList()).toEqual(np.ones([30]).toList());
    const signs = Array.from({ length: 30 }, (_, k) => complex(k % 2 === 0 ? 1 : -1, 0));
    expect(distance(vectors, np.outer(np.eye(1, 30), signs))).toBeLessThan(1e-14);
  });

  test("pairs that are defective as a whole have vectors, too", () => {
    const a = [
      [0, 1, 1, 0],
      [-1, 0, 0, 1],
      [0, 0, 0, 1],
      [0, 0, -1, 0],
    ];
    const [values, vectors] = linalg.eig(a);
    expect(distance(values, [complex(0, 1), complex(0, -1), complex(0, 1), complex(0, -1)])).toBeLessThan(1e-7);
    expect(distance(np.matmul(a, vectors), np.multiply(vectors, values))).toBeLessThan(1e-14);
    expect(distance(linalg.norm(vectors, null, 0), np.ones([4]))).toBeLessThan(1e-14);
  });

  test("sweeps that go round in circles are left by another shift", () => {
    const size = 20;
    const near = np.add(np.eye(size), np.diag(np.ones([size - 1]), -1));
    const corner = np.zeros([size, size]);
    np.put(corner, size - 1, 1e-10);
    const a = np.add(near, corner);
    // (λ − 1)²⁰ = 1e-10
    const powers = np.power(np.subtract(linalg.eigvals(a), 1), size);
    expect(distance(powers, np.full([size], 1e-10))).toBeLessThan(1e-12);
    const turned = linalg.eigvals(np.multiply(a, complex(0, 1)));
    expect(distance(np.power(np.subtract(np.multiply(turned, complex(0, -1)), 1), size), powers)).toBeLessThan(1e-12);
  });
});

describe("what never converges ends in an error", () => {
  const nan = (length: number) => new Float64Array(length).fill(NaN);

  test("in each of the iterations", () => {
    for (const iterate of [
      () => realSchur(nan(9), nan(9), 3),
      () => complexSchur(nan(8), nan(8), 2),
      () => diagonalizeTridiagonal(nan(3), nan(3), nan(9), 3),
      () => diagonalizeTridiagonal(Float64Array.of(2, NaN, 1), nan(3), nan(9), 3),
      () => diagonalize(nan(2), Float64Array.of(0), { left: nan(4), leftLength: 2, right: nan(4), rightLength: 2 }),
    ]) {
      expect(iterate).toThrow(LinAlgError);
      expect(iterate).toThrow("values did not converge");
    }
  });
});

test("a complex block whose eigenvalue is the shift already is turned into a triangle", () => {
  const h = Float64Array.of(1, 0, 0, 0, 1, 0, 1, 0);
  const q = Float64Array.of(1, 0, 0, 0, 0, 0, 1, 0);
  complexSchur(h, q, 2);
  expect([...h]).toEqual([1, 0, -1, 0, 0, 0, 1, 0]);
  expect([...q].map(Math.abs)).toEqual([0, 0, 1, 0, 1, 0, 0, 0]);
});

test("the standard form of a 2×2 block is similar to it by a rotation", () => {
  for (const [a, b, c, d] of [
    [1, 0, 5, 2],
    [3, 1, -1, 1],
    [1, -1, 1, 3],
    [2, 1, -1, 2],
    [1, 2, 3, 4],
    [1, 2, -3, 4],
    [-4, -4, 1, 0],
    [-4, -2, 2, 0],
    [1, 1, 1e-17, 1],
    [1, 1e-17, 1, 1],
    [0, 1, 1, 0],
  ] as const) {
    const form = standardPair(a, b, c, d);
    const rotation = np.array([
      [form.cos, form.sin],
      [-form.sin, form.cos],
    ]);
    const turned = np.matmul(
      np.matmul(rotation, [
        [a, b],
        [c, d],
      ]),
      np.transpose(rotation),
    );
    const standard = [
      [form.a, form.b],
      [form.c, form.d],
    ];
    expect(distance(turned, standard)).toBeLessThan(1e-14);
    expect(form.c === 0 || (form.a === form.d && form.b * form.c < 0)).toBe(true);
  }
});

test("determinants of matrices that are not finite are those of NumPy: the sign is 1 where it is unknown", () => {
  const both = (a: np.ArrayLike) => [...linalg.slogdet(a), linalg.det(a)].map((each) => each.item());
  expect(
    both([
      [Infinity, 1],
      [1, 2],
    ]),
  ).toEqual([1, Infinity, Infinity]);
  expect(
    both([
      [1, 2],
      [-Infinity, 0],
    ]),
  ).toEqual([1, Infinity, Infinity]);
  expect(both([[NaN]])).toEqual([1, NaN, NaN]);
  expect(both([[-2]])).toEqual([-1, Math.log(2), -2]);
});

test("the packed form of a complex QR decomposition holds reflections and complex factors, transposed", () => {
  const [h, tau] = linalg.qr(
    [
      [complex(1, 1), 2],
      [3, complex(4, -1)],
      [0, complex(0, 1)],
    ],
    "raw",
  );
  expect([h.dtype, h.shape, tau.shape]).toEqual(["complex128", [2, 3], [2]]);
  expect(
    distance(h, [
      [-3.3166247903554003, complex(0.6595889446538256, -0.1528020100629408), 0],
      [
        complex(-4.22115882408869, 1.5075567228888178),
        -1.3816985594155147,
        complex(0.2981933396509194, 0.47606527751895145),
      ],
    ]),
  ).toBeLessThan(1e-14);
  expect(
    distance(tau, [complex(1.3015113445777635, 0.3015113445777636), complex(1.0918797471211956, 0.6839214781386977)]),
  ).toBeLessThan(1e-14);
});

test("rotations of numbers that have few digits are rotations all the same", () => {
  const { c, s, r } = rotationOf(3e-320, -4e-320);
  expect(c * c + s * s).toBeCloseTo(1, 15);
  expect(c / s).toBeCloseTo(3e-320 / -4e-320, 14);
  expect(r).toBe(5e-320);
  expect(rotationOf(-3, 4)).toEqual({ c: 0.6, s: -0.8, r: -5 });
  expect(rotationOf(0, -4)).toEqual({ c: 0, s: -1, r: 4 });
  expect(rotationOf(-3, 0)).toEqual({ c: 1, s: 0, r: -3 });
});
