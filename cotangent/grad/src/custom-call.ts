// Calls whose derivatives their author gave.
import {
  bind,
  primitives,
  Recorded,
  Recording,
  type CustomRules,
  type CustomVjp,
  type Value,
  operations,
} from "@cotangent/core";
import type { JvpTrace } from "./dual.ts";
import { pullBack } from "./pull-back.ts";
import type { IndexedRules } from "./rule-lookup.ts";

/** A call: its rules, and its name for messages. */
export interface CustomCall {
  readonly rules: CustomRules;
  readonly name: string;
}

/**
 * The results of a call with their tangents.
 *
 * While a program is made linear, its tangents are not known and a reverse rule is what will be wanted; otherwise a
 * forward rule is. Where there is only the other, it is used, transposed if need be.
 */
export function callTangents(trace: JvpTrace, call: CustomCall, operands: readonly Value[]): readonly Value[] {
  const { jvp, vjp } = call.rules;
  const primals = operands.map((operand) => trace.primalOf(operand));
  const tangents = operands.map((operand) => trace.tangentOf(operand) ?? operations.zerosLike(operand));
  const unknown = tangents.some((tangent) => tangent instanceof Recorded && tangent.known === null);
  if (jvp !== null && !(unknown && vjp !== null)) {
    const forward = jvp(primals, tangents);
    return trace.pair(forward.results, forward.tangents);
  }
  if (vjp === null) throw new TypeError(`${call.name}: has neither a jvp nor a vjp`);
  const reverse = vjp(primals);
  const forward = (changes: readonly Value[]): readonly Value[] =>
    jvp === null ? transposed(trace.rules, reverse, changes) : jvp(primals, changes).tangents;
  const out = unknown ? linearCall(call, reverse, forward, tangents) : forward(tangents);
  return trace.pair(reverse.results, out);
}

/** An equation that stands for the tangents until it is transposed, or run. */
function linearCall(
  { name }: CustomCall,
  { results, pullback }: CustomVjp,
  forward: (tangents: readonly Value[]) => readonly Value[],
  tangents: readonly Value[],
): readonly Value[] {
  return bind(primitives.linearCall, tangents, {
    name,
    types: results.map(({ shape, dtype }) => ({ shape, dtype })),
    forward,
    pullback,
  });
}

/** Tangents through the transpose of the pullback, which is linear. */
function transposed(
  rules: IndexedRules,
  { results, pullback }: CustomVjp,
  tangents: readonly Value[],
): readonly Value[] {
  const recording = new Recording({ eager: false });
  const cotangents = pullback(results.map((result) => recording.abstractInput(result, result.backend)));
  recording.close();
  const pulled = pullBack(rules, recording, cotangents, tangents);
  return results.map((result, place) => pulled[place] ?? operations.zerosLike(result));
}
