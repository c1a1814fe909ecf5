// What shipped modules load, and the manifest has for those who work on the package alone.
import type { ChangeContext } from "../../model/check.ts";
import { joinPath, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { packageOf } from "../../model/workspace.ts";
import { bindingsOf } from "../syntax/bindings.ts";
import { handWritten } from "../change/hand-written.ts";
import { remembered } from "../change/remembered.ts";
import { baseTextReader } from "../change/base-text.ts";
import { readNames, usedFields, type ManifestNames } from "./manifest-names.ts";
import { packageUses, type PackageUse } from "./package-uses.ts";
import { shippedModules } from "./shipped-modules.ts";

/** Forms that load a package with the module. What a program asks for later it may do without. */
const atStart = ["import", "re-export", "require"] as const;

const forUsers = [...usedFields, "bundledDependencies", "bundleDependencies"];

/** New ones: what was loaded so before is old debt, unless the change moved its declaration. */
export async function developmentUses(context: ChangeContext): Promise<readonly PackageUse[]> {
  const readBase = baseTextReader(context);
  const headOf = remembered((dir: RepoPath) => namesOf(context.workspace.readText(manifestIn(dir))));
  const baseOf = remembered((dir: RepoPath) => namesOf(readBase(manifestIn(dir))));
  const shipped = remembered((dir: RepoPath) => shippedModules(context, dir));
  const isOfDevelopment = ({ path, name }: PackageUse): boolean => {
    const dir = packageOf(context.workspace, path)?.dir;
    const names = dir === undefined ? undefined : headOf(dir);
    return (
      names !== undefined && names.development.has(name) && !names.users.declared.has(name) && names.users.name !== name
    );
  };
  // Whether a name is used as a value is asked of few: it takes reading the whole file.
  const loadedBy = (file: SourceFile): readonly PackageUse[] =>
    packageUses(file, atStart).filter((use) => isOfDevelopment(use) && isThere(file, use));
  const before = new Set(
    context.pairs.flatMap(({ base }) => (base ? loadedBy(base) : [])).map((use) => keyOf(context, use)),
  );
  const isMoved = (use: PackageUse): boolean =>
    baseOf(packageOf(context.workspace, use.path)?.dir ?? use.path)?.users.declared.has(use.name) ?? false;
  const heads = (await handWritten(context)).flatMap(({ head }) => head ?? []);
  const changed = new Set(heads.map(({ path }) => path));
  const suspects = [
    ...heads.flatMap(loadedBy).filter((use) => isMoved(use) || !before.has(keyOf(context, use))),
    ...movedAway(context, headOf, baseOf).flatMap(({ dir, name }) =>
      [...(shipped(dir) ?? [])]
        .filter((path) => !changed.has(path))
        .flatMap((path) => {
          const file = context.parse(path);
          return file ? loadedBy(file).filter((use) => use.name === name) : [];
        }),
    ),
  ];
  return suspects.filter(({ path }) => shipped(packageOf(context.workspace, path)?.dir ?? path)?.has(path) === true);
}

interface Declared {
  readonly users: ManifestNames;
  readonly development: ReadonlySet<string>;
}

function namesOf(text: string | undefined): Declared | undefined {
  const users = readNames(text, forUsers);
  return users && { users, development: readNames(text, ["devDependencies"])?.declared ?? new Set() };
}

function keyOf({ workspace }: ChangeContext, { path, name }: PackageUse): string {
  return `${packageOf(workspace, path)?.dir} ${name}`;
}

type Read = (dir: RepoPath) => Declared | undefined;

/** Declared for users before, and for development now. */
function movedAway(
  { workspace, pairs }: ChangeContext,
  headOf: Read,
  baseOf: Read,
): readonly { readonly dir: RepoPath; readonly name: string }[] {
  const changed = new Set(pairs.map(({ change }) => change.path));
  return workspace.packages
    .filter(({ dir }) => changed.has(manifestIn(dir)))
    .flatMap(({ dir }) => {
      const now = headOf(dir);
      const before = [...(baseOf(dir)?.users.declared ?? [])];
      return before
        .filter((name) => now?.development.has(name) === true && !now.users.declared.has(name))
        .map((name) => ({ dir, name }));
    });
}

/** Is the package there when the module is loaded, and not for its types alone? */
function isThere(file: SourceFile, { kind, name }: PackageUse): boolean {
  if (kind === "re-export") return !/\.[cm]?tsx?$/.test(file.path);
  return kind === "require" || isUsed(file, name);
}

/** The compiler takes an import out of which only types are used, and what it hands on may be a type. */
function isUsed(file: SourceFile, name: string): boolean {
  const bindings = bindingsOf(file);
  return file.program.body.some((statement) => {
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") return false;
    const { value } = statement.source;
    if (value !== name && !value.startsWith(`${name}/`)) return false;
    if (statement.specifiers.length === 0) return true;
    return statement.specifiers.some(({ local }) => {
      const binding = bindings.bindingOf(local);
      return (
        binding !== undefined && bindings.usesOf(binding).some((use) => isValue(bindings.parentOf(use)?.type ?? ""))
      );
    });
  });
}

function isValue(parent: string): boolean {
  return !/^TS(?!AsExpression|NonNull|Satisfies|Instantiation)|^ExportSpecifier$/.test(parent);
}

function manifestIn(dir: RepoPath): RepoPath {
  return joinPath(dir, "package.json");
}
