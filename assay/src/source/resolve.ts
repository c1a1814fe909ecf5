// From what an import says to what it means. Loads the resolver: import it lazily.
import { isBuiltin } from "node:module";
import { join, relative, sep } from "node:path";
import { ResolverFactory, type NapiResolveOptions } from "oxc-resolver";
import { dirOf, joinPath, pathInside, repoPath, rootDir, type RepoPath } from "../model/paths.ts";
import { declaredDependencies, type Package, type Workspace } from "../model/workspace.ts";
import { packageNameOf } from "./opaque.ts";
import { packageIndex } from "./package-index.ts";
import { computed, type SpecifierKind } from "./specifier.ts";

/** What a specifier means. */
export type Resolution =
  /** A file of the head. */
  | { readonly kind: "file"; readonly path: RepoPath }
  /** A package from outside the repository, installed or declared; a module of another runtime (`bun:test`) too. */
  | { readonly kind: "package"; readonly name: string }
  /** Some file of a workspace package, by way of built output: any source of the package may be behind it. */
  | { readonly kind: "workspace"; readonly dir: RepoPath }
  | { readonly kind: "builtin" }
  /** Known only when the program runs: a computed name, a pattern. */
  | { readonly kind: "computed" }
  /** Nothing that we can see. It may be an alias that a bundler knows; if so, `dir` is the package it points into. */
  | { readonly kind: "missing"; readonly dir: RepoPath };

export interface Resolver {
  /** `kind` decides between the conditions `import` and `require`, and whether `x.ts` is relative. */
  resolve(from: RepoPath, specifier: string, kind: SpecifierKind): Resolution;
}

