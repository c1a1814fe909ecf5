// Values that are written out, so that two places that write the same one can be told.
import type { Argument, Expression, Node } from "../../source/walk.ts";
import { plain } from "../../source/passed-on.ts";
import { constantOf } from "../syntax/constants.ts";

/** What an expression is if it is written out whole, the same for `[1, 2]` and `[ 1,2 ]`. Undefined for anything else. */
export function valueOf(raw: Node): string | undefined {
  const node = plain(raw as Expression | Argument);
  if (node.type === "ArrayExpression") return listOf(node.elements);
  if (node.type === "ObjectExpression") return objectOf(node.properties);
  if (node.type === "UnaryExpression" && node.operator === "-") return negated(node.argument);
  const constant = constantOf(node);
  if (constant === undefined) return undefined;
  const { value } = constant;
  if (typeof value === "string") return textual(value);
  return typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? "undefined");
}

/** A number may be written as a text: keys of tables are. */
export function textual(text: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : JSON.stringify(text);
}

function negated(node: Expression): string | undefined {
  const value = valueOf(node);
  return value === undefined ? undefined : `-${value}`;
}

/** Longer lists and larger objects are data, and no value that somebody asks for. */
const mostParts = 50;

function listOf(elements: readonly (Node | null)[]): string | undefined {
  if (elements.length > mostParts) return undefined;
  const values = elements.map((element) => (element === null ? undefined : valueOf(element)));
  return values.includes(undefined) ? undefined : `[${values.join(",")}]`;
}

function objectOf(properties: readonly Node[]): string | undefined {
  if (properties.length > mostParts) return undefined;
  const entries: string[] = [];
  for (const property of properties) {
    const key = property.type === "Property" && !property.computed ? keyOf(property.key) : undefined;
    const value = property.type === "Property" ? valueOf(property.value) : undefined;
    if (key === undefined || value === undefined) return undefined;
    entries.push(`${key}:${value}`);
  }
  return `{${entries.toSorted().join(",")}}`;
}

/** The name of a property as text. */
export function keyOf(key: Node): string | undefined {
  if (key.type === "Identifier") return textual(key.name);
  return key.type === "Literal" ? textual(String(key.value)) : undefined;
}

/**
 * Is it a value that nobody writes by chance? Zero, one, an empty list and a word of two letters stand in any program.
 */
export function isTelling(value: string): boolean {
  return /^["[{]/.test(value) ? value.length >= 5 : /\d[\d.e]/.test(value);
}

/** What a text in JSON is the text of: `[1,2]` of `"[1,2]"`. Anything else is itself. */
export function meantBy(value: string): string {
  try {
    return written(JSON.parse(String(JSON.parse(value))));
  } catch {
    return value;
  }
}

function written(value: unknown): string {
  if (typeof value === "string") return textual(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  const entries = Object.entries(value).map(([key, each]) => `${textual(key)}:${written(each)}`);
  return `{${entries.toSorted().join(",")}}`;
}
