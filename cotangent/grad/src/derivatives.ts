// First derivatives as functions: jvp, linearize, transpose, vjp, grad.
import {
  evaluate,
  isComplex,
  isGraph,
  isInexact,
  knownOptions,
  operations,
  Recording,
  ShapeError,
  unflatten,
  type Graph,
  type OptionNames,
  type TreeShape,
  type Value,
  promised,
} from "@cotangent/core";
import {
  FlatFunction,
  flattenInexact,
  flattenValues,
  kindOf,
  matchValues,
  requireFunction,
  type Context,
  type FlatTree,
} from "./flat-function.ts";
import { jvpFlat, linearizeFlat, type Linearized } from "./linearize.ts";
import { pullBack } from "./pull-back.ts";

const { zerosLike } = operations;

/**
 * A function's value and its directional derivative: how the result changes when the arguments change by `tangents`.
 *
 * @throws ShapeError when a tangent does not look like its argument.
 */
export function jvp<Arguments extends readonly unknown[], Output>(
  { backend, rules }: Context,
  f: (...arguments_: Arguments) => Output,
  primals: Arguments,
  tangents: Arguments,
): [value: Output, tangent: Output] {
  if (!Array.isArray(primals) || !Array.isArray(tangents)) {
    throw new TypeError("jvp: takes a list of arguments and a list of their tangents: jvp(f, [x], [dx])");
  }
  const inputs = flattenValues(primals, backend, "jvp");
  const changes = matchValues(tangents, inputs, backend, "jvp");
  const flat = flatOf(f, inputs.shape, backend, "jvp");
  const { results, tangents: out } = jvpFlat(rules, flat.run, inputs.values, changes);
  const filled = out.map((tangent, place) => tangent ?? zerosOf(results[place]));
  return [unflatten(flat.output, results) as Output, unflatten(flat.output, filled) as Output];
}

/** A linear function of trees of values, as `linearize` gives it. */
export interface LinearMap<Arguments extends readonly unknown[] = readonly unknown[], Output = unknown> {
  (...tangents: Arguments): Output;
  /** The function as a program: an input for each array of the arguments. */
  readonly graph: Graph;
  readonly inputs: FlatTree;
  readonly outputs: FlatTree;
}

/**
 * A function's value, and its derivative there as a linear function, which can be called many times without running
 * the function again.
 */
export function linearize<Arguments extends readonly unknown[], Output>(
  context: Context,
  f: (...arguments_: Arguments) => Output,
  ...primals: Arguments
): [value: Output, linear: LinearMap<Arguments, Output>] {
  const inputs = flattenInexact(primals, context.backend, "linearize");
  const flat = flatOf(f, inputs.shape, context.backend, "linearize");
  const { results, recording, tangents } = linearizeFlat(context.rules, flat.run, inputs.values);
  const graph = recording.graph(tangents.map((tangent, place) => tangent ?? zerosOf(results[place])));
  const outputs = { values: results, shape: flat.output };
  return [unflatten(flat.output, results) as Output, linearMap<Arguments, Output>(context, graph, inputs, outputs)];
}

function linearMap<Arguments extends readonly unknown[], Output>(
  { backend }: Context,
  graph: Graph,
  inputs: FlatTree,
  outputs: FlatTree,
): LinearMap<Arguments, Output> {
  const call = (...tangents: Arguments) =>
    unflatten(outputs.shape, evaluate(graph, matchValues(tangents, inputs, backend, "linearize"))) as Output;
  return Object.assign(call, { graph, inputs, outputs });
}

/**
 * The adjoint of a linear function: ⟨u, f(x)⟩ = ⟨transpose(f)(u), x⟩, without conjugation.
 *
 * It takes a cotangent for the result, and gives a list with one for each argument.
 *
 * @throws MissingRuleError when the function is not linear.
 */
export function transpose<Arguments extends readonly unknown[], Output>(
  context: Context,
  linear: LinearMap<Arguments, Output>,
): LinearMap<[Output], Arguments> {
  const { graph, inputs, outputs } = linear;
  if (typeof linear !== "function" || !isGraph(graph)) {
    throw new TypeError("transpose: takes the linear function that linearize gave");
  }
  const recording = new Recording();
  const cotangents = outputs.values.map((value) => recording.abstractInput(value, value.backend));
  const pulled = pullGraph(context, graph, inputs.values, cotangents);
  const transposed = recording.graph(pulled);
  recording.close();
  const list = { values: outputs.values, shape: [outputs.shape] };
  return linearMap<[Output], Arguments>(context, transposed, list, inputs);
}

/** Cotangents of all inputs of a linear graph. */
function pullGraph(
  { rules }: Context,
  graph: Graph,
  inputs: readonly Value[],
  cotangents: readonly Value[],
): readonly Value[] {
  const recording = new Recording();
  const outputs = evaluate(
    graph,
    inputs.map((input) => recording.abstractInput(input, input.backend)),
  );
  recording.close();
  const pulled = pullBack(rules, recording, outputs, cotangents);
  return inputs.map((input, place) => pulled[place] ?? zerosLike(input));
}

/**
 * A function's value, and its pullback: from a cotangent of the result to a list of the arguments' cotangents. Without
 * conjugation: for a real function of a complex z = a + ib it gives ∂f/∂a − i ∂f/∂b.
 */
