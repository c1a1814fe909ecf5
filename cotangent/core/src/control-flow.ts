// Branches and loops whose course depends on values: `cond`, `whileLoop` and `scan`.
import { sameAval, showAval, type Aval } from "./aval.ts";
import { DTypeError, ShapeError, showCall } from "./errors.ts";
import { avalOf, type Graph } from "./graph.ts";
import { primitives, type ParamsOf, type Primitive } from "./primitives.ts";
import { concatenate, reshape } from "./operations.ts";
import { promised } from "./promised.ts";
import { isRecorded } from "./record.ts";
import { bind, rowOf, Traced } from "./trace.ts";
import { closeOver, traceAbstract } from "./trace-function.ts";
import { flatten, isValue, sameTree, unflatten, type TreeShape } from "./tree.ts";
import { typesOf } from "./types.ts";
import type { Backend, Value } from "./value.ts";
import { knownOptions, type OptionNames } from "./options.ts";

/**
 * `yes(...operands)` where the predicate is true, else `no(...operands)`.
 *
 * Where the predicate is traced, both branches are traced by their types and stand in the graph; both must return the
 * same structure and types. Branches may use values from around them. Derivatives are those of the branch that is
 * taken, be it known or not which one that is, and for each example of a `vmap` its own.
 */
export function cond<Operands extends readonly unknown[], Output>(
  predicate: Value | boolean,
  yes: (...operands: Operands) => Output,
  no: (...operands: Operands) => Output,
  ...operands: Operands
): Output {
  if (typeof yes !== "function" || typeof no !== "function") {
    throw new TypeError("cond: takes two functions: cond(predicate, (x) => …, (x) => …, x)");
  }
  if (!(predicate instanceof Traced)) return (truth("cond", predicate) ? yes : no)(...operands);
  const { values, shape, backend } = flatOperands("cond", operands, predicate.backend);
  const first = subprogram((tree) => yes(...(tree as Operands)), shape, values, backend, { isBranch: true });
  const second = subprogram((tree) => no(...(tree as Operands)), shape, values, backend, { isBranch: true });
  if (!sameTree(first.output, second.output)) throw new ShapeError("cond: the branches return different structures");
  const results = bindChecked(primitives.cond, [predicate, ...first.captured, ...second.captured, ...values], {
    branches: [
      withUnused(first.graph, first.captured.length, second.captured, "after"),
      withUnused(second.graph, 0, first.captured, "before"),
    ],
  });
  return unflatten(first.output, results) as Output;
}

/**
 * The first state, of `initial`, `body(initial)`, …, for which `test` does not hold.
 *
 * Where the state is traced, or comes to depend on what is, test and body are traced by their types and stand in the
 * graph. Reverse mode needs to know how often the loop ran, and keeps what each turn computed: where only types are
 * known, `scan` has a reverse mode and a loop has none, and a gradient that is traced with values has the turns that
 * they took.
 */
export function whileLoop<State>(
  test: (state: State) => Value | boolean,
  body: (state: State) => State,
  initial: State,
): State {
  let state = initial;
  for (;;) {
    if (traced(flatten(state).leaves)) return tracedLoop(test, body, state);
    const holds = test(state);
    if (holds instanceof Traced) return tracedLoop(test, body, state, holds.backend);
    if (!truth("whileLoop", holds)) return state;
    const next = body(state);
    requireSameTypes("whileLoop", state, next);
    state = next;
  }
}

function tracedLoop<State>(
  test: (state: State) => Value | boolean,
  body: (state: State) => State,
  initial: State,
  known?: Backend,
): State {
  const given = flatOperands("whileLoop", initial, known);
  const { shape, backend } = given;
  const { values, step: next } = settled(given.values, flatten(initial).leaves, (types) =>
    subprogram((state) => body(state as State), shape, types, backend),
  );
  requireSameStructure("whileLoop", next.output, shape);
  const condition = subprogram((state) => test(state as State), shape, values, backend);
  const results = bindChecked(primitives.while, [...condition.captured, ...next.captured, ...values], {
    test: condition.graph,
    body: next.graph,
    constants: [condition.captured.length, next.captured.length],
  });
  return unflatten(shape, results) as State;
}

