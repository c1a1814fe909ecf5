import { expect, test } from "vitest";
import { fft } from "./fft.ts";

/** Numbers between -1 and 1 that are the same in each run. */
function numbers(count: number): Float64Array {
  let state = 11;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

/** The transform by its definition. */
function definition(data: Float64Array, sign: number): Float64Array {
  const length = data.length / 2;
  const result = new Float64Array(data.length);
  for (let k = 0; k < length; k++) {
    for (let j = 0; j < length; j++) {
      const angle = (sign * 2 * Math.PI * ((j * k) % length)) / length;
      const [re, im] = [data[2 * j] ?? 0, data[2 * j + 1] ?? 0];
      result[2 * k] = (result[2 * k] ?? 0) + re * Math.cos(angle) - im * Math.sin(angle);
      result[2 * k + 1] = (result[2 * k + 1] ?? 0) + re * Math.sin(angle) + im * Math.cos(angle);
    }
  }
  return result;
}

function distance(x: Float64Array, y: Float64Array): number {
  return x.reduce((most, entry, index) => Math.max(most, Math.abs(entry - (y[index] ?? NaN))), 0);
}

test("transforms of all short lengths, there and back, are what the definition says", () => {
  for (let length = 1; length <= 140; length++) {
    const data = numbers(2 * length);
    const tolerance = 1e-13 * length;
    expect(distance(fft(data.slice(), 1, length, 1, false), definition(data, -1))).toBeLessThan(tolerance);
    expect(distance(fft(data.slice(), 1, length, 1, true), definition(data, 1))).toBeLessThan(tolerance);
  }
});

test("there and back gives the data times the length, whatever the length", () => {
  for (const length of [1024, 1009, 1000, 2 * 521, 7 * 11 * 13, 65_536, 65_537]) {
    const data = numbers(2 * length);
    const back = fft(fft(data.slice(), 1, length, 1, false), 1, length, 1, true);
    expect(
      distance(
        back.map((entry) => entry / length),
        data,
      ),
    ).toBeLessThan(1e-14);
  }
});

test("the middle axis is transformed, each line on its own", () => {
  for (const length of [6, 37]) {
    const [outer, lines] = [3, 4];
    const data = numbers(2 * outer * length * lines);
    const result = fft(data.slice(), outer, length, lines, false);
    for (let first = 0; first < outer; first++) {
      for (let line = 0; line < lines; line++) {
        const pick = (from: Float64Array): Float64Array =>
          Float64Array.from({ length: 2 * length }, (_, index) => {
            return from[2 * ((first * length + (index >> 1)) * lines + line) + (index & 1)] ?? NaN;
          });
        expect(distance(pick(result), definition(pick(data), -1))).toBeLessThan(1e-12);
      }
    }
  }
});
