// Forward mode through branches and loops of which it is not known, or not the same for all examples, where they go.
import {
  bind,
  evaluate,
  isRecorded,
  operations,
  primitives,
  traceAbstract,
  type Backend,
  type Graph,
  type ParamsOf,
  type ProgramName,
  type Value,
  promised,
} from "@cotangent/core";
import type { JvpTrace } from "./dual.ts";
import { inputTypes, places, withInputs, withOutputs } from "./interfaces.ts";
import { linearParts, type LinearParts } from "./linear-parts.ts";
import { runProgram } from "./run-program.ts";
import { hasLoop, isAbstract } from "./staging.ts";

/**
 * The results of a program with their tangents.
 *
 * Where it is known which way the program goes it is followed, step by step. Else the results are those of the same
 * program, which gives residuals beside them, and the tangents those of a second one: a branch over the same predicate,
 * or a walk over the stacked residuals.
 */
export function programTangents(
  trace: JvpTrace,
  name: ProgramName,
  operands: readonly Value[],
  params: object,
): readonly Value[] {
  const [predicate] = operands;
  if (name === "cond" && predicate !== undefined && isRecorded(predicate)) {
    const staged = params as ParamsOf<"cond">;
    if (!mustFollow(trace, staged.branches, [predicate])) return condTangents(trace, operands, staged);
  }
  if (name === "scan" && operands.some(isRecorded)) {
    const staged = params as ParamsOf<"scan">;
    if (!mustFollow(trace, [staged.body], operands)) return scanTangents(trace, operands, staged);
  }
  if (name === "while" && !trace.isLinear && operands.some(isRecorded)) {
    return loopTangents(trace, operands, params as ParamsOf<"while">);
  }
  return runProgram(name, operands, params);
}

/** A loop has a reverse mode only where it is followed, and so has what it stands in. */
function mustFollow(trace: JvpTrace, graphs: readonly Graph[], deciding: readonly Value[]): boolean {
  return trace.isLinear && graphs.some(hasLoop) && !deciding.some(isAbstract);
}

interface LinearBranches {
  readonly parts: readonly LinearParts[];
  readonly changes: readonly boolean[];
  readonly primal: readonly [Graph, Graph];
  readonly linear: readonly [Graph, Graph];
}

function condTangents(trace: JvpTrace, operands: readonly Value[], { branches }: ParamsOf<"cond">): readonly Value[] {
  const [first, ...others] = operands.map((operand) => trace.primalOf(operand));
  const predicate = promised(first, "the predicate of cond");
  const tangents = operands.slice(1).map((operand) => trace.tangentOf(operand));
  const { parts, changes, primal, linear } = linearBranches(
    trace,
    branches,
    tangents.map((tangent) => tangent !== null),
    predicate.backend,
  );
  const all = bind(primitives.cond, [predicate, ...others], { branches: primal });
  const results = all.slice(0, changes.length);
  if (!changes.includes(true)) return results;
  let from = changes.length;
  const known = parts.flatMap((part) => {
    const own = all.slice(from, (from += part.residuals.length));
    return knownValues(part, others, own);
  });
  const changed = bind(primitives.cond, [predicate, ...known, ...present(tangents)], { branches: linear });
  return trace.pair(results, spreadOver(changes, changed));
}

function linearBranches(
  trace: JvpTrace,
  branches: ParamsOf<"cond">["branches"],
  moving: readonly boolean[],
  backend: Backend,
): LinearBranches {
  const first = linearParts(trace, branches[0], moving, backend);
  const second = linearParts(trace, branches[1], moving, backend);
  const count = first.changes.length;
  const changes = first.changes.map((change, place) => change || second.changes[place] === true);
  const linear = [first.linear(changes), second.linear(changes)] as const;
  const types = linear.map(inputTypes);
  const own = [first.known.length, second.known.length] as const;
  const steps = moving.filter(Boolean).length;
  return {
    parts: [first, second],
    changes,
    primal: [
      withOutputs(first.primal, [...places(count + first.residuals.length), ...second.residuals], backend),
      withOutputs(
        second.primal,
        [...places(count), ...first.residuals, ...places(second.residuals.length, count)],
        backend,
      ),
    ],
    linear: [
      withInputs(linear[0], [...places(own[0]), ...(types[1] ?? []).slice(0, own[1]), ...places(steps, own[0])]),
      withInputs(linear[1], [...(types[0] ?? []).slice(0, own[0]), ...places(own[1] + steps)]),
    ],
  };
}

