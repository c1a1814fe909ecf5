// Writes code the plain way, so that one pattern finds what can be written in many.
import { repoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { parseSource } from "../../source/parse.ts";
import { walk, type Node } from "../../source/walk.ts";
import { constantString } from "../syntax/constants.ts";
import { aliasesIn, bareOf, isChain } from "./aliases.ts";

export interface PlainForm {
  readonly text: string;
  /** The offset in the file of what stands at an offset of the plain text. */
  readonly originOf: (offset: number) => number;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * `a["b"]`, `a?.b`, `a!.b`, `(a as any).b`, `globalThis.a.b`, `(0, a.b)` become `a.b`; `f.call(a, b)` becomes `f(b)`;
 * constant strings get double quotes; names that stand for another, by an import or a constant, become that other.
 *
 * There are two where what is imported may be called by its own name or as its module's.
 *
 * Not seen: values that go through a function, an object of the program's own or another module.
 */
export function plainForms(file: SourceFile): readonly PlainForm[] {
  const aliases = aliasesIn(file);
  const edits: Edit[] = [];
  const uses: Identifier[] = [];
  walk(file.program, {
    enter(node, parent, ancestors) {
      edits.push(...editsAt(file.text, node));
      if (node.type === "Identifier" && isUse(node, parent, ancestors.at(-2))) uses.push(node);
      const constant = stringAt(node, parent);
      if (constant === undefined) return undefined;
      edits.push({ start: node.start, end: node.end, text: constant });
      return "skip";
    },
  });
  const own = applied(file.text, [...edits, ...uses.flatMap((use) => aliasAt(aliases.own, use, file.text))]);
  const qualified = applied(file.text, [
    ...edits,
    ...uses.flatMap((use) => aliasAt(aliases.qualified, use, file.text)),
  ]);
  return own.text === qualified.text ? [own] : [own, qualified];
}

/** The pattern as it must be to be found in plain text. Where it is no program of its own, it stays. */
export function plainPattern(pattern: string): string {
  const file = parseSource(repoPath("pattern.tsx"), pattern);
  return (file.syntaxErrors.length > 0 ? undefined : plainForms(file)[0]?.text) ?? pattern;
}

type Identifier = Extract<Node, { type: "Identifier" }>;

function editsAt(text: string, node: Node): readonly Edit[] {
  if (node.type === "MemberExpression") return memberEdits(text, node);
  // `new Date` is `new Date()`.
  if (node.type === "NewExpression" && node.end === node.callee.end)
    return [{ start: node.end, end: node.end, text: "()" }];
  return node.type === "CallExpression" ? callEdits(text, node) : [];
}

const globals = new Set(["globalThis", "global", "window", "self"]);

function memberEdits(text: string, node: Extract<Node, { type: "MemberExpression" }>): readonly Edit[] {
  const name = memberName(node);
  if (name === undefined) return [];
  const object = bareOf(node.object);
  const rest = node.computed ? { end: node.end, text: name } : { end: node.property.start, text: "" };
  if (object.type === "Identifier" && globals.has(object.name)) {
    return [{ start: node.start, end: rest.end, text: rest.text }];
  }
  if (isChain(object)) {
    return [
      { start: node.start, end: object.start, text: "" },
      { start: object.end, end: rest.end, text: `.${rest.text}` },
    ];
  }
  const mark = text.lastIndexOf(node.computed ? "[" : ".", node.property.start - 1);
  const start = node.optional ? text.lastIndexOf("?.", mark) : mark;
  return start < node.object.end ? [] : [{ start, end: rest.end, text: `.${rest.text}` }];
}

function memberName({ computed, property }: Extract<Node, { type: "MemberExpression" }>): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  const name = constantString(property);
  return name !== undefined && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : undefined;
}

function callEdits(text: string, node: Extract<Node, { type: "CallExpression" }>): readonly Edit[] {
  const callee = bareOf(node.callee);
  const open = text.indexOf("(", node.callee.end);
  if (isChain(callee) && node.start < callee.start && !node.typeArguments && open >= 0) {
    return [
      { start: node.start, end: callee.start, text: "" },
      { start: callee.end, end: open, text: "" },
    ];
  }
  if (callee.type === "MemberExpression") {
    const indirect = indirectCall(node, callee);
    if (indirect !== undefined) return [indirect];
  }
  const mark = node.optional ? text.indexOf("?.", node.callee.end) : -1;
  return mark < 0 ? [] : [{ start: mark, end: mark + 2, text: "" }];
}

/** `f.call(a, b)` and `f.apply(a, [b])`. */
function indirectCall(
  node: Extract<Node, { type: "CallExpression" }>,
  callee: Extract<Node, { type: "MemberExpression" }>,
): Edit | undefined {
  const name = memberName(callee);
  const object = bareOf(callee.object);
  if ((name !== "call" && name !== "apply") || object.type !== "MemberExpression") return undefined;
  const first = node.arguments[1];
  const open = name === "apply" ? "(..." : "(";
  if (first === undefined) return { start: object.end, end: node.end, text: "()" };
  return { start: object.end, end: first.start, text: open };
}

/** A constant string in double quotes, where it can stand in them as it is. */
function stringAt(node: Node, parent: Node | null): string | undefined {
  if (node.type !== "Literal" && node.type !== "TemplateLiteral" && node.type !== "BinaryExpression") return undefined;
  if (parent?.type === "TaggedTemplateExpression" || parent?.type === "TemplateLiteral") return undefined;
  const value = constantString(node);
  return value === undefined || /["\\\n\r]/.test(value) ? undefined : `"${value}"`;
}

/** Is it read here, rather than declared, or the name of a property? */
function isUse(node: Node, parent: Node | null, around: Node | undefined): boolean {
  if (parent === null) return true;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "Property") {
    return around?.type === "ObjectExpression" && parent.value === node && !parent.shorthand;
  }
  const reads: ReadonlySet<string> = readers;
  return reads.has(parent.type) && !("id" in parent && parent.id === node) && !("params" in parent);
}

const readers = new Set([
  "ArrayExpression",
  "AssignmentExpression",
  "AwaitExpression",
  "BinaryExpression",
  "CallExpression",
  "ChainExpression",
  "ConditionalExpression",
  "ExpressionStatement",
  "JSXExpressionContainer",
  "LogicalExpression",
  "NewExpression",
  "ReturnStatement",
  "SequenceExpression",
  "SpreadElement",
  "TaggedTemplateExpression",
  "TemplateLiteral",
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "UnaryExpression",
  "VariableDeclarator",
]);

function aliasAt(aliases: ReadonlyMap<string, string>, node: Identifier, text: string): readonly Edit[] {
  const plain = aliases.get(node.name);
  // One that is written with escapes is longer than its name.
  const end = text.startsWith(node.name, node.start) ? node.start + node.name.length : node.end;
  return plain === undefined ? [] : [{ start: node.start, end, text: plain }];
}

/** Edits that lie inside another are left out. */
function applied(text: string, edits: readonly Edit[]): PlainForm {
  const pieces: { readonly at: number; readonly from: number; readonly length: number }[] = [];
  let plain = "";
  let position = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < position || edit.start > edit.end) continue;
    pieces.push({ at: plain.length, from: position, length: edit.start - position });
    plain += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  pieces.push({ at: plain.length, from: position, length: text.length - position });
  return {
    text: plain + text.slice(position),
    originOf: (offset) => {
      const piece = pieces.findLast(({ at }) => at <= offset) ?? { at: 0, from: 0, length: 0 };
      // Inside what was put in: where it was put.
      return piece.from + Math.min(offset - piece.at, piece.length);
    },
  };
}
