// Branches and loops on many examples, where it is not known which way they go.
import {
  bind,
  deadCode,
  evaluate,
  isRecorded,
  operations,
  outputTypes,
  primitives,
  traceAbstract,
  type Aval,
  type Backend,
  type Graph,
  type ParamsOf,
  type ProgramName,
  type Value,
  promised,
} from "@cotangent/core";
import type { BatchTrace } from "./batch.ts";
import { inputTypes, withOutputs } from "./interfaces.ts";
import { choose, guarded } from "./per-example.ts";
import { runProgram } from "./run-program.ts";

/**
 * The results of a program for all examples.
 *
 * Where it is known which way they go they are followed. Else there is the same program on all of them: a loop runs as
 * long as one example goes on, and a branch is run where one example takes it.
 */
export function batchedProgram(
  trace: BatchTrace,
  name: ProgramName,
  operands: readonly Value[],
  params: object,
): readonly Value[] {
  const first = promised(operands[0], `an operand of ${name}`);
  const examples = { trace, backend: first.backend };
  if (name === "cond" && isRecorded(first)) {
    const { branches } = params as ParamsOf<"cond">;
    return (trace.owns(first) ? bothBranches : oneBranch)(examples, first, operands.slice(1), branches);
  }
  if (name === "scan" && operands.some(isRecorded)) return walk(examples, operands, params as ParamsOf<"scan">);
  if (name === "while" && operands.some(isRecorded)) return loop(examples, operands, params as ParamsOf<"while">);
  return runProgram(name, operands, params);
}

/** All that there are, and what computes with them. */
interface Examples {
  readonly trace: BatchTrace;
  readonly backend: Backend;
}

/** All examples go the same way. */
function oneBranch(
  examples: Examples,
  predicate: Value,
  operands: readonly Value[],
  branches: ParamsOf<"cond">["branches"],
): readonly Value[] {
  const { trace } = examples;
  const batched = operands.map((operand) => trace.owns(operand));
  const onAll = (branch: Graph) =>
    programOfAll(
      examples,
      (own) => evaluate(branch, own),
      inputTypes(branch),
      batched,
      () => true,
    ).graph;
  const results = bind(
    primitives.cond,
    [predicate, ...operands.map((operand) => (trace.owns(operand) ? operand.value : operand))],
    { branches: [onAll(branches[0]), onAll(branches[1])] },
  );
  return results.map((result) => trace.wrap(result));
}

/** Each example goes its own way. A branch that none of them takes is not run. */
function bothBranches(
  examples: Examples,
  predicate: Value,
  operands: readonly Value[],
  branches: ParamsOf<"cond">["branches"],
): readonly Value[] {
  const { trace } = examples;
  const batched = [true, ...operands.map((operand) => trace.owns(operand))];
  const run = (holds: Value, branch: Graph) => {
    const values = [holds, ...operands].map((operand) => (trace.owns(operand) ? operand.value : operand));
    const f = ([own, ...others]: readonly Value[]) => evaluate(branch, guarded(others, own as Value));
    const { graph } = programOfAll(examples, f, [holds, ...inputTypes(branch)], batched, () => true);
    const none = withOutputs(graph, outputTypes(graph), examples.backend);
    const taken = bind(primitives.any, values.slice(0, 1), { axes: [0] });
    const results = bind(primitives.cond, [taken, ...values], { branches: [graph, deadCode(none)] });
    return results.map((result) => trace.wrap(result));
  };
  return choose(predicate, run(predicate, branches[0]), run(operations.logicalNot(predicate), branches[1]));
}

function walk(examples: Examples, operands: readonly Value[], params: ParamsOf<"scan">): readonly Value[] {
  const { trace } = examples;
  const { constants, carries, body } = params;
  const isState = (place: number) => place >= constants && place < constants + carries;
  const { graph, inputs, outputs } = steady(examples, (own) => evaluate(body, own), body, operands, isState);
  const values = operands.map((operand, place) => {
    if (inputs[place] !== true) return operand;
    // Steps come before examples.
    return place < constants + carries ? trace.spread(operand) : exchanged(trace.spread(operand));
  });
  const all = bind(primitives.scan, values, { ...params, body: graph });
  return all.map((value, place) => {
    if (outputs[place] !== true) return value;
    return trace.wrap(place < carries ? value : exchanged(value));
  });
}

