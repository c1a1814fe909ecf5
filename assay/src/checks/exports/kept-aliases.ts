// Old names that a change keeps for what it has renamed.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { publicNames, type PublicName } from "./public-names.ts";

/** Names that stood for themselves at the base and are now another name for one that is new. */
export function keptAliases(pairs: readonly FilePair[]): readonly Finding[] {
  const before = pairs.flatMap(({ base }) => (base ? publicNames(base) : []));
  const own = new Map(pairs.flatMap(namesThatWent).map((each) => [keyOf(each), each.alias]));
  const oldNames = new Set(before.map(keyOf));
  const heads = pairs.flatMap(({ head }) => (head ? [{ head, names: publicNames(head) }] : []));
  const newNames = new Set(heads.flatMap(({ names }) => names.map(keyOf)).filter((key) => !oldNames.has(key)));
  const members = heads.flatMap(({ head, names }) =>
    names
      .filter((each) => isKept(each, own, newNames))
      .map((each) => toFinding(head, each.start, each.name, each.alias ?? "")),
  );
  return [...members, ...pairs.flatMap(importsUnderOldNames)];
}

/** Names of the base that the file does not declare itself any more: another file may use a name for something else. */
function namesThatWent({ base, head }: FilePair): readonly PublicName[] {
  if (!base) return [];
  const staying = new Set((head ? publicNames(head) : []).filter(({ alias }) => alias === undefined).map(keyOf));
  return publicNames(base).filter((each) => !staying.has(keyOf(each)));
}

function isKept(
  each: PublicName,
  own: ReadonlyMap<string, string | undefined>,
  newNames: ReadonlySet<string>,
): boolean {
  const key = keyOf(each);
  if (each.alias === undefined || !own.has(key)) return false;
  if (each.owner === "" && own.get(key) === each.alias) return false;
  if (each.name === "default" && own.get(key) !== undefined) return false;
  // A member may stand for an export, as in `module.exports`, and the other way round.
  return (
    newNames.has(keyOf({ owner: each.owner, name: each.alias })) || newNames.has(keyOf({ owner: "", name: each.alias }))
  );
}

function keyOf({ owner, name }: Pick<PublicName, "owner" | "name">): string {
  return `${owner}.${name}`;
}

/** `import { loadConfig as readConfig } from "./config.ts"` where `readConfig` was imported from it before. */
function importsUnderOldNames({ base, head }: FilePair): readonly Finding[] {
  if (!base || !head) return [];
  const before = new Set(importedNames(base).map(({ imported }) => imported));
  return importedNames(head)
    .filter(({ imported, local }) => imported !== local && before.has(local) && !before.has(imported))
    .map(({ imported, local, start }) => toFinding(head, start, local, imported));
}

function importedNames({ program }: SourceFile): readonly { imported: string; local: string; start: number }[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration" || !/^(?:\.|#|~\/|@\/)/.test(statement.source.value)) return [];
    return statement.specifiers.flatMap((specifier) => {
      if (specifier.type !== "ImportSpecifier" || specifier.imported.type !== "Identifier") return [];
      return [{ imported: specifier.imported.name, local: specifier.local.name, start: specifier.start }];
    });
  });
}

function toFinding(file: SourceFile, start: number, name: string, target: string): Finding {
  const message = `"${name}" is kept as another name for "${target}"; rename its uses and delete it: there are no users yet`;
  return { path: file.path, line: file.lineOf(start), message };
}
