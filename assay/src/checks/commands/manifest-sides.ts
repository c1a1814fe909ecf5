// The manifests of the packages at both ends of the change, and the texts that their scripts may start.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, isWithin, joinPath, nameOf, type RepoPath } from "../../model/paths.ts";
import { baseTextReader } from "../change/base-text.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { isObject } from "../../tools/output/json-output.ts";

export type Scripts = Readonly<Record<string, string>>;

export interface ManifestSide {
  /** Folders with a manifest. */
  readonly folders: readonly RepoPath[];
  /** Undefined where there is no manifest. */
  scriptsIn(dir: RepoPath): Scripts | undefined;
  /** What the manifest of a folder holds. */
  manifestIn(dir: RepoPath): Readonly<Record<string, unknown>> | undefined;
  /** Folders of the packages that a name or a path, given in the folder `from`, leads to. */
  foldersNamed(place: string, from: RepoPath): readonly RepoPath[];
  read(path: RepoPath): string | undefined;
}

export interface ManifestSides {
  readonly base: ManifestSide;
  readonly head: ManifestSide;
}

/** Both ends. What did not change is read from the head. */
export function manifestSides(context: ChangeContext): ManifestSides {
  const { pairs, workspace } = context;
  const unchanged = workspace.packages.map(({ dir, manifest }): [RepoPath, Manifest] => [dir, manifest.raw]);
  const head = new Map(unchanged);
  const base = new Map(unchanged);
  for (const { change, baseText, headText } of pairs) {
    if (nameOf(change.path) !== "package.json" || change.path.includes("node_modules/")) continue;
    set(head, dirOf(change.path), headText);
    base.delete(dirOf(change.path));
    set(base, dirOf(change.previousPath ?? change.path), baseText);
  }
  return {
    base: sideOf(base, baseTextReader(context)),
    head: sideOf(head, (path) => workspace.readText(path)),
  };
}

type Manifest = Readonly<Record<string, unknown>>;

function set(manifests: Map<RepoPath, Manifest>, dir: RepoPath, text: string | undefined): void {
  const manifest = objectIn(text);
  if (manifest !== undefined) manifests.set(dir, manifest);
}

function sideOf(
  manifests: ReadonlyMap<RepoPath, Manifest>,
  read: (path: RepoPath) => string | undefined,
): ManifestSide {
  return {
    folders: [...manifests.keys()],
    read,
    manifestIn: (dir) => manifests.get(dir),
    scriptsIn: (dir) => {
      const manifest = manifests.get(dir);
      return manifest === undefined ? undefined : scriptsOf(manifest);
    },
    foldersNamed: (place, from) =>
      [...manifests]
        .filter(([dir, { name }]) => placeMatches(place, typeof name === "string" ? name : undefined, dir, from))
        .map(([dir]) => dir),
  };
}

function scriptsOf(manifest: Manifest): Scripts {
  const { scripts } = manifest;
  if (!isObject(scripts)) return {};
  return Object.fromEntries(
    Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Is a package at this place, or one of this name? */
function placeMatches(place: string, name: string | undefined, dir: RepoPath, from: RepoPath): boolean {
  const bare = place
    .replace(/^\.\//u, "")
    .replace(/\/$|\.\.\.$/u, "")
    .replace(/^\.\.\./u, "");
  if (bare === name || (bare !== "" && bare === dir)) return true;
  try {
    return (
      joinPath(from, bare) === dir ||
      (bare.endsWith("/*") && isWithin(joinPath(from, bare.slice(0, -2)), dir) && dir !== "")
    );
  } catch {
    return false;
  }
}

/** The ranges at which manifests ask for a package. */
export function rangesOf(side: ManifestSide, name: string): readonly string[] {
  return side.folders.flatMap((dir) => {
    const { dependencies, devDependencies } = side.manifestIn(dir) ?? {};
    return [dependencies, devDependencies].flatMap((field) => {
      const range = isObject(field) ? field[name] : undefined;
      return typeof range === "string" ? [range] : [];
    });
  });
}

/** Packages whose programs have other names than they. */
const packagesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["attw", ["@arethetypeswrong/cli"]],
  ["biome", ["@biomejs/biome"]],
  ["commitlint", ["@commitlint/cli"]],
  ["markdownlint", ["markdownlint-cli", "markdownlint-cli2"]],
  ["ng", ["@angular/cli"]],
  ["jest", ["jest-cli", "react-scripts", "@jest/core", "@angular-builders/jest", "jest-preset-angular"]],
  ["playwright", ["@playwright/test", "playwright"]],
  ["stryker", ["@stryker-mutator/core"]],
  ["test-storybook", ["@storybook/test-runner"]],
  ["tap", ["libtap", "@tapjs/test"]],
  ["tsc", ["typescript"]],
  ["tsgo", ["@typescript/native-preview"]],
  ["vitest", ["vite-plus", "@analogjs/vitest-angular"]],
]);

/** Does a manifest ask for the package of a program? */
export function declaresProgram(side: ManifestSide, program: string): boolean {
  return [program, ...(packagesOf.get(program) ?? [])].some((name) => rangesOf(side, name).length > 0);
}

/** Is there another version of the package than there was? */
export function isUpgraded({ base, head }: ManifestSides, name: string): boolean {
  return rangesOf(base, name).join() !== rangesOf(head, name).join();
}
