import { readFileSync } from "node:fs";
import { DTypeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { asDType, canCast, promoteTypes, resultType, withScalar, type Casting, type WeakKind } from "./dtype.ts";

interface Case {
  readonly id: string;
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly kwargs?: { readonly casting?: Casting };
  readonly value: unknown;
}

const goldens = JSON.parse(readFileSync(new URL("../test/goldens/dtypes.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};
const foreign = /float16|str|object|datetime/u;

function casesOf(fn: string): readonly Case[] {
  return goldens.cases.filter((each) => each.fn === fn && !foreign.test(JSON.stringify(each)));
}

function nameOf(argument: unknown): string | undefined {
  return typeof argument === "object" && argument !== null && "dtype" in argument ? String(argument.dtype) : undefined;
}

function weakOf(argument: unknown): WeakKind {
  if (typeof argument === "boolean") return "bool";
  if (typeof argument === "number") return Number.isInteger(argument) ? "int" : "float";
  return JSON.stringify(argument).includes("complex") ? "complex" : "float";
}

test("promotion of two dtypes is NumPy's", () => {
  const cases = casesOf("np.promote_types");
  expect(cases.length).toBeGreaterThan(20);
  for (const { id, args, value } of cases) {
    const [a = "", b = ""] = args.map(nameOf);
    expect([id, promoteTypes(asDType(a), asDType(b))]).toEqual([id, nameOf(value)]);
    expect([id, promoteTypes(asDType(b), asDType(a))]).toEqual([id, nameOf(value)]);
  }
});

test("results of arrays and weak scalars have NumPy's dtypes", () => {
  const cases = casesOf("np.result_type");
  expect(cases.length).toBeGreaterThan(60);
  for (const { id, args, value } of cases) {
    const dtypes = args.flatMap((each) => nameOf(each) ?? []).map(asDType);
    const weak = args.filter((each) => nameOf(each) === undefined).map(weakOf);
    expect([id, resultType(dtypes, weak)]).toEqual([id, nameOf(value)]);
  }
});

test("casting rules are NumPy's", () => {
  const cases = casesOf("np.can_cast");
  expect(cases.length).toBeGreaterThan(60);
  for (const { id, args, kwargs, value } of cases) {
    const [from = "", to = ""] = args.map(nameOf);
    expect([id, canCast(asDType(from), asDType(to), kwargs?.casting)]).toEqual([id, value]);
  }
});

test("a weak scalar changes the kind of a dtype, never its width", () => {
  expect(withScalar("float32", "complex")).toBe("complex64");
  expect(withScalar("int8", "float")).toBe("float64");
  expect(resultType([], ["int", "float"])).toBe("float64");
});

test("a name that is no dtype is refused with those that are", () => {
  expect(() => asDType("float16")).toThrow('there is no dtype "float16": bool, int8');
});

test("without an operand there is no result type", () => {
  expect(() => resultType([])).toThrow(DTypeError);
  expect(() => resultType([])).toThrow("at least one dtype or scalar");
});

test("strict rules allow a conversion to the same dtype only", () => {
  for (const casting of ["no", "equiv"] as const) {
    expect(canCast("int32", "int32", casting)).toBe(true);
    expect(canCast("int32", "int64", casting)).toBe(false);
  }
  expect(canCast("float64", "float32", "same_kind")).toBe(true);
  expect(canCast("float64", "int64", "same_kind")).toBe(false);
});
