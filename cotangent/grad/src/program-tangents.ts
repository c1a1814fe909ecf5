// Derivatives of branches and loops: followed, or as programs of the same form where it is not known where they go.
import {
  bind,
  isRecorded,
  operations,
  primitives,
  type Backend,
  type Graph,
  type ParamsOf,
  type ProgramName,
  type Value,
  promised,
} from "@cotangent/core";
import type { JvpTrace } from "./dual.ts";
import { forwardCond, forwardLoop, forwardScan } from "./forward-programs.ts";
import { inputTypes, places, withInputs, withOutputs } from "./interfaces.ts";
import { linearParts, type LinearParts } from "./linear-parts.ts";
import { runProgram } from "./run-program.ts";
import { present, spreadOver } from "./sparse-lists.ts";
import { hasLoop, isAbstract } from "./staging.ts";

/**
 * The results of a program with their tangents.
 *
 * Where it is known which way the program goes it is followed, step by step. Else forward mode is the same program, of
 * values and tangents. Where a function is made linear, the results are those of the same program, which gives residuals
 * beside them, and the tangents those of a second one: a branch over the same predicate, or a walk over the stacked
 * residuals.
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
    if (!trace.isLinear) return forwardCond(trace, operands, staged);
    if (!mustFollow(staged.branches, [predicate])) return condTangents(trace, operands, staged);
  }
  if (name === "scan" && operands.some(isRecorded)) {
    const staged = params as ParamsOf<"scan">;
    if (!trace.isLinear) return forwardScan(trace, operands, staged);
    if (!mustFollow([staged.body], operands)) return scanTangents(trace, operands, staged);
  }
  if (name === "while" && !trace.isLinear && operands.some(isRecorded)) {
    return forwardLoop(trace, operands, params as ParamsOf<"while">);
  }
  return runProgram(name, operands, params);
}

/** A loop has a reverse mode only where it is followed, and so has what it stands in. */
function mustFollow(graphs: readonly Graph[], deciding: readonly Value[]): boolean {
  return graphs.some(hasLoop) && !deciding.some(isAbstract);
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

/** The values that the linear part needs. */
function knownValues({ known }: LinearParts, inputs: readonly Value[], residuals: readonly Value[]): readonly Value[] {
  return known.map(({ from, place }) => (from === "input" ? inputs : residuals)[place] as Value);
}

function zerosOf(values: readonly Value[], place: number): Value {
  return operations.zerosLike(values[place] as Value);
}
