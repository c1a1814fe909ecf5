// What modules exported before a change and do not any more, and who uses it.
import type { FilePair } from "../../model/check.ts";
import { dirOf, joinPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import type { ExportNamedDeclaration } from "../../source/walk.ts";

/** Where the modules are that a file imports from beside it, without their extension. */
export function modulesOf(file: SourceFile): readonly string[] {
  return file.program.body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith(".")) return [];
    const path = withoutExtension(joinPath(dirOf(file.path), statement.source.value));
    return [path, `${path}/index`];
  });
}

/** Stands for all modules of a change together. */
const anywhere = "";

/** Under which names a file uses what the modules it imports do not export any more. */
export function lostImports(file: SourceFile, lostOf: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return file.program.body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration") return [];
    const specifier = statement.source.value;
    const path = withoutExtension(joinPath(dirOf(file.path), specifier));
    // By its name a package may be this one.
    const lost = specifier.startsWith(".") ? (lostOf.get(path) ?? lostOf.get(`${path}/index`)) : lostOf.get(anywhere);
    if (!lost) return [];
    return statement.specifiers.flatMap((specifier) => {
      const imported =
        specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier" ? specifier.imported.name : "";
      return lost.has(imported) ? [specifier.local.name] : [];
    });
  });
}

/** By module, what it exported and does not any more; and what none of them exports any more. */
export function lostExports(program: readonly FilePair[]): ReadonlyMap<string, ReadonlySet<string>> {
  const lost = new Map<string, ReadonlySet<string>>();
  for (const { base, head } of program) {
    const before = exportsOf(base);
    if (base === undefined || before.length === 0 || head === undefined) continue;
    const after = new Set(exportsOf(head));
    const names = before.filter((name) => !after.has(name));
    if (names.length > 0 && !after.has("*")) lost.set(withoutExtension(base.path), new Set(names));
  }
  const still = new Set(program.flatMap(({ head }) => exportsOf(head)));
  const gone = program.flatMap(({ base }) => exportsOf(base)).filter((name) => !still.has(name));
  if (gone.length > 0) lost.set(anywhere, new Set(gone));
  return lost;
}

function exportsOf(file: SourceFile | undefined): readonly string[] {
  return (file?.program.body ?? []).flatMap((statement) => {
    if (statement.type === "ExportAllDeclaration") return ["*"];
    if (statement.type !== "ExportNamedDeclaration") return [];
    const listed = statement.specifiers.flatMap(({ exported }) => (exported.type === "Literal" ? [] : [exported.name]));
    return listed.concat(declaredNames(statement.declaration));
  });
}

function declaredNames(declaration: ExportNamedDeclaration["declaration"]): readonly string[] {
  const declarations = declaration?.type === "VariableDeclaration" ? declaration.declarations : [declaration];
  return declarations.flatMap((each) => {
    const named = each && "id" in each ? each.id : null;
    return named?.type === "Identifier" ? [named.name] : [];
  });
}

export function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}
