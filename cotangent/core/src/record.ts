// Recording: the trace that writes primitives down instead of running them.
import { sameShape, type Aval, type DType, type Shape } from "./aval.ts";
import { AbstractValueError } from "./errors.ts";
import { GraphBuilder, type Graph, type Variable } from "./graph.ts";
import { callerLocation } from "./location.ts";
import { primitives, type Primitive } from "./primitives.ts";
import { isList, Trace, Traced } from "./trace.ts";
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
  /** What was met before. */
  readonly previous: Entry | null;
}

/** A value of a program that is written down: an input, or what was computed. */
export abstract class Recorded extends Traced {
  /** Counts the values of its trace. */
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
export class Named extends Recorded {
  declare readonly trace: Trace;
  declare readonly shape: Shape;
  declare readonly dtype: DType;
  declare readonly backend: Backend;
  declare readonly index: number;
  declare readonly known: Value | null;

  constructor(trace: Trace, index: number, { shape, dtype }: Aval, known: Value | null, backend: Backend) {
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
  declare readonly primitive: Primitive;
  declare readonly operands: readonly Value[];
  declare readonly params: object;
  declare readonly previous: Entry | null;

  constructor(
    trace: Recording,
    index: number,
    { shape, dtype }: Aval,
    backend: Backend,
    primitive: Primitive,
    operands: readonly Value[],
    params: Entry["params"],
    previous: Entry | null,
  ) {
    super();
    this.trace = trace;
    this.shape = shape;
    this.dtype = dtype;
    this.backend = backend;
    this.index = index;
    this.primitive = primitive;
    this.operands = operands;
    this.params = params;
    this.previous = previous;
  }

  override get known(): null {
    return null;
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

/** Writes down every primitive that one of its values meets, and its types. */
export class Recording extends Trace {
  readonly inputs: Recorded[] = [];
  #count = 0;
  #last: Entry | null = null;

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

  /** An input of this type. */
  abstractInput({ shape, dtype }: Aval, backend: Backend): Recorded {
    const input = new Named(this, this.#count++, { shape, dtype }, null, backend);
    this.inputs.push(input);
    return input;
  }

  /** Nobody else would see that an operand's trace has ended. */
  override process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    for (let place = 0; place < operands.length; place++) {
      const trace = operands[place]?.trace ?? null;
      if (trace !== null && trace !== this && !trace.isOpen) trace.refuse(primitive, operands);
    }
    const backend = backendOf(primitive, operands);
    if (primitive.results === 1) {
      return this.#enter(primitive, operands, params, typeOf(primitive, operands, params), backend);
    }
    const types = typesOf(primitive, operands, params);
    const results = types.map((type) => new Named(this, this.#count++, type, null, backend));
    this.#last = { primitive, operands, params, results, previous: this.#last };
    return results;
  }

  override processUnary(primitive: Primitive, x: Value, params: object, type: Aval | null): Value {
    const known = type ?? usualType(primitive, x, x);
    if (known === null) return super.processUnary(primitive, x, params, type);
    return this.#enter(primitive, [x], params, known, x.backend);
  }

  /** Derivatives are written down with this: sums of tangents, and their products with what is known. */
  override processBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
    const known = isOpen(x) && isOpen(y) ? usualType(primitive, x, y) : null;
    if (known === null) return super.processBinary(primitive, x, y, params);
    return this.#enter(primitive, [x, y], params, known, x.backend);
  }

  /**
   * As `mul` of a value of its own and any other, or null where there is more to it: the shortest way to write down what
   * derivatives mostly are.
   */
  product(x: Value, factor: Value): Value | null {
    const isUsual =
      this.owns(x) && x.dtype === factor.dtype && (factor.shape.length === 0 || sameShape(x.shape, factor.shape));
    return isUsual ? this.#enter(primitives.mul, [x, factor], none, x, x.backend) : null;
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
    for (const entry of this.entries) {
      const { primitive, operands, params, results } = entry;
      const types = isList(results) ? results : [results];
      const location = this.locationOf(entry);
      const equation = { primitive, operands: operands.map(variableOf), params, location };
      const defined = builder.equation(equation, types);
      for (let place = 0; place < types.length; place++) variables[types[place]?.index ?? 0] = defined[place] ?? 0;
    }
    return builder.finish(outputs.map(variableOf));
  }

  /** Where in the author's program an entry was met, if that is noted. */
  protected locationOf(_entry: Entry): string | null {
    return null;
  }

  #enter(primitive: Primitive, operands: readonly Value[], params: object, type: Aval, backend: Backend): Computed {
    const index = this.#count++;
    const last = this.#last;
    const entry = new Computed(this, index, type, backend, primitive, operands, params, last);
    this.#last = entry;
    return entry;
  }
}

/** A recording that notes where in the author's program each primitive was called. */
export class LocatedRecording extends Recording {
  readonly #locations = new Map<Entry | null, string | null>();

  override process(primitive: Primitive, operands: readonly Value[], params: object): Value | readonly Value[] {
    return this.#noted(super.process(primitive, operands, params));
  }

  override processUnary(primitive: Primitive, x: Value, params: object, type: Aval | null): Value {
    return this.#noted(super.processUnary(primitive, x, params, type));
  }

  override processBinary(primitive: Primitive, x: Value, y: Value, params: object): Value {
    return this.#noted(super.processBinary(primitive, x, y, params));
  }

  protected override locationOf(entry: Entry): string | null {
    return this.#locations.get(entry) ?? null;
  }

  #noted<Results>(results: Results): Results {
    this.#locations.set(this.last, callerLocation());
    return results;
  }
}

function isOpen({ trace }: Value): boolean {
  return trace === null || trace.isOpen;
}

function backendOf(primitive: Primitive, [first]: readonly Value[]): Backend {
  return promised(first, `an operand of ${primitive.name}`).backend;
}
