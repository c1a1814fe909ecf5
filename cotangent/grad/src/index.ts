// The transformations, over a library of rules that is handed in.
import type { Backend, Value } from "@cotangent/core";
import { checkpoint, customJvp, customVjp, rulesOfProgram, stopGradient, type ReverseRule } from "./custom.ts";
import {
  jvp,
  linearize,
  transpose,
  valueAndGrad,
  vjp,
  type GradOptions,
  type JacobianOptions,
  type LinearMap,
} from "./derivatives.ts";
import type { Context } from "./flat-function.ts";
import { hessian, hvp, jacfwd, jacrev } from "./jacobians.ts";
import { indexRules } from "./rule-lookup.ts";
import type { Rules } from "./rules.ts";
import { vmap, type VmapOptions } from "./vmap.ts";

export type * from "./rules.ts";
export type { BatchAxes, BatchAxis, VmapOptions } from "./vmap.ts";
export type { GradOptions, JacobianOptions, LinearMap } from "./derivatives.ts";
export type { ReverseRule } from "./custom.ts";

type Tuple = readonly unknown[];

/** The type of a gradient: that of the argument, or a list of those of the arguments. */
export type GradientOf<Arguments extends Tuple, Argnums> = Argnums extends readonly number[]
  ? { readonly [Place in keyof Argnums]: Argnums[Place] extends number ? ArrayOf<Arguments[Argnums[Place]]> : never }
  : Argnums extends number
    ? ArrayOf<Arguments[Argnums]>
    : ArrayOf<Arguments[0]>;

/** An argument that may be an array or what one is made of, such as a number, has an array for a gradient. */
type ArrayOf<Argument> = Value extends Argument ? Value : Argument;

/**
 * The type of a Jacobian: for each array of the result, what the gradient of a scalar would be. Of a result of which
 * nothing is known, nothing is.
 */
export type JacobianOf<Output, Gradient> = unknown extends Output
  ? unknown
  : Value extends Output
    ? Gradient
    : { readonly [Key in keyof Output]: JacobianOf<Output[Key], Gradient> };

/** Every transformation of functions of arrays. Each gives a function that can be transformed again. */
export interface Transformations {
  /** {@link jvp} */
  readonly jvp: <A extends Tuple, Output>(
    f: (...arguments_: A) => Output,
    primals: A,
    tangents: A,
  ) => [value: Output, tangent: Output];
  /** {@link linearize} */
  readonly linearize: <A extends Tuple, Output>(
    f: (...arguments_: A) => Output,
    ...primals: A
  ) => [value: Output, linear: LinearMap<A, Output>];
  /** {@link transpose} */
  readonly transpose: <A extends Tuple, Output>(linear: LinearMap<A, Output>) => LinearMap<[Output], A>;
  /** {@link vjp} */
  readonly vjp: <A extends Tuple, Output>(
    f: (...arguments_: A) => Output,
    ...primals: A
  ) => [value: Output, pullback: (cotangent: Output) => A];
  /** The gradient of a function with a real scalar result. With `hasAux`: [gradient, auxiliary]. */
  readonly grad: <A extends Tuple, const N extends number | readonly number[] = 0>(
    f: (...arguments_: A) => unknown,
    options?: GradOptions<N>,
  ) => (...arguments_: A) => GradientOf<A, N>;
  /** As `grad`, with the value first. */
  readonly valueAndGrad: <A extends Tuple, Output, const N extends number | readonly number[] = 0>(
    f: (...arguments_: A) => Output,
    options?: GradOptions<N>,
  ) => (...arguments_: A) => [value: Output, gradient: GradientOf<A, N>];
  /** {@link jacfwd} */
  readonly jacfwd: <A extends Tuple, Output, const N extends number | readonly number[] = 0>(
    f: (...arguments_: A) => Output,
    options?: JacobianOptions<N>,
  ) => (...arguments_: A) => JacobianOf<Output, GradientOf<A, N>>;
  /** {@link jacrev} */
  readonly jacrev: <A extends Tuple, Output, const N extends number | readonly number[] = 0>(
    f: (...arguments_: A) => Output,
    options?: JacobianOptions<N>,
  ) => (...arguments_: A) => JacobianOf<Output, GradientOf<A, N>>;
  /** {@link hessian} */
  readonly hessian: <A extends Tuple, Output, const N extends number | readonly number[] = 0>(
    f: (...arguments_: A) => Output,
    options?: JacobianOptions<N>,
  ) => (...arguments_: A) => JacobianOf<JacobianOf<Output, GradientOf<A, N>>, GradientOf<A, N>>;
  /** {@link hvp} */
  readonly hvp: <X>(f: (x: X) => unknown) => (primal: X, tangent: X) => ArrayOf<X>;
  /** {@link vmap} */
  readonly vmap: <A extends Tuple, Output>(
    f: (...arguments_: A) => Output,
    options?: VmapOptions,
  ) => (...arguments_: A) => Output;
  /** {@link checkpoint} */
  readonly checkpoint: <A extends Tuple, Output>(f: (...arguments_: A) => Output) => (...arguments_: A) => Output;
  /** {@link customJvp} */
  readonly customJvp: <A extends Tuple, Output>(
    f: (...arguments_: A) => Output,
    rule: (primals: A, tangents: A) => readonly [Output, Output],
  ) => (...arguments_: A) => Output;
  /** {@link customVjp} */
  readonly customVjp: <A extends Tuple, Output, Residuals>(
    f: (...arguments_: A) => Output,
    rule: ReverseRule<A, Output, Residuals>,
  ) => (...arguments_: A) => Output;
  /** {@link stopGradient} */
  readonly stopGradient: <Tree>(tree: Tree) => Tree;
}

