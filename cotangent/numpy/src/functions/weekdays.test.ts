import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("Monday to Friday are worked on", () => {
  expect(typed(np.is_busday("2026-01-30"))).toEqual(["bool", true]);
  expect(typed(np.is_busday(["2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02"]))).toEqual([
    "bool",
    [true, false, false, true],
  ]);
  expect(typed(np.is_busday("1969-12-31"))).toEqual(["bool", true]);
  expect(typed(np.is_busday("1969-12-28"))).toEqual(["bool", false]);
  expect(typed(np.is_busday("2024-02-29"))).toEqual(["bool", true]);
  expect(typed(np.is_busday([]))).toEqual("bool[0]");
});

test("other days are worked on where a calendar says so", () => {
  expect(typed(np.is_busday(["2026-01-30", "2026-01-31"], { weekmask: "0000011" }))).toEqual(["bool", [false, true]]);
  expect(typed(np.is_busday(["2026-01-30", "2026-01-29"], { weekmask: "MonTue Fri" }))).toEqual([
    "bool",
    [true, false],
  ]);
  expect(typed(np.is_busday(["2026-01-30", "2026-01-29"], { holidays: ["2026-01-30"] }))).toEqual([
    "bool",
    [false, true],
  ]);
});

test("days and weeks that there are not are refused", () => {
  expect(() => np.is_busday("nonsense")).toThrow(new RangeError('"nonsense" is no day: write "2026-01-31"'));
  expect(() => np.is_busday("2026-02-30")).toThrow(new RangeError('"2026-02-30" is no day: write "2026-01-31"'));
  expect(() => np.is_busday("2026-01-30", { weekmask: "000001" })).toThrow(
    new RangeError('"000001" is no week: write "1111100" or "Mon Tue"'),
  );
  expect(() => np.is_busday("2026-01-30", { weekmask: "Monx" })).toThrow(
    new RangeError('"Monx" is no week: write "1111100" or "Mon Tue"'),
  );
  expect(() => np.is_busday("2026-01-30", { weekmask: "0000000" })).toThrow(
    new RangeError('the week "0000000" has no day of work'),
  );
  expect(() => np.is_busday("2026-01-30", { holidays: ["2026-02-30"] })).toThrow(
    new RangeError('"2026-02-30" is no day: write "2026-01-31"'),
  );
});

test("days of work are counted up to the last, either way", () => {
  expect(typed(np.busday_count("2026-01-01", "2026-02-01"))).toEqual(["int64", 22]);
  expect(typed(np.busday_count("2026-02-01", "2026-01-01"))).toEqual(["int64", -21]);
  expect(typed(np.busday_count("2026-01-30", "2026-01-23"))).toEqual(["int64", -5]);
  expect(typed(np.busday_count("2026-01-31", "2026-01-24"))).toEqual(["int64", -5]);
  expect(typed(np.busday_count("2026-01-01", "2026-01-01"))).toEqual(["int64", 0]);
  expect(typed(np.busday_count("2026-01-01", ["2026-01-05", "2026-01-12"]))).toEqual(["int64", [2, 7]]);
  expect(typed(np.busday_count(["2026-01-01", "2026-01-02"], ["2026-01-05", "2026-01-12"]))).toEqual(["int64", [2, 6]]);
  expect(typed(np.busday_count(["2026-01-01", "2026-01-02"], "2026-01-05"))).toEqual(["int64", [2, 1]]);
  expect(typed(np.busday_count([], "2026-01-01"))).toEqual("int64[0]");
  expect(typed(np.busday_count("2026-01-01", "2026-02-01", { weekmask: "1000000", holidays: ["2026-01-05"] }))).toEqual(
    ["int64", 3],
  );
  expect(() => np.busday_count(["2026-01-01", "2026-01-02"], ["2026-01-05", "2026-01-12", "2026-01-12"])).toThrow(
    new ShapeError("busday_count: 2 days and 3 are no pairs"),
  );
});
