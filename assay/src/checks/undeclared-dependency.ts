import type { ChangeCheck, ChangeContext } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import { isWithin, rootDir, type RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { packageOf } from "../model/workspace.ts";
import { isSourcePath } from "../source/role.ts";
import { createDeclarations, type Declarations } from "./imports/declarations.ts";
import { handWritten } from "./change/hand-written.ts";
import { packageUses, type PackageUse } from "./imports/package-uses.ts";
import { providedElsewhere } from "./imports/provided-modules.ts";

/**
 * Flags packages that a file imports and no manifest declares for it, where that is new, and those that a published package
 * declares for its development and loads in modules that it ships as they are.
 *
 * What is not declared happens to be installed today, by way of another package, and is gone or different tomorrow.
 *
 * A workspace package answers with its own manifest; for tests, scripts and tools' configuration the root's counts
 * too. An `@types/x` declares `x`. Also flagged: a dependency taken out of a manifest while a file still imports it.
 *
 * Not seen: names that are worked out at run time, imports in a `try`, modules made by plug-ins, and packages that the
 * same workspace package already used undeclared.
 */
export const undeclaredDependency: ChangeCheck = {
  id: "undeclared-dependency",
  kind: "change",
  summary: "A package is imported that no manifest declares",
  in: ["loop", "gate"],

  async inspect(context) {
    const declarations = createDeclarations(context);
    const suspects = [...(await changedUses(context, declarations)), ...orphans(context, declarations)];
    const fresh = oncePerManifest(suspects, declarations).filter((use) => !wasUndeclared(use, context, declarations));
    const provided = fresh.length === 0 ? () => false : await providedElsewhere(context, declarations);
    const undeclared = fresh.filter((use) => !provided(use)).map((use) => toFinding(use, declarations));
    const ofDevelopment = oncePerManifest(await usesOfDevelopment(context), declarations).map(toDevelopmentFinding);
    return [...undeclared, ...ofDevelopment];
  },
};

/** Only what is published has users who lack what its developers have. */
async function usesOfDevelopment(context: ChangeContext): Promise<readonly PackageUse[]> {
  const isConcerned = context.workspace.packages.some(
    ({ manifest }) => manifest.raw["private"] !== true && Object.keys(manifest.devDependencies).length > 0,
  );
  if (!isConcerned) return [];
  const { developmentUses } = await import("./imports/development-only.ts");
  return developmentUses(context);
}

async function changedUses(context: ChangeContext, declarations: Declarations): Promise<readonly PackageUse[]> {
  const heads = (await handWritten(context)).flatMap(({ head }) => head ?? []);
  return heads.flatMap((head) => undeclaredIn(head, declarations));
}

/** The first place stands for all: there is one thing to do about them. */
function oncePerManifest(uses: readonly PackageUse[], declarations: Declarations): readonly PackageUse[] {
  const first = new Map<string, PackageUse>();
  for (const use of uses) {
    const key = `${declarations.manifestFor(use.path)} ${use.name}`;
    if (!first.has(key)) first.set(key, use);
  }
  return [...first.values()];
}

function undeclaredIn(file: SourceFile, declarations: Declarations): readonly PackageUse[] {
  if (declarations.manifestFor(file.path) === undefined) return [];
  return packageUses(file).filter((use) => !declarations.isDeclared(use));
}

/** Uses, in files that did not change, of what a changed manifest no longer declares. */
function* orphans(context: ChangeContext, declarations: Declarations): Generator<PackageUse> {
  for (const { dir, name } of declarations.removed()) {
    for (const file of otherFilesNaming(context, dir, name)) {
      yield* undeclaredIn(file, declarations)
        .filter((use) => use.name === name)
        .slice(0, 1);
    }
  }
}

/** Did the package use this undeclared before the change? Then it is old debt. */
function wasUndeclared(use: PackageUse, context: ChangeContext, declarations: Declarations): boolean {
  if (declarations.wasDeclared(use)) return false;
  const dir = packageOf(context.workspace, use.path)?.dir ?? rootDir;
  const uses = (file: SourceFile | undefined): boolean =>
    file !== undefined && packageUses(file).some(({ name }) => name === use.name);
  const inChange = context.pairs.some(
    ({ base }) => base && (packageOf(context.workspace, base.path)?.dir ?? rootDir) === dir && uses(base),
  );
  const cameWithIt = context.pairs.some(
    ({ base, change }) =>
      base !== undefined &&
      change.path === use.path &&
      base.path !== use.path &&
      uses(base) &&
      !declarations.wasDeclaredAbove({ path: base.path, name: use.name }),
  );
  return inChange || cameWithIt || [...otherFilesNaming(context, dir, use.name)].some(uses);
}

function* otherFilesNaming(context: ChangeContext, dir: RepoPath, name: string): Generator<SourceFile> {
  const changed = new Set(context.pairs.map(({ change }) => change.path));
  for (const { path } of context.workspace.tree.files) {
    if (!isSourcePath(path) || changed.has(path) || !isWithin(dir, path)) continue;
    if ((packageOf(context.workspace, path)?.dir ?? rootDir) !== dir || !quotes(context.workspace.readText(path), name))
      continue;
    const file = context.parse(path);
    if (file) yield file;
  }
}

function quotes(text = "", name: string): boolean {
  return ['"', "'", "`"].some((quote) => text.includes(`${quote}${name}${quote}`) || text.includes(`${quote}${name}/`));
}

function toFinding({ path, line, name }: PackageUse, declarations: Declarations): Finding {
  const manifest = declarations.manifestFor(path) ?? "package.json";
  return {
    path,
    line,
    message: `imports "${name}", which ${manifest} does not declare; add it there or take the import out`,
  };
}

function toDevelopmentFinding({ path, line, name }: PackageUse): Finding {
  return {
    path,
    line,
    message: `imports "${name}", which is declared for development only, and ships; move it to \`dependencies\``,
  };
}
