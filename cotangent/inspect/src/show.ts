// Parts of graphs as short texts.
import {
  isGraph,
  showAval,
  Traced,
  type Aval,
  type Graph,
  type Scalar,
  type Value,
  type Variable,
} from "@cotangent/core";

export const nameOf = (variable: Variable): string => `%${variable}`;

/** `%3: float64[2]` */
export function typedName(graph: Graph, variable: Variable, name = nameOf): string {
  const aval: Aval | undefined = graph.avals[variable];
  return `${name(variable)}: ${aval === undefined ? "?" : showAval(aval)}`;
}

/** The parameters that are no graphs, ` axes=[0]` each. Functions are told by their being there. */
export function showParams(params: object): string {
  return Object.entries(params)
    .filter(([, param]) => !isGraph(param) && !(Array.isArray(param) && param.some(isGraph)) && param !== null)
    .map(([name, param]) => ` ${name}=${showParam(param)}`)
    .join("");
}

function showParam(param: unknown): string {
  if (Array.isArray(param)) return `[${param.map(showParam).join(",")}]`;
  return typeof param === "string" || typeof param === "number" || typeof param === "boolean" ? String(param) : "…";
}

/** Elements of a small array, or the type alone. */
export function showConstant(value: Value, most = 6): string {
  if (value instanceof Traced) return "(traced)";
  if (value.size > most) return "…";
  const elements = value.backend.elements(value).map(showElement);
  return value.ndim === 0 ? elements.join("") : `[${elements.join(", ")}]`;
}

export function showElement(element: Scalar): string {
  if (typeof element === "object")
    return `${showNumber(element.re)}${element.im < 0 ? "" : "+"}${showNumber(element.im)}i`;
  return typeof element === "number" ? showNumber(element) : String(element);
}

const showNumber = (number: number): string =>
  Object.is(number, -0) ? "-0" : String(Number.isInteger(number) ? number : Number(number.toPrecision(6)));
