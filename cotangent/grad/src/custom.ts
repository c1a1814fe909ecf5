// Functions whose derivatives their author gives, and functions that keep nothing for reverse mode.
import {
  bind,
  CapturedValueError,
  closeOver,
  evaluate,
  flatten,
  isValue,
  mapTree,
  operations,
  primitives,
  sameTree,
  ShapeError,
  showAval,
  Traced,
  traceAbstract,
  unflatten,
  type CustomRules,
  type Graph,
  type TreeShape,
  type Value,
} from "@cotangent/core";
import { pull } from "./derivatives.ts";
import { arraysOf, flattenValues, matchValues, requireFunction, type Context } from "./flat-function.ts";
import { jvpFlat, linearizeFlat } from "./linearize.ts";

type Tuple = readonly unknown[];

/**
 * A function with a forward rule: `rule(primals, tangents)` gives `[result, tangent of the result]`. Reverse mode is
 * derived from it, so the tangent must be linear in the tangents.
 */
export function customJvp<Arguments extends Tuple, Output>(
  context: Context,
  f: (...arguments_: Arguments) => Output,
  rule: (primals: Arguments, tangents: Arguments) => readonly [Output, Output],
): (...arguments_: Arguments) => Output {
  const name = nameOf(f, "customJvp");
  requireFunction(`${name}: its rule`, rule);
  return custom(context, f, name, (inputs, output) => ({
    vjp: null,
    jvp(operands, tangents) {
      const [result, tangent] = pairOf(
        rule(unflatten(inputs, operands) as Arguments, unflatten(inputs, tangents) as Arguments),
        `${name}: its rule returns [result, tangent]`,
      );
      const results = flattenValues(result, context.backend, name);
      requireStructure(name, results.shape, output);
      return { results: results.values, tangents: matchValues(tangent, results, context.backend, name) };
    },
  }));
}

/** A reverse rule, in two halves. */
export interface ReverseRule<Arguments extends Tuple, Output, Residuals> {
  /** The result, and what `backward` will need. */
  readonly forward: (...arguments_: Arguments) => readonly [Output, Residuals];
  /** A list of the arguments' cotangents, from the result's. It need not be linear. */
  readonly backward: (residuals: Residuals, cotangent: Output) => readonly [...Arguments];
}

/** A function with a reverse rule. Forward mode is derived from it where `backward` is linear in the cotangent. */
export function customVjp<Arguments extends Tuple, Output, Residuals>(
  context: Context,
  f: (...arguments_: Arguments) => Output,
  { forward, backward }: ReverseRule<Arguments, Output, Residuals>,
): (...arguments_: Arguments) => Output {
  const name = nameOf(f, "customVjp");
  requireFunction(`${name}: forward`, forward);
  requireFunction(`${name}: backward`, backward);
  return custom(context, f, name, (inputs, output) => ({
    jvp: null,
    vjp(operands) {
      const [result, residuals] = pairOf(
        forward(...(unflatten(inputs, operands) as Arguments)),
        `${name}: its forward rule returns [result, residuals]`,
      );
      const results = flattenValues(result, context.backend, name);
      requireStructure(name, results.shape, output);
      return {
        results: results.values,
        pullback(cotangents) {
          const given: unknown = backward(residuals, unflatten(results.shape, cotangents) as Output);
          if (!Array.isArray(given)) {
            throw new TypeError(`${name}: its backward rule returns a list, with a cotangent for each argument`);
          }
          return matchValues(given, { values: operands, shape: inputs }, context.backend, name);
        },
      };
    },
  }));
}

/**
 * A function that reverse mode runs a second time, instead of keeping what it computed. What it uses of a value from
 * around it is differentiated as its arguments are.
 *
 * Where an argument is traced the function is traced by the types of its arrays; numbers, texts and all else among its
 * arguments and results are what they are.
 */
export function checkpoint<Arguments extends Tuple, Output>(
  context: Context,
  f: (...arguments_: Arguments) => Output,
): (...arguments_: Arguments) => Output {
  const name = nameOf(f, "checkpoint");
  requireFunction(name, f);
  return (...arguments_) => {
    if (!hasTraced(arguments_)) return f(...arguments_);
    const inputs = arraysOf(arguments_);
    let output = inputs;
    const { graph, captured } = programOf(
      (values) => {
        output = arraysOf(f(...(inputs.filled(values) as Arguments)));
        return output.values;
      },
      inputs.values,
      context.backend,
    );
    const results = bind(primitives.call, [...captured, ...inputs.values], { graph, name, rules: "checkpoint" });
    return output.filled(results) as Output;
  };
}

/** The rules of a program that is run again wherever it is needed. */
export function rulesOfProgram(context: Context, graph: Graph): CustomRules {
  const run = (values: readonly Value[]) => evaluate(graph, values);
  return {
    jvp(operands, tangents) {
      const { results, tangents: out } = jvpFlat(context.rules, run, operands, tangents);
      return {
        results,
        tangents: out.map((tangent, place) => tangent ?? operations.zerosLike(results[place] as Value)),
      };
    },
    vjp: (operands) => ({
      results: run(operands),
      pullback: (cotangents) => pull(context, linearizeFlat(context.rules, run, operands), operands, cotangents),
    }),
  };
}

/** The same values, of which no derivative is taken. */
export function stopGradient<Tree>(tree: Tree): Tree {
  return mapTree(tree, (leaf) => (isValue(leaf) ? operations.stopGradient(leaf) : leaf)) as Tree;
}

/** A function that becomes one equation, with these rules, where an operand is traced. */
function custom<Arguments extends Tuple, Output>(
  { backend }: Context,
  f: (...arguments_: Arguments) => Output,
  name: string,
  rulesOf: (inputs: TreeShape, output: TreeShape) => CustomRules,
): (...arguments_: Arguments) => Output {
  requireFunction(name, f);
  return (...arguments_) => {
    if (!hasTraced(arguments_)) return f(...arguments_);
    const inputs = flattenValues(arguments_, backend, name);
    let output: TreeShape = null;
    const { graph, captured } = programOf(
      (values) => {
        const flat = flattenValues(f(...(unflatten(inputs.shape, values) as Arguments)), backend, name);
        output = flat.shape;
        return flat.values;
      },
      inputs.values,
      backend,
    );
    const [foreign] = captured;
    if (foreign !== undefined) {
      throw new CapturedValueError(
        `${name}: uses a traced ${showAval(foreign)} from around it, for which its rule has no derivative; make it an argument`,
      );
    }
    const rules = rulesOf(inputs.shape, output);
    const results = bind(primitives.call, inputs.values, { graph, name, rules });
    return unflatten(output, results) as Output;
  };
}

function hasTraced(arguments_: Tuple): boolean {
  return flatten(arguments_).leaves.some((leaf) => leaf instanceof Traced);
}

/** For messages: functions without a name have that of what they were given to. */
function nameOf(f: unknown, otherwise: string): string {
  return typeof f === "function" && f.name !== "" ? f.name : otherwise;
}

function pairOf<Pair extends readonly [unknown, unknown]>(pair: Pair, message: string): Pair {
  if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError(message);
  return pair;
}

/** What a function does with arrays of these types, and which traced values from around it that takes first. */
function programOf(
  f: (values: readonly Value[]) => readonly Value[],
  inputs: readonly Value[],
  backend: Context["backend"],
) {
  return closeOver(traceAbstract((...values) => f(values), inputs, backend));
}

function requireStructure(name: string, given: TreeShape, expected: TreeShape): void {
  if (!sameTree(given, expected)) throw new ShapeError(`${name}: its rule returns another structure than the function`);
}
