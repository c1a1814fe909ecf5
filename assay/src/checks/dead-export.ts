import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { nameOf, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Resolver } from "../source/resolve.ts";
import { isSourcePath } from "../source/role.ts";
import { descendants, type Node } from "../source/walk.ts";
import { isEntry } from "./exports/entry-modules.ts";
import { handWritten } from "./change/hand-written.ts";
import { publicNames, type PublicName } from "./exports/public-names.ts";
import { referencesOf } from "./imports/references.ts";

/**
 * Flags exports of which a change has taken the last import away, in a repository that says it has no users yet.
 *
 * Code that nobody calls is read, tested and carried along all the same, and looks as if something depended on it.
 *
 * What its own module still uses, what manifests name as an entry, an index and whatever is imported as a whole are
 * left alone.
 *
 * Not seen: exports that only tests import.
 */
export const deadExport: ChangeCheck = {
  id: "dead-export",
  kind: "change",
  summary: "The change took the last import of an export away and left the export",
  in: ["loop", "gate"],

  async inspect(context) {
    const dropped = (await handWritten(context)).flatMap(droppedImports);
    if (dropped.length === 0) return [];
    const { createResolver } = await import("../source/resolve.ts");
    const resolver = createResolver(context.workspace);
    const left = exportsOf(dropped, context, resolver);
    return [...left.values()].filter((each) => !isUsed(each, context, resolver)).map(toFinding);
  },
};

/** A name that a file no longer imports. */
interface Dropped {
  readonly from: RepoPath;
  readonly specifier: string;
  readonly name: string;
}

/** An export that was imported at the base. */
interface LeftExport {
  readonly file: SourceFile;
  readonly exported: PublicName;
}

function droppedImports({ change, base, head }: FilePair): readonly Dropped[] {
  if (!base) return [];
  // The same name may come from another module now.
  const keyOf = ({ name, specifier }: Omit<Dropped, "from">): string => `${name} ${specifier}`;
  const kept = new Set(head ? importedNames(head).map(keyOf) : []);
  const from = change.previousPath ?? change.path;
  return importedNames(base)
    .filter((each) => !kept.has(keyOf(each)))
    .map(({ name, specifier }) => ({ from, specifier, name }));
}

/** Names taken out of modules, in imports and in re-exports. */
function importedNames({ program }: SourceFile): readonly Omit<Dropped, "from">[] {
  return program.body.flatMap((statement) => {
    if (statement.type === "ExportNamedDeclaration" && statement.source) {
      const specifier = statement.source.value;
      return statement.specifiers.map(({ local }) => ({ specifier, name: textOf(local) }));
    }
    if (statement.type !== "ImportDeclaration") return [];
    const specifier = statement.source.value;
    return statement.specifiers.flatMap((each) => {
      if (each.type === "ImportDefaultSpecifier") return { specifier, name: "default" };
      return each.type === "ImportSpecifier" ? { specifier, name: textOf(each.imported) } : [];
    });
  });
}

function textOf(name: Extract<Node, { type: "ImportSpecifier" }>["imported"]): string {
  return name.type === "Literal" ? name.value : name.name;
}

function exportsOf(
  dropped: readonly Dropped[],
  context: ChangeContext,
  resolver: Resolver,
): ReadonlyMap<string, LeftExport> {
  const left = new Map<string, LeftExport>();
  for (const { from, specifier, name } of dropped) {
    const target = resolver.resolve(from, specifier, "import");
    if (target.kind !== "file" || isEntry(target.path, context.workspace)) continue;
    const file = context.parse(target.path);
    const exported = file && publicNames(file).find((each) => each.owner === "" && each.name === name);
    if (exported && !isUsedInside(file, exported)) left.set(`${target.path} ${name}`, { file, exported });
  }
  return left;
}

/** Does the name stand anywhere else than where it is declared and exported? */
function isUsedInside(file: SourceFile, { name, alias }: PublicName): boolean {
  if (name === "default") return false;
  let times = 0;
  for (const node of descendants(file.program)) {
    if ((node.type === "Identifier" || node.type === "JSXIdentifier") && node.name === name) times++;
    if (node.type === "ExportSpecifier") times -= node.local.start === node.exported.start ? 2 : 1;
    // What is imported under another name is another module's.
    if (node.type === "ImportSpecifier" && node.local.start !== node.imported.start && textOf(node.imported) === name)
      times--;
  }
  return alias === undefined && times > 1;
}

/** Does any module of the head import the name, or the whole module? */
function isUsed({ file, exported }: LeftExport, context: ChangeContext, resolver: Resolver): boolean {
  const stem = nameOf(file.path).replace(/\.[cm]?[jt]sx?$/, "");
  for (const { path } of context.workspace.tree.files) {
    if (path === file.path || !/\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?|html|json)$/.test(path)) continue;
    const text = context.workspace.readText(path);
    if (!text?.includes(stem)) continue;
    if (!isSourcePath(path)) {
      if (text.includes(exported.name) && !/\.(?:mdx?|json)$/.test(path)) return true;
      continue;
    }
    const other = context.parse(path);
    if (other && takes(other, file.path, exported.name, resolver)) return true;
  }
  return false;
}

function takes(other: SourceFile, target: RepoPath, name: string, resolver: Resolver): boolean {
  const leadsThere = (specifier: string): boolean => {
    const resolution = resolver.resolve(other.path, specifier, "import");
    return resolution.kind === "file" && resolution.path === target;
  };
  const named = importedNames(other);
  if (named.some((each) => each.name === name && leadsThere(each.specifier))) return true;
  const listed = new Set(named.map(({ specifier }) => specifier));
  return referencesOf(other).some(
    ({ specifier, start }) => leadsThere(specifier) && (!listed.has(specifier) || takesAll(other, start)),
  );
}

/** `import * as x`, `export * from`, `import()`, `require()`, `vi.mock()`: everything of the module may be used. */
function takesAll({ program }: SourceFile, start: number): boolean {
  const statement = program.body.find((each) => each.start === start);
  if (statement?.type === "ImportDeclaration")
    return statement.specifiers.some(({ type }) => type === "ImportNamespaceSpecifier");
  return statement?.type !== "ExportNamedDeclaration";
}

function toFinding({ file, exported: { name, start } }: LeftExport): Finding {
  const message = `nobody imports "${name}" any more, and its own module does not use it; delete it`;
  return { path: file.path, line: file.lineOf(start), message };
}
