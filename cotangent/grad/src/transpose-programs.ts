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
    const pulled = evaluate(adjoint.graph, [...knownAmong(operands, linear), ...present(cotangents)]);
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
  const recording = new Recording({ eager: false });
  const inner = new Recording({ eager: false });
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
  const pulled = bind(primitives.cond, [predicate, ...knownAmong(operands, linear), ...present(cotangents)], {
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
  { body, constants, carries, length, reverse }: ParamsOf<"scan">,
  linearOperands: readonly boolean[],
  cotangents: readonly (Value | null)[],
): readonly (Value | null)[] {
  const backend = backendOf(operands);
  // A state that starts as zeros comes to be linear.
  const linear = linearOperands.map((each, place) => each || (place >= constants && place < constants + carries));
  let given: readonly boolean[] = cotangents.map((cotangent) => cotangent !== null);
  let adjoint = transposeGraph(pull, body, linear, given, backend);
  const before = linear.slice(0, constants).filter(Boolean).length;
  const ofCarry = (place: number) => adjoint.reaches[before + place] === true;
  for (;;) {
    const next = given.map((each, place) => each || (place < carries && ofCarry(place)));
    if (next.join() === given.join()) break;
    given = next;
    adjoint = transposeGraph(pull, body, linear, given, backend);
  }
  const carried = given.slice(0, carries);
  const [ofConstants, ofRows] = [adjoint.reaches.slice(0, before), adjoint.reaches.slice(before + carries)];
  const step = adjoint.wanting([...ofConstants, ...carried, ...ofRows]);
  const isKnown = linear.map((each) => !each);
  const among = (from: number, to: number | undefined, is: readonly boolean[]) =>
    operands.slice(from, to).filter((_, place) => is[from + place] === true);
  const shared = among(0, constants, isKnown);
  const rows = among(constants + carries, undefined, isKnown);
  const sums = keep(among(0, constants, linear), ofConstants).map((each) => operations.zerosLike(each));
  const states = keep(operands.slice(constants, constants + carries), carried);
  const starts = keep(cotangents.slice(0, carries), carried).map(
    (cotangent, place) => cotangent ?? operations.zerosLike(states[place] as Value),
  );
  const ofResults = present(cotangents.slice(carries));
  const inputs = [...shared, ...sums, ...starts, ...rows, ...ofResults];
  const walkedFrom = shared.length + sums.length + starts.length;
  const back = traceAbstract(
    (...all) => {
      const total = all.slice(shared.length, shared.length + sums.length);
      const [known, state] = [all.slice(0, shared.length), all.slice(shared.length + sums.length, walkedFrom)];
      const [ownRows, results] = [all.slice(walkedFrom, walkedFrom + rows.length), all.slice(walkedFrom + rows.length)];
      const pulled = evaluate(step, [...known, ...ownRows, ...state, ...results]);
      return pulled.map((each, place) => (place < total.length ? operations.add(total[place] as Value, each) : each));
    },
    inputs.map(({ shape, dtype }, place) => ({ shape: place < walkedFrom ? shape : shape.slice(1), dtype })),
    backend,
  );
  const pulled = bind(primitives.scan, inputs, {
    body: back,
    constants: shared.length,
    carries: sums.length + starts.length,
    length,
    reverse: !reverse,
  });
  return spreadOver(linear, spreadOver([...ofConstants, ...carried, ...ofRows], pulled));
}

function keep<Each>(values: readonly Each[], isKept: readonly boolean[]): readonly Each[] {
  return values.filter((_, place) => isKept[place] === true);
}

function backendOf([operand]: readonly Value[]): Backend {
  return promised(operand, "an operand of a linear program").backend;
}

function knownAmong(operands: readonly Value[], linear: readonly boolean[]): readonly Value[] {
  return operands.filter((_, place) => linear[place] !== true);
}

function present<Each>(values: readonly (Each | null)[]): readonly Each[] {
  return values.filter((value) => value !== null);
}

/** One of the values wherever there is one, in order. */
function spreadOver<Each>(isThere: readonly boolean[], values: readonly Each[]): readonly (Each | null)[] {
  let next = 0;
  return isThere.map((there) => (there ? (values[next++] ?? null) : null));
}