/**
 * The transformations over these rules.
 *
 * @param backend makes arrays of the numbers among arguments
 */
export function createTransformations(backend: Backend, rules: Rules): Transformations {
  const context: Context = { backend, rules: indexRules(rules, (graph) => rulesOfProgram(context, graph)) };
  return {
    jvp: (f, primals, tangents) => jvp(context, f, primals, tangents),
    linearize: ((f: (...arguments_: Tuple) => unknown, ...primals: Tuple) =>
      linearize(context, f, ...primals)) as Transformations["linearize"],
    transpose: (linear) => transpose(context, linear),
    vjp: (f, ...primals) => vjp(context, f, ...primals),
    grad: ((f: (...arguments_: Tuple) => unknown, options: GradOptions = {}) => {
      const both = valueAndGrad(context, f, options, "grad");
      return (...arguments_: Tuple) => {
        const [value, gradient] = both(...arguments_);
        return options.hasAux === true ? [gradient, (value as Tuple)[1]] : gradient;
      };
    }) as Transformations["grad"],
    valueAndGrad: ((f: (...arguments_: Tuple) => unknown, options: GradOptions = {}) =>
      valueAndGrad(context, f, options)) as Transformations["valueAndGrad"],
    jacfwd: ((f: (...arguments_: never) => unknown, options?: JacobianOptions) =>
      jacfwd(context, f, options)) as Transformations["jacfwd"],
    jacrev: ((f: (...arguments_: never) => unknown, options?: JacobianOptions) =>
      jacrev(context, f, options)) as Transformations["jacrev"],
    hessian: ((f: (...arguments_: never) => unknown, options?: JacobianOptions) =>
      hessian(context, f, options)) as Transformations["hessian"],
    hvp: ((f: (x: never) => unknown) => hvp(context, f)) as Transformations["hvp"],
    vmap: ((f: (...arguments_: never) => unknown, options?: VmapOptions) =>
      vmap(context, f, options)) as Transformations["vmap"],
    checkpoint: (f) => checkpoint(context, f),
    customJvp: (f, rule) => customJvp(context, f, rule),
    customVjp: (f, rule) => customVjp(context, f, rule),
    stopGradient,
  };
}
