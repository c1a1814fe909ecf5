// Jacobians and Hessians: the linear part of a function, along all unit changes at once.
import {
  evaluate,
  flatten,
  isComplex,
  knownOptions,
  operations,
  sizeOf,
  unflatten,
  type OptionNames,
  type TreeShape,
  type Value,
  promised,
} from "@cotangent/core";
import { BatchTrace } from "./batch.ts";
import { jvp, pull, select, valueAndGrad, type JacobianOptions } from "./derivatives.ts";
import { basisOf, FlatFunction, flattenInexact, requireFunction, type Context } from "./flat-function.ts";
import { linearizeFlat, type Linearized } from "./linearize.ts";

const { reshape, transpose } = operations;

const jacobianOptions: OptionNames<JacobianOptions> = { argnums: true };

type Jacobian = (...arguments_: readonly unknown[]) => unknown;

/**
 * The Jacobian by forward mode, one column for each element of the argument: for tall functions. For each array of the
 * result there is the structure of the argument, whose arrays have the result's axes and then the argument's.
 *
 * For a complex argument z = a + ib and a real result it is ∂f/∂a − i ∂f/∂b, as in reverse mode; for a complex result it is
 * the derivative of a holomorphic function.
 */
export function jacfwd(
  context: Context,
  f: (...arguments_: never) => unknown,
  options: JacobianOptions = {},
): Jacobian {
  return jacobian(context, f, options, "jacfwd", (linear, operands) => {
    const graph = linear.recording.graph(
      linear.tangents.map((tangent, place) => tangent ?? operations.zerosLike(resultAt(linear, place))),
    );
    const columns = operands.map((operand, place) => {
      const changes = changesOf(operand, linear.results);
      const trace = new BatchTrace(context.rules, changes.shape[0] ?? 0);
      const tangents = operands.map((other, index) =>
        index === place ? trace.wrap(changes) : operations.zerosLike(other),
      );
      const outputs = evaluate(graph, tangents).map((output) => trace.spread(output));
      trace.close();
      return outputs.map((output) => columnsOf(output, sizeOf(operand.shape)));
    });
    return linear.results.map((result, row) =>
      operands.map((operand, place) => lastAxesFirst(promised(columns[place]?.[row], "a column"), result, operand)),
    );
  });
}

/** The unit changes of an operand; of a complex one also those of imaginary parts, where a real result may ask for them. */
function changesOf(operand: Value, results: readonly Value[]): Value {
  const units = basisOf(operand);
  if (!isComplex(operand.dtype) || results.every(({ dtype }) => isComplex(dtype))) return units;
  const parts = operations.real(units);
  return operations.concatenate([units, operations.complex(operations.zerosLike(parts), parts)], 0);
}

/** One column for each element of the operand, of one or two changes. */
function columnsOf(changes: Value, size: number): Value {
  const [count = 0] = changes.shape;
  if (count === size) return changes;
  const half = (start: number) =>
    operations.slice(
      changes,
      changes.shape.map((_, axis) => (axis === 0 ? start : 0)),
      changes.shape.with(0, size),
      changes.shape.map(() => 1),
    );
  return isComplex(changes.dtype) ? half(0) : operations.complex(half(0), operations.neg(half(size)));
}

/** The Jacobian by reverse mode, one row for each element of the result: for wide functions. As `jacfwd` otherwise. */
export function jacrev(
  context: Context,
  f: (...arguments_: never) => unknown,
  options: JacobianOptions = {},
): Jacobian {
  return jacobian(context, f, options, "jacrev", (linear, operands) =>
    linear.results.map((result, row) => {
      if (result.shape.length === 0) return gradientOf(context, linear, operands, row);
      const trace = new BatchTrace(context.rules, sizeOf(result.shape));
      const basis = trace.wrap(basisOf(result));
      const seeds = linear.results.map((_, place) => (place === row ? basis : null));
      const pulled = pull(context, linear, operands, seeds).map((each) => trace.spread(each));
      trace.close();
      return pulled.map((each, place) => reshape(each, [...result.shape, ...(operands[place]?.shape ?? [])]));
    }),
  );
}

/** The only row of a scalar's Jacobian. */
function gradientOf(context: Context, linear: Linearized, operands: readonly Value[], row: number): readonly Value[] {
  const seeds = linear.results.map((result, place) => (place === row ? operations.onesLike(result) : null));
  return pull(context, linear, operands, seeds);
}

/** The second derivative of a function: forward over reverse mode. */
export function hessian(
  context: Context,
  f: (...arguments_: never) => unknown,
  options: JacobianOptions = {},
): Jacobian {
  return jacfwd(context, jacrev(context, f, options), options);
}

/** The Hessian of a real scalar function, applied to a change of its first argument. */
export function hvp(
  context: Context,
  f: (...arguments_: never) => unknown,
): (primal: unknown, tangent: unknown) => unknown {
  requireFunction("hvp", f);
  const gradient = (x: unknown) =>
    valueAndGrad(context, f as (...arguments_: readonly unknown[]) => unknown, {}, "hvp")(x)[1];
  return (primal, tangent) => jvp(context, gradient, [primal], [tangent])[1];
}

/** For each result, for each operand: an array of the result's axes and then the operand's. */
type Blocks = readonly (readonly Value[])[];

function jacobian(
  context: Context,
  f: (...arguments_: never) => unknown,
  options: JacobianOptions,
  name: string,
  blocksOf: (linear: Linearized, operands: readonly Value[]) => Blocks,
): Jacobian {
  requireFunction(name, f);
  const { argnums = 0 } = knownOptions(name, options, jacobianOptions);
  const call = f as (...arguments_: readonly unknown[]) => unknown;
  return (...arguments_) => {
    const selection = select(arguments_, argnums, name);
    const inputs = flattenInexact(selection.chosen, context.backend, name);
    const flat = new FlatFunction((chosen) => call(...selection.insert(chosen)), inputs.shape, context.backend, name);
    const linear = linearizeFlat(context.rules, flat.run, inputs.values);
    return nested(flat.output, inputs.shape, blocksOf(linear, inputs.values));
  };
}

/** Each leaf of the outer structure becomes the inner structure. */
function nested(outer: TreeShape, inner: TreeShape, blocks: Blocks): unknown {
  const rows = blocks.map((row) => unflatten(inner, row));
  return flatten(outer).leaves.length === rows.length ? unflatten(outer, rows) : rows;
}

/** From [operand's elements, …result's axes] to [...result's axes, ...operand's axes]. */
function lastAxesFirst(columns: Value, result: Value, operand: Value): Value {
  const axes = result.shape.map((_, axis) => axis + 1);
  return reshape(transpose(columns, [...axes, 0]), [...result.shape, ...operand.shape]);
}

function resultAt({ results }: Linearized, place: number): Value {
  return promised(results[place], "the result of a tangent");
}
