// Every place in a file that names a module.
import type { SourceFile } from "../model/source-file.ts";
import { syntaxSpecifiers } from "../source/facts-syntax.ts";
import { computed, type SpecifierKind } from "../source/specifier.ts";
import { walk, type Node } from "../source/walk.ts";
import { constantString } from "./constants.ts";

export interface Reference {
  /** As it is at run time: constant concatenations and templates are put together. */
  readonly specifier: string;
  readonly kind: SpecifierKind;
  readonly start: number;
  /** Stands in a `try`: the program goes on without the module. */
  readonly optional: boolean;
}

const namesModules = /\bimport\b|\brequire|\bfrom\b|[mM]ock|\bURL\b|Actual/;

/** What a file names, in source order; what is worked out at run time is left out. */
export function referencesOf(file: SourceFile): readonly Reference[] {
  if (!namesModules.test(file.text)) return [];
  const found = new Map<string, Reference>();
  const firstArguments = new Map<number, string>();
  const guarded: Node[] = [];
  const add = (specifier: string | undefined, kind: SpecifierKind, start: number): void => {
    const text = specifier === computed ? firstArguments.get(start) : specifier;
    if (text === undefined) return;
    const optional = guarded.some((block) => block.start <= start && start < block.end);
    found.set(`${start} ${text}`, { specifier: text, kind, start, optional });
  };
  walk(file.program, {
    enter(node) {
      if (node.type === "ImportDeclaration") add(node.source.value, importKind(node), node.start);
      else if (node.type === "ExportAllDeclaration") add(node.source.value, exportKind(node), node.start);
      else if (node.type === "ExportNamedDeclaration") add(node.source?.value, exportKind(node), node.start);
      else if (node.type === "ImportExpression") add(constantString(node.source), "dynamic", node.start);
      else if (node.type === "TryStatement") guarded.push(node.block);
      else if (node.type === "CallExpression" || node.type === "NewExpression") {
        const text = node.arguments[0] && constantString(node.arguments[0]);
        if (text !== undefined) firstArguments.set(node.start, text);
      }
    },
  });
  syntaxSpecifiers(file.program, add);
  return [...found.values()].toSorted((a, b) => a.start - b.start);
}

function importKind(node: Extract<Node, { type: "ImportDeclaration" }>): SpecifierKind {
  if (node.importKind === "type") return "type";
  return node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier) ? "type" : "import";
}

function isTypeSpecifier(node: Node): boolean {
  return node.type === "ImportSpecifier" && node.importKind === "type";
}

function exportKind(node: { readonly exportKind?: "type" | "value" }): SpecifierKind {
  return node.exportKind === "type" ? "type" : "re-export";
}
