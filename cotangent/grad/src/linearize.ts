// A function at a point: its value, and its linear part as a recording.
import { Recording, type Value } from "@cotangent/core";
import { JvpTrace } from "./dual.ts";
import type { IndexedRules } from "./rule-lookup.ts";

/** What a function of flat operands does near a point. */
export interface Linearized {
  readonly results: readonly Value[];
  /** From changes of the operands, which are its inputs, to changes of the results. */
  readonly recording: Recording;
  /** The change of each result: a value of the recording, or null where it does not depend on the operands. */
  readonly tangents: readonly (Value | null)[];
}

/** Runs a function with tangents of which only the types are known: what is done to them is the linear part. */
export function linearizeFlat(
  rules: IndexedRules,
  f: (operands: readonly Value[]) => readonly Value[],
  primals: readonly Value[],
): Linearized {
  const recording = new Recording();
  const trace = new JvpTrace(rules, recording);
  const outputs = f(primals.map((primal) => trace.dual(primal, recording.abstractInput(primal, primal.backend))));
  const results = outputs.map((output) => trace.primalOf(output));
  const tangents = outputs.map((output) => trace.tangentOf(output));
  trace.close();
  recording.close();
  return { results, recording, tangents };
}

/** A function's results and their tangents, null where there is none. */
export function jvpFlat(
  rules: IndexedRules,
  f: (operands: readonly Value[]) => readonly Value[],
  primals: readonly Value[],
  tangents: readonly (Value | null)[],
): { readonly results: readonly Value[]; readonly tangents: readonly (Value | null)[] } {
  const trace = new JvpTrace(rules);
  const operands = primals.map((primal, place) => {
    const tangent = tangents[place] ?? null;
    return tangent === null ? primal : trace.dual(primal, tangent);
  });
  const outputs = f(operands);
  trace.close();
  return {
    results: outputs.map((output) => trace.primalOf(output)),
    tangents: outputs.map((output) => trace.tangentOf(output)),
  };
}