export function vjp<Arguments extends readonly unknown[], Output>(
  context: Context,
  f: (...arguments_: Arguments) => Output,
  ...primals: Arguments
): [value: Output, pullback: (cotangent: Output) => Arguments] {
  const inputs = flattenInexact(primals, context.backend, "vjp");
  const flat = flatOf(f, inputs.shape, context.backend, "vjp");
  const linear = linearizeFlat(context.rules, flat.run, inputs.values);
  const outputs = { values: linear.results, shape: flat.output };
  const pullback = (cotangent: Output) => {
    const given = matchValues(cotangent, outputs, context.backend, "vjp");
    return unflatten(inputs.shape, pull(context, linear, inputs.values, given)) as Arguments;
  };
  return [unflatten(flat.output, linear.results) as Output, pullback];
}

/** Cotangents of the operands, zeros where nothing reached them. */
export function pull(
  { rules }: Context,
  { recording, tangents }: Linearized,
  operands: readonly Value[],
  cotangents: readonly (Value | null)[],
): readonly Value[] {
  const pulled = pullBack(rules, recording, tangents, cotangents);
  return operands.map((operand, place) => pulled[place] ?? zerosLike(operand));
}

/** Which arguments a derivative is taken in. */
export interface JacobianOptions<Argnums extends number | readonly number[] = number | readonly number[]> {
  /** The place of the argument, or places: then the gradient is a list. The first, if nothing is said. */
  readonly argnums?: Argnums;
}

/** Which arguments a gradient is taken in, and what else the function returns. */
export interface GradOptions<
  Argnums extends number | readonly number[] = number | readonly number[],
> extends JacobianOptions<Argnums> {
  /** The function returns [result, auxiliary], and the derivative is returned beside the auxiliary. */
  readonly hasAux?: boolean;
}

const gradOptions: OptionNames<GradOptions> = { argnums: true, hasAux: true };

/** A function with the value of one that has a real scalar result, and its gradient. */
export function valueAndGrad<Arguments extends readonly unknown[]>(
  context: Context,
  f: (...arguments_: Arguments) => unknown,
  options: GradOptions = {},
  name = "valueAndGrad",
): (...arguments_: Arguments) => [value: unknown, gradient: unknown] {
  requireFunction(name, f);
  knownOptions(name, options, gradOptions);
  return (...arguments_) => {
    const selection = select(arguments_, options.argnums ?? 0, name);
    const inputs = flattenInexact(selection.chosen, context.backend, name);
    const flat = new FlatFunction(
      (chosen) => f(...(selection.insert(chosen) as Arguments)),
      inputs.shape,
      context.backend,
      name,
    );
    const linear = linearizeFlat(context.rules, flat.run, inputs.values);
    const [value] = linear.results;
    checkScalar(value, flat.output, options.hasAux === true, name);
    const seeds = linear.results.map((result, place) => (place === 0 ? result.backend.scalar(1, result.dtype) : null));
    const gradient = unflatten(inputs.shape, pull(context, linear, inputs.values, seeds));
    return [unflatten(flat.output, linear.results), gradient];
  };
}

function checkScalar(
  value: Value | undefined,
  output: TreeShape,
  hasAux: boolean,
  name: string,
): asserts value is Value {
  const isPair = Array.isArray(output) && output.length === 2 && output[0] === 0;
  if (value === undefined || (hasAux ? !isPair : output !== 0)) {
    const returned = typeof output === "number" ? "one array" : kindOf(output);
    throw new TypeError(
      `${name}: the function returns ${hasAux ? "[scalar, auxiliary]" : "one scalar"}, and it returned ${returned}`,
    );
  }
  if (value.shape.length > 0) {
    throw new ShapeError(
      `${name}: the function returned ${value.dtype}[${value.shape.join(",")}], which is no scalar; use jacrev or vjp`,
    );
  }
  if (!isInexact(value.dtype)) {
    throw new TypeError(
      `${name}: the function returned a ${value.dtype}; only a real result has a gradient; compute a floating-point number`,
    );
  }
  if (isComplex(value.dtype)) {
    throw new TypeError(`${name}: the function returned a ${value.dtype}; only a real result has a gradient; use vjp`);
  }
}

/** Some of a list of arguments, and how to put others in their place. */
export function select(arguments_: readonly unknown[], argnums: number | readonly number[], name: string) {
  const places = typeof argnums === "number" ? [argnums] : argnums;
  for (const place of places) {
    if (!Number.isInteger(place) || place < 0 || place >= arguments_.length) {
      throw new RangeError(`${name}: there is no argument ${place}; the function was given ${arguments_.length}`);
    }
  }
  if (new Set(places).size < places.length) {
    throw new RangeError(`${name}: argnums names an argument twice: ${places.join(", ")}`);
  }
  return {
    chosen: typeof argnums === "number" ? arguments_[argnums] : places.map((place) => arguments_[place]),
    insert: (chosen: unknown): readonly unknown[] => {
      const list = typeof argnums === "number" ? [chosen] : (chosen as readonly unknown[]);
      return arguments_.map((argument, place) => (places.includes(place) ? list[places.indexOf(place)] : argument));
    },
  };
}

/** A function of a list of arguments, flat. */
export function flatOf(
  f: (...arguments_: never) => unknown,
  inputs: TreeShape,
  backend: Context["backend"],
  name: string,
): FlatFunction {
  requireFunction(name, f);
  const call = f as (...arguments_: readonly unknown[]) => unknown;
  return new FlatFunction((list) => call(...(list as readonly unknown[])), inputs, backend, name);
}

function zerosOf(value: Value | undefined): Value {
  return zerosLike(promised(value, "the result of a tangent"));
}