const extensions = [".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".json"];

/** What may stand in the sources for the extension that the running program has. */
const extensionAlias: Readonly<Record<string, string[]>> = {
  ".js": [".js", ".ts", ".tsx", ".d.ts", ".jsx"],
  ".jsx": [".jsx", ".tsx"],
  ".mjs": [".mjs", ".mts", ".d.mts"],
  ".cjs": [".cjs", ".cts", ".d.cts"],
};

const common: NapiResolveOptions = {
  tsconfig: "auto",
  extensions: [...extensions, ".node"],
  extensionAlias,
  mainFields: ["module", "main"],
  nodePath: false,
};

const importing: NapiResolveOptions = { ...common, conditionNames: ["node", "import", "default"] };
const requiring: NapiResolveOptions = { ...common, conditionNames: ["node", "require", "default"] };

const builtin: Resolution = { kind: "builtin" };

/** Resolves against the working tree. Answers are remembered, so make one anew when files have changed. */
export function createResolver(workspace: Workspace): Resolver {
  const esm = new ResolverFactory(importing);
  const cjs = esm.cloneWithOptions(requiring);
  const tree = treeLookup(workspace);
  const packageAt = packageIndex(workspace);
  const byName = new Map(workspace.packages.map((pkg) => [pkg.name, pkg]));
  const external = new Map([esm, cjs].map((factory) => [factory, new Map<string, Resolution>()]));

  const dirAt = (path: RepoPath): RepoPath => packageAt(path)?.dir ?? rootDir;

  /** Where a path on disk lies: undefined outside of the repository and among what is installed. */
  const located = (absolute: string | undefined): Resolution | undefined => {
    if (absolute === undefined) return undefined;
    const path = fromDisk(workspace.root, absolute);
    if (path === undefined || path.split("/").includes("node_modules")) return undefined;
    return workspace.tree.has(path) ? { kind: "file", path } : { kind: "workspace", dir: dirAt(path) };
  };

  const onDisk = (from: RepoPath, request: string, factory: ResolverFactory): string | undefined => {
    const file = join(workspace.root, from);
    // A tsconfig that can not be read must not hide what needs no tsconfig.
    return factory.resolveFileSync(file, request).path ?? factory.sync(join(file, ".."), request).path;
  };

  const relativeTo = (from: RepoPath, dir: RepoPath, request: string, factory: ResolverFactory): Resolution => {
    const target = pathInside(dir, request);
    if (target === undefined) return { kind: "missing", dir: dirAt(from) };
    const path = tree(target, /(?:^|\/)\.{0,2}$/.test(request));
    if (path !== undefined) return { kind: "file", path };
    return located(onDisk(from, request, factory)) ?? { kind: "missing", dir: dirAt(target) };
  };

  /** A workspace package as its own manifest describes it, for when nothing is installed, or not the workspace's. */
  const ofManifest = (pkg: Package, request: string, factory: ResolverFactory): Resolution => {
    const self = "exports" in pkg.manifest.raw ? request : `.${request.slice(pkg.name.length)}`;
    const found = located(factory.sync(join(workspace.root, pkg.dir), self).path);
    return found ?? { kind: "workspace", dir: pkg.dir };
  };

  const isDeclared = (from: RepoPath, name: string): boolean => {
    const types = `@types/${name.replace(/@([^/]+)\//, "$1__")}`;
    const pkg = packageAt(from);
    return [pkg, workspace.packages[0]].some((holder) => {
      const declared = holder && declaredDependencies(holder.manifest);
      return declared !== undefined && (declared.has(name) || declared.has(types));
    });
  };

  const bare = (from: RepoPath, request: string, factory: ResolverFactory): Resolution => {
    const name = packageNameOf(request);
    const path = onDisk(from, request, factory);
    const found = located(path);
    if (found?.kind === "file") return found;
    const pkg = byName.get(name);
    if (pkg) return ofManifest(pkg, request, factory);
    if (found) return found;
    return path !== undefined || isDeclared(from, name)
      ? { kind: "package", name }
      : { kind: "missing", dir: dirAt(from) };
  };

  return {
    resolve(from, specifier, kind) {
      if (specifier === computed || kind === "glob") return { kind: "computed" };
      const request = specifier.replace(/\?.*$/, "");
      const factory = kind === "require" ? cjs : esm;
      if (isBuiltin(request)) return builtin;
      if (/^[a-z][\w+.-]+:/i.test(request)) return ofScheme(request, dirAt(from));
      if (request.startsWith(".")) return relativeTo(from, dirOf(from), request, factory);
      if (kind === "url") return relativeTo(from, dirOf(from), `./${request}`, factory);
      if (request.startsWith("/")) return relativeTo(from, dirAt(from), `.${request}`, factory);
      const key = `${dirOf(from)}\0${request}`;
      const known = external.get(factory)?.get(key);
      if (known) return known;
      const resolution = bare(from, request, factory);
      // Files of one folder may belong to tsconfigs with different aliases, which only matters for files.
      if (resolution.kind === "package") external.get(factory)?.set(key, resolution);
      return resolution;
    },
  };
}

/** `virtual:x` is made by a plug-in, of whatever it likes. */
function ofScheme(request: string, dir: RepoPath): Resolution {
  return request.startsWith("virtual:") ? { kind: "missing", dir } : { kind: "package", name: request };
}

/** Finds files without asking the disk, in the order in which the resolver would. */
function treeLookup({ tree }: Workspace): (target: RepoPath, isFolder: boolean) => RepoPath | undefined {
  const first = (stem: string, endings: readonly string[]): RepoPath | undefined => {
    for (const ending of endings) {
      const path = (stem + ending) as RepoPath;
      if (tree.has(path)) return path;
    }
    return undefined;
  };
  const index = (dir: RepoPath): RepoPath | undefined => {
    // The manifest of a nested folder decides what the folder means.
    if (tree.has(joinPath(dir, "package.json"))) return undefined;
    return first(dir === "" ? "index" : `${dir}/index`, extensions);
  };
  return (target, isFolder) => {
    if (isFolder) return index(target);
    const [extension = ""] = /\.[cm]?jsx?$/.exec(target) ?? [];
    const exact = first(target.slice(0, target.length - extension.length), extensionAlias[extension] ?? [""]);
    return exact ?? first(target, extensions) ?? index(target);
  };
}

/** Undefined where it lies outside the repository. */
function fromDisk(root: string, absolute: string): RepoPath | undefined {
  const path = relative(root, absolute);
  return path.startsWith("..") ? undefined : repoPath(path.split(sep).join("/"));
}