/** @throws DTypeError for what is neither true nor false, as a number is. */
function truth(name: string, holds: Value | boolean): boolean {
  if (typeof holds === "boolean") return holds;
  if (!isValue(holds) || holds.dtype !== "bool" || holds.size !== 1) {
    const what = isValue(holds) ? showCall(name, [holds]) : `${name}: a ${typeof holds}`;
    throw new DTypeError(`${what}: what decides is no single bool; compare it with something`);
  }
  return holds.item() === true;
}

/** Settings of `scan`. */
export interface ScanOptions {
  /** How many steps, where there is nothing to walk over. */
  readonly length?: number;
  /** From the last element to the first. Results stay in the order of the elements. */
  readonly reverse?: boolean;
}

const scanOptions: OptionNames<ScanOptions> = { length: true, reverse: true };

/**
 * Walks over the first axis of `elements` with a state: `[state, result] = body(state, element)` for each.
 *
 * A number in the state becomes an array of the dtype that a first step gives it, which is tried for that before the walk.
 *
 * In a graph the derivatives of a walk are walks: reverse mode walks back over what each step kept.
 *
 * @returns the last state, and the results stacked along a new first axis.
 */
export function scan<State, Elements, Result>(
  body: (state: State, element: Elements) => readonly [State, Result],
  initial: State,
  elements: Elements,
  options: ScanOptions = {},
): readonly [State, Result] {
  const { length: given, reverse = false } = knownOptions("scan", options, scanOptions);
  const state = flatten(initial);
  const walked = flatten(elements);
  const length = lengthOf(walked.leaves, given);
  // The results of no steps are known by their types alone.
  if (length > 0 && !traced(state.leaves) && !traced(walked.leaves)) {
    const done = walk((before, row) => body(before, row as Elements), initial, walked, { length, reverse });
    if (done !== null) return done;
  }
  const operands = flatOperands("scan", [initial, elements], undefined);
  const { shape, backend } = operands;
  const carries = state.leaves.length;
  const { values, step } = settled(operands.values, state.leaves, (all) =>
    subprogram(
      (tree) => {
        const [before, row] = tree as readonly [State, Elements];
        return body(before, row);
      },
      shape,
      all.map((value, place) => (place < carries ? value : rowType(value))),
      backend,
    ),
  );
  const [nextShape, resultShape] = pairOf(step.output);
  requireSameStructure("scan", nextShape, state.shape);
  const results = bindChecked(primitives.scan, [...step.captured, ...values], {
    body: step.graph,
    constants: step.captured.length,
    carries,
    length,
    reverse,
  });
  return [unflatten(state.shape, results) as State, unflatten(resultShape, results) as Result];
}

/**
 * A scan of which nothing is traced: step after step. Null where it comes to be written down, by what the body uses from
 * around it: then it stands in the graph as a whole.
 */
function walk<State, Result>(
  body: (state: State, element: unknown) => readonly [State, Result],
  initial: State,
  { leaves, shape }: ReturnType<typeof flatten>,
  { length, reverse }: { readonly length: number; readonly reverse: boolean },
): readonly [State, Result] | null {
  const backend = [...flatten(initial).leaves, ...leaves].find(isValue)?.backend;
  const stepAt = (state: State, step: number): readonly [State, Result] => {
    const place = reverse ? length - 1 - step : step;
    const row = leaves.map((leaf) => rowOf(asValue("scan", leaf), place));
    const done = body(state, unflatten(shape, row));
    if (!Array.isArray(done) || done.length !== 2) throw noPair();
    return done;
  };
  let state = numbersSettled(initial, (before) => stepAt(before, 0)[0]);
  const results: Result[] = [];
  for (let step = 0; step < length; step++) {
    const [next, result] = stepAt(state, step);
    requireSameTypes("scan", state, next);
    if (step === 0 && flatten([next, result]).leaves.some((leaf) => isValue(leaf) && isRecorded(leaf))) return null;
    state = next;
    results.push(result);
  }
  return [state, stackTrees(reverse ? results.toReversed() : results, backend) as Result];
}

