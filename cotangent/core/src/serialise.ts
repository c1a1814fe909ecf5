// Graphs as JSON, and back. Files are outside data: whatever is in them, reading gives a graph that checks, or a GraphError.
import { dtypes, showAval, sizeOf, type Aval } from "./aval.ts";
import { checkGraph } from "./check-graph.ts";
import { readElement, writeElement, type ElementJSON } from "./elements.ts";
import { GraphError } from "./errors.ts";
import { isGraph, requireGraph, showEquation, type Equation, type Graph, type Variable } from "./graph.ts";
import { paramsOf } from "./params.ts";
import { primitives, type PrimitiveName } from "./primitives.ts";
import { promised } from "./promised.ts";
import { Traced } from "./trace.ts";
import type { Backend, Value } from "./value.ts";

/** What `toJSON` gives and `fromJSON` takes. */
export interface GraphDocument {
  readonly format: "cotangent-graph";
  readonly version: 1;
  readonly graph: GraphJSON;
}

export interface GraphJSON {
  /** The type of each variable: `float64[3,4]`. */
  readonly variables: readonly string[];
  readonly inputs: readonly Variable[];
  readonly outputs: readonly Variable[];
  readonly constants: readonly ConstantJSON[];
  readonly equations: readonly EquationJSON[];
}

/** Elements in row-major order, or the one that all are. */
export type ConstantJSON =
  | { readonly variable: Variable; readonly elements: readonly ElementJSON[] }
  | { readonly variable: Variable; readonly all: ElementJSON };

export interface EquationJSON {
  readonly primitive: PrimitiveName;
  readonly operands: readonly Variable[];
  readonly results: readonly Variable[];
  /** Graphs among them stand as `{ "graph": … }`. */
  readonly params?: Readonly<Record<string, ParamJSON>>;
  readonly location?: string;
}

export type ParamJSON = null | boolean | number | string | readonly ParamJSON[] | { readonly graph: GraphJSON };

/**
 * A graph as data that JSON can hold. The same graph gives the same document.
 *
 * @throws GraphError for a graph with functions of an author in it (custom derivatives), or with values that are traced.
 */
export function toJSON(graph: Graph): GraphDocument {
  requireGraph("toJSON", graph);
  return { format: "cotangent-graph", version: 1, graph: writeGraph(graph) };
}

function writeGraph({ avals, inputs, outputs, constants, equations }: Graph): GraphJSON {
  return {
    variables: avals.map(showAval),
    inputs: [...inputs],
    outputs: [...outputs],
    constants: [...constants].map(([variable, value]) => writeConstant(variable, value)),
    equations: equations.map(writeEquation),
  };
}

function writeConstant(variable: Variable, value: Value): ConstantJSON {
  if (value instanceof Traced) throw new GraphError(`%${variable} belongs to a trace and has no elements of its own`);
  const elements = value.backend.elements(value).map(writeElement);
  const [first] = elements;
  if (first !== undefined && elements.length > 1 && !Array.isArray(first) && elements.every((each) => each === first)) {
    return { variable, all: first };
  }
  return { variable, elements };
}

function writeEquation(equation: Equation): EquationJSON {
  const { primitive, operands, results, params, location } = equation;
  const written = Object.entries(params).map(([name, param]) => [name, writeParam(param, name, equation)] as const);
  return {
    primitive: primitive.name,
    operands: [...operands],
    results: [...results],
    ...(written.length > 0 ? { params: Object.fromEntries(written) } : {}),
    ...(location === null ? {} : { location }),
  };
}

function writeParam(param: unknown, name: string, equation: Equation): ParamJSON {
  if (param === null || typeof param === "boolean" || typeof param === "number" || typeof param === "string") {
    return param;
  }
  if (Array.isArray(param)) return param.map((each) => writeParam(each, name, equation));
  if (isGraph(param)) return { graph: writeGraph(param) };
  throw new GraphError(
    `${showEquation(equation)}: ${name} is a function of an author, which a file can't hold; inlineCalls(graph, { all: true }) puts what a call computes in its place`,
  );
}

/**
 * The graph of a document, with constants of this backend.
 *
 * @param document what `toJSON` gave, after `JSON.parse`
 * @throws GraphError for anything else; it says where.
 */
export function fromJSON(document: unknown, backend: Backend): Graph {
  const { format, version, graph } = record(document, "the document");
  if (format !== "cotangent-graph") throw new GraphError("the document is no graph: its format is not cotangent-graph");
  if (version !== 1) throw new GraphError(`the document is of version ${show(version)}; this library reads version 1`);
  return checkGraph(new Reader(backend).graph(graph, "graph", 0));
}

