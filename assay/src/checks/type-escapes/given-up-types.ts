// Types that were written out and are `object` or `{}` now: nearly everything fits them, and nothing is known of it.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isFunction } from "../../source/functions.ts";
import { walk, type Node, type TSType } from "../../source/walk.ts";
import { shortened } from "../change/shortened.ts";

/** Of annotations that stay where they are; new ones may have their reasons. */
export function givenUpTypes({ base, head }: FilePair): readonly Finding[] {
  if (base?.role !== "source" || head?.role !== "source" || !mayGiveUp.test(head.text)) return [];
  const now = annotationsIn(head);
  const escapes = [...now].filter(([, { type }]) => escapeOf(type) !== undefined);
  if (escapes.length === 0) return [];
  const before = annotationsIn(base);
  return escapes.flatMap(([key, { type, place }]): readonly Finding[] => {
    const was = (before.get(key) ?? renamedAt(place, before, now))?.type;
    const escape = escapeOf(type);
    if (was === undefined || escape === undefined || saysNothing(was)) return [];
    const text = shortened(base.text.slice(was.start, was.end).replaceAll(/\s+/g, " "), 40);
    const message = `\`${escape}\` took the place of \`${text}\`, and fits nearly everything; keep the type, or narrow \`unknown\``;
    return [{ path: head.path, line: head.lineOf(type.start), message }];
  });
}

const mayGiveUp = /\bobject\b|\bObject\b|\{\s*\}/;

/** As it is written. */
function escapeOf(type: TSType): string | undefined {
  if (type.type === "TSObjectKeyword") return "object";
  if (type.type === "TSTypeLiteral") return type.members.length === 0 ? "{}" : undefined;
  if (type.type === "TSUnionType") return type.types.map(escapeOf).find((each) => each !== undefined);
  if (type.type === "TSArrayType") return escapeOf(type.elementType);
  if (type.type === "TSTypeOperator") return escapeOf(type.typeAnnotation);
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return undefined;
  if (type.typeName.name === "Object") return "Object";
  return /^(?:Promise|(?:Readonly)?Array)$/.test(type.typeName.name)
    ? type.typeArguments?.params.map(escapeOf).find((each) => each !== undefined)
    : undefined;
}

function saysNothing(type: TSType): boolean {
  return escapeOf(type) !== undefined || /^TS(?:Any|Unknown|Never|Void|Undefined)Keyword$/.test(type.type);
}

interface Annotation {
  readonly type: TSType;
  /** Of a parameter: its function, and which one it is. */
  readonly place?: string;
}

type Annotations = ReadonlyMap<string, Annotation>;

/** The parameter that stood in a place, unless it has another one now. */
function renamedAt(place: string | undefined, before: Annotations, now: Annotations): Annotation | undefined {
  if (place === undefined) return undefined;
  const [name, was] = [...before].find(([, each]) => each.place === place) ?? [];
  return name === undefined || now.has(name) ? undefined : was;
}

/** By the names that they stand below. */
function annotationsIn(file: SourceFile): Annotations {
  const found = new Map<string, Annotation>();
  walk(file.program, {
    enter(node, _parent, ancestors) {
      const around = [...ancestors, node]
        .map(nameOf)
        .filter((name) => name !== "")
        .join(".");
      if (isFunction(node)) {
        if (node.returnType) found.set(`${around}()`, { type: node.returnType.typeAnnotation });
        for (const [index, param] of node.params.entries()) {
          const type = annotationOf(param);
          const place = `${around}(${index}`;
          if (type !== undefined) found.set(`${around}(${parameterName(param) ?? index}`, { type, place });
        }
      } else if (node.type === "TSTypeAliasDeclaration") found.set(`type ${around}`, { type: node.typeAnnotation });
      else if (node.type === "TSPropertySignature" || node.type === "PropertyDefinition") {
        if (node.typeAnnotation) found.set(`${around}:`, { type: node.typeAnnotation.typeAnnotation });
      } else if (node.type === "VariableDeclarator") {
        const type = annotationOf(node.id);
        if (type !== undefined) found.set(`${around}:`, { type });
      }
    },
  });
  return found;
}

function annotationOf(node: Node): TSType | undefined {
  if (node.type === "AssignmentPattern") return annotationOf(node.left);
  if (node.type === "TSParameterProperty") return annotationOf(node.parameter);
  return "typeAnnotation" in node && node.typeAnnotation?.type === "TSTypeAnnotation"
    ? node.typeAnnotation.typeAnnotation
    : undefined;
}

function parameterName(node: Node): string | undefined {
  if (node.type === "AssignmentPattern") return parameterName(node.left);
  if (node.type === "TSParameterProperty") return parameterName(node.parameter);
  return node.type === "Identifier" ? node.name : undefined;
}

/** What a node is called, if it has a name. */
function nameOf(node: Node): string {
  if ("id" in node && node.id?.type === "Identifier") return node.id.name;
  if ("key" in node && (node.key?.type === "Identifier" || node.key?.type === "PrivateIdentifier"))
    return node.key.name;
  return "";
}
