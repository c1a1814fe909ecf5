// Transposition: cotangents go backwards through a linear program.
import {
  isList,
  MissingRuleError,
  operations,
  showCall,
  type Entry,
  type Recorded,
  type Recording,
  type Value,
} from "@cotangent/core";
import type { IndexedRules, LooseAdding } from "./rule-lookup.ts";
import { transposeProgram } from "./transpose-programs.ts";

const { add, addTo, sub } = operations;

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
  const sums = new Sums(recording);
  for (const [place, output] of outputs.entries()) {
    if (output !== null) sums.add(output, cotangents[place] ?? null);
  }
  for (let entry = recording.last; entry !== null; entry = entry.previous) {
    if (isList(entry.results)) transposeWhole(rules, entry, entry.results, sums);
    else transposeEntry(rules, entry, entry.results, sums);
  }
  return recording.inputs.map((input) => sums.takeSigned(input));
}

/** What has come together for each value of a recording. */
class Sums {
  readonly #recording: Recording;
  readonly #sums: (Value | null)[] = [];
  /** Indices of sums that have the opposite sign: nothing is computed for it before it is needed. */
  readonly #negative = new Set<number>();
  /** Indices of arrays that were made here, and that nobody else has yet: more is added to them in their own memory. */
  readonly #own = new Set<number>();

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#sums.length = recording.count;
  }

  owns(value: Value): value is Recorded {
    return this.#recording.owns(value);
  }

  /** Adds to the sum of a value; null is zero. Nothing is added to what is not of the recording. */
  add(value: Value, cotangent: Value | null, isNegative = false): void {
    if (cotangent === null || !this.owns(value)) return;
    const { index } = value;
    const sum = this.#sums[index] ?? null;
    if (sum !== null) this.#sums[index] = this.#total(index, sum, cotangent, isNegative !== this.isNegative(value));
    else {
      this.#sums[index] = cotangent;
      if (isNegative) this.#negative.add(index);
    }
  }

  /** As `add`, of what nobody else has. */
  addOwn(value: Value, cotangent: Value, isNegative: boolean): void {
    this.add(value, cotangent, isNegative);
    if (this.owns(value)) this.#noteOwn(value.index, cotangent);
  }

  /** The sum of a value if nobody else has it, and it has this sign. */
  ownOf(value: Value, isNegative: boolean): Value | null {
    if (!this.owns(value) || !this.#own.has(value.index) || this.isNegative(value) !== isNegative) return null;
    return this.#sums[value.index] ?? null;
  }

  /** Puts a sum in the place of the one that it was made of. */
  replace({ index }: Recorded, sum: Value): void {
    this.#sums[index] = sum;
  }

  #total(index: number, sum: Value, cotangent: Value, isOpposite: boolean): Value {
    if (isOpposite) return sub(sum, cotangent);
    const total = this.#own.has(index) ? addTo(sum, cotangent) : add(sum, cotangent);
    this.#noteOwn(index, total);
    return total;
  }

  /** Of numbers there is nothing to gain. */
  #noteOwn(index: number, sum: Value): void {
    if (sum.shape.length > 0 && sum.trace === null) this.#own.add(index);
  }

  /** Whether the sum of a value has the opposite sign of what `take` gives. */
  isNegative({ index }: Recorded): boolean {
    return this.#negative.size > 0 && this.#negative.has(index);
  }

  /** The sum of a value but for its sign. It is not needed any more. */
  take({ index }: Recorded): Value | null {
    const sum = this.#sums[index] ?? null;
    this.#sums[index] = null;
    return sum;
  }

  /** The sum of a value, with its sign: none of 0, which is why it is no negation. */
  takeSigned(value: Recorded): Value | null {
    const sum = this.take(value);
    return sum !== null && this.isNegative(value) ? sub(0, sum) : sum;
  }
}

/** Rules are linear in the cotangent: its sign goes through them to what they give. */
function transposeEntry(rules: IndexedRules, entry: Entry, result: Recorded, sums: Sums): void {
  const cotangent = sums.take(result);
  if (cotangent === null) return;
  const isNegative = sums.isNegative(result);
  const { primitive, operands, params } = entry;
  const rule = rules.transposes[primitive.index];
  if (rule === undefined) {
    throw new MissingRuleError(`${showCall(primitive.name, operands)}: is not linear, or has no transposition rule`);
  }
  if (typeof rule === "function") {
    const parts = rule(cotangent, operands, params);
    for (const [place, operand] of operands.entries()) sums.add(operand, parts[place] ?? null, isNegative);
    return;
  }
  for (let place = 0; place < operands.length; place++) {
    const operand = operands[place];
    if (operand === undefined || !sums.owns(operand)) continue;
    const part = rule[place] ?? null;
    if (typeof part === "function") sums.add(operand, part(cotangent, operands, params), isNegative);
    else if (part === "plus" || part === "minus") sums.add(operand, cotangent, isNegative !== (part === "minus"));
    else if (part !== null) addAtOnce(part, cotangent, entry, operand, sums, isNegative);
    else throw new MissingRuleError(`${showCall(primitive.name, operands)}: is not linear in operand ${place}`);
  }
}

function addAtOnce(
  rule: LooseAdding,
  cotangent: Value,
  { operands, params }: Entry,
  operand: Recorded,
  sums: Sums,
  isNegative: boolean,
): void {
  const sum = sums.ownOf(operand, isNegative);
  if (sum === null) sums.addOwn(operand, rule.of(cotangent, operands, params), isNegative);
  else sums.replace(operand, rule.onto(sum, cotangent, operands, params));
}

/** A program within the program. */
function transposeWhole(rules: IndexedRules, entry: Entry, results: readonly Recorded[], sums: Sums): void {
  const cotangents = results.map((result) => sums.takeSigned(result));
  if (cotangents.every((cotangent) => cotangent === null)) return;
  const parts = transposeProgram(
    (inner, outputs, given) => pullBack(rules, inner, outputs, given),
    entry,
    (operand) => sums.owns(operand),
    cotangents,
  );
  for (const [place, operand] of entry.operands.entries()) sums.add(operand, parts[place] ?? null);
}
