// What instructions can name: the words for it, and what of it exists on one side of a change.
import { ancestors, dirOf, isWithin, joinPath, nameOf, pathInside, rootDir, type RepoPath } from "../../model/paths.ts";
import { isFixture } from "../change/hand-written.ts";
import { once, remembered } from "../change/remembered.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { hasOption, type OptionNamed } from "./program-options.ts";
import type { Side } from "../change/sides.ts";
import { isObject } from "../../tools/output/json-output.ts";

/** Something that an instruction names, as it can be looked up. */
export type Named =
  /** Relative to one of `dirs`, or to any folder below the first, or to any at all. */
  | {
      readonly kind: "path";
      readonly path: string;
      readonly dirs: readonly RepoPath[];
      readonly reach: "exact" | "below" | "anywhere";
    }
  /** A script of the manifest nearest to `dir`, or of the workspace package that is named. */
  | { readonly kind: "script"; readonly name: string; readonly dir: RepoPath; readonly of: string | undefined }
  | { readonly kind: "package"; readonly name: string }
  /** A recipe that `make`, `just` or `task` runs. */
  | { readonly kind: "target"; readonly name: string; readonly dir: RepoPath; readonly run: RecipeRunner }
  | OptionNamed
  | { readonly kind: "tool"; readonly name: string }
  /** A tool that verifies, with what it is given. It is there, whatever else is. */
  | { readonly kind: "command"; readonly name: string };

export type RecipeRunner = "make" | "just" | "task";

export interface Mention {
  readonly named: Named;
  /** As the reader sees it. */
  readonly text: string;
  readonly line: number;
  /** It can mean nothing but this repository, so that it is wrong even if it was never right. */
  readonly firm: boolean;
  /** A link of a page leads into the repository, whatever lies there. */
  readonly isLink?: boolean;
}

/** Looks up what is named. */
export interface Things {
  /** Undefined: can't be told. */
  has(named: Named): boolean | undefined;
  hasPath(path: RepoPath): boolean;
}

interface Manifest {
  readonly name: string | undefined;
  readonly scripts: ReadonlySet<string>;
  readonly dependencies: ReadonlySet<string>;
}

/** What there is on one side of a change. */
export function thingsOn(side: Side): Things {
  const files = [...side.paths];
  const known = new Set<string>(files);
  for (const file of files) for (const dir of ancestors(file)) known.add(dir);
  const manifestAt = remembered((path: RepoPath) => parseManifest(side.read(path)));
  const manifests = once(() => files.filter((path) => nameOf(path) === "package.json" && !isFixture(path)));
  const endings = once(() => endingsOf(known));
  const all = once(() => manifests().flatMap((path) => manifestAt(path) ?? []));
  const hasPath = (path: RepoPath): boolean => known.has(path);

  const scriptsOf = (name: string): readonly Manifest[] =>
    all().filter((manifest) => manifest.name !== undefined && sameName(manifest.name, name));
  const hasScript = ({ name, dir, of }: Extract<Named, { kind: "script" }>): boolean | undefined => {
    if (manifests().length === 0) return undefined;
    if (of !== undefined) {
      const named = [...scriptsOf(of), ...[manifestAt(manifestIn(of))].flatMap((each) => each ?? [])];
      return named.length === 0 ? undefined : named.some(({ scripts }) => scripts.has(name));
    }
    const near = [dir, ...ancestors(joinPath(dir, "x"))].flatMap((each) => manifestAt(manifestIn(each)) ?? []);
    return near.some(({ scripts }) => scripts.has(name));
  };

  /** Below a folder of its own a name is found by who reads it; in a whole repository it may be another's. */
  const isBelow = ({ path, dirs: [dir = rootDir], reach }: Extract<Named, { kind: "path" }>): boolean =>
    reach === "below" && dir !== rootDir && files.some((file) => isWithin(dir, file) && nameOf(file) === path);

  return {
    hasPath,
    has(named) {
      if (named.kind === "path") {
        const found = named.dirs.some((dir) => hasPath(pathIn(dir, named.path) ?? rootDir) && named.path !== "");
        return found || (named.reach === "anywhere" && endings().has(trimmed(named.path))) || isBelow(named);
      }
      if (named.kind === "command") return undefined;
      if (named.kind === "script") return hasScript(named);
      if (named.kind === "package")
        return scriptsOf(named.name).length > 0 || hasPath(pathIn(rootDir, named.name) ?? rootDir);
      if (named.kind === "target") return hasRecipe(side, named);
      if (named.kind === "option") return hasOption(side, named);
      return all().some((manifest) => manifest.dependencies.has(named.name));
    },
  };
}

