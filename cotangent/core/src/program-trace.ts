// The trace that runs primitives and writes them into a graph at once.
import { GraphBuilder, type Graph, type Variable } from "./graph.ts";
import { callerLocation } from "./location.ts";
import type { Primitive } from "./primitives.ts";
import { Named, type Recorded } from "./record.ts";
import { bind, bindBinary, bindUnary, isList, Trace } from "./trace.ts";
import type { Value } from "./value.ts";

/** What a trace notes beside what is computed. */
export interface ProgramTraceOptions {
  /** Where in the author's program each primitive was called, which takes time. */
  readonly locations?: boolean;
}

/**
 * Runs every primitive that one of its values meets, and writes it down. Of arrays the graph holds constants alone: what
 * the program lets go is gone while it is still traced.
 */
export class ProgramTrace extends Trace {
  readonly #builder = new GraphBuilder();
  readonly #locations: boolean;

  constructor({ locations = false }: ProgramTraceOptions = {}) {
    super();
    this.#locations = locations;
  }

  inputOf(value: Value): Recorded {
    return new Named(this, this.#builder.input(value), value, value, value.backend);
  }

  override process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    const below = operands.map((operand) => this.#below(operand));
    const computed = bind(primitive, below, params);
    const variables = operands.map((operand) => this.#variableOf(operand));
    if (!isList(computed)) return this.#named(primitive, variables, params, computed);
    const results = this.#equation(primitive, variables, params, computed);
    return computed.map((value, place) => new Named(this, results[place] ?? 0, value, value, value.backend));
  }

  override processUnary(primitive: Primitive, x: Value, params: object): Value {
    const computed = bindUnary(primitive, this.#below(x), params);
    return this.#named(primitive, [this.#variableOf(x)], params, computed);
  }

  override processBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
    const computed = bindBinary(primitive, this.#below(x), this.#below(y), params);
    return this.#named(primitive, [this.#variableOf(x), this.#variableOf(y)], params, computed);
  }

  /** Whether a value is of this trace. */
  owns(value: Value): value is Recorded {
    return value.trace === this;
  }

  /** The graph that computes `outputs`. What is not of this trace is a constant of the graph. */
  graph(outputs: readonly Value[]): Graph {
    return this.#builder.finish(outputs.map((output) => this.#variableOf(output)));
  }

  #named(primitive: Primitive, operands: readonly Variable[], params: object, value: Value): Recorded {
    const [variable = 0] = this.#equation(primitive, operands, params, [value]);
    return new Named(this, variable, value, value, value.backend);
  }

  #equation(
    primitive: Primitive,
    operands: readonly Variable[],
    params: object,
    results: readonly Value[],
  ): readonly Variable[] {
    const location = this.#locations ? callerLocation() : null;
    return this.#builder.equation({ primitive, operands, params, location }, results);
  }

  #variableOf(value: Value): Variable {
    return this.owns(value) ? value.index : this.#builder.constant(value);
  }

  #below(value: Value): Value {
    return this.owns(value) ? value.below() : value;
  }
}
