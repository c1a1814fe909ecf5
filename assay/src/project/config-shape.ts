// Turns a mismatch between assay.toml and its schema into a sentence for the person who wrote the file.
import type { BaseIssue } from "valibot";
import type { ConfigProblem } from "./config-problem.ts";
import { configSchema } from "./config-schema.ts";
import { suggestion } from "./nearest.ts";

/** As much of a schema as is needed to walk along a path of keys. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly value?: Node;
  readonly options?: readonly unknown[];
}

/**
 * A list where the schema wants a table (`[[limits]]` for `[limits]`). The schema library takes a list for a table
 * with numbers for keys.
 */
export function shapeProblem(
  schema: Node,
  value: unknown,
  path: readonly (string | number)[] = [],
): ConfigProblem | undefined {
  const node = unwrap(schema);
  const isTable = node.entries !== undefined || node.type === "record";
  if (typeof value !== "object" || value === null) return undefined;
  if (isTable && Array.isArray(value)) {
    const name = path.join(".");
    return { path, message: `${name} is a table and stands there once`, hint: `Write it as [${name}].` };
  }
  for (const [key, inner] of Object.entries(value)) {
    const child = childOf(node, key);
    const problem = child && shapeProblem(child, inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What is wrong, in the words of the file. */
export function toProblem(issue: BaseIssue<unknown>): ConfigProblem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  const key = String(path.at(-1));
  if (issue.type === "strict_object" && issue.expected === "never") return unknownKey(path, key);
  const name = nameOf(path);
  if (issue.type === "strict_object" && issue.received === "undefined") {
    return { path, message: `${nameOf(path.slice(0, -1))} needs "${key}"`, hint: `Add \`${key} = …\` to it.` };
  }
  if (issue.kind === "validation") {
    return { path, message: `${name} ${issue.message}`, hint: `It is ${issue.received} now.` };
  }
  if (issue.type === "picklist" && typeof issue.input === "string") {
    const known = (nodeAt(path).options ?? []).map(String);
    const message = `unknown name "${issue.input}" in ${nameOf(path.slice(0, -1))}`;
    return { path, message, hint: suggestion(issue.input, known, "names") };
  }
  const wanted = issue.type === "picklist" ? "string" : String(issue.expected);
  const message = `${name} is ${inWords(issue.received)} and must be ${inWords(wanted)}`;
  return { path, message, hint: remedy(issue) };
}

function unknownKey(path: readonly (string | number)[], key: string): ConfigProblem {
  const parent = path.slice(0, -1);
  const known = Object.keys(nodeAt(parent).entries ?? {});
  const where = parent.length === 0 ? "" : ` in ${nameOf(parent)}`;
  return { path, message: `unknown key "${key}"${where}`, hint: suggestion(key, known, "keys") };
}

function remedy(issue: BaseIssue<unknown>): string {
  if (issue.expected?.includes("Array") && typeof issue.input === "string") {
    const words = issue.input.split(/\s+/).filter((word) => word !== "");
    return `Write it as a list: ${JSON.stringify(words)}.`;
  }
  return "Correct the value, or remove the key to get the default.";
}

const words = new Map([
  ["Array", "a list"],
  ["Object", "a table"],
  // What the TOML parser gives has no prototype, and TOML knows no null.
  ["null", "a table"],
  ["string", "a string"],
  ["number", "a number"],
  ["boolean", "true or false"],
  ["(string | Array)", "text or a list"],
  ["Date", "a date"],
]);

function inWords(shown: string): string {
  return words.get(shown) ?? shown;
}

/** `check[0].id` the way the file shows it: `id of the 1st [[check]]` would be longer and no clearer. */
function nameOf(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${key}`)).join("");
}

function nodeAt(path: readonly (string | number)[]): Node {
  let node: Node = configSchema;
  for (const key of path) node = childOf(unwrap(node), String(key)) ?? node;
  return unwrap(node);
}

function childOf(node: Node, key: string): Node | undefined {
  if (node.entries !== undefined) return Object.hasOwn(node.entries, key) ? node.entries[key] : undefined;
  return node.item ?? (node.type === "record" ? node.value : undefined);
}

function unwrap(node: Node): Node {
  return node.wrapped === undefined ? node : unwrap(node.wrapped);
}
