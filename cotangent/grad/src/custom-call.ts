// Calls whose derivatives are given: by their author, or by name.
import {
  bind,
  closeOver,
  evaluate,
  MissingRuleError,
  primitives,
  promised,
  Recording,
  traceAbstract,
  type CustomRules,
  type CustomVjp,
  type NamedRules,
  type ParamsOf,
  type Value,
  operations,
} from "@cotangent/core";
import type { JvpTrace } from "./dual.ts";
import { typeOf } from "./interfaces.ts";
import { pullBack } from "./pull-back.ts";
import type { IndexedRules } from "./rule-lookup.ts";
import { isAbstract, varies } from "./staging.ts";

/** A call that has rules. */
export interface CustomCall extends ParamsOf<"call"> {
  readonly rules: CustomRules | NamedRules;
}

/** @throws MissingRuleError for a name that nothing is known of. */
function rulesOf(known: IndexedRules, call: CustomCall): CustomRules {
  const { graph, name, rules } = call;
  if (typeof rules === "object") return rules;
  if (rules === "checkpoint") return known.ofProgram(graph);
  const tangentsOf = known.calls[rules];
  if (tangentsOf === undefined) throw new MissingRuleError(`${name}: there are no rules of the name ${rules}`);
  return {
    vjp: null,
    jvp(operands, tangents) {
      const results = bind(primitives.call, operands, call);
      return { results, tangents: tangentsOf(tangents, operands, results) };
    },
  };
}

/**
 * The results of a call with their tangents.
 *
 * While a program is made linear, its tangents are not known and a reverse rule is what will be wanted; otherwise a
 * forward rule is. Where there is only the other, it is used, transposed if need be.
 */
export function callTangents(trace: JvpTrace, call: CustomCall, operands: readonly Value[]): readonly Value[] {
  const { jvp, vjp } = rulesOf(trace.rules, call);
  const primals = operands.map((operand) => trace.primalOf(operand));
  const tangents = operands.map((operand) => trace.tangentOf(operand) ?? operations.zerosLike(operand));
  if (jvp !== null && !(trace.isLinear && vjp !== null)) {
    const forward = jvp(primals, tangents);
    return trace.pair(forward.results, forward.tangents);
  }
  const reverse = promised(vjp ?? undefined, `a rule of ${call.name}`)(primals);
  const forward = (changes: readonly Value[]): readonly Value[] =>
    jvp === null ? transposed(trace.rules, reverse, changes) : jvp(primals, changes).tangents;
  if (!trace.isLinear) return trace.pair(reverse.results, forward(tangents));
  const out = [...primals, ...reverse.results].some((value) => isAbstract(value) || varies(value))
    ? abstractCall(trace.rules, call, reverse, tangents)
    : linearCall(call, reverse, forward, tangents);
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
    types: results.map(typeOf),
    residuals: 0,
    forward,
    pullback: (_, cotangents) => pullback(cotangents),
  });
}

/**
 * The same where values are not known, or differ from example to example: the rule runs now, on types, since what it
 * needs belongs to a trace that may have ended. What it kept is among the operands.
 */
function abstractCall(
  rules: IndexedRules,
  { name }: CustomCall,
  { results, pullback }: CustomVjp,
  tangents: readonly Value[],
): readonly Value[] {
  const types = results.map(typeOf);
  const { backend } = promised(results[0], "a result");
  const { graph, captured } = closeOver(traceAbstract((...cotangents) => pullback(cotangents), types, backend));
  const pull = (residuals: readonly Value[], cotangents: readonly Value[]) =>
    evaluate(graph, [...residuals, ...cotangents]);
  return bind(primitives.linearCall, [...captured, ...tangents], {
    name,
    types,
    residuals: captured.length,
    forward(operands) {
      const residuals = operands.slice(0, captured.length);
      const reverse = { results, pullback: (cotangents: readonly Value[]) => pull(residuals, cotangents) };
      return transposed(rules, reverse, operands.slice(captured.length));
    },
    pullback: pull,
  });
}

/** Tangents through the transpose of the pullback, which is linear. */
function transposed(
  rules: IndexedRules,
  { results, pullback }: CustomVjp,
  tangents: readonly Value[],
): readonly Value[] {
  const recording = new Recording();
  const cotangents = pullback(results.map((result) => recording.abstractInput(result, result.backend)));
  recording.close();
  const pulled = pullBack(rules, recording, cotangents, tangents);
  return results.map((result, place) => pulled[place] ?? operations.zerosLike(result));
}
