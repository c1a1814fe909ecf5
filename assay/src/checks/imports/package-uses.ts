// Which packages a file loads, by the names that a package manager knows.
import { isBuiltin } from "node:module";
import type { RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { packageNameOf } from "../../source/opaque.ts";
import type { SpecifierKind } from "../../source/specifier.ts";
import { referencesOf } from "./references.ts";

export interface PackageUse {
  readonly path: RepoPath;
  readonly line: number;
  readonly name: string;
  readonly specifier: string;
  readonly kind: SpecifierKind;
}

/** Forms that fail, or lose their types, when the package is not there. */
const loading: readonly SpecifierKind[] = ["import", "type", "re-export", "dynamic", "require"];

/** Names by convention of bundlers and frameworks, which no package can have or nobody publishes. */
const aliasName = /^(?:@\/|@@\/|[~$#/]|\.|@(?:site|theme|generated|theme-original|theme-init)\/|meteor\/|virtual[:-])/;

const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** What a file asks of packages in one of these forms, one use for each name, in source order. */
export function packageUses(file: SourceFile, forms: readonly SpecifierKind[] = loading): readonly PackageUse[] {
  const uses = new Map<string, PackageUse>();
  for (const { specifier, kind: form, start, optional, indirect } of referencesOf(file)) {
    if (form === "type" && isNoteForEditors(file, start)) continue;
    const kind = forms.find((each) => each === form);
    // A name that is kept in a variable is kept from bundlers: the program can do without.
    const name = optional || indirect || kind === undefined ? undefined : nameOf(specifier);
    if (kind === undefined || name === undefined || uses.has(name)) continue;
    uses.set(name, { path: file.path, line: file.lineOf(start), name, specifier, kind });
  }
  return [...uses.values()];
}

/** `@type {import("@jest/types").Config}` above a tool's configuration: no compiler reads it, and the tool brings its types. */
function isNoteForEditors({ path, comments, text }: SourceFile, at: number): boolean {
  if (!/\.config\.(?:[\w-]+\.)*[cm]?jsx?$/.test(path) || text.includes("@ts-check")) return false;
  return comments.some(({ start, end }) => start <= at && at < end);
}

function nameOf(raw: string): string | undefined {
  const specifier = raw.replace(/\?.*$/, "");
  if (specifier === "" || isBuiltin(specifier) || aliasName.test(specifier)) return undefined;
  // A scheme (`node:`, `https:`, `astro:`, `bun:`) or a loader (`!`) is no package's name.
  if (/[:!\s\\*]/.test(specifier)) return undefined;
  const name = packageNameOf(specifier);
  return packageName.test(name) && !isBuiltin(name) ? name : undefined;
}
