import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";
import { LinAlgError } from "../linear-algebra/errors.ts";

test("systems are solved for vectors, matrices and batches", () => {
  expect(
    typed(
      np.linalg.solve(
        [
          [2, 1],
          [1, 3],
        ],
        [[5], [6]],
      ),
    ),
  ).toEqual(["float64", [[1.8], [1.4]]]);
  expect(
    typed(
      np.linalg.solve(
        [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [1, 0],
            [0, 1],
          ],
        ],
        [5, 6],
      ),
    ),
  ).toEqual([
    "float64",
    [
      [-3.9999999999999987, 4.499999999999999],
      [5, 6],
    ],
  ]);
  expect(typed(np.linalg.solve(np.zeros([0, 0]), np.zeros([0])))).toEqual("float64[0]");
  expect(() =>
    np.linalg.solve(
      [
        [1, 2],
        [3, 4],
      ],
      5,
    ),
  ).toThrow(new ShapeError("solve(float64[2,2], float64[]): the right-hand side is a scalar"));
  expect(() =>
    np.linalg.solve(
      [
        [1, 2],
        [3, 4],
      ],
      [5, 6, 7],
    ),
  ).toThrow(new ShapeError("solve(float64[2,2], float64[3]): the right-hand side has another number of rows"));
  expect(() =>
    np.linalg.solve(
      [
        [1, 2, 3],
        [3, 4, 5],
      ],
      [5, 6],
    ),
  ).toThrow(new LinAlgError("solve(float64[2,3]): the last two axes must be square"));
  expect(() => np.linalg.solve([1, 2], [5, 6])).toThrow(
    new LinAlgError("solve(float64[2]): a matrix has at least two axes"),
  );
  expect(() =>
    np.linalg.solve(
      [
        [1, 2],
        [2, 4],
      ],
      [5, 6],
    ),
  ).toThrow(new LinAlgError("solve(float64[2,2], float64[2,1]): the matrix is singular"));
  expect(() => np.linalg.solve(np.ones([2, 3, 3]), np.ones([3, 3, 1]))).toThrow(
    new ShapeError(
      "solve(float64[2,3,3], float64[3,3,1]): batches(float64[2], float64[3]): shapes can't be broadcast together",
    ),
  );
});

test("powers of matrices are whole, and may be negative", () => {
  expect(
    typed(
      np.linalg.matrix_power(
        [
          [1, 2],
          [3, 4],
        ],
        0,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 0],
      [0, 1],
    ],
  ]);
  expect(
    typed(
      np.linalg.matrix_power(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.linalg.matrix_power(
        [
          [1, 2],
          [3, 4],
        ],
        7,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [30853, 44966],
      [67449, 98302],
    ],
  ]);
  expect(
    typed(
      np.linalg.matrix_power(
        [
          [2, 0],
          [0, 4],
        ],
        -2,
      ),
    ),
  ).toEqual([
    "float64",
    [
      [0.25, 0],
      [0, 0.0625],
    ],
  ]);
  expect(
    typed(
      np.linalg.matrix_power(
        np.array(
          [
            [1, 2],
            [3, 4],
          ],
          "float32",
        ),
        2,
      ),
    ),
  ).toEqual([
    "float32",
    [
      [7, 10],
      [15, 22],
    ],
  ]);
  expect(
    typed(
      np.linalg.matrix_power(
        [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [0, 1],
            [1, 0],
          ],
        ],
        2,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [
        [7, 10],
        [15, 22],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ],
  ]);
  expect(() =>
    np.linalg.matrix_power(
      [
        [1, 2, 3],
        [3, 4, 5],
      ],
      2,
    ),
  ).toThrow(new LinAlgError("matrix_power(int64[2,3]): the last two axes must be square"));
  expect(() => np.linalg.matrix_power([1, 2], 2)).toThrow(
    new LinAlgError("matrix_power(int64[2]): the last two axes must be square"),
  );
  expect(() =>
    np.linalg.matrix_power(
      [
        [1, 2],
        [3, 4],
      ],
      1.5,
    ),
  ).toThrow(new TypeError("matrix_power: 1.5 is not an integer"));
  expect(() =>
    np.linalg.matrix_power(
      [
        [1, 2],
        [2, 4],
      ],
      -1,
    ),
  ).toThrow(new LinAlgError("inv(float64[2,2]): the matrix is singular"));
});

