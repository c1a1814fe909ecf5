// The modules of one side of a change, the base or the head: their files, and where a reference leads.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { dirOf, isWithin, joinPath, pathInside, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { packageOf } from "../../model/workspace.ts";
import { linkFollower } from "../../source/links.ts";
import { packageNameOf } from "../../source/opaque.ts";
import type { Resolver } from "../../source/resolve.ts";
import { aliasesIn, behindAlias, mayHoldAliases, type Alias } from "./module-aliases.ts";
import type { Reference } from "./references.ts";
import { rootMark } from "./possible-texts.ts";
import { once, remembered } from "../change/remembered.ts";

/** What a reference leads to: places in the repository, packages by name, or both. */
export interface Target {
  readonly paths: readonly RepoPath[];
  readonly packages: readonly string[];
}

export interface ModuleWorld {
  readonly side: "base" | "head";
  readonly aliases: readonly Alias[];
  parse(path: RepoPath): SourceFile | undefined;
  targetOf(from: RepoPath, specifier: string, kind: Reference["kind"]): Target;
  /** The file that a place means: itself, with its extension, or the folder's entry. */
  fileAt(path: RepoPath): RepoPath | undefined;
}

const endings = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".json"];
const entries = ["index", "src/index", "src/main", "main"];
/** Names that lead through each other come to an end. */
const mostAliases = 4;

/** Both sides. What resolves by a package's name is resolved as it is now: only aliases are compared. */
export async function moduleWorlds(
  context: ChangeContext,
  resolver: Resolver,
): Promise<{ readonly base: ModuleWorld; readonly head: ModuleWorld }> {
  const { workspace } = context;
  const changed = new Map(context.pairs.map((pair) => [pair.change.path, pair]));
  const before = new Map(context.pairs.map((pair) => [pair.change.previousPath ?? pair.change.path, pair]));
  const holders = workspace.tree.files.map(({ path }) => path).filter(mayHoldAliases);
  const kept: Alias[] = [];
  for (const path of holders.filter((each) => !changed.has(each)))
    kept.push(...(await aliasesIn(path, workspace.readText(path) ?? "", () => context.parse(path))));
  const baseAliases: Alias[] = [...kept];
  const headAliases: Alias[] = [...kept];
  for (const pair of context.pairs) {
    const { path, previousPath } = pair.change;
    if (!mayHoldAliases(path)) continue;
    baseAliases.push(...(await aliasesIn(previousPath ?? path, pair.baseText ?? "", () => pair.base)));
    headAliases.push(...(await aliasesIn(path, pair.headText ?? "", () => pair.head)));
  }
  const shared = { context, resolver, follow: linkFollower(workspace) };
  return {
    base: createWorld("base", baseAliases, {
      ...shared,
      has: (path) => (before.get(path) ? isThere(before.get(path)) : !changed.has(path) && workspace.tree.has(path)),
      parse: (path) =>
        before.get(path) ? before.get(path)?.base : changed.has(path) ? undefined : context.parse(path),
    }),
    head: createWorld("head", headAliases, {
      ...shared,
      has: (path) => workspace.tree.has(path),
      parse: (path) => context.parse(path),
    }),
  };
}

function isThere(pair: FilePair | undefined): boolean {
  return pair !== undefined && pair.change.baseBlob !== null;
}

interface Ground {
  readonly context: ChangeContext;
  readonly resolver: Resolver;
  follow(path: RepoPath): RepoPath;
  has(path: RepoPath): boolean;
  parse(path: RepoPath): SourceFile | undefined;
}

