// Adjoints of programs that stand in linear programs: a branch is one over the same predicate, a walk goes backwards.
import {
  avalOf,
  bind,
  evaluate,
  isInexact,
  MissingRuleError,
  operations,
  primitives,
  Recording,
  showCall,
  traceAbstract,
  type Backend,
  type Entry,
  type Graph,
  type ParamsOf,
  type Value,
  promised,
} from "@cotangent/core";
import { withOutputs } from "./interfaces.ts";
import { keep, present, spreadOver } from "./sparse-lists.ts";

/** Cotangents go backwards through a linear recording: `pullBack`, with its rules. */
export type PullBack = (
  recording: Recording,
  outputs: readonly Value[],
  cotangents: readonly (Value | null)[],
) => readonly (Value | null)[];

/**
 * What the operands of a program are told, null where nothing.
 *
 * @param isLinear whether an operand is of the linear program
 * @param cotangents of the results, null for zero
 */
export function transposeProgram(
  pull: PullBack,
  { primitive, operands, params }: Entry,
  isLinear: (operand: Value) => boolean,
  cotangents: readonly (Value | null)[],
): readonly (Value | null)[] {
  const linear = operands.map(isLinear);
  if (primitive.name === "cond") return transposeCond(pull, operands, params as ParamsOf<"cond">, linear, cotangents);
  if (primitive.name === "scan") return transposeScan(pull, operands, params as ParamsOf<"scan">, linear, cotangents);
  if (primitive.name === "linearCall") {
    const { residuals, types, pullback } = params as ParamsOf<"linearCall">;
    const backend = backendOf(operands);
    const given = types.map(({ shape, dtype }, place) => cotangents[place] ?? backend.full(shape, 0, dtype));
    const parts = pullback(operands.slice(0, residuals), given);
    return operands.map(({ dtype }, place) => (isInexact(dtype) ? (parts[place - residuals] ?? null) : null));
  }
  if (primitive.name === "call") {
    const { graph } = params as ParamsOf<"call">;
    const given = cotangents.map((cotangent) => cotangent !== null);
    const adjoint = transposeGraph(pull, graph, linear, given, backendOf(operands));
    const pulled = evaluate(adjoint.graph, [
      ...keep(
        operands,
        linear.map((each) => !each),
      ),
      ...present(cotangents),
    ]);
    return spreadOver(linear, spreadOver(adjoint.reaches, pulled));
  }
  throw new MissingRuleError(
    `${showCall(primitive.name, operands)}: a loop of no known length has no adjoint; use scan`,
  );
}

interface Adjoint {
  /** Takes the inputs that are known, and the cotangents that are given. Gives cotangents of linear inputs. */
  readonly graph: Graph;
  /** Which of the linear inputs have a cotangent. */
  readonly reaches: readonly boolean[];
  /** As the graph, with zeros for those of these that have none. */
  wanting(wanted: readonly boolean[]): Graph;
}

function transposeGraph(
  pull: PullBack,
  graph: Graph,
  linear: readonly boolean[],
  given: readonly boolean[],
  backend: Backend,
): Adjoint {
  const recording = new Recording();
  const inner = new Recording();
  const inputs = graph.inputs.map((variable, place) =>
    (linear[place] === true ? inner : recording).abstractInput(avalOf(graph, variable), backend),
  );
  const outputs = evaluate(graph, inputs);
  inner.close();
  const cotangents = outputs.map((output, place) =>
    given[place] === true ? recording.abstractInput(output, backend) : null,
  );
  const pulled = pull(inner, outputs, cotangents);
  recording.close();
  const reaches = pulled.map((cotangent) => cotangent !== null);
  const own = recording.graph(present(pulled));
  return {
    graph: own,
    reaches,
    wanting(wanted) {
      let next = 0;
      const order = inner.inputs.map(({ shape, dtype }, place) =>
        reaches[place] === true ? next++ : { shape, dtype },
      );
      return withOutputs(
        own,
        order.filter((_, place) => wanted[place] === true),
        backend,
      );
    },
  };
}