function manifestIn(dir: string): RepoPath {
  return joinPath(dir.replace(/^\.?\/+/, "") as RepoPath, "package.json");
}

/** pnpm and turbo take a name without its scope. */
function sameName(full: string, name: string): boolean {
  return full === name || full.replace(/^@[^/]+\//, "") === name;
}

/** Where a path leads from a folder; undefined outside of the repository. */
export function pathIn(dir: RepoPath, path: string): RepoPath | undefined {
  return pathInside(path.startsWith("/") ? rootDir : dir, path.replace(/^\/+/, "./"));
}

function trimmed(path: string): string {
  return path.replace(/^(?:\.{0,2}\/)+|\/+$/g, "");
}

/** Every path without one or more of its first folders. */
function endingsOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const endings = new Set<string>();
  for (const path of paths) {
    for (let rest = path; rest !== ""; rest = rest.includes("/") ? rest.slice(rest.indexOf("/") + 1) : "") {
      endings.add(rest);
    }
  }
  return endings;
}

const recipeFiles: { readonly [R in RecipeRunner]: readonly string[] } = {
  make: ["Makefile"],
  just: ["justfile", "Justfile", ".justfile"],
  task: ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml"],
};

function hasRecipe(side: Side, { name, dir, run }: Extract<Named, { kind: "target" }>): boolean | undefined {
  const [text] = recipeFiles[run].flatMap((file) => side.read(joinPath(dir, file)) ?? []);
  if (text === undefined || run === "make") return hasTarget(text, name);
  if (/^\s*(?:import|mod|includes?)\b/m.test(text)) return undefined;
  const names =
    run === "just" ? /^@?([\w-]+)(?=[ \t:])[^=\n]*:(?!=)|^alias\s+([\w-]+)/gm : /^ {2,4}["']?([\w:-]+)["']?:/gm;
  return [...text.matchAll(names)].some(([, first, second]) => (first ?? second) === name);
}

/** Undefined where targets are made by patterns or come from other files. */
function hasTarget(makefile: string | undefined, name: string): boolean | undefined {
  if (makefile === undefined) return undefined;
  const targets = Array.from(makefile.matchAll(/^([^\s#:=][^:=\n]*):(?!=)/gm), ([, names = ""]) => names.split(/\s+/));
  if (targets.some((names) => names.includes(name))) return true;
  return /^-?include\b|%.*:|\$\(/m.test(makefile) ? undefined : false;
}

function parseManifest(text: string | undefined): Manifest | undefined {
  const raw = objectIn(text);
  if (raw === undefined) return undefined;
  const fields = [raw["dependencies"], raw["devDependencies"], raw["peerDependencies"], raw["optionalDependencies"]];
  return {
    name: typeof raw["name"] === "string" ? raw["name"] : undefined,
    scripts: new Set(namesIn(raw["scripts"])),
    dependencies: new Set(fields.flatMap(namesIn)),
  };
}

function namesIn(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** Folders that a path in a page may be relative to: the page's own, those above it. */
export function dirsAround(page: RepoPath): readonly RepoPath[] {
  return [...ancestors(page)];
}

/** The folder of a page's own package; what a command in the page is run in. */
export function commandDir(page: RepoPath): RepoPath {
  const dir = dirOf(page);
  return dir.startsWith(".") ? rootDir : dir;
}
