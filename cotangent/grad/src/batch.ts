// Vectorisation: one run for many examples, which lie along a new first axis.
import {
  bind,
  evaluate,
  MissingRuleError,
  operations,
  primitives,
  showCall,
  Trace,
  Traced,
  traceAbstract,
  type CustomRules,
  type NamedRules,
  type ParamsOf,
  type Primitive,
  type ProgramName,
  type Value,
  promised,
} from "@cotangent/core";
import { batchedProgram } from "./batch-programs.ts";
import { Batched } from "./batched.ts";
import type { IndexedRules } from "./rule-lookup.ts";

const { broadcast } = operations;

/** Runs every primitive on all examples. */
export class BatchTrace extends Trace {
  readonly rules: IndexedRules;
  /** The number of examples. */
  readonly count: number;

  constructor(rules: IndexedRules, count: number) {
    super();
    this.rules = rules;
    this.count = count;
  }

  /** Another trace of as many examples. */
  alike(): BatchTrace {
    return new BatchTrace(this.rules, this.count);
  }

  /** Examples along the first axis become one. */
  wrap(value: Value): Batched {
    return new Batched(this, value);
  }

  owns(value: Value): value is Batched {
    return value instanceof Batched && value.trace === this;
  }

  /** All examples of a value, along the first axis; the same for each where it does not depend on the example. */
  spread(value: Value): Value {
    return this.owns(value) ? value.value : repeated(value, this.count);
  }

  override process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    if (primitive.results === "many") return this.#program(primitive.name as ProgramName, operands, params);
    if (primitive.elementwise) {
      const values = operands.map((operand) => (isFreeScalar(operand) ? operand : this.spread(operand)));
      return this.wrap(bind(primitive, values, params) as Value);
    }
    const rule = this.rules.batches[primitive.index];
    if (rule === undefined) throw new MissingRuleError(`${showCall(primitive.name, operands)}: has no batching rule`);
    const values = operands.map((operand) => (this.owns(operand) ? operand.value : operand));
    const results = rule(
      values,
      operands.map((operand) => this.owns(operand)),
      params,
    );
    return Array.isArray(results)
      ? (results as readonly Value[]).map((result) => this.wrap(result))
      : this.wrap(results as Value);
  }

  #program(name: ProgramName, operands: readonly Value[], params: object): readonly Value[] {
    if (name === "call") {
      const { rules, ...call } = params as ParamsOf<"call">;
      if (rules !== null) return this.#call(operands, call, rules);
    }
    if (name === "linearCall") return this.#linearCall(operands, params as ParamsOf<"linearCall">);
    return batchedProgram(this, name, operands, params);
  }

  /** The call, on all examples, whose rules are the given ones on all examples. Those that have a name know many. */
  #call(
    operands: readonly Value[],
    { graph, name }: Omit<ParamsOf<"call">, "rules">,
    rules: CustomRules | NamedRules,
  ): readonly Value[] {
    const values = operands.map((operand) => this.spread(operand));
    const { backend } = promised(values[0], `an operand of ${name}`);
    // Rules are used after this trace has ended.
    const examples = new Examples(this.alike());
    const batched = traceAbstract(
      (...inputs) => examples.map(inputs, (each) => evaluate(graph, each)),
      values.map(({ shape, dtype }) => ({ shape, dtype })),
      backend,
    );
    const results = bind(primitives.call, values, {
      graph: batched,
      name,
      rules: typeof rules === "object" ? examples.rules(rules) : rules,
    });
    return results.map((result) => this.wrap(result));
  }

  #linearCall(
    operands: readonly Value[],
    { name, types, residuals, forward, pullback }: ParamsOf<"linearCall">,
  ): readonly Value[] {
    const examples = new Examples(this.alike());
    const results = bind(
      primitives.linearCall,
      operands.map((operand) => this.spread(operand)),
      {
        name,
        types: types.map(({ shape, dtype }) => ({ shape: [this.count, ...shape], dtype })),
        residuals,
        forward: (values) => examples.map(values, forward),
        pullback: (known, cotangents) =>
          examples.map([...known, ...cotangents], (all) => pullback(all.slice(0, residuals), all.slice(residuals))),
      },
    );
    return results.map((result) => this.wrap(result));
  }
}

/** Functions of one example, as functions of all. */
class Examples {
  readonly #trace: BatchTrace;

  constructor(trace: BatchTrace) {
    this.#trace = trace;
  }

  map(values: readonly Value[], f: (examples: readonly Value[]) => readonly Value[]): readonly Value[] {
    return this.#spread(f(this.#wrap(values)));
  }

  rules({ jvp, vjp }: CustomRules): CustomRules {
    return {
      jvp:
        jvp === null
          ? null
          : (operands, tangents) => {
              const forward = jvp(this.#wrap(operands), this.#wrap(tangents));
              return { results: this.#spread(forward.results), tangents: this.#spread(forward.tangents) };
            },
      vjp:
        vjp === null
          ? null
          : (operands) => {
              const { results, pullback } = vjp(this.#wrap(operands));
              return { results: this.#spread(results), pullback: (cotangents) => this.map(cotangents, pullback) };
            },
    };
  }

  #wrap(values: readonly Value[]): readonly Value[] {
    return values.map((value) => this.#trace.wrap(value));
  }

  #spread(values: readonly Value[]): readonly Value[] {
    return values.map((value) => this.#trace.spread(value));
  }
}

/** A constant scalar stands beside values of any shape. */
function isFreeScalar(value: Value): boolean {
  return value.shape.length === 0 && !(value instanceof Traced);
}

/** `count` times the same, along a new first axis. */
export function repeated(value: Value, count: number): Value {
  return broadcast(value, [count, ...value.shape], [0]);
}
