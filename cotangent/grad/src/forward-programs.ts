// Forward mode through programs of which it is not known where they go: the same program, of values and their tangents.
import {
  avalOf,
  bind,
  deadCode,
  evaluate,
  operations,
  primitives,
  Recording,
  type Backend,
  type Graph,
  type ParamsOf,
  type Value,
} from "@cotangent/core";
import type { JvpTrace } from "./dual.ts";
import { places, withInputs, withOutputs } from "./interfaces.ts";
import { keep, present } from "./sparse-lists.ts";

/** A program of values and tangents. */
interface ForwardPart {
  /** Which outputs change. */
  readonly changes: readonly boolean[];
  /** Takes the inputs, and the tangents of those that move. Gives the outputs, and the tangents of these, some zeros. */
  graph(wanted: readonly boolean[]): Graph;
}

function forwardPart(trace: JvpTrace, graph: Graph, moving: readonly boolean[], backend: Backend): ForwardPart {
  const recording = new Recording();
  const inner = trace.alike();
  const inputs = graph.inputs.map((variable) => recording.abstractInput(avalOf(graph, variable), backend));
  const operands = inputs.map((input, place) =>
    moving[place] === true ? inner.dual(input, recording.abstractInput(input, backend)) : input,
  );
  const outputs = evaluate(graph, operands);
  inner.close();
  recording.close();
  const primals = outputs.map((output) => inner.primalOf(output));
  const tangents = outputs.map((output) => inner.tangentOf(output));
  const own = deadCode(recording.graph([...primals, ...present(tangents)]));
  return {
    changes: tangents.map((tangent) => tangent !== null),
    graph(wanted) {
      let next = primals.length;
      const order = primals.map(({ shape, dtype }, place) => (tangents[place] === null ? { shape, dtype } : next++));
      return withOutputs(own, [...places(primals.length), ...keep(order, wanted)], backend);
    },
  };
}

/** A branch, of values and tangents. */
export function forwardCond(
  trace: JvpTrace,
  operands: readonly Value[],
  { branches }: ParamsOf<"cond">,
): readonly Value[] {
  const [predicate, ...others] = operands.map((operand) => trace.primalOf(operand));
  const tangents = operands.slice(1).map((operand) => trace.tangentOf(operand));
  if (predicate === undefined) return [];
  const moving = tangents.map((tangent) => tangent !== null);
  const yes = forwardPart(trace, branches[0], moving, predicate.backend);
  const no = forwardPart(trace, branches[1], moving, predicate.backend);
  const changes = yes.changes.map((change, place) => change || no.changes[place] === true);
  const all = bind(primitives.cond, [predicate, ...others, ...present(tangents)], {
    branches: [yes.graph(changes), no.graph(changes)],
  });
  return paired(trace, changes, all);
}

/** A walk, whose states and rows are values and tangents. */
export function forwardScan(trace: JvpTrace, operands: readonly Value[], params: ParamsOf<"scan">): readonly Value[] {
  const { constants, carries } = params;
  const backend = operands[0]?.backend;
  if (backend === undefined) return [];
  const { part, moving, primals, tangents } = steadyPart(trace, params.body, operands, constants, carries, backend);
  const changes = part.changes.map((change, place) => (place < carries ? moving[constants + place] === true : change));
  const body = part.graph(changes);
  const ofOutputs = changes.length;
  const carried = changes.slice(0, carries).filter(Boolean).length;
  const groups = [
    [0, constants],
    [constants, constants + carries],
    [constants + carries, operands.length],
  ] as const;
  const given = groups.flatMap(([from, to]) => [...primals.slice(from, to), ...present(tangents.slice(from, to))]);
  let next = operands.length;
  const order = groups.flatMap(([from, to]) => {
    const count = present(tangents.slice(from, to)).length;
    return places(to - from, from).concat(places(count, (next += count) - count));
  });
  const outputs = [
    ...places(carries),
    ...places(carried, ofOutputs),
    ...places(ofOutputs - carries, carries),
    ...places(changes.filter(Boolean).length - carried, ofOutputs + carried),
  ];
  const all = bind(primitives.scan, given, {
    ...params,
    body: withOutputs(withInputs(body, order), outputs, backend),
    constants: constants + present(tangents.slice(0, constants)).length,
    carries: carries + carried,
  });
  const inOrder = outputs.map((_, place) => all[outputs.indexOf(place)] as Value);
  return paired(trace, changes, inOrder);
}

/** A loop, whose state is values and tangents. */
export function forwardLoop(trace: JvpTrace, operands: readonly Value[], params: ParamsOf<"while">): readonly Value[] {
  const [forTest, forBody] = params.constants;
  const backend = operands[0]?.backend;
  if (backend === undefined) return [];
  const own = operands.slice(forTest);
  const states = own.length - forBody;
  const { part, moving, primals, tangents } = steadyPart(trace, params.body, own, forBody, states, backend);
  const changes = moving.slice(forBody);
  const [ofConstants, ofState] = [present(tangents.slice(0, forBody)), present(tangents.slice(forBody))];
  const body = withInputs(part.graph(changes), [
    ...places(forBody),
    ...places(ofConstants.length, own.length),
    ...places(states, forBody),
    ...places(ofState.length, own.length + ofConstants.length),
  ]);
  const ofTest = operands.slice(0, forTest).map((operand) => trace.primalOf(operand));
  const given = [...primals.slice(0, forBody), ...ofConstants, ...primals.slice(forBody), ...ofState];
  const all = bind(primitives.while, [...ofTest, ...given], {
    test: withInputs(params.test, [...places(params.test.inputs.length), ...ofState]),
    body,
    constants: [forTest, forBody + ofConstants.length],
  });
  return paired(trace, changes, all);
}

/** One step of many: a state that comes to change in one changes in all that follow, and starts with a tangent of 0. */
function steadyPart(
  trace: JvpTrace,
  body: Graph,
  operands: readonly Value[],
  constants: number,
  carries: number,
  backend: Backend,
) {
  const primals = operands.map((operand) => trace.primalOf(operand));
  const given = operands.map((operand) => trace.tangentOf(operand));
  let moving: readonly boolean[] = given.map((tangent) => tangent !== null);
  for (;;) {
    const part = forwardPart(trace, body, moving, backend);
    const next = moving.map((moves, place) => {
      const isState = place >= constants && place < constants + carries;
      return moves || (isState && part.changes[place - constants] === true);
    });
    if (next.join() === moving.join()) {
      const tangents = primals.map((primal, place) =>
        next[place] === true ? (given[place] ?? operations.zerosLike(primal)) : null,
      );
      return { part, moving, primals, tangents };
    }
    moving = next;
  }
}

/** Results, and behind them the tangents of those that change. */
function paired(trace: JvpTrace, changes: readonly boolean[], all: readonly Value[]): readonly Value[] {
  let next = changes.length;
  return trace.pair(
    all.slice(0, changes.length),
    changes.map((change) => (change ? (all[next++] ?? null) : null)),
  );
}
