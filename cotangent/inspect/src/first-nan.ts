// Where in a program the first number arises that is none.
import {
  bind,
  evaluate,
  isInexact,
  isList,
  requireGraph,
  requireInputs,
  rowOf,
  showAval,
  showEquation,
  type Equation,
  type Graph,
  type ParamsOf,
  type Scalar,
  type Value,
  type Variable,
} from "@cotangent/core";
import { nameOf, showElement } from "./show.ts";

/** What went wrong first. */
export interface NaNReport {
  readonly kind: "NaN" | "Infinity";
  /** The equation that gave it; null where an input or a constant had it already. */
  readonly equation: Equation | null;
  /** The variable that has it, of the graph that the equation is in. */
  readonly variable: Variable;
  /** Which element of it, by its axes. */
  readonly element: readonly number[];
  readonly operands: readonly Value[];
  /** Where in the author's program, if the trace noted it. */
  readonly location: string | null;
  /** All of that, to be read. */
  readonly message: string;
}

/**
 * Runs a graph until a NaN or an infinity arises that no operand had, and tells which equation gave it, from what. Null
 * where none arises.
 *
 * Loops are followed turn by turn, branches where they lead. Infinite constants are meant, unless a result has them.
 */
export function firstNaN(graph: Graph, inputs: readonly Value[]): NaNReport | null {
  requireGraph("firstNaN", graph);
  requireInputs("firstNaN", graph, inputs);
  for (const [place, value] of inputs.entries()) {
    const found = flawOf(value);
    if (found !== null) return given(graph.inputs[place] ?? -1, `input ${place}`, found);
  }
  const { report, outputs } = explore(graph, inputs, []);
  if (report !== null) return report;
  const isFlawed = outputs.some((value) => flawOf(value) !== null);
  for (const [variable, value] of isFlawed ? graph.constants : []) {
    const found = flawOf(value);
    if (found !== null) return given(variable, "a constant", found);
  }
  return null;
}

/** A number that is none, and where it is. */
interface Flaw {
  readonly kind: "NaN" | "Infinity";
  readonly index: number;
  readonly element: readonly number[];
  readonly text: string;
}

interface Run {
  readonly report: NaNReport | null;
  readonly outputs: readonly Value[];
}

function explore(graph: Graph, inputs: readonly Value[], path: readonly string[]): Run {
  const values: (Value | undefined)[] = [];
  for (const [variable, value] of graph.constants) values[variable] = value;
  for (const [place, variable] of graph.inputs.entries()) values[variable] = inputs[place];
  for (const [index, equation] of graph.equations.entries()) {
    const operands = equation.operands.map((variable) => valueOf(values, variable));
    const here = [...path, `equation ${index}, ${showEquation(equation)}`];
    const inner = exploreWithin(equation, operands, here);
    if (inner !== null) return { report: inner, outputs: [] };
    const computed = bind(equation.primitive, operands, equation.params);
    const results = isList(computed) ? computed : [computed];
    const report = arisen(equation, operands, results, here);
    if (report !== null) return { report, outputs: [] };
    for (const [place, variable] of equation.results.entries()) values[variable] = results[place];
  }
  return { report: null, outputs: graph.outputs.map((variable) => valueOf(values, variable)) };
}

function valueOf(values: readonly (Value | undefined)[], variable: Variable): Value {
  const value = values[variable];
  if (value === undefined) throw new RangeError(`${nameOf(variable)} is used before it is defined; see checkGraph`);
  return value;
}

function exploreWithin(equation: Equation, operands: readonly Value[], path: readonly string[]): NaNReport | null {
  const { name } = equation.primitive;
  if (name === "call") {
    return explore((equation.params as ParamsOf<"call">).graph, operands, path).report;
  }
  if (name === "cond") {
    const branch = operands[0]?.item() === true ? 0 : 1;
    const { branches } = equation.params as ParamsOf<"cond">;
    return explore(branches[branch], operands.slice(1), [...path, `branches[${branch}]`]).report;
  }
  if (name === "while") return exploreWhile(equation.params as ParamsOf<"while">, operands, path);
  return name === "scan" ? exploreScan(equation.params as ParamsOf<"scan">, operands, path) : null;
}

