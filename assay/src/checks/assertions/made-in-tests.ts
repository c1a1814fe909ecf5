// Tests that took what they test from the program, and have it made in their own file now.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { isFunction } from "../../source/functions.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isAmongTests } from "../../source/role.ts";
import { descendants, type Node } from "../../source/walk.ts";
import { publicNames } from "../exports/public-names.ts";
import { fileAt, pathOf } from "../imports/module-world.ts";
import { testsOf } from "../test-code/test-bodies.ts";

export interface MadeInTest {
  readonly node: Node;
  readonly name: string;
  /** The module that the name was imported from. */
  readonly specifier: string;
}

/** One for each function that was imported from a module that still offers it, and that the test file now declares itself. */
export function madeInTests(context: ChangeContext, { base, head }: FilePair): readonly MadeInTest[] {
  if (!base || !head || testsOf(head).tests.length === 0) return [];
  const declared = declaredIn(head);
  if (declared.size === 0) return [];
  return importsOf(base).flatMap(({ name, imported, specifier }) => {
    const node = declared.get(name);
    if (!node || !isOffered(context, base, specifier, imported)) return [];
    return handsOn(head, node) ? [] : [{ node, name, specifier }];
  });
}

interface Imported {
  readonly name: string;
  readonly imported: string;
  readonly specifier: string;
}

function importsOf(file: SourceFile): readonly Imported[] {
  return file.program.body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith(".")) return [];
    return statement.specifiers.flatMap((each) =>
      each.type === "ImportSpecifier" && each.imported.type === "Identifier"
        ? [{ name: each.local.name, imported: each.imported.name, specifier: statement.source.value }]
        : [],
    );
  });
}

/** Functions and classes that the file declares at its top, by name. */
function declaredIn({ program }: SourceFile): ReadonlyMap<string, Node> {
  return new Map(program.body.flatMap((statement) => namedCode(statement)));
}

function namedCode(statement: Node): readonly (readonly [string, Node])[] {
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    return statement.id && statement.body ? [[statement.id.name, statement]] : [];
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ id, init }): readonly (readonly [string, Node])[] =>
    id.type === "Identifier" && init && (isFunction(init) || init.type === "ClassExpression") ? [[id.name, init]] : [],
  );
}

/** Is it still there to be imported? */
function isOffered(context: ChangeContext, { path }: SourceFile, specifier: string, wanted: string): boolean {
  const place = pathOf(path, specifier, "import");
  const found = place === undefined ? undefined : fileAt(place, (each) => context.workspace.tree.has(each));
  const module = found === undefined || isAmongTests(found) ? undefined : context.parse(found);
  return module !== undefined && publicNames(module).some(({ owner, name }) => owner === "" && name === wanted);
}

/** Does it call the program, as a helper does? Everything that the file imports beside it is the program's. */
function handsOn(file: SourceFile, node: Node): boolean {
  const names = new Set(importsOf(file).map(({ name }) => name));
  return [...descendants(node)].some(
    (each) =>
      each.type === "ImportExpression" ||
      (each.type === "Identifier" && (names.has(each.name) || each.name === "require")),
  );
}
