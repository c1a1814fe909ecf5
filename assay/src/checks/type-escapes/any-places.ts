// Where a file gives a type up, and where `any` is only the way to say "whatever the caller has".
import type { Sighting } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { walk, type MethodDefinition, type Node, type TSType } from "../../source/walk.ts";
import { shortened } from "../change/shortened.ts";

/** By name what is `any` under another one. */
export type Aliases = ReadonlySet<string>;

type Ancestors = readonly Node[];

/** Worth a walk: what an escape is spelled with. */
export const mayEscape = /\b(?:any|Function)\b|TSFixMe|\bdeclare\s+module\b|\btypeof\s+(?:JSON|eval|Reflect)\b/;

/** What is written instead of `any` and means it. */
const anyQueries = /^typeof(?:JSON\.parse|eval|Reflect\.(?:get|apply))$/;

const knownAliases = new Set(["$TSFixMe", "$TSFixMeFunction", "TSFixMe"]);

/** Every place of a file where a type is given up, casts apart. */
export function* anyPlaces(file: SourceFile, imported: Aliases): Generator<Sighting> {
  const aliases = new Set([...knownAliases, ...imported, ...anyAliases(file.program)]);
  const found: Sighting[] = [];
  const overloaded = overloadedNames(file.program);
  walk(file.program, {
    enter(node, parent, ancestors) {
      const what = escapeOf(node, parent, aliases, file);
      if (what === undefined || isHonest(node, ancestors, overloaded)) return;
      found.push({
        at: node,
        message: what.message,
        fingerprint: `${what.kind}\n${nameAround(ancestors)}: ${typeAround(file.text, node, ancestors)}`,
      });
    },
  });
  yield* found;
}

interface Escape {
  readonly kind: string;
  readonly message: string;
}

const anyEscape: Escape = {
  kind: "any",
  message:
    "`any` switches the type checker off for whatever it reaches; write the real type, or `unknown` and narrow it",
};

function escapeOf(node: Node, parent: Node | null, aliases: Aliases, file: SourceFile): Escape | undefined {
  if (node.type === "TSAnyKeyword" || node.type === "TSJSDocUnknownType") return anyEscape;
  if (node.type === "TSTypeQuery") {
    const text = squeezed(file.text, node.start, node.end);
    return anyQueries.test(text)
      ? { ...anyEscape, message: `\`${text.replace("typeof", "typeof ")}\` gives \`any\`; write the real type` }
      : undefined;
  }
  if (node.type === "TSModuleDeclaration" && isWithoutBody(node)) {
    return { kind: "module", message: "a module declared without a body is `any` throughout; declare what it exports" };
  }
  if (node.type !== "TSTypeReference" || node.typeName.type !== "Identifier") return undefined;
  const { name } = node.typeName;
  if (aliases.has(name)) {
    return {
      kind: "any",
      message: `\`${shortened(name, 40)}\` is \`any\` by another name; write the real type, or \`unknown\` and narrow it`,
    };
  }
  if (name === "Function" && parent !== null && !namesOwnFunction(file)) {
    return { kind: "function", message: "`Function` takes any arguments and returns `any`; write the signature" };
  }
  return undefined;
}

/** Does the file give the name to a type of its own? */
function namesOwnFunction({ program }: SourceFile): boolean {
  return program.body.some((statement) => {
    if (statement.type === "ImportDeclaration")
      return statement.specifiers.some(({ local }) => local.name === "Function");
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    const isType = declared?.type === "TSTypeAliasDeclaration" || declared?.type === "TSInterfaceDeclaration";
    return (isType || declared?.type === "ClassDeclaration") && declared.id?.name === "Function";
  });
}

function isWithoutBody(node: Extract<Node, { type: "TSModuleDeclaration" }>): boolean {
  return node.id.type === "Literal" && !node.body && !/^\*?\.|[*]/.test(node.id.value);
}

/** The names of a file's aliases for `any`, also by way of one another. */
export function anyAliases(program: Node): Aliases {
  const bodies = new Map<string, TSType>();
  walk(program, {
    enter(node) {
      if (node.type === "TSTypeAliasDeclaration") bodies.set(node.id.name, node.typeAnnotation);
      return /^(?:Program|Export|TSModule|TSTypeAlias)/.test(node.type) ? undefined : "skip";
    },
  });
  const aliases = new Set<string>();
  for (let size = -1; size !== aliases.size;) {
    size = aliases.size;
    for (const [name, body] of bodies) if (isAny(body, aliases)) aliases.add(name);
  }
  return aliases;
}

