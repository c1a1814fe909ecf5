// What tests give a function, and what they want of it.
import type { SourceFile } from "../../model/source-file.ts";
import { descendants, type CallExpression, type Node } from "../../source/walk.ts";
import { testsOf } from "../test-code/test-functions.ts";
import { keyOf, valueOf } from "./values.ts";

/** Values that are given in one call, and those that stand beside it. */
export interface ExpectedAnswer {
  readonly given: ReadonlySet<string>;
  readonly beside: ReadonlySet<string>;
}

/** Of calls of functions with these names: in a test, or as a row of a table for several. */
export function expectedAnswers(file: SourceFile, names: ReadonlySet<string>): readonly ExpectedAnswer[] {
  const tests = testsOf(file).flatMap(({ run }) => (run ? answersIn(run, names) : []));
  const isCalled = [...descendants(file.program)].some((node) => isCallOf(node, names));
  return isCalled ? [...tests, ...rowsIn(file.program)] : [];
}

function answersIn(run: Node, names: ReadonlySet<string>): readonly ExpectedAnswer[] {
  const nodes = [...descendants(run)];
  return nodes.flatMap((node) => {
    if (!isCallOf(node, names)) return [];
    const beside = nodes.filter(({ start, end }) => end <= node.start || node.end <= start);
    return [
      { given: valuesIn(node.arguments.flatMap((argument) => [...descendants(argument)])), beside: valuesIn(beside) },
    ];
  });
}

function isCallOf(node: Node, names: ReadonlySet<string>): node is CallExpression {
  if (node.type !== "CallExpression") return false;
  const named = node.callee.type === "MemberExpression" ? node.callee.property : node.callee;
  return named.type === "Identifier" && names.has(named.name);
}

/** `["ab12", 42]` and `{ text: "ab12", expected: 42 }`. */
function rowsIn(program: Node): readonly ExpectedAnswer[] {
  return [...descendants(program)].flatMap((node) => {
    if (node.type !== "ArrayExpression" && node.type !== "ObjectExpression") return [];
    const values = new Set(
      node.type === "ArrayExpression" ? node.elements.flatMap(valuesOf) : node.properties.flatMap(partsOf),
    );
    return values.size < 2 ? [] : [{ given: values, beside: values }];
  });
}

/** A table may be an object: `{ ab12: 42 }`. */
function partsOf(property: Node): readonly string[] {
  if (property.type !== "Property") return [];
  return [keyOf(property.key) ?? [], valuesOf(property.value)].flat();
}

function valuesOf(node: Node | null): readonly string[] {
  const value = node === null ? undefined : valueOf(node);
  return value === undefined ? [] : [value];
}

function valuesIn(nodes: readonly Node[]): ReadonlySet<string> {
  return new Set(nodes.flatMap(valuesOf));
}
