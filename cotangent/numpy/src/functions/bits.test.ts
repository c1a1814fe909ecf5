import { DTypeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("truth values are packed eight to a byte", () => {
  expect(typed(np.packbits([1, 0, 1]))).toEqual(["uint8", [160]]);
  expect(typed(np.packbits([1, 0, 1], { bitorder: "little" }))).toEqual(["uint8", [5]]);
  expect(
    typed(
      np.packbits([
        [1, 0, 1],
        [0, 1, 1],
      ]),
    ),
  ).toEqual(["uint8", [172]]);
  expect(
    typed(
      np.packbits(
        [
          [1, 0, 1],
          [0, 1, 1],
        ],
        { axis: 1 },
      ),
    ),
  ).toEqual(["uint8", [[160], [96]]]);
  expect(typed(np.packbits(3))).toEqual(["uint8", [128]]);
  expect(typed(np.packbits(3, { axis: 0 }))).toEqual(["uint8", [128]]);
  expect(typed(np.packbits(np.zeros([2, 0], "uint8"), { axis: 1 }))).toEqual("uint8[2,0]");
  expect(() => np.packbits([1.5])).toThrow(new DTypeError("packbits(float64[1]): takes integers and truth values"));
  expect(() => np.packbits([{ re: 1, im: 2 }])).toThrow(
    new DTypeError("packbits(complex128[1]): takes integers and truth values"),
  );
});

test("bytes are unpacked, as many bits as wanted", () => {
  expect(typed(np.unpackbits(np.array([5, 3], "uint8")))).toEqual([
    "uint8",
    [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1],
  ]);
  expect(typed(np.unpackbits(np.array([5], "uint8"), { bitorder: "little" }))).toEqual([
    "uint8",
    [1, 0, 1, 0, 0, 0, 0, 0],
  ]);
  expect(typed(np.unpackbits(np.array([5, 3], "uint8"), { count: 3 }))).toEqual(["uint8", [0, 0, 0]]);
  expect(typed(np.unpackbits(np.array([5, 3], "uint8"), { count: -3 }))).toEqual([
    "uint8",
    [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0],
  ]);
  expect(typed(np.unpackbits(np.array([5], "uint8"), { count: 10 }))).toEqual([
    "uint8",
    [0, 0, 0, 0, 0, 1, 0, 1, 0, 0],
  ]);
  expect(typed(np.unpackbits(np.array([[5], [3]], "uint8"), { axis: 0 }))).toEqual([
    "uint8",
    [[0], [0], [0], [0], [0], [1], [0], [1], [0], [0], [0], [0], [0], [0], [1], [1]],
  ]);
  expect(typed(np.unpackbits(np.array(5, "uint8"), { axis: 0 }))).toEqual(["uint8", [0, 0, 0, 0, 0, 1, 0, 1]]);
  expect(() => np.unpackbits([1, 2])).toThrow(new DTypeError("unpackbits(int64[2]): takes bytes (uint8)"));
  expect(() => np.unpackbits(np.array([5], "uint8"), { count: -10 })).toThrow(
    new RangeError("unpackbits(uint8[1]): there are no 2 bits more to leave out"),
  );
});
