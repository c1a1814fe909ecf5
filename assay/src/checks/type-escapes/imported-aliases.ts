// Names that a file imports and that are `any` where they are declared.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, joinPath, pathInside, repoPath, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { anyAliases, type Aliases } from "./any-places.ts";

const aliasOfAny = /\btype\s+[\w$]+\s*(?:<[^=]*>)?\s*=\s*[^;]{0,80}?\bany\b/;

/** The names that a file imports and that are `any`. */
export type AliasFinder = (file: SourceFile) => Aliases;

/** Answers for the files of one change; each module that they import is looked at once. */
export function aliasFinder(context: ChangeContext): AliasFinder {
  const known = new Map<RepoPath, Aliases>();
  const aliasesIn = (path: RepoPath): Aliases => {
    const aliases = known.get(path) ?? exportedAliases(path, context);
    known.set(path, aliases);
    return aliases;
  };
  return (file) => importedAliases(file, context, aliasesIn);
}

function exportedAliases(path: RepoPath, context: ChangeContext): Aliases {
  const file = aliasOfAny.test(context.workspace.readText(path) ?? "") ? context.parse(path) : undefined;
  return file === undefined ? new Set() : anyAliases(file.program);
}

/** Only the modules of this repository that are imported by a relative path are looked at. */
function importedAliases(file: SourceFile, context: ChangeContext, aliasesIn: (path: RepoPath) => Aliases): Aliases {
  const names = new Set<string>();
  for (const node of file.program.body) {
    if (node.type !== "ImportDeclaration" || !node.source.value.startsWith(".")) continue;
    const path = moduleAt(file.path, node.source.value, context);
    if (path === undefined) continue;
    const aliases = aliasesIn(path);
    for (const specifier of node.specifiers) {
      if (specifier.type !== "ImportSpecifier" || specifier.imported.type !== "Identifier") continue;
      if (aliases.has(specifier.imported.name)) names.add(specifier.local.name);
    }
  }
  return names;
}

/** The file of a module; none where the specifier leads out of the repository. */
function moduleAt(from: RepoPath, specifier: string, { workspace }: ChangeContext): RepoPath | undefined {
  const path = pathInside(dirOf(from), specifier);
  if (path === undefined) return undefined;
  const stem = path.replace(/\.([cm]?)[jt]sx?$/, "");
  const files = [path, `${stem}.ts`, `${stem}.tsx`, `${stem}.d.ts`].map(repoPath);
  return [...files, joinPath(path, "index.ts")].find(
    (candidate) => workspace.tree.has(candidate) && /\.[cm]?tsx?$/.test(candidate),
  );
}
