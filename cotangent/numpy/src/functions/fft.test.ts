import { DTypeError, sameShape, ShapeError, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../index.ts";

const { fft } = np;

/** How far apart elements are: infinitely if shapes differ. */
function distance(x: Value, y: Value): number {
  return sameShape(x.shape, y.shape) ? Number(np.max(np.abs(np.subtract(x, y))).item()) : Infinity;
}

const wave = np.sin(np.multiply(np.arange(30), 0.7));
const grid = np.reshape(wave, [2, 3, 5]);

test("each transform is undone by its inverse, whatever the norm", () => {
  for (const norm of [null, "backward", "ortho", "forward"] as const) {
    expect(distance(np.real(fft.ifft(fft.fft(wave, { norm }), { norm })), wave)).toBeLessThan(1e-13);
    expect(distance(fft.irfft(fft.rfft(wave, { norm }), { norm }), wave)).toBeLessThan(1e-13);
    expect(distance(fft.hfft(fft.ihfft(wave, { norm }), { norm }), wave)).toBeLessThan(1e-13);
    expect(distance(np.real(fft.ifftn(fft.fftn(grid, { norm }), { norm })), grid)).toBeLessThan(1e-13);
    expect(distance(fft.irfftn(fft.rfftn(grid, { norm }), { norm, s: [2, 3, 5] }), grid)).toBeLessThan(1e-13);
    expect(distance(np.real(fft.ifft2(fft.fft2(grid, { norm }), { norm })), grid)).toBeLessThan(1e-13);
    expect(distance(fft.irfft2(fft.rfft2(grid, { norm }), { norm, s: [3, 5] }), grid)).toBeLessThan(1e-13);
  }
});

test("lengths cut axes or continue them with zeros", () => {
  expect(distance(fft.fft(wave, 8), fft.fft(np.getitem(wave, np.slice(0, 8))))).toBeLessThan(1e-13);
  expect(distance(fft.fft(wave, { n: 40 }), fft.fft(np.concatenate([wave, np.zeros([10])])))).toBeLessThan(1e-13);
  expect(fft.fftn(grid, [4, 4]).shape).toEqual([2, 4, 4]);
  expect(fft.fftn(grid, { s: [4, -1], axes: [0, 2] }).shape).toEqual([4, 3, 5]);
  expect(fft.rfft(grid, { axis: 1 }).shape).toEqual([2, 2, 5]);
  expect(fft.irfft(grid).shape).toEqual([2, 3, 8]);
});

test("arguments may be given by place, in options, or some each way", () => {
  const wanted = fft.fft(grid, { n: 4, axis: 1, norm: "ortho" });
  expect(distance(fft.fft(grid, 4, 1, "ortho"), wanted)).toBe(0);
  expect(distance(fft.fft(grid, 4, { axis: 1, norm: "ortho" }), wanted)).toBe(0);
  expect(distance(fft.fft2(grid, [2, 4], [0, 2]), fft.fft2(grid, { s: [2, 4], axes: [0, 2] }))).toBe(0);
});

test("single precision stays so", () => {
  expect(fft.fft(np.ones([3], "float32")).dtype).toBe("complex64");
  expect(fft.irfft(np.ones([3], "complex64")).dtype).toBe("float32");
  expect(fft.fft([1, 2]).dtype).toBe("complex128");
});

test("shifts are each other's inverse, and frequencies are in the order of transforms", () => {
  expect(fft.fftshift([0, 1, 2, 3, 4]).toList()).toEqual([3, 4, 0, 1, 2]);
  expect(distance(fft.ifftshift(fft.fftshift(grid)), grid)).toBeLessThan(1e-13);
  expect(distance(fft.ifftshift(fft.fftshift(grid, { axes: 1 }), 1), grid)).toBeLessThan(1e-13);
  expect(fft.fftfreq(4, 0.5).toList()).toEqual([0, 0.5, -1, -0.5]);
  expect(fft.rfftfreq(5).toList()).toEqual([0, 0.2, 0.4]);
});

test("what can't be transformed is refused", () => {
  expect(() => fft.fft([])).toThrow(ShapeError);
  expect(() => fft.fft(3)).toThrow(ShapeError);
  expect(() => fft.fft(wave, 0)).toThrow("fft(complex128[30]): a transform of 0 points");
  expect(() => fft.fft(wave, { axis: 1 })).toThrow(RangeError);
  expect(() => fft.fft(wave, { norm: "other" as "ortho" })).toThrow(RangeError);
  expect(() => fft.rfft({ re: 1, im: 1 })).toThrow(DTypeError);
  expect(() => fft.fftn(grid, { s: [1], axes: [0, 1] })).toThrow(ShapeError);
  expect(() => fft.fftfreq(0)).toThrow(RangeError);
});
