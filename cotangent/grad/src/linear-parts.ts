// A program in two: what it computes, and how that changes. The second is linear, and needs some values of the first.
import { avalOf, closeOver, deadCode, evaluate, Recording, type Aval, type Backend, type Graph } from "@cotangent/core";
import type { JvpTrace } from "./dual.ts";
import { withOutputs } from "./interfaces.ts";

/** Where a value that the linear part needs comes from: an input of the program, or what it computes beside its outputs. */
export interface Known {
  readonly from: "input" | "residual";
  readonly place: number;
}

export interface LinearParts {
  /** Gives the outputs of the program, and then the residuals. */
  readonly primal: Graph;
  /** The types of the residuals. */
  readonly residuals: readonly Aval[];
  readonly known: readonly Known[];
  /** Which outputs change. */
  readonly changes: readonly boolean[];
  /** Takes what is known, and the change of each moving input. Gives the changes of these outputs, some of them zeros. */
  linear(wanted: readonly boolean[]): Graph;
}

/**
 * The two parts of a program, some of whose inputs move.
 *
 * @param isAtHand whether the linear part can be given an input; else it is a residual where it is needed
 */
export function linearParts(
  trace: JvpTrace,
  graph: Graph,
  moving: readonly boolean[],
  backend: Backend,
  isAtHand: (input: number) => boolean = () => true,
): LinearParts {
  const recording = new Recording();
  const linear = new Recording();
  const inner = trace.alike(linear);
  const inputs = graph.inputs.map((variable) => recording.abstractInput(avalOf(graph, variable), backend));
  const outputs = evaluate(
    graph,
    inputs.map((input, place) =>
      moving[place] === true ? inner.dual(input, linear.abstractInput(input, backend)) : input,
    ),
  );
  for (const each of [inner, linear, recording]) each.close();
  const tangents = outputs.map((output) => inner.tangentOf(output));
  const changes = tangents.map((tangent) => tangent !== null);
  const tangentsOnly = tangents.filter((tangent) => tangent !== null);
  const { graph: lifted, captured } = closeOver(deadCode(linear.graph(tangentsOnly)));
  const residuals = captured.filter((value) => {
    const place = inputs.findIndex((input) => input === value);
    return place < 0 || !isAtHand(place);
  });
  const primals = outputs.map((output) => inner.primalOf(output));
  return {
    primal: deadCode(recording.graph([...primals, ...residuals])),
    residuals: residuals.map(({ shape, dtype }) => ({ shape, dtype })),
    known: captured.map((value) => {
      const residual = residuals.indexOf(value);
      return residual < 0
        ? { from: "input", place: inputs.findIndex((input) => input === value) }
        : { from: "residual", place: residual };
    }),
    changes,
    linear(wanted) {
      let next = 0;
      const order = primals.map(({ shape, dtype }, place) => (changes[place] === true ? next++ : { shape, dtype }));
      return withOutputs(
        lifted,
        order.filter((_, place) => wanted[place] === true),
        backend,
      );
    },
  };
}