function createWorld(side: ModuleWorld["side"], aliases: readonly Alias[], ground: Ground): ModuleWorld {
  const { workspace } = ground.context;
  const inAnyCase = once(() => new Map(workspace.tree.files.map(({ path }) => [path.toLowerCase(), path])));
  const exactly = (path: RepoPath): RepoPath | undefined => fileAt(path, (each) => ground.has(each));

  const fileOf = (path: RepoPath): RepoPath | undefined => {
    const place = ground.follow(path);
    return exactly(place) ?? fileAt(place, (each) => inAnyCase().has(each.toLowerCase()));
  };

  /** A place, as the tree spells it, and the package that it lies in. */
  const atPath = (from: RepoPath, written: RepoPath): Target => {
    const [, installed, below = ""] = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)(.*)/.exec(written) ?? [];
    if (installed !== undefined) {
      const member = workspace.packages.find(({ name }) => name === installed);
      return { paths: member ? [joinPath(member.dir, below.slice(1))] : [], packages: [installed] };
    }
    const found = fileOf(written);
    const path = found === undefined ? ground.follow(written) : (inAnyCase().get(found.toLowerCase()) ?? found);
    const holder = packageOf(workspace, path);
    const foreign = nameAt(path);
    const packages = holder && holder !== packageOf(workspace, from) ? [holder.name] : [];
    return { paths: [path], packages: foreign === undefined ? packages : [...packages, foreign] };
  };

  /** The name of a package that lies in the repository without belonging to the workspace. */
  const nameAt = (dir: RepoPath): string | undefined => {
    const manifest = joinPath(dir, "package.json");
    if (!ground.has(manifest)) return undefined;
    return /"name"\s*:\s*"([^"]+)"/.exec(workspace.readText(manifest) ?? "")?.[1];
  };

  const byName = (from: RepoPath, specifier: string, kind: Reference["kind"]): Target => {
    const name = specifier.replace(/^(?:node|npm|jsr|bun|deno):/, "").replace(/[?#].*$/, "");
    const bare = packageNameOf(name);
    const packages = [bare, name.replace(/\/$/, "")];
    if (kind === "place" || kind === "command") return { paths: [], packages: kind === "command" ? packages : [] };
    const resolution = ground.resolver.resolve(from, specifier, kind);
    if (resolution.kind === "package") packages.push(resolution.name);
    if (resolution.kind === "file") {
      const own = workspace.packages.find(({ dir, name: each }) => each === bare && isWithin(dir, resolution.path));
      return {
        paths: [resolution.path],
        packages: own || bare.startsWith("#") ? packages : [...packages, ...atPath(from, resolution.path).packages],
      };
    }
    const dir =
      resolution.kind === "workspace" ? resolution.dir : workspace.packages.find((each) => each.name === bare)?.dir;
    if (dir === undefined) return { paths: [], packages };
    const below = name.slice(bare.length + 1);
    const inside = below === "" ? dir : (fileOf(joinPath(dir, `src/${below}`)) ?? joinPath(dir, below));
    return { paths: [inside], packages };
  };

  const targetOf = (from: RepoPath, specifier: string, kind: Reference["kind"], left: number): Target => {
    const path = pathOf(from, specifier, kind);
    if (path !== undefined) return atPath(from, path);
    const places = kind === "place" || kind === "command" ? placesOf(from, specifier) : [];
    const found = places.filter((place) => exactly(place) !== undefined).map((place) => atPath(from, place));
    const near = left === 0 ? [] : aliases.filter(({ dir }) => isWithin(dir, from));
    const behind = near.flatMap((alias) =>
      behindAlias(alias, specifier)
        .filter((each) => each !== specifier)
        .map((each) => targetOf(joinPath(alias.dir, "alias"), each, "import", left - 1)),
    );
    return joined([...found, ...behind, byName(from, specifier, kind)]);
  };

  /** Paths that a program opens are relative to wherever it was started. */
  const placesOf = (from: RepoPath, specifier: string): readonly RepoPath[] => {
    const dirs = new Set([dirOf(from), packageOf(workspace, from)?.dir ?? dirOf(from), "" as RepoPath]);
    return [...dirs].flatMap((dir) => pathInside(dir, specifier) ?? []);
  };

  const targets = new Map<string, Target>();
  return {
    side,
    aliases,
    parse: (path) => ground.parse(path),
    fileAt: remembered(fileOf),
    targetOf(from, specifier, kind) {
      const key = `${from}\n${kind}\n${specifier}`;
      const target = targets.get(key) ?? targetOf(from, specifier, kind, mostAliases);
      targets.set(key, target);
      return target;
    },
  };
}

function joined(targets: readonly Target[]): Target {
  return {
    paths: [...new Set(targets.flatMap(({ paths }) => paths))],
    packages: [...new Set(targets.flatMap(({ packages }) => packages))],
  };
}

/** The place that a path means; undefined for the name of a package, and for what leaves the repository. */
export function pathOf(from: RepoPath, specifier: string, kind: Reference["kind"]): RepoPath | undefined {
  const path = specifier.replace(/[?#].*$/, "");
  const marked = path.replace(/^file:\/\//, "");
  if (marked.startsWith(`${rootMark}/`)) return pathInside("" as RepoPath, marked.slice(rootMark.length + 1));
  const isRelative = /^\.{1,2}(?:\/|$)/.test(path) || (kind === "url" && !/^(?:[a-z]+:|\/)/i.test(path));
  return isRelative && kind !== "command" && kind !== "place" ? pathInside(dirOf(from), path) : undefined;
}

/** The file that a place means: itself, with its extension, or the entry of a folder. */
export function fileAt(path: RepoPath, has: (path: RepoPath) => boolean): RepoPath | undefined {
  for (const name of namesFor(path)) if (has(name as RepoPath)) return name as RepoPath;
  return undefined;
}

/** Made one by one: most places are found by the first. */
function* namesFor(path: RepoPath): Generator<string> {
  yield path;
  const stem = path.replace(/\.[cm]?jsx?$/, "");
  for (const ending of endings) yield stem + ending;
  if (stem !== path) for (const ending of endings) yield path + ending;
  const folder = path === "" ? "" : `${path}/`;
  for (const entry of entries) for (const ending of endings) yield folder + entry + ending;
}