test("chains of matrices may begin and end in vectors", () => {
  expect(
    typed(
      np.linalg.multi_dot([
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [19, 22],
      [43, 50],
    ],
  ]);
  expect(
    typed(
      np.linalg.multi_dot([
        [1, 2],
        [5, 6],
      ]),
    ),
  ).toEqual(["int64", 17]);
  expect(
    typed(
      np.linalg.multi_dot([
        [1, 2],
        [
          [5, 6],
          [7, 8],
        ],
        [1, 2],
      ]),
    ),
  ).toEqual(["int64", 63]);
  expect(
    typed(
      np.linalg.multi_dot([
        [[1, 2]],
        [
          [5, 6],
          [7, 8],
        ],
        [1, 2],
      ]),
    ),
  ).toEqual(["int64", [63]]);
  expect(
    typed(
      np.linalg.multi_dot([
        [[1, 2]],
        [
          [5, 6],
          [7, 8],
        ],
        [[1], [2]],
        [[1, 2, 3]],
      ]),
    ),
  ).toEqual(["int64", [[63, 126, 189]]]);
  expect(() => np.linalg.multi_dot([])).toThrow(new RangeError("multi_dot: expected at least two arrays"));
  expect(() => np.linalg.multi_dot([[[1, 2]]])).toThrow(new RangeError("multi_dot: expected at least two arrays"));
  expect(() =>
    np.linalg.multi_dot([
      [1, 2],
      [3, 4],
      [
        [5, 6],
        [7, 8],
      ],
    ]),
  ).toThrow(new LinAlgError("multi_dot(int64[2], int64[2], int64[2,2]): all but the ends must be matrices"));
  expect(() => np.linalg.multi_dot([[[1, 2]], 3, [[1], [2]]])).toThrow(
    new LinAlgError("multi_dot(int64[1,2], int64[], int64[2,1]): all but the ends must be matrices"),
  );
  expect(() => np.linalg.multi_dot([[[1, 2]], [[1, 2]], [[1], [2]]])).toThrow(
    new ShapeError("dot(int64[1,2], int64[1,1]): 2 (axis 1) and 1 (axis 0) differ"),
  );
});

test("tensors are solved as matrices, whose axes may be moved to the end in an order", () => {
  expect(
    typed(
      np.linalg.tensorsolve(np.reshape(np.eye(6), [2, 3, 6]), [
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ),
  ).toEqual(["float64", [1, 2, 3, 4, 5, 6]]);
  expect(typed(np.linalg.tensorsolve(np.reshape(np.eye(6), [6, 2, 3]), [1, 2, 3, 4, 5, 6]))).toEqual([
    "float64",
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);
  expect(
    typed(np.linalg.tensorsolve(np.transpose(np.reshape(np.eye(6), [6, 2, 3]), [1, 0, 2]), [1, 2, 3, 4, 5, 6], [0, 2])),
  ).toEqual([
    "float64",
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);
  expect(
    typed(
      np.linalg.tensorsolve(np.transpose(np.reshape(np.eye(6), [6, 2, 3]), [1, 0, 2]), [1, 2, 3, 4, 5, 6], {
        axes: [2, 0],
      }),
    ),
  ).toEqual([
    "float64",
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  ]);
  expect(() => np.linalg.tensorsolve(np.ones([2, 3, 4]), [1, 2])).toThrow(
    new LinAlgError("tensorsolve(float64[2,3,4], float64[2]): as matrices they are not square and a vector"),
  );
  expect(() => np.linalg.tensorsolve(np.ones([2, 2]), [1, 2, 3])).toThrow(
    new LinAlgError("tensorsolve(float64[2,2], float64[3]): as matrices they are not square and a vector"),
  );
});

test("tensors are inverted as matrices", () => {
  expect(typed(np.linalg.tensorinv(np.reshape(np.eye(6), [2, 3, 6])))).toEqual([
    "float64",
    [
      [
        [1, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 1, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, 1],
        [0, 0, 0],
      ],
      [
        [0, 0, 0],
        [1, 0, 0],
      ],
      [
        [0, 0, 0],
        [0, 1, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 1],
      ],
    ],
  ]);
  expect(typed(np.linalg.tensorinv(np.reshape(np.multiply(np.eye(4), 4), [4, 2, 2]), { ind: 1 }))).toEqual([
    "float64",
    [
      [
        [0.25, 0, 0, 0],
        [0, 0.25, 0, 0],
      ],
      [
        [0, 0, 0.25, 0],
        [0, 0, 0, 0.25],
      ],
    ],
  ]);
  expect(() => np.linalg.tensorinv(np.reshape(np.eye(6), [6, 2, 3]), 0)).toThrow(
    new RangeError("tensorinv: ind must be positive, not 0"),
  );
  expect(() => np.linalg.tensorinv(np.ones([2, 3, 4]), 1)).toThrow(
    new LinAlgError("inv(float64[2,12]): the last two axes must be square"),
  );
});