function isAny(type: TSType, aliases: Aliases): boolean {
  if (type.type === "TSUnionType" || type.type === "TSIntersectionType")
    return type.types.some((each) => isAny(each, aliases));
  if (type.type === "TSArrayType") return isAny(type.elementType, aliases);
  if (type.type === "TSTypeReference" && type.typeName.type === "Identifier") return aliases.has(type.typeName.name);
  return type.type === "TSAnyKeyword";
}

/**
 * Positions in which `any` lets nothing through that was held before: a bound that a caller's own type stays below, the
 * arguments of a function that is only handed on, the body's signature below overloads that nobody sees.
 */
function isHonest(node: Node, ancestors: Ancestors, overloaded: ReadonlySet<string>): boolean {
  for (let index = ancestors.length - 1; index >= 0; index--) {
    const ancestor = ancestors[index];
    const child = ancestors[index + 1] ?? node;
    if (ancestor === undefined || isStatement(ancestor)) return false;
    if (ancestor.type === "TSTypeParameter") return ancestor.constraint === child;
    if (ancestor.type === "TSConditionalType" && (ancestor.extendsType === child || ancestor.checkType === child))
      return true;
    if (ancestor.type === "TSTypeOperator" && ancestor.operator === "keyof") return true;
    if (isCast(ancestor) && ancestor.typeAnnotation === child && isReportedCast(ancestor.typeAnnotation)) return true;
    if (ancestor.type === "RestElement" && isHandedOn(ancestors[index - 1], ancestors[index - 2])) return true;
    if (isImplementation(ancestor, overloaded) && child.type !== "BlockStatement") return true;
  }
  return false;
}

function isStatement({ type }: Node): boolean {
  return type.endsWith("Statement") || type === "Program";
}

function isCast(node: Node): node is Extract<Node, { type: "TSAsExpression" | "TSTypeAssertion" }> {
  return node.type === "TSAsExpression" || node.type === "TSTypeAssertion";
}

/** `unsafe-cast` has these. */
function isReportedCast(type: TSType): boolean {
  return isAny(type, new Set());
}

/** Is it the type of a function, or a constructor, to which mix-ins need `...args: any[]`? */
function isHandedOn(owner: Node | undefined, parent: Node | undefined): boolean {
  if (owner === undefined) return false;
  if (/^TS(?:Function|Constructor)Type$|^TS(?:Method|Call|Construct)Signature/.test(owner.type)) return true;
  return parent?.type === "MethodDefinition" && parent.kind === "constructor";
}

function isImplementation(node: Node, overloaded: ReadonlySet<string>): boolean {
  if (node.type === "FunctionDeclaration") return node.body !== null && overloaded.has(node.id?.name ?? "");
  return node.type === "MethodDefinition" && node.value.body !== null && overloaded.has(`.${keyOf(node)}`);
}

/** Functions that are declared without a body beside the one with; methods begin with a dot. */
function overloadedNames(program: Node): ReadonlySet<string> {
  const names = new Set<string>();
  walk(program, {
    enter(node) {
      if (node.type === "TSDeclareFunction" && node.id) names.add(node.id.name);
      if (node.type === "MethodDefinition" && node.value.body === null) names.add(`.${keyOf(node)}`);
    },
  });
  return names;
}

function keyOf({ key }: MethodDefinition): string {
  return key.type === "Identifier" || key.type === "PrivateIdentifier" ? key.name : "";
}

/** The name of what has the type: it stays when the code moves. */
function nameAround(ancestors: Ancestors): string {
  for (const node of ancestors.toReversed()) {
    if ("id" in node && node.id?.type === "Identifier") return node.id.name;
    if ("key" in node && (node.key?.type === "Identifier" || node.key?.type === "PrivateIdentifier"))
      return node.key.name;
    if (node.type === "Identifier") return node.name;
  }
  return "";
}

/** The outermost type that the place is in. */
function typeAround(text: string, node: Node, ancestors: Ancestors): string {
  const from = ancestors.findLastIndex(({ type }) => !type.startsWith("TS"));
  const whole = ancestors.slice(from + 1).find(({ type }) => type !== "TSTypeAnnotation") ?? node;
  return squeezed(text, whole.start, Math.min(whole.end, whole.start + 400));
}

function squeezed(text: string, start: number, end: number): string {
  return text.slice(start, end).replaceAll(/\s+/g, "");
}