/** Reads what may be anything. Each method is told where it is, for its error. */
class Reader {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  graph(raw: unknown, at: string, depth: number): Graph {
    requireShallow(at, depth);
    const { variables, inputs, outputs, constants, equations } = record(raw, at);
    const avals = list(variables, `${at}.variables`).map((each, place) => readAval(each, `${at}.variables[${place}]`));
    return {
      avals,
      inputs: readVariables(inputs, `${at}.inputs`, avals),
      outputs: readVariables(outputs, `${at}.outputs`, avals),
      constants: this.#constants(list(constants, `${at}.constants`), `${at}.constants`, avals),
      equations: list(equations, `${at}.equations`).map((each, place) =>
        this.#equation(each, `${at}.equations[${place}]`, avals, depth),
      ),
    };
  }

  #constants(raw: readonly unknown[], at: string, avals: readonly Aval[]): ReadonlyMap<Variable, Value> {
    const constants = new Map<Variable, Value>();
    for (const [place, each] of raw.entries()) {
      const here = `${at}[${place}]`;
      const { variable, ...rest } = record(each, here);
      const own = readVariable(variable, `${here}.variable`, avals);
      if (constants.has(own)) throw new GraphError(`${here}: %${own} is defined twice`);
      constants.set(own, this.#constant(rest, here, promised(avals[own], here)));
    }
    return constants;
  }

  #constant(raw: Readonly<Record<string, unknown>>, at: string, aval: Aval): Value {
    const read = (each: unknown) => within(at, () => readElement(each, aval.dtype));
    if ("all" in raw) return within(at, () => this.#backend.full(aval.shape, read(raw["all"]), aval.dtype));
    const elements = list(raw["elements"], `${at}.elements`);
    if (elements.length !== sizeOf(aval.shape)) {
      throw new GraphError(`${at}: has ${elements.length} elements for ${showAval(aval)}`);
    }
    return this.#backend.fromElements(elements.map(read), aval);
  }

  #equation(raw: unknown, at: string, avals: readonly Aval[], depth: number): Equation {
    const { primitive: name, operands, results, params = {}, location = null } = record(raw, at);
    if (!isPrimitiveName(name)) throw new GraphError(`${at}: ${show(name)} is no primitive`);
    if (location !== null && typeof location !== "string") throw new GraphError(`${at}.location: is no text`);
    const read = Object.entries(record(params, `${at}.params`)).map(([param, each]) => {
      const here = `${at}.params.${param}`;
      const kind = paramsOf(name)[param];
      if ((kind === "functions" || kind === "rules") && typeof each === "object" && each !== null) {
        throw new GraphError(`${here}: no file holds functions`);
      }
      return [param, this.#param(each, here, depth)] as const;
    });
    return {
      primitive: primitives[name],
      operands: readVariables(operands, `${at}.operands`, avals),
      results: readVariables(results, `${at}.results`, avals),
      params: Object.fromEntries(read),
      location,
    };
  }

  #param(raw: unknown, at: string, depth: number): unknown {
    requireShallow(at, depth);
    if (Array.isArray(raw)) return raw.map((each, place) => this.#param(each, `${at}[${place}]`, depth + 1));
    if (typeof raw === "object" && raw !== null) return this.graph(record(raw, at)["graph"], `${at}.graph`, depth + 1);
    return raw;
  }
}

/** So that no file exhausts the stack. */
function requireShallow(at: string, depth: number): void {
  if (depth > 64) throw new GraphError(`${at.slice(0, 80)}…: what stands here is nested too deeply`);
}

function isPrimitiveName(name: unknown): name is PrimitiveName {
  return typeof name === "string" && Object.hasOwn(primitives, name);
}

function record(raw: unknown, at: string): Readonly<Record<string, unknown>> {
  if (isRecord(raw)) return raw;
  throw new GraphError(`${at}: is ${typeof raw === "string" ? "a text; JSON.parse it" : `${show(raw)} and no object`}`);
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function list(raw: unknown, at: string): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  throw new GraphError(`${at}: is ${show(raw)} and no list`);
}

function readAval(raw: unknown, at: string): Aval {
  const [, name, lengths = ""] = (typeof raw === "string" && /^(\w+)\[((?:\d+(?:,\d+)*)?)\]$/.exec(raw)) || [];
  const dtype = dtypes.find((each) => each === name);
  const shape = lengths === "" ? [] : lengths.split(",").map(Number);
  if (dtype !== undefined && Number.isSafeInteger(sizeOf(shape))) return { shape, dtype };
  throw new GraphError(`${at}: ${show(raw)} is no type`);
}

function readVariables(raw: unknown, at: string, avals: readonly Aval[]): readonly Variable[] {
  return list(raw, at).map((each, place) => readVariable(each, `${at}[${place}]`, avals));
}

function readVariable(raw: unknown, at: string, avals: readonly Aval[]): Variable {
  if (typeof raw === "number" && Number.isInteger(raw) && raw >= 0 && raw < avals.length) return raw;
  throw new GraphError(`${at}: ${show(raw)} is no variable`);
}

/** What was read there, shortly. */
function show(raw: unknown): string {
  if (typeof raw === "object" && raw !== null) return Array.isArray(raw) ? "a list" : "an object";
  const text = typeof raw === "string" ? JSON.stringify(raw) : String(raw);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Errors on the way say where they arose. */
function within<Result>(at: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new GraphError(`${at}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