function loop(
  examples: Examples,
  operands: readonly Value[],
  { test, body, constants: [forTest, forBody] }: ParamsOf<"while">,
): readonly Value[] {
  const { trace, backend } = examples;
  const own = operands.slice(forTest);
  const isState = (place: number) => place >= forBody;
  const shared = steady(examples, (inputs) => evaluate(body, inputs), body, own, isState);
  const ofTest = operands.slice(0, forTest).map((operand) => trace.owns(operand));
  const tested = (state: readonly boolean[]) =>
    programOfAll(examples, (inputs) => evaluate(test, inputs), inputTypes(test), [...ofTest, ...state]);
  const values = (batched: readonly boolean[], from: readonly Value[]) =>
    from.map((operand, place) => (batched[place] === true ? trace.spread(operand) : operand));
  const wrapped = (results: readonly Value[], batched: readonly boolean[]) =>
    results.map((result, place) => (batched[place] === true ? trace.wrap(result) : result));
  const { graph: sharedTest, batched: perExample } = tested(shared.inputs.slice(forBody));
  if (perExample[0] !== true) {
    const all = bind(primitives.while, [...values(ofTest, operands.slice(0, forTest)), ...values(shared.inputs, own)], {
      test: sharedTest,
      body: shared.graph,
      constants: [forTest, forBody],
    });
    return wrapped(all, shared.inputs.slice(forBody));
  }
  // An example that is done stays as it is, while others go on.
  const states = shared.inputs.slice(forBody).map(() => true);
  const each = tested(states).graph;
  const some = traceAbstract(
    (...inputs) => [bind(primitives.any, evaluate(each, inputs).slice(0, 1), { axes: [0] })],
    inputTypes(each),
    backend,
  );
  const step = (inputs: readonly Value[]) => {
    const state = inputs.slice(forTest + forBody);
    const [holds] = evaluate(test, [...inputs.slice(0, forTest), ...state]);
    return choose(holds as Value, evaluate(body, guarded(inputs.slice(forTest), holds as Value)), state);
  };
  const batched = [...ofTest, ...shared.inputs.slice(0, forBody), ...states];
  const types = [...inputTypes(test).slice(0, forTest), ...inputTypes(body)];
  const known = values(ofTest, operands.slice(0, forTest));
  const all = bind(primitives.while, [...known, ...known, ...values(batched.slice(forTest), own)], {
    test: some,
    body: programOfAll(examples, step, types, batched, () => true).graph,
    constants: [forTest, forTest + forBody],
  });
  return wrapped(all, states);
}

interface Steady extends ProgramOfAll {
  /** Which inputs differ from example to example, and which outputs. */
  readonly inputs: readonly boolean[];
  readonly outputs: readonly boolean[];
}

/** One step of many. A state that comes to differ from example to example does so in all steps. */
function steady(
  examples: Examples,
  f: (inputs: readonly Value[]) => readonly Value[],
  body: Graph,
  operands: readonly Value[],
  isState: (input: number) => boolean,
): Steady {
  const first = body.inputs.findIndex((_, place) => isState(place));
  let inputs: readonly boolean[] = operands.map((operand) => examples.trace.owns(operand));
  for (;;) {
    const now = inputs;
    const differs = (output: number) => isState(first + output) && now[first + output] === true;
    const program = programOfAll(examples, f, inputTypes(body), inputs, differs);
    const next = inputs.map((each, place) => each || (isState(place) && program.batched[place - first] === true));
    if (next.join() === inputs.join()) return { ...program, inputs, outputs: program.batched };
    inputs = next;
  }
}

interface ProgramOfAll {
  readonly graph: Graph;
  /** Which of its outputs differ from example to example. */
  readonly batched: readonly boolean[];
}

/**
 * The program that does for all examples what a function does for one.
 *
 * @param types of the inputs, for one example
 * @param isWanted whether an output is to have the examples along its first axis, be they all the same
 */
function programOfAll(
  { trace, backend }: Examples,
  f: (inputs: readonly Value[]) => readonly Value[],
  types: readonly Aval[],
  isBatched: readonly boolean[],
  isWanted: (output: number) => boolean = () => false,
): ProgramOfAll {
  let batched: readonly boolean[] = [];
  const graph = traceAbstract(
    (...inputs) => {
      const inner = trace.alike();
      const outputs = f(inputs.map((input, place) => (isBatched[place] === true ? inner.wrap(input) : input)));
      batched = outputs.map((output, place) => inner.owns(output) || isWanted(place));
      const results = outputs.map((output, place) => (batched[place] === true ? inner.spread(output) : output));
      inner.close();
      return results;
    },
    types.map(({ shape, dtype }, place) => ({
      shape: isBatched[place] === true ? [trace.count, ...shape] : shape,
      dtype,
    })),
    backend,
  );
  return { graph, batched };
}

/** Steps and examples change places. */
function exchanged(value: Value): Value {
  return operations.transpose(value, [1, 0, ...value.shape.slice(2).map((_, axis) => axis + 2)]);
}