function transposeCond(
  pull: PullBack,
  [first, ...operands]: readonly Value[],
  { branches }: ParamsOf<"cond">,
  [, ...linear]: readonly boolean[],
  cotangents: readonly (Value | null)[],
): readonly (Value | null)[] {
  const predicate = promised(first, "the predicate of cond");
  const given = cotangents.map((cotangent) => cotangent !== null);
  const [yes, no] = [
    transposeGraph(pull, branches[0], linear, given, predicate.backend),
    transposeGraph(pull, branches[1], linear, given, predicate.backend),
  ];
  const reaches = yes.reaches.map((each, place) => each || no.reaches[place] === true);
  const known = keep(
    operands,
    linear.map((each) => !each),
  );
  const pulled = bind(primitives.cond, [predicate, ...known, ...present(cotangents)], {
    branches: [yes.wanting(reaches), no.wanting(reaches)],
  });
  return [null, ...spreadOver(linear, spreadOver(reaches, pulled))];
}

/**
 * A walk in the other direction, whose state is the cotangent of the state, and what has come together for each
 * constant. It walks over what is known of each step, and the cotangents of its results.
 */
function transposeScan(
  pull: PullBack,
  operands: readonly Value[],
  params: ParamsOf<"scan">,
  linearOperands: readonly boolean[],
  cotangents: readonly (Value | null)[],
): readonly (Value | null)[] {
  const { constants, carries, length, reverse } = params;
  const backend = backendOf(operands);
  // A state that starts as zeros comes to be linear.
  const linear = linearOperands.map((each, place) => each || (place >= constants && place < constants + carries));
  const { step, reaches, carried } = adjointStep(pull, params, linear, cotangents, backend);
  const isKnown = linear.map((each) => !each);
  const shared = keep(operands.slice(0, constants), isKnown);
  const rows = keep(operands.slice(constants + carries), isKnown.slice(constants + carries));
  const linearConstants = keep(operands.slice(0, constants), linear);
  const sums = keep(linearConstants, reaches).map((each) => operations.zerosLike(each));
  const starts = keep(cotangents.slice(0, carries), carried);
  const states = keep(operands.slice(constants, constants + carries), carried).map(
    (state, place) => starts[place] ?? operations.zerosLike(state),
  );
  const inputs = [...shared, ...sums, ...states, ...rows, ...present(cotangents.slice(carries))];
  const ofStates = shared.length + sums.length;
  const ofRows = ofStates + states.length;
  const ofResults = ofRows + rows.length;
  const body = traceAbstract(
    (...all) => {
      const totals = all.slice(shared.length, ofStates);
      const known = [...all.slice(0, shared.length), ...all.slice(ofRows, ofResults)];
      const pulled = evaluate(step, [...known, ...all.slice(ofStates, ofRows), ...all.slice(ofResults)]);
      return pulled.map((each, place) => {
        const total = totals[place];
        return total === undefined ? each : operations.add(total, each);
      });
    },
    inputs.map(({ shape, dtype }, place) => ({ shape: place < ofRows ? shape : shape.slice(1), dtype })),
    backend,
  );
  const pulled = bind(primitives.scan, inputs, {
    body,
    constants: shared.length,
    carries: sums.length + states.length,
    length,
    reverse: !reverse,
  });
  return spreadOver(linear, spreadOver(reaches, pulled));
}

/** One step back. A state whose cotangent comes to be given in one step has one in all that follow. */
function adjointStep(
  pull: PullBack,
  { body, constants, carries }: ParamsOf<"scan">,
  linear: readonly boolean[],
  cotangents: readonly (Value | null)[],
  backend: Backend,
) {
  const before = linear.slice(0, constants).filter(Boolean).length;
  let given: readonly boolean[] = cotangents.map((cotangent) => cotangent !== null);
  for (;;) {
    const adjoint = transposeGraph(pull, body, linear, given, backend);
    const next = given.map((each, place) => each || (place < carries && adjoint.reaches[before + place] === true));
    if (next.join() === given.join()) {
      const carried = given.slice(0, carries);
      const reaches = [...adjoint.reaches.slice(0, before), ...carried, ...adjoint.reaches.slice(before + carries)];
      return { step: adjoint.wanting(reaches), reaches, carried };
    }
    given = next;
  }
}

function backendOf([operand]: readonly Value[]): Backend {
  return promised(operand, "an operand of a linear program").backend;
}