function stackTrees(trees: readonly unknown[], backend: Backend | undefined): unknown {
  const flat = trees.map(flatten);
  const first = promised(flat[0], "the first step of scan");
  for (const each of flat) requireSameRows(first, each);
  const rowAt = (leaf: unknown) => {
    const row = backend === undefined ? asValue("scan", leaf) : toValue("scan", leaf, backend);
    return reshape(row, [1, ...row.shape]);
  };
  const stacked = first.leaves.map((_, place) =>
    concatenate(
      flat.map(({ leaves }) => rowAt(leaves[place])),
      0,
    ),
  );
  return unflatten(first.shape, stacked);
}

function lengthOf(leaves: readonly unknown[], given: number | undefined): number {
  const lengths = new Set(leaves.map((leaf) => lengthOfFirstAxis(asValue("scan", leaf))));
  if (given !== undefined && !(Number.isInteger(given) && given >= 0))
    throw new RangeError(`scan: there can't be ${String(given)} steps`);
  if (given !== undefined) lengths.add(given);
  const [length] = lengths;
  if (length === undefined) throw new ShapeError("scan: there is nothing to walk over; give a length");
  if (lengths.size > 1) throw new ShapeError(`scan: lengths differ: ${[...lengths].join(", ")}`);
  return length;
}

function lengthOfFirstAxis(value: Value): number {
  const [length] = value.shape;
  if (length === undefined) throw new ShapeError(`${showCall("scan", [value])}: a scalar has no rows to walk over`);
  return length;
}

const traced = (leaves: readonly unknown[]): boolean => leaves.some((leaf) => leaf instanceof Traced);

const rowType = ({ shape, dtype }: Aval): Aval => ({ shape: shape.slice(1), dtype });

function pairOf(shape: TreeShape): readonly [TreeShape, TreeShape] {
  if (Array.isArray(shape) && shape.length === 2) return [shape[0] as TreeShape, shape[1] as TreeShape];
  throw noPair();
}

const noPair = () => new ShapeError("scan: the body returns [state, result]");

function requireSameStructure(name: string, next: TreeShape, before: TreeShape): void {
  if (!sameTree(next, before)) throw new ShapeError(`${name}: the body returns another structure than before`);
}

/**
 * A state is of the same type after each step. Numbers that are no arrays have none.
 *
 * @throws ShapeError
 */
function requireSameTypes(name: string, before: unknown, next: unknown): void {
  const [old, now] = [flatten(before), flatten(next)];
  requireSameStructure(name, now.shape, old.shape);
  for (const [place, leaf] of old.leaves.entries()) {
    const after = now.leaves[place];
    if (isValue(leaf) && isValue(after) && !sameAval(leaf, after)) {
      throw new ShapeError(
        `${name}: the body made ${showAval(after)} of a state of ${showAval(leaf)}; start with the type that the body returns`,
      );
    }
  }
}

type Flat = ReturnType<typeof flatten>;

function requireSameRows(first: Flat, other: Flat): void {
  requireSameStructure("scan", other.shape, first.shape);
  for (const [place, leaf] of first.leaves.entries()) {
    const after = other.leaves[place];
    if (isValue(leaf) && isValue(after) && !sameAval(leaf, after)) {
      throw new ShapeError(
        `scan: a step returned ${showAval(leaf)} and another ${showAval(after)}; results of all steps have one type`,
      );
    }
  }
}

/** Binds a program, whose types hold in every trace. */
function bindChecked<Name extends "cond" | "while" | "scan">(
  primitive: Primitive<Name>,
  operands: readonly Value[],
  params: ParamsOf<Name>,
): readonly Value[] {
  typesOf(primitive, operands, params);
  return bind<"cond" | "while" | "scan">(primitive, operands, params);
}

