// Recording: the trace that writes primitives down while they run, or instead of running them.
import type { Aval } from "./aval.ts";
import { AbstractValueError } from "./errors.ts";
import { GraphBuilder, type Graph, type Variable } from "./graph.ts";
import { callerLocation } from "./location.ts";
import type { Primitive } from "./primitives.ts";
import { bind, bindBinary, bindUnary, isList, Trace, Traced } from "./trace.ts";
import { typeOf, typesOf } from "./types.ts";
import type { Backend, Value } from "./value.ts";
import { promised } from "./promised.ts";

/** A primitive as it was met: with the values themselves, which are numbered when a graph is asked for. */
export interface Entry {
  readonly primitive: Primitive;
  readonly operands: readonly Value[];
  readonly params: object;
  /** The result, or a list where the primitive gives several. */
  readonly results: Recorded | readonly Recorded[];
  readonly location: string | null;
}

/** A value that is an input of a recording, or was computed in it. */
export class Recorded extends Traced {
  declare readonly trace: Recording;
  /** Counts the recording's values. */
  readonly index: number;
  /** The value one level below, if it is known. */
  readonly known: Value | null;

  constructor(trace: Recording, index: number, aval: Aval, known: Value | null, backend: Backend) {
    super(trace, aval.shape, aval.dtype, backend);
    this.index = index;
    this.known = known;
  }

  override beneath(): Value | null {
    return this.known;
  }

  override below(): Value {
    if (this.known !== null) return this.known;
    throw new AbstractValueError(
      `the elements of a ${this.dtype}[${this.shape.join(",")}] are not known while a program is traced by its types; use cond, scan or whileLoop, or trace it with values`,
    );
  }
}

/** Whether a value is written down, so that what is done with it may be run again on another. */
export function isRecorded(value: Value): boolean {
  let each: Value | null = value;
  while (each instanceof Traced) {
    if (each instanceof Recorded) return true;
    each = each.beneath();
  }
  return false;
}

/** What a recording does beside writing down. */
export interface RecordingOptions {
  /** Compute values as well. Without, only types are known. */
  readonly eager: boolean;
  /** Note where in the author's program each primitive was called, which takes time. */
  readonly locations?: boolean;
}

/** Writes down every primitive that one of its values meets. */
export class Recording extends Trace {
  readonly entries: Entry[] = [];
  readonly inputs: Recorded[] = [];
  readonly #eager: boolean;
  readonly #locations: boolean;
  #count = 0;

  constructor({ eager, locations = false }: RecordingOptions) {
    super();
    this.#eager = eager;
    this.#locations = locations;
  }

  /** How many values there are. Their indices are below. */
  get count(): number {
    return this.#count;
  }

  /** An input whose value is known. */
  inputOf(value: Value): Recorded {
    return this.#input(value, this.#eager ? value : null, value.backend);
  }

  /** An input of which only the type is known. */
  abstractInput(aval: Aval, backend: Backend): Recorded {
    return this.#input(aval, null, backend);
  }

  override process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    const results = this.#eager ? this.#run(primitive, operands, params) : this.#note(primitive, operands, params);
    this.entries.push({ primitive, operands, params, results, location: this.#locations ? callerLocation() : null });
    return results;
  }

  /** Whether a value is of this recording. */
  owns(value: Value): value is Recorded {
    return value instanceof Recorded && value.trace === this;
  }

  /** The graph that computes `outputs`. What is not of this recording is a constant of the graph. */
  graph(outputs: readonly Value[]): Graph {
    const builder = new GraphBuilder();
    const variables: Variable[] = [];
    const variableOf = (value: Value) =>
      (this.owns(value) ? variables[value.index] : undefined) ?? builder.constant(value);
    for (const input of this.inputs) variables[input.index] = builder.input(input);
    for (const { primitive, operands, params, results, location } of this.entries) {
      const types = isList(results) ? results : [results];
      const defined = builder.equation({ primitive, operands: operands.map(variableOf), params, location }, types);
      for (let place = 0; place < types.length; place++) variables[types[place]?.index ?? 0] = defined[place] ?? 0;
    }
    return builder.finish(outputs.map(variableOf));
  }

  #input(aval: Aval, value: Value | null, backend: Backend): Recorded {
    const input = this.#define(aval, value, backend);
    this.inputs.push(input);
    return input;
  }

  #define(aval: Aval, value: Value | null, backend: Backend): Recorded {
    return new Recorded(this, this.#count++, aval, value, backend);
  }

  /** Results of which only the types are known. Nobody else would see that an operand's trace has ended. */
  #note(primitive: Primitive, operands: readonly Value[], params: object): Recorded | readonly Recorded[] {
    const { backend } = promised(operands[0], `an operand of ${primitive.name}`);
    for (let place = 0; place < operands.length; place++) {
      const operand = operands[place];
      if (operand instanceof Traced && operand.trace !== this) operand.trace.assertOpen(primitive, operands);
    }
    if (primitive.results === 1) return this.#define(typeOf(primitive, operands, params), null, backend);
    return typesOf(primitive, operands, params).map((aval) => this.#define(aval, null, backend));
  }

  #run(primitive: Primitive, operands: readonly Value[], params: object): Recorded | readonly Recorded[] {
    const computed = this.#compute(primitive, operands, params);
    if (isList(computed)) return computed.map((value) => this.#define(value, value, value.backend));
    return this.#define(computed, computed, computed.backend);
  }

  #compute(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    const [x, y] = operands;
    // The usual numbers of operands, without a list.
    if (primitive.arity === 1 && x !== undefined) return bindUnary(primitive, this.#below(x), params);
    if (primitive.arity === 2 && x !== undefined && y !== undefined) {
      return bindBinary(primitive, this.#below(x), this.#below(y), params);
    }
    return bind(
      primitive,
      operands.map((operand) => this.#below(operand)),
      params,
    );
  }

  #below(value: Value): Value {
    return this.owns(value) ? value.below() : value;
  }
}
