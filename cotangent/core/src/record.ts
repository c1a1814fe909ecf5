// Recording: the trace that writes primitives down while they run, or instead of running them.
import { sameShape, type Aval, type DType, type Shape } from "./aval.ts";
import { AbstractValueError } from "./errors.ts";
import { GraphBuilder, type Graph, type Variable } from "./graph.ts";
import { callerLocation } from "./location.ts";
import { primitives, type Primitive } from "./primitives.ts";
import { bind, bindBinary, bindUnary, isList, Trace, Traced } from "./trace.ts";
import { typeOf, typesOf, usualType } from "./types.ts";
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
  /** What was met before. */
  readonly previous: Entry | null;
}

/** A value that is an input of a recording, or was computed in it. */
export abstract class Recorded extends Traced {
  abstract override readonly trace: Recording;
  /** Counts the recording's values. */
  abstract readonly index: number;
  /** The value one level below, if it is known. */
  abstract readonly known: Value | null;

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

/** An input, or one of several results. */
class Named extends Recorded {
  declare readonly trace: Recording;
  declare readonly shape: Shape;
  declare readonly dtype: DType;
  declare readonly backend: Backend;
  declare readonly index: number;
  declare readonly known: Value | null;

  constructor(trace: Recording, index: number, { shape, dtype }: Aval, known: Value | null, backend: Backend) {
    super();
    this.trace = trace;
    this.shape = shape;
    this.dtype = dtype;
    this.backend = backend;
    this.index = index;
    this.known = known;
  }
}

/** The only result of a primitive, which is its own entry: one object for each operation instead of two. */
class Computed extends Recorded implements Entry {
  declare readonly trace: Recording;
  declare readonly shape: Shape;
  declare readonly dtype: DType;
  declare readonly backend: Backend;
  declare readonly index: number;
  declare readonly known: Value | null;
  declare readonly primitive: Primitive;
  declare readonly operands: readonly Value[];
  declare readonly params: object;
  declare readonly location: string | null;
  declare readonly previous: Entry | null;

  constructor(
    trace: Recording,
    index: number,
    { shape, dtype }: Aval,
    known: Value | null,
    backend: Backend,
    primitive: Primitive,
    operands: readonly Value[],
    params: object,
    location: string | null,
    previous: Entry | null,
  ) {
    super();
    this.trace = trace;
    this.shape = shape;
    this.dtype = dtype;
    this.backend = backend;
    this.index = index;
    this.known = known;
    this.primitive = primitive;
    this.operands = operands;
    this.params = params;
    this.location = location;
    this.previous = previous;
  }

  get results(): this {
    return this;
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

const none = {};

/** What a recording does beside writing down. */
export interface RecordingOptions {
  /** Compute values as well. Without, only types are known. */
  readonly eager: boolean;
  /** Note where in the author's program each primitive was called, which takes time. */
  readonly locations?: boolean;
}

/** Writes down every primitive that one of its values meets. */
export class Recording extends Trace {
  readonly inputs: Recorded[] = [];
  readonly #eager: boolean;
  readonly #locations: boolean;
  #count = 0;
  #last: Entry | null = null;

  constructor({ eager, locations = false }: RecordingOptions) {
    super();
    this.#eager = eager;
    this.#locations = locations;
  }

  /** How many values there are. Their indices are below. */
  get count(): number {
    return this.#count;
  }

  /** What was met last: entries lead from one to the one before. */
  get last(): Entry | null {
    return this.#last;
  }

  /** All that was met, in order. */
  get entries(): readonly Entry[] {
    const entries: Entry[] = [];
    for (let entry = this.#last; entry !== null; entry = entry.previous) entries.push(entry);
    return entries.toReversed();
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
    return this.#eager ? this.#run(primitive, operands, params) : this.#note(primitive, operands, params);
  }

  override processUnary(primitive: Primitive, x: Value, params: object, type: Aval | null): Value {
    const known = this.#isPlain ? (type ?? usualType(primitive, x, x)) : null;
    return known === null ? super.processUnary(primitive, x, params, type) : this.#add(primitive, [x], params, known);
  }

  /** Derivatives are written down with this: sums of tangents, and their products with what is known. */
  override processBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
    const known = this.#isPlain && isOpen(x) && isOpen(y) ? usualType(primitive, x, y) : null;
    return known === null ? super.processBinary(primitive, x, y, params) : this.#add(primitive, [x, y], params, known);
  }

  /**
   * As `mul` of a value of its own and any other, or null where there is more to it: the shortest way to write down what
   * derivatives mostly are.
   */
  product(x: Value, factor: Value): Value | null {
    const isUsual =
      this.#isPlain &&
      this.owns(x) &&
      x.dtype === factor.dtype &&
      (factor.shape.length === 0 || sameShape(x.shape, factor.shape));
    return isUsual ? this.#add(primitives.mul, [x, factor], none, x) : null;
  }

  /** Whether it does nothing but to write down primitives and types. */
  get #isPlain(): boolean {
    return !this.#eager && !this.#locations;
  }

  #add(primitive: Primitive, operands: readonly [Value, ...Value[]], params: object, type: Aval): Value {
    const [{ backend }] = operands;
    const index = this.#count++;
    const last = this.#last;
    return (this.#last = new Computed(this, index, type, null, backend, primitive, operands, params, null, last));
  }

  /** Whether a value is of this recording. */
  owns(value: Value): value is Recorded {
    return value.trace === this;
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
    const input = new Named(this, this.#count++, aval, value, backend);
    this.inputs.push(input);
    return input;
  }

  /** Results of which only the types are known. Nobody else would see that an operand's trace has ended. */
  #note(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    for (let place = 0; place < operands.length; place++) {
      const trace = operands[place]?.trace ?? null;
      if (trace !== null && trace !== this && !trace.isOpen) trace.refuse(primitive, operands);
    }
    const backend = backendOf(primitive, operands);
    if (primitive.results === 1) {
      return this.#enter(primitive, operands, params, typeOf(primitive, operands, params), null, backend);
    }
    const types = typesOf(primitive, operands, params);
    return this.#enterAll(
      primitive,
      operands,
      params,
      types.map((type) => new Named(this, this.#count++, type, null, backend)),
    );
  }

  #run(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    const computed = this.#compute(primitive, operands, params);
    if (!isList(computed)) return this.#enter(primitive, operands, params, computed, computed, computed.backend);
    return this.#enterAll(
      primitive,
      operands,
      params,
      computed.map((value) => new Named(this, this.#count++, value, value, value.backend)),
    );
  }

  #enter(
    primitive: Primitive,
    operands: readonly Value[],
    params: object,
    type: Aval,
    known: Value | null,
    backend: Backend,
  ): Computed {
    const location = this.#locations ? callerLocation() : null;
    const index = this.#count++;
    const last = this.#last;
    const entry = new Computed(this, index, type, known, backend, primitive, operands, params, location, last);
    this.#last = entry;
    return entry;
  }

  #enterAll(
    primitive: Primitive,
    operands: readonly Value[],
    params: object,
    results: readonly Recorded[],
  ): readonly Recorded[] {
    const location = this.#locations ? callerLocation() : null;
    this.#last = { primitive, operands, params, results, location, previous: this.#last };
    return results;
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

function isOpen({ trace }: Value): boolean {
  return trace === null || trace.isOpen;
}

function backendOf(primitive: Primitive, [first]: readonly Value[]): Backend {
  return promised(first, `an operand of ${primitive.name}`).backend;
}
