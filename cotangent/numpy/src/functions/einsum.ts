// Einstein's summation convention.
import { ShapeError, showCall, type Value } from "@cotangent/core";
import { asOperand, ofOneDType, type ArrayLike } from "./arguments.ts";
import { isOptions, optionsOf } from "./axes.ts";
import { arranged, contract, sumOver, type Labelled } from "./contraction.ts";
import { diagonal } from "./diagonals.ts";

export interface EinsumOptions {
  /** Accepted for NumPy's sake: pairs are always multiplied in an order that keeps what is between small. */
  readonly optimize?: unknown;
}

/** `ij,jk->ik` as lists of labels. */
interface Subscripts {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
}

/**
 * Sums of products, as the subscripts say: one letter for each axis. What the result has no letter for is summed over;
 * without `->`, the result has the letters that occur once, in alphabetical order; `...` stands for axes that are
 * broadcast.
 */
export function einsum(subscripts: string, ...rest: readonly (ArrayLike | EinsumOptions)[]): Value;
/** The same with a list of numbers after each operand, and one for the result, in place of letters. */
export function einsum(operand: ArrayLike, ...rest: readonly (ArrayLike | Sublist | EinsumOptions)[]): Value;
export function einsum(first: string | ArrayLike, ...rest: readonly (ArrayLike | Sublist | EinsumOptions)[]): Value {
  for (const each of rest.filter(isOptions)) optionsOf<EinsumOptions>("einsum", each, { optimize: true });
  const given = rest.filter((each) => !isOptions(each)) as readonly ArrayLike[];
  return typeof first === "string" ? einsumOf(first, given) : einsumOf(...fromSublists([first, ...given]));
}

/** Numbers of axes' labels, from 0 to 51; `"..."` for axes that are broadcast. */
export type Sublist = readonly (number | "...")[];

function fromSublists(
  args: readonly (ArrayLike | Sublist)[],
): readonly [subscripts: string, operands: readonly ArrayLike[]] {
  const count = Math.floor(args.length / 2);
  const terms = Array.from({ length: count }, (_, place) => lettersOf(args[2 * place + 1] as Sublist));
  const operands = Array.from({ length: count }, (_, place) => args[2 * place] as ArrayLike);
  const result = args.length % 2 === 1 ? `->${lettersOf(args[2 * count] as Sublist)}` : "";
  return [`${terms.join(",")}${result}`, operands];
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function lettersOf(sublist: Sublist): string {
  return sublist.map((each) => (each === "..." ? each : (letters[each] ?? "?"))).join("");
}

function einsumOf(subscripts: string, raw: readonly ArrayLike[]): Value {
  if (raw.length === 0) throw new RangeError(`einsum(${JSON.stringify(subscripts)}): there are no operands`);
  const values = ofOneDType(raw.map((each) => asOperand(each, "einsum")));
  const { operands, result } = parse(subscripts, values);
  const labelled = values.map((value, place) => withoutRepeats(value, operands[place] ?? []));
  const lengths = lengthsOf(labelled);
  let rests: readonly Labelled[] = labelled;
  while (rests.length > 1) rests = contractPair(rests, result, lengths);
  const [only] = rests as [Labelled];
  return arranged(
    sumOver(only, (label) => !result.includes(label)),
    result,
  );
}

function fault(subscripts: string, values: readonly Value[], message: string): ShapeError {
  return new ShapeError(`${showCall("einsum", values)} of "${subscripts}": ${message}`);
}

function parse(subscripts: string, values: readonly Value[]): Subscripts {
  const [inputs = "", output, ...more] = subscripts.replaceAll(/\s/gu, "").split("->");
  const terms = inputs.split(",");
  if (more.length > 0 || terms.length !== values.length) {
    throw fault(subscripts, values, `subscripts are for ${terms.length} operands`);
  }
  const operands = values.map((value, place) => labelsOf(subscripts, values, terms[place] ?? "", value.ndim));
  const broadcast = operands
    .map((labels) => labels.filter((label) => label.length > 1))
    .reduce((most, each) => (each.length > most.length ? each : most), []);
  const result = output === undefined ? implicit(inputs, broadcast) : expanded(output, broadcast);
  const isKnown = (label: string): boolean => operands.some((labels) => labels.includes(label));
  if (new Set(result).size < result.length || !result.every(isKnown)) {
    throw fault(subscripts, values, "the result's letters must be of the operands', each once");
  }
  return { operands, result };
}

/** The letters that occur once, in alphabetical order, after the axes that are broadcast. */
function implicit(inputs: string, broadcast: readonly string[]): readonly string[] {
  const letters = inputs.replaceAll(/[^A-Za-z]/gu, "");
  const once = Array.from(letters).filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return [...broadcast, ...once.toSorted((a, b) => (a < b ? -1 : 1))];
}

function labelsOf(subscripts: string, values: readonly Value[], term: string, ndim: number): readonly string[] {
  const letters = term.replace("...", "");
  if (!/^[A-Za-z]*$/u.test(letters)) throw fault(subscripts, values, `"${term}" is not made of letters`);
  const others = ndim - letters.length;
  if (others < 0 || (others > 0 && !term.includes("..."))) {
    throw fault(subscripts, values, `"${term}" is not for an array of ${ndim} axes`);
  }
  return expanded(
    term,
    Array.from({ length: others }, (_, axis) => `broadcast ${others - axis}`),
  );
}

/** The labels of a term, with those that its dots stand for. */
function expanded(term: string, broadcast: readonly string[]): readonly string[] {
  const [before = "", after] = term.split("...");
  return after === undefined ? before.split("") : [...before.split(""), ...broadcast, ...after.split("")];
}

/** Diagonals instead of axes that have the same label. */
function withoutRepeats(value: Value, labels: readonly string[]): Labelled {
  const repeated = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  if (repeated < 0) return { value, labels };
  const label = labels[repeated] ?? "";
  const first = labels.indexOf(label);
  if (value.shape[first] !== value.shape[repeated]) {
    throw new ShapeError(`${showCall("einsum", [value])}: axes labelled "${label}" differ in length`);
  }
  const rest = labels.filter((_, axis) => axis !== first && axis !== repeated);
  return withoutRepeats(diagonal(value, { axis1: first, axis2: repeated }), [...rest, label]);
}

function lengthsOf(operands: readonly Labelled[]): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const { value, labels } of operands) {
    for (const [axis, label] of labels.entries()) {
      lengths.set(label, Math.max(lengths.get(label) ?? 1, value.shape[axis] ?? 1));
    }
  }
  return lengths;
}

/** The operands with two of them multiplied: those whose product takes the fewest multiplications. */
function contractPair(
  operands: readonly Labelled[],
  result: readonly string[],
  lengths: ReadonlyMap<string, number>,
): readonly Labelled[] {
  let [first, second, least] = [0, 1, Infinity];
  for (let i = 0; i < operands.length; i++) {
    for (let j = i + 1; j < operands.length; j++) {
      const labels = new Set([...(operands[i]?.labels ?? []), ...(operands[j]?.labels ?? [])]);
      const cost = [...labels].reduce((product, label) => product * (lengths.get(label) ?? 1), 1);
      if (cost < least) [first, second, least] = [i, j, cost];
    }
  }
  const [x, y] = [operands[first], operands[second]] as [Labelled, Labelled];
  const rest = operands.filter((each) => each !== x && each !== y);
  const needed = new Set([...result, ...rest.flatMap(({ labels }) => labels)]);
  const labels = [...new Set([...x.labels, ...y.labels])].filter((label) => needed.has(label));
  return [...rest, { value: contract("einsum", x, y, labels), labels }];
}