/** The first step of a loop. Numbers in its initial state are of the dtypes that the body makes of them. */
function settled(
  values: readonly Value[],
  leaves: readonly unknown[],
  stepOf: (values: readonly Value[]) => Subprogram,
): { readonly values: readonly Value[]; readonly step: Subprogram } {
  const step = stepOf(values);
  const types = outputTypes(step.graph);
  const started = values.map((value, place) => {
    const [leaf, next] = [leaves[place], types[place]];
    const isOther = next !== undefined && next.shape.length === 0 && next.dtype !== value.dtype;
    return typeof leaf === "number" && isOther ? value.backend.scalar(leaf, next.dtype) : value;
  });
  return started.every((value, place) => value === values[place])
    ? { values, step }
    : { values: started, step: stepOf(started) };
}

/** As `settled`, of a loop that is not traced: it is begun once to see, where there are numbers in its state. */
function numbersSettled<State>(initial: State, stepOf: (state: State) => State): State {
  const { leaves, shape } = flatten(initial);
  if (!leaves.some((leaf) => typeof leaf === "number")) return initial;
  const next = flatten(stepOf(initial));
  requireSameStructure("scan", next.shape, shape);
  const started = leaves.map((leaf, place) => {
    const after = next.leaves[place];
    return typeof leaf === "number" && isValue(after) && after.ndim === 0
      ? after.backend.scalar(leaf, after.dtype)
      : leaf;
  });
  return unflatten(shape, started) as State;
}

function asValue(name: string, leaf: unknown): Value {
  if (isValue(leaf)) return leaf;
  throw new TypeError(`${name}: ${typeof leaf} is no array; make one of it first`);
}

/** Operands as values: numbers among them become arrays of the backend of the others. */
function flatOperands(name: string, tree: unknown, known: Backend | undefined) {
  const { leaves, shape } = flatten(tree);
  const backend = known ?? leaves.find(isValue)?.backend;
  if (backend === undefined) throw new TypeError(`${name}: there is no array among the operands`);
  return { values: leaves.map((leaf) => (isValue(leaf) ? leaf : toValue(name, leaf, backend))), shape, backend };
}

function toValue(name: string, leaf: unknown, backend: Backend): Value {
  return backend.asValue(leaf) ?? asValue(name, leaf);
}

interface Subprogram {
  readonly graph: Graph;
  /** Traced values from around it, which are its first inputs. */
  readonly captured: readonly Value[];
  readonly output: TreeShape;
}

/** Traces a function by types. */
function subprogram(
  f: (operands: unknown) => unknown,
  shape: TreeShape,
  types: readonly Aval[],
  backend: Backend,
  options?: { readonly isBranch: boolean },
): Subprogram {
  let output: TreeShape = null;
  const graph = traceAbstract(
    (...values) => {
      const flat = flatten(f(unflatten(shape, values)));
      output = flat.shape;
      return flat.leaves.map((leaf) => toValue("a branch or body", leaf, backend));
    },
    types.map(({ shape, dtype }) => ({ shape, dtype })),
    backend,
    options,
  );
  return { ...closeOver(graph), output };
}

/** Inputs that only the other branch looks at. */
function withUnused(graph: Graph, own: number, values: readonly Value[], where: "before" | "after"): Graph {
  const first = graph.avals.length;
  const unused = values.map((_, place) => first + place);
  const at = where === "before" ? 0 : own;
  return {
    ...graph,
    avals: [...graph.avals, ...values.map(({ shape, dtype }) => ({ shape, dtype }))],
    inputs: [...graph.inputs.slice(0, at), ...unused, ...graph.inputs.slice(at)],
  };
}

/** The types of a graph's outputs. */
export function outputTypes(graph: Graph): readonly Aval[] {
  return graph.outputs.map((variable) => avalOf(graph, variable));
}
