// Transposition: cotangents go backwards through a linear program.
import {
  isInexact,
  MissingRuleError,
  operations,
  showCall,
  type Entry,
  type ParamsOf,
  type Recorded,
  type Recording,
  type Value,
} from "@cotangent/core";
import type { IndexedRules } from "./rule-lookup.ts";

const { add } = operations;

/** What has come together for each value of a recording. */
type Sums = (Value | null)[];

/**
 * The cotangents of a linear recording's inputs. Null stands for zero.
 *
 * @param outputs what the program returns; values that are not of the recording take part in nothing
 * @param cotangents one for each output, of its type
 */
export function pullBack(
  rules: IndexedRules,
  recording: Recording,
  outputs: readonly (Value | null)[],
  cotangents: readonly (Value | null)[],
): readonly (Value | null)[] {
  const sums: Sums = [];
  for (let index = 0; index < recording.count; index++) sums.push(null);
  const accumulate = (variable: Recorded, cotangent: Value) => {
    const sum = sums[variable.index] ?? null;
    sums[variable.index] = sum === null ? cotangent : add(sum, cotangent);
  };
  for (const [place, output] of outputs.entries()) {
    const cotangent = cotangents[place] ?? null;
    if (output !== null && cotangent !== null && recording.owns(output)) accumulate(output, cotangent);
  }
  for (let index = recording.entries.length - 1; index >= 0; index--) {
    const entry = recording.entries[index];
    if (entry !== undefined) transposeEntry(rules, recording, entry, sums, accumulate);
  }
  return recording.inputs.map((input) => sums[input.index] ?? null);
}

function transposeEntry(
  rules: IndexedRules,
  recording: Recording,
  entry: Entry,
  sums: Sums,
  accumulate: (variable: Recorded, cotangent: Value) => void,
): void {
  const { primitive, operands, params, results } = entry;
  if (primitive.results === "many") {
    transposeCall(recording, entry, sums, accumulate);
    return;
  }
  const result = results[0];
  const cotangent = result === undefined ? null : (sums[result.index] ?? null);
  if (result === undefined || cotangent === null) return;
  // What has gone through is not needed any more.
  sums[result.index] = null;
  const rule = rules.transposes[primitive.index];
  if (rule === undefined) {
    throw new MissingRuleError(`${showCall(primitive.name, operands)}: is not linear, or has no transposition rule`);
  }
  if (typeof rule === "function") {
    const parts = rule(cotangent, operands, params);
    for (let place = 0; place < operands.length; place++) {
      const operand = operands[place];
      const part = parts[place];
      if (operand !== undefined && part !== undefined && recording.owns(operand)) accumulate(operand, part);
    }
    return;
  }
  for (let place = 0; place < operands.length; place++) {
    const operand = operands[place];
    if (operand === undefined || !recording.owns(operand)) continue;
    const part = rule[place];
    if (typeof part !== "function") {
      throw new MissingRuleError(`${showCall(primitive.name, operands)}: is not linear in operand ${place}`);
    }
    accumulate(operand, part(cotangent, operands, params));
  }
}

/** A function of which the adjoint is given. Cotangents that nothing reached are zeros for it. */
function transposeCall(
  recording: Recording,
  { primitive, operands, params, results }: Entry,
  sums: Sums,
  accumulate: (variable: Recorded, cotangent: Value) => void,
): void {
  if (primitive.name !== "linearCall") {
    throw new MissingRuleError(`${showCall(primitive.name, operands)}: stands in a linear program as a whole`);
  }
  if (results.every(({ index }) => (sums[index] ?? null) === null)) return;
  const cotangents = results.map((result) => sums[result.index] ?? operations.zerosLike(result));
  for (const { index } of results) sums[index] = null;
  const parts = (params as ParamsOf<"linearCall">).pullback(cotangents);
  for (const [place, operand] of operands.entries()) {
    const part = parts[place];
    if (part !== undefined && recording.owns(operand) && isInexact(operand.dtype)) accumulate(operand, part);
  }
}
