// Finds where code can be told to report that it was executed, and where loops can be stopped.
import type { LineRange } from "../model/change.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Node } from "../source/walk.ts";
import { holdsMacro } from "./component-macros.ts";
import { isLoop, type Span } from "./mutator.ts";
import { walkRuntime } from "./runtime-code.ts";

/** A stretch of code that is executed as a whole, or not at all. */
export interface Probe extends Span {
  /** How the report gets in: before a statement of a list, in braces around a lone statement, or beside a value. */
  readonly form: "before" | "braces" | "value";
}

export interface LoopBody extends Span {
  readonly form: "block" | "lone";
}

export interface Probes {
  readonly probes: readonly Probe[];
  readonly loops: readonly LoopBody[];
  /** Each changed line that does something at run time, with the probes that tell whether it was executed. */
  readonly lines: ReadonlyMap<number, readonly number[]>;
}

/** Probes for the given lines, and every loop of the file. */
export function findProbes(file: SourceFile, changed: readonly LineRange[]): Probes {
  const found: Probe[] = [];
  const loops: LoopBody[] = [];
  walkRuntime(file.program, {
    enter(node, parent) {
      const probe = probeOf(node, parent);
      // What a compiler finds as the value of a field has to stay that.
      const isKept = parent?.type === "PropertyDefinition" && holdsMacro(file.path, file.text, node);
      if (probe && !isKept) found.push({ start: node.start, end: node.end, form: probe });
      if (isLoop(node))
        loops.push({
          start: node.body.start,
          end: node.body.end,
          form: node.body.type === "BlockStatement" ? "block" : "lone",
        });
    },
  });
  return { ...keepNeeded(found, linesOf(file, found, changed)), loops };
}

const runnable: ReadonlySet<Node["type"]> = new Set([
  "BreakStatement",
  "ClassDeclaration",
  "ContinueStatement",
  "DebuggerStatement",
  "DoWhileStatement",
  "ExportDefaultDeclaration",
  "ExportNamedDeclaration",
  "ExpressionStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "IfStatement",
  "LabeledStatement",
  "ReturnStatement",
  "SwitchStatement",
  "ThrowStatement",
  "TryStatement",
  "TSEnumDeclaration",
  "VariableDeclaration",
  "WhileStatement",
]);

const lists: ReadonlySet<Node["type"]> = new Set([
  "Program",
  "BlockStatement",
  "StaticBlock",
  "SwitchCase",
  "TSModuleBlock",
]);

const functionValues: ReadonlySet<Node["type"]> = new Set([
  "ArrowFunctionExpression",
  "FunctionExpression",
  "ClassExpression",
]);

function probeOf(node: Node, parent: Node | null): Probe["form"] | undefined {
  if (parent === null) return undefined;
  if (parent.type === "ArrowFunctionExpression")
    return parent.body === node && node.type !== "BlockStatement" ? "value" : undefined;
  // A function that is wrapped would lose the name it takes from its field.
  if (parent.type === "PropertyDefinition")
    return parent.value === node && !functionValues.has(node.type) ? "value" : undefined;
  if (!runnable.has(node.type) || isHoisted(node) || isDecorated(node)) return undefined;
  if (lists.has(parent.type)) return "before";
  return standsAlone(node, parent) ? "braces" : undefined;
}

/** `if (x) return`: the place where braces may stand. */
function standsAlone(node: Node, parent: Node): boolean {
  return parent.type === "IfStatement" || (isLoop(parent) && parent.body === node);
}

/** Nothing happens where a function is declared. */
function isHoisted(node: Node): boolean {
  if (node.type === "ExportDefaultDeclaration" || node.type === "ExportNamedDeclaration") {
    const declared = node.declaration;
    return (
      declared === null ||
      declared.type === "FunctionDeclaration" ||
      declared.type.startsWith("TSInterface") ||
      declared.type.startsWith("TSType")
    );
  }
  return false;
}

/** Decorators may stand before `export`, outside of the declaration's own span. */
function isDecorated(node: Node): boolean {
  if (node.type === "ExportDefaultDeclaration" || node.type === "ExportNamedDeclaration") {
    return node.declaration !== null && isDecorated(node.declaration);
  }
  return node.type === "ClassDeclaration" && node.decorators.length > 0;
}

function linesOf(file: SourceFile, probes: readonly Probe[], changed: readonly LineRange[]): Map<number, number[]> {
  const spans = probes.map(({ start, end }) => ({
    first: file.lineOf(start),
    last: file.lineOf(end),
  }));
  const texts = withoutComments(file).split("\n");
  const lines = new Map<number, number[]>();
  for (const range of changed) {
    for (let line = range.start; line <= range.end; line++) {
      if (!/[^\s{}()[\];,]/.test(texts[line - 1] ?? "")) continue;
      const starting = indexesWhere(spans, ({ first }) => first === line);
      // Probes are in source order: the last one that holds the line is the innermost.
      const holding = indexesWhere(spans, ({ first, last }) => first <= line && line <= last).slice(-1);
      const telling = starting.length > 0 ? starting : holding;
      if (telling.length > 0) lines.set(line, telling);
    }
  }
  return lines;
}

function indexesWhere<T>(items: readonly T[], holds: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (holds(item) ? [index] : []));
}

function withoutComments(file: SourceFile): string {
  let text = file.text;
  for (const { start, end } of file.comments) {
    text = text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, " ") + text.slice(end);
  }
  return text;
}

function keepNeeded(
  found: readonly Probe[],
  lines: ReadonlyMap<number, readonly number[]>,
): Pick<Probes, "probes" | "lines"> {
  const needed = [...new Set([...lines.values()].flat())];
  const renumbered = new Map(needed.map((old, index) => [old, index]));
  return {
    probes: needed.flatMap((index) => found[index] ?? []),
    lines: new Map([...lines].map(([line, probes]) => [line, probes.flatMap((probe) => renumbered.get(probe) ?? [])])),
  };
}
