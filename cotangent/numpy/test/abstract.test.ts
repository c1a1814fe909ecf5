import { evaluate, traceAbstract, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../src/index.ts";
import { decodeArguments, lookUp, needsUnknownDType, readGoldens, type GoldenCase } from "./goldens.ts";
import { mismatch } from "./matching.ts";

/** What of a result depends on elements can't be known from types: here the dtype. */
const needsElements = new Set(["np.real_if_close"]);

const close = { elementwise: 1e-12, normwise: 1e-12 };

function withArgument(args: readonly unknown[], [first = 0, ...rest]: readonly number[], value: Value): unknown[] {
  return args.with(first, rest.length === 0 ? value : withArgument(args[first] as readonly unknown[], rest, value));
}

function results(result: unknown): readonly Value[] {
  return (Array.isArray(result) ? result.flat(Infinity) : [result]) as readonly Value[];
}

/** Traces a function by the type of one argument, runs the graph, and says what is wrong with the results. */
function fault(golden: GoldenCase, path: readonly number[]): string | undefined {
  const args: readonly unknown[] = decodeArguments(golden, np);
  const argument = path.reduce<unknown>((list, place) => (list as readonly unknown[])[place], args) as Value;
  const f = (value: Value) => results(lookUp(np, golden.fn)(...withArgument(args, path, value)));
  const found = evaluate(traceAbstract(f, [argument], np.backend), [argument]);
  const { value } = golden as { readonly value: { readonly tuple?: readonly unknown[] } };
  const expected = value.tuple ?? [value];
  return expected
    .map((each, place) => mismatch(found[place], each, close, golden.compare))
    .find((each) => each !== undefined);
}

const families = [
  "elementwise",
  "reductions",
  "shape",
  "indexing",
  "complex",
  "edge",
  "fuzz",
  "linalg",
  "fft",
] as const;

test.each(families)("differentiable functions of %s can be traced by types alone", (family) => {
  const faults = readGoldens(family).flatMap((golden) => {
    if (needsElements.has(golden.fn) || needsUnknownDType(golden) || golden.compare === "gauge") return [];
    return (golden.derivs ?? []).flatMap(({ wrt }) => {
      const found = fault(golden, wrt);
      return found === undefined ? [] : [`${golden.id} ${wrt.join(".")}: ${found}`];
    });
  });
  expect(faults).toEqual([]);
});
