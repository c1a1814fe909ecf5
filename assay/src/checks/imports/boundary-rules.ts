// Judges what one file reaches by the rules that assay.toml sets for its scope.
import type { ChangeContext, Sighting } from "../../model/check.ts";
import type { Boundary } from "../../model/config.ts";
import { nameOf, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { createFollower, takenBy, type Follower, type Origin } from "./handed-on.ts";
import { mentionsIn, nameMentions } from "./mentions.ts";
import type { ModuleWorld, Target } from "./module-world.ts";
import { referencesOf, type ParseText, type Reference } from "./references.ts";
import { rootMark } from "./possible-texts.ts";
import { shortenedPath } from "../change/shortened.ts";

export interface BoundaryRules {
  /** Everything that a file may not: reach, take from a go-between, or speak of. */
  judge(file: SourceFile): Generator<Sighting>;
  /** What it may not reach, itself or through a go-between. */
  reaches(file: SourceFile): Generator<Sighting>;
  /** Why a scope may not reach a place; undefined where it may. */
  faultOf(scope: string, target: Target): Fault | undefined;
  /** Scopes that may not have what this is, though they may import where it comes from. */
  deniedTo(origin: Origin): readonly string[];
  readonly follower: Follower;
}

interface Fault {
  readonly message: string;
  readonly fingerprint: string;
}

export function boundaryRules(context: ChangeContext, world: ModuleWorld, parseText: ParseText): BoundaryRules {
  const { config } = context.workspace;
  const { dependencies, boundaries } = config;
  const scopeOf = (path: RepoPath): string | undefined => context.scope.scopeOf(path);
  const hasLayers = Object.keys(dependencies).length > 0;
  const follower = createFollower(world);

  const forbiddenPackage = (scope: string, { packages }: Target): string | undefined =>
    packages.find((name) => boundaries[scope]?.forbidPackages.some((entry) => names(entry, name)));

  // A scope without an entry may import nothing: what it used would not be tested together with it.
  const forbiddenScope = (scope: string, { paths }: Target): string | undefined =>
    paths
      .map((path) => scopeOf(path))
      .find((other) => hasLayers && other !== undefined && other !== scope && !dependencies[scope]?.includes(other));

  const faultOf = (scope: string, target: Target): Fault | undefined => {
    const name = forbiddenPackage(scope, target);
    if (name !== undefined) {
      const message = `"${name}" may not be reached from scope "${scope}"; use it where it is allowed and pass in what you need`;
      return { message, fingerprint: `package ${scope} ${name}` };
    }
    const other = forbiddenScope(scope, target);
    if (other === undefined) return undefined;
    const message = `scope "${scope}" may not import "${other}"; turn the dependency round or move the code`;
    return { message, fingerprint: `scope ${scope} ${other} ${target.paths.join(" ")}` };
  };

  /**
   * What a scope may not have at second hand. What its dependencies depend on may be handed on, as the public face of
   * several scopes does; under another name it is hidden.
   */
  const deniedTo = (scope: string, origin: Origin): string | undefined => {
    if (scopeOf(origin.by) === scope) return undefined;
    if (origin.thing.isType && boundaries[scope]?.allowTypeImports) return undefined;
    const name = forbiddenPackage(scope, origin);
    if (name !== undefined) return name;
    const other = forbiddenScope(scope, origin);
    if (other === undefined) return undefined;
    return origin.renamed || !reachable(dependencies, scope).has(other) ? other : undefined;
  };

  function* handedOn(scope: string, file: SourceFile): Generator<Sighting> {
    for (const { specifier, names: taken, start, isType } of takenBy(file)) {
      if (isType && boundaries[scope]?.allowTypeImports) continue;
      const target = world.targetOf(file.path, specifier, isType ? "type" : "import");
      if (faultOf(scope, target) !== undefined) continue;
      const modules = target.paths.flatMap((path) => world.fileAt(path) ?? []);
      for (const module of modules.filter((path) => scopeOf(path) !== scope)) {
        for (const name of taken) {
          for (const origin of follower.originsOf(module, name)) {
            const denied = deniedTo(scope, origin);
            if (denied !== undefined) yield { at: { start }, ...secondHand(scope, denied, name, module, origin) };
          }
        }
      }
    }
  }

  function* reaches(file: SourceFile): Generator<Sighting> {
    const scope = scopeOf(file.path);
    if (scope === undefined || !(hasLayers || boundaries[scope])) return;
    for (const reference of referencesOf(file, parseText)) {
      if (isPermitted(file, boundaries[scope], reference)) continue;
      const { specifier, kind, start } = reference;
      const fault = faultOf(scope, world.targetOf(file.path, specifier, kind));
      if (fault === undefined) continue;
      const fingerprint = fault.fingerprint.startsWith("package")
        ? `${fault.fingerprint} ${specifier}`
        : fault.fingerprint;
      yield { at: { start }, message: withSpecifier(fault.message, specifier), fingerprint };
    }
    yield* handedOn(scope, file);
  }

  function* judge(file: SourceFile): Generator<Sighting> {
    const lines = new Set<number>();
    for (const sighting of reaches(file)) {
      lines.add(file.lineOf(sighting.at.start));
      yield sighting;
    }
    const scope = scopeOf(file.path);
    const words = scope === undefined ? [] : (boundaries[scope]?.forbidMentions ?? []);
    if (words.length === 0 || file.role === "test" || file.role === "config") return;
    const stem = nameOf(file.path).replace(/\.\w+$/, "");
    const inName = nameMentions(stem, words).map((mention) => ({ mention, at: { start: 0 }, text: `file ${stem}` }));
    for (const { mention, at, text } of [...inName, ...mentionsIn(file, words)]) {
      if (lines.has(file.lineOf(at.start))) continue;
      const message = `"${mention}" may not be mentioned in scope "${scope}"; put it in terms that this scope knows`;
      yield { at, message, fingerprint: `mention ${scope} ${mention} ${text}` };
    }
  }

  return {
    judge,
    reaches,
    faultOf,
    deniedTo: (origin) => context.scope.all.filter((scope) => deniedTo(scope, origin) !== undefined),
    follower,
  };
}

/** Types where the boundary lets them through, pages to read; and what tests and tools' configuration read or run from the disk. */
function isPermitted({ role }: SourceFile, boundary: Boundary | undefined, { kind, specifier }: Reference): boolean {
  if ((kind === "url" || kind === "place") && /\.(?:mdx?|txt)(?:[?#]|$)/.test(specifier)) return true;
  if (kind === "place" || kind === "command") return role === "test" || role === "config";
  return (kind === "type" || kind === "reference") && boundary?.allowTypeImports === true;
}

function names(entry: string, name: string): boolean {
  const [wanted, given] = [plain(entry), plain(name)];
  return wanted.endsWith("/*") ? given.startsWith(wanted.slice(0, -1)) : wanted === given;
}

/** Not all disks tell capitals from small letters. */
function plain(name: string): string {
  return name.replace(/^node:/, "").toLowerCase();
}

/** Scopes that a scope depends on, however far. */
function reachable(dependencies: Readonly<Record<string, readonly string[]>>, scope: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [scope];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const other of dependencies[next] ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      pending.push(other);
    }
  }
  return reached;
}

function secondHand(scope: string, denied: string, name: string, module: RepoPath, { by, thing }: Origin): Fault {
  const what = name === "*" ? "part of it" : `"${name}"`;
  const way = by === module ? "" : ` by way of ${shown(by)}`;
  const message = `${shown(module)} hands on ${what} from "${denied}"${way}, which scope "${scope}" may not reach; pass in what you need`;
  return { message, fingerprint: `handed on ${scope} ${denied} ${name} ${thing.name}` };
}

function withSpecifier(message: string, specifier: string): string {
  return message.replace(";", ` (${shown(specifier)});`);
}

/** Without what stands for the repository's root, and at most forty characters. */
export function shown(specifier: string): string {
  return shortenedPath(specifier.replace(`${rootMark}/`, ""), 40);
}
