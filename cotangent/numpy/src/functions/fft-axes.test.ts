import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("a real transform needs an axis", () => {
  expect(() =>
    np.fft.rfftn(
      [
        [1, 2],
        [3, 4],
      ],
      { axes: [] },
    ),
  ).toThrow(new RangeError("rfftn: at least one axis is transformed"));
  expect(() =>
    np.fft.irfftn(
      [
        [1, 2],
        [3, 4],
      ],
      { axes: [] },
    ),
  ).toThrow(new RangeError("irfftn: at least one axis is transformed"));
});

test("frequencies are moved to the middle and back", () => {
  expect(typed(np.fft.fftshift([1, 2, 3]))).toEqual(["int64", [3, 1, 2]]);
  expect(typed(np.fft.ifftshift([1, 2, 3]))).toEqual(["int64", [2, 3, 1]]);
  expect(
    typed(
      np.fft.fftshift(
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
      [3, 4],
      [1, 2],
    ],
  ]);
  expect(typed(np.fft.fftshift([[1], [2]]))).toEqual(["int64", [[2], [1]]]);
  expect(typed(np.fft.fftshift([1]))).toEqual(["int64", [1]]);
  expect(typed(np.fft.fftshift([]))).toEqual("float64[0]");
});

test("frequencies are of a number of samples", () => {
  expect(typed(np.fft.fftfreq(4))).toEqual(["float64", [0, 0.25, -0.5, -0.25]]);
  expect(typed(np.fft.fftfreq(5, 0.1))).toEqual(["float64", [0, 2, 4, -4, -2]]);
  expect(typed(np.fft.rfftfreq(4, { d: 2 }))).toEqual(["float64", [0, 0.125, 0.25]]);
  expect(() => np.fft.fftfreq(0)).toThrow(new RangeError("fftfreq: 0 is no number of samples"));
  expect(() => np.fft.fftfreq(1.5)).toThrow(new RangeError("fftfreq: 1.5 is no number of samples"));
});
