import { requireGraph, subgraphs, type Equation, type Graph, type Value, type Variable } from "@cotangent/core";
import { linesOf, print } from "./print.ts";
import { nameOf, showConstant, showParams } from "./show.ts";

/** A line of a comparison: in both graphs, only before, or only after. */
export interface DiffLine {
  readonly kind: "both" | "before" | "after";
  readonly text: string;
}

/**
 * What a pass changed, line by line: `-` before, `+` after.
 *
 * Equations that both graphs have go by the names of the first; what is new in the second has names with a prime.
 */
export function diff(before: Graph, after: Graph): string {
  const marks = { both: " ", before: "-", after: "+" };
  return diffLines(before, after)
    .map(({ kind, text }) => `${marks[kind]} ${text}`)
    .join("\n");
}

/** As `diff`, for whoever shows it in another way. */
export function diffLines(before: Graph, after: Graph): readonly DiffLine[] {
  for (const graph of [before, after]) requireGraph("diff", graph);
  const names = namesInBefore(before, after);
  const name = (variable: Variable) => names.get(variable) ?? `${nameOf(variable)}'`;
  return compareLines(linesOf(before, {}), linesOf(after, {}, name));
}

/** For variables of the second graph the names of those of the first that have the same value. */
function namesInBefore(before: Graph, after: Graph): ReadonlyMap<Variable, string> {
  const names = new Map<Variable, string>();
  for (const [place, variable] of after.inputs.entries()) {
    const same = before.inputs[place];
    if (same !== undefined) names.set(variable, nameOf(same));
  }
  const takeConstant = takenBy(before.constants, ([, value]) => constantKey(value));
  for (const [variable, value] of after.constants) {
    const same = takeConstant(constantKey(value));
    if (same !== undefined) names.set(variable, nameOf(same[0]));
  }
  const takeEquation = takenBy(before.equations, (equation) => equationKey(equation, nameOf));
  for (const equation of after.equations) {
    const same = takeEquation(equationKey(equation, (variable) => names.get(variable) ?? "new"));
    if (same === undefined) continue;
    for (const [place, variable] of equation.results.entries()) names.set(variable, nameOf(same.results[place] ?? -1));
  }
  return names;
}

/** Finds what has a key: of several the first that was not taken before. */
function takenBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => unknown): (key: unknown) => Item | undefined {
  const left = new Map<unknown, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const same = left.get(key);
    if (same === undefined) left.set(key, [item]);
    else same.push(item);
  }
  return (key) => left.get(key)?.shift();
}

/** Scalars are the same by their elements, arrays by being one. */
function constantKey(value: Value): unknown {
  return value.ndim === 0 ? `${value.dtype} ${showConstant(value)}` : value;
}

function equationKey(equation: Equation, name: (variable: Variable) => string): string {
  const { primitive, operands, params } = equation;
  const inner = subgraphs(equation).map(([, graph]) => print(graph));
  return [primitive.name, showParams(params), ...operands.map(name), ...inner].join("\n");
}

/** A longest common subsequence of lines, and what is beside it. */
function compareLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const width = after.length + 1;
  // lengths[i * width + j]: how much the lines from i and from j on have in common.
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: "both", text: left });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: "before", text: left });
      i++;
    } else {
      lines.push({ kind: "after", text: right ?? "" });
      j++;
    }
  }
  return lines;
}