function exploreWhile(
  { test, body, constants: [forTest, forBody] }: ParamsOf<"while">,
  operands: readonly Value[],
  path: readonly string[],
): NaNReport | null {
  const testConstants = operands.slice(0, forTest);
  const bodyConstants = operands.slice(forTest, forTest + forBody);
  let state = operands.slice(forTest + forBody);
  for (let turn = 0; evaluate(test, [...testConstants, ...state])[0]?.item() === true; turn++) {
    const { report, outputs } = explore(body, [...bodyConstants, ...state], [...path, `turn ${turn}`]);
    if (report !== null) return report;
    state = [...outputs];
  }
  return null;
}

function exploreScan(
  { body, constants, carries, length, reverse }: ParamsOf<"scan">,
  operands: readonly Value[],
  path: readonly string[],
): NaNReport | null {
  let state = operands.slice(constants, constants + carries);
  for (let step = 0; step < length; step++) {
    const place = reverse ? length - 1 - step : step;
    const rows = operands.slice(constants + carries).map((each) => rowOf(each, place));
    const { report, outputs } = explore(
      body,
      [...operands.slice(0, constants), ...state, ...rows],
      [...path, `step ${step}`],
    );
    if (report !== null) return report;
    state = outputs.slice(0, carries);
  }
  return null;
}

/** A flaw that no operand had. A NaN may come of infinities. */
function arisen(
  equation: Equation,
  operands: readonly Value[],
  results: readonly Value[],
  path: readonly string[],
): NaNReport | null {
  for (const [place, result] of results.entries()) {
    const found = flawOf(result);
    if (found === null) continue;
    const before = operands.map(flawOf);
    if (before.some((flaw) => flaw !== null && (flaw.kind === found.kind || flaw.kind === "NaN"))) continue;
    const variable = equation.results[place] ?? -1;
    const lines = [
      `${nameOf(variable)} is ${found.text} at [${found.element.join(",")}]`,
      ...path.map((each) => `  in ${each}`),
      ...operands.map(
        (operand, at) => `  ${nameOf(equation.operands[at] ?? -1)} is ${operandText(operand, equation, found)}`,
      ),
      ...(equation.location === null ? [] : [`  called at ${equation.location}`]),
    ];
    return {
      kind: found.kind,
      equation,
      variable,
      element: found.element,
      operands,
      location: equation.location,
      message: lines.join("\n"),
    };
  }
  return null;
}

function given(variable: Variable, what: string, { kind, element, text }: Flaw): NaNReport {
  const message = `${nameOf(variable)}, ${what}, is ${text} at [${element.join(",")}]`;
  return { kind, equation: null, variable, element, operands: [], location: null, message };
}

/** The element that the flaw came of, where elements go one by one; else what the elements lie between. */
function operandText(operand: Value, { primitive }: Equation, { index }: Flaw): string {
  const elements = operand.backend.elements(operand);
  if (primitive.elementwise) {
    const element = elements[operand.ndim === 0 ? 0 : index];
    return element === undefined ? showAval(operand) : `${showElement(element)} there`;
  }
  const numbers = elements.filter((each) => typeof each === "number");
  if (numbers.length === 0) return showAval(operand);
  const [least, most] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
  return `${showAval(operand)} from ${showElement(least)} to ${showElement(most)}`;
}

/** The first NaN, or else the first infinity. */
function flawOf(value: Value): Flaw | null {
  if (!isInexact(value.dtype)) return null;
  const elements = value.backend.elements(value);
  const nan = elements.findIndex((element) => partsOf(element).some(Number.isNaN));
  const index = nan >= 0 ? nan : elements.findIndex((element) => !partsOf(element).every(Number.isFinite));
  const element = elements[index];
  if (element === undefined) return null;
  return { kind: nan >= 0 ? "NaN" : "Infinity", index, element: placeOf(index, value), text: showElement(element) };
}

const partsOf = (element: Scalar): readonly number[] =>
  typeof element === "object" ? [element.re, element.im] : [Number(element)];

function placeOf(index: number, { shape }: Value): readonly number[] {
  const place: number[] = [];
  let rest = index;
  for (const length of shape.toReversed()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return place;
}