function scanTangents(trace: JvpTrace, operands: readonly Value[], params: ParamsOf<"scan">): readonly Value[] {
  const { constants, carries } = params;
  const backend = operands[0]?.backend;
  if (backend === undefined) return [];
  const primals = operands.map((operand) => trace.primalOf(operand));
  const tangents = operands.map((operand) => trace.tangentOf(operand));
  const isCarry = (place: number) => place >= constants && place < constants + carries;
  let moving: readonly boolean[] = tangents.map((tangent) => tangent !== null);
  let parts = linearParts(trace, params.body, moving, backend, (place) => !isCarry(place));
  // A state that comes to change in a step changes in all that follow.
  for (;;) {
    const { changes } = parts;
    const next = moving.map((moves, place) => moves || (isCarry(place) && changes[place - constants] === true));
    if (next.join() === moving.join()) break;
    moving = next;
    parts = linearParts(trace, params.body, moving, backend, (place) => !isCarry(place));
  }
  const all = bind(primitives.scan, primals, { ...params, body: parts.primal });
  const results = all.slice(0, parts.changes.length);
  const changes = parts.changes.map((change, place) => (place < carries ? moving[constants + place] === true : change));
  if (!changes.includes(true)) return results;
  const known = knownValues(parts, primals, all.slice(parts.changes.length));
  const isConstant = parts.known.map(({ from, place }) => from === "input" && place < constants);
  const steps = tangents.map((tangent, place) =>
    moving[place] === true ? (tangent ?? zerosOf(primals, place)) : null,
  );
  const [ofConstants, ofCarries, ofRows] = [
    present(steps.slice(0, constants)),
    present(steps.slice(constants, constants + carries)),
    present(steps.slice(constants + carries)),
  ];
  const numbers = places(known.length);
  const shared = numbers.filter((place) => isConstant[place] === true);
  const walked = numbers.filter((place) => isConstant[place] !== true);
  const at = (place: number) => known[place] as Value;
  const count = known.length + ofConstants.length;
  const body = withInputs(parts.linear(changes), [
    ...shared,
    ...places(ofConstants.length, known.length),
    ...places(ofCarries.length, count),
    ...walked,
    ...places(ofRows.length, count + ofCarries.length),
  ]);
  const changed = bind(
    primitives.scan,
    [...shared.map(at), ...ofConstants, ...ofCarries, ...walked.map(at), ...ofRows],
    { ...params, body, constants: shared.length + ofConstants.length, carries: ofCarries.length },
  );
  return trace.pair(results, spreadOver(changes, changed));
}

/** One loop, whose state is the state and its tangents. It has no transpose, so that reverse mode can't come by here. */
function loopTangents(trace: JvpTrace, operands: readonly Value[], params: ParamsOf<"while">): readonly Value[] {
  const [forTest, forBody] = params.constants;
  const backend = operands[0]?.backend;
  if (backend === undefined) return [];
  const primals = operands.map((operand) => trace.primalOf(operand));
  const tangents = operands.map((operand) => trace.tangentOf(operand)).slice(forTest);
  const own = primals.slice(forTest);
  let moving: readonly boolean[] = tangents.map((tangent) => tangent !== null);
  for (;;) {
    const { changes } = linearParts(trace, params.body, moving, backend);
    const next = moving.map((moves, place) => moves || (place >= forBody && changes[place - forBody] === true));
    if (next.join() === moving.join()) break;
    moving = next;
  }
  const steps = tangents.map((tangent, place) => (moving[place] === true ? (tangent ?? zerosOf(own, place)) : null));
  const constantSteps = present(steps.slice(0, forBody));
  const stateSteps = present(steps.slice(forBody));
  const operandsOf = [...own.slice(0, forBody), ...constantSteps, ...own.slice(forBody), ...stateSteps];
  const changes = moving.slice(forBody);
  const body = traceAbstract(
    (...inputs) => {
      const values = [...inputs.slice(0, forBody), ...inputs.slice(forBody + constantSteps.length)];
      const changing = [...inputs.slice(forBody, forBody + constantSteps.length), ...values.splice(own.length)];
      const inner = trace.alike();
      let next = 0;
      const duals = values.map((value, place) =>
        moving[place] === true ? inner.dual(value, changing[next++] as Value) : value,
      );
      const outputs = evaluate(params.body, duals);
      inner.close();
      const after = outputs.map((output) => inner.primalOf(output));
      const tangentsAfter = outputs.map((output, place) => inner.tangentOf(output) ?? zerosOf(after, place));
      return [...after, ...tangentsAfter.filter((_, place) => changes[place] === true)];
    },
    operandsOf.map(({ shape, dtype }) => ({ shape, dtype })),
    backend,
  );
  const test = withInputs(params.test, [...places(params.test.inputs.length), ...stateSteps]);
  const all = bind(primitives.while, [...primals.slice(0, forTest), ...operandsOf], {
    test,
    body,
    constants: [forTest, forBody + constantSteps.length],
  });
  return trace.pair(all.slice(0, changes.length), spreadOver(changes, all.slice(changes.length)));
}

/** The values that the linear part needs. */
function knownValues({ known }: LinearParts, inputs: readonly Value[], residuals: readonly Value[]): readonly Value[] {
  return known.map(({ from, place }) => (from === "input" ? inputs : residuals)[place] as Value);
}

function present(values: readonly (Value | null)[]): readonly Value[] {
  return values.filter((value) => value !== null);
}

/** One of the values wherever there is one, in order. */
function spreadOver(isThere: readonly boolean[], values: readonly Value[]): readonly (Value | null)[] {
  let next = 0;
  return isThere.map((there) => (there ? (values[next++] ?? null) : null));
}

function zerosOf(values: readonly Value[], place: number): Value {
  return operations.zerosLike(values[place] as Value);
}
