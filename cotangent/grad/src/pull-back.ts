// Transposition: cotangents go backwards through a linear program.
import {
  MissingRuleError,
  operations,
  showCall,
  type Entry,
  type Recorded,
  type Recording,
  type Value,
} from "@cotangent/core";
import type { IndexedRules } from "./rule-lookup.ts";
import { transposeProgram } from "./transpose-programs.ts";

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
    transposeWhole(rules, recording, entry, sums, accumulate);
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

/** A program within the program. */
function transposeWhole(
  rules: IndexedRules,
  recording: Recording,
  entry: Entry,
  sums: Sums,
  accumulate: (variable: Recorded, cotangent: Value) => void,
): void {
  const cotangents = entry.results.map(({ index }) => sums[index] ?? null);
  if (cotangents.every((cotangent) => cotangent === null)) return;
  for (const { index } of entry.results) sums[index] = null;
  const parts = transposeProgram(
    (inner, outputs, given) => pullBack(rules, inner, outputs, given),
    entry,
    (operand) => recording.owns(operand),
    cotangents,
  );
  for (const [place, operand] of entry.operands.entries()) {
    const part = parts[place] ?? null;
    if (part !== null && recording.owns(operand)) accumulate(operand, part);
  }
}
