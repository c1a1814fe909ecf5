// The modules that a published package ships as they are: no bundler puts what they import among them. In doubt none.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, isWithin, joinPath, pathInside, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Manifest } from "../../model/workspace.ts";
import { isSourcePath } from "../../source/role.ts";
import { isObject } from "../../tools/output/json-output.ts";
import { isShipped } from "./declarations.ts";
import { fileAt, pathOf } from "./module-world.ts";
import { referencesOf } from "./references.ts";

const bundlers =
  /(?:^|[\s/"@])(?:rollup|rolldown|webpack|rspack|rsbuild|rslib|esbuild|tsup|tsdown|unbuild|vite|vite-plus|microbundle|parcel|bunchee|pkgroll|ncc|obuild|robuild|preconstruct|packemon|nx|bob|wireit|next|nuxt|astro|expo|electron|svelte-package|ng-packagr|sku|father|dumi|umi|mkdist|browserify|metro)(?=$|[\s/"@:-])|\bbun build\b/;
const compiles = /(?:^|[\s&;|/])(?:tsc|tsgo|tsc6|vue-tsc)(?![^&;|]*--noEmit)(?=$|[\s&;|])/;

/** Files that whoever installs the package of a folder loads. Undefined where nobody can tell. */
export function shippedModules(context: ChangeContext, dir: RepoPath): ReadonlySet<RepoPath> | undefined {
  const own = context.workspace.packages.find((each) => each.dir === dir)?.manifest;
  const root = context.workspace.packages.find((each) => each.dir === rootDir)?.manifest;
  if (own === undefined || own.name === null || own.raw["private"] === true || isReplaced(own.raw["publishConfig"]))
    return undefined;
  if ([own, root].some((manifest) => manifest !== undefined && isBundled(manifest))) return undefined;
  const isCompiled = Object.values(own.scripts).some((script) => compiles.test(script));
  const entries = entriesOf(own).flatMap((entry) => sourcesOf(context, dir, entry, isCompiled));
  return entries.length === 0 ? undefined : reachedFrom(context, dir, entries);
}

function isReplaced(publishConfig: unknown): boolean {
  return isObject(publishConfig) && ["main", "exports", "module", "directory"].some((key) => key in publishConfig);
}

function isBundled({ scripts, raw }: Manifest): boolean {
  const { dependencies, devDependencies } = raw;
  return [dependencies, devDependencies]
    .flatMap((field) => (isObject(field) ? Object.keys(field) : []))
    .concat(Object.values(scripts))
    .some((text) => bundlers.test(text));
}

/** What `exports`, `main`, `module` and `bin` name, types left out. */
function entriesOf({ raw }: Manifest): readonly string[] {
  return ["exports", "main", "module", "bin"].flatMap((field) => textsIn(raw[field]));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === "types" ? [] : textsIn(each)));
}

/** An entry itself where it is in the repository, or what the compiler makes it from. */
function sourcesOf(context: ChangeContext, dir: RepoPath, entry: string, isCompiled: boolean): readonly RepoPath[] {
  const place = entry.includes("*") ? undefined : pathInside(dir, entry);
  const direct = place === undefined ? undefined : fileAt(place, (path) => context.workspace.tree.has(path));
  if (direct !== undefined) return /\.[cm]?js$/.test(direct) ? [direct] : [];
  const below = /^(?:\.\/)?[\w-]+\/(?:(?:esm|cjs|src)\/)?(.+)\.([cm]?)js$/.exec(entry);
  if (!isCompiled || below === null) return [];
  const source = pathInside(joinPath(dir, "src"), `${below[1]}.${below[2]}ts`);
  return source !== undefined && context.workspace.tree.has(source) ? [source] : [];
}

function reachedFrom(context: ChangeContext, dir: RepoPath, entries: readonly RepoPath[]): ReadonlySet<RepoPath> {
  const reached = new Set(entries);
  // What is added meanwhile is visited as well.
  for (const path of reached) {
    const file = context.parse(path);
    for (const { specifier, kind } of file ? referencesOf(file) : []) {
      const place =
        kind === "import" || kind === "re-export" || kind === "require" ? pathOf(path, specifier, kind) : undefined;
      const found = place === undefined ? undefined : fileAt(place, (each) => context.workspace.tree.has(each));
      if (found !== undefined && isWithin(dir, dirOf(found)) && isSourcePath(found) && isShipped(found))
        reached.add(found);
    }
  }
  return reached;
}
