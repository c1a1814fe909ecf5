// Which files the compiler is told to look at, by name.
import { posix } from "node:path";
import type { RepoPath } from "../../model/paths.ts";
import { dirOf } from "../../model/paths.ts";
import type { CompilerConfig } from "./compiler-config.ts";

/** Is a file of the repository in the program, by its name? What is imported from there is in it too, and not told. */
export type Covers = (path: RepoPath) => boolean;

/** Makes matchers of configurations. */
export async function programMatcher(): Promise<(config: CompilerConfig) => Covers> {
  const { default: picomatch } = await import("picomatch");
  return (config) => {
    const dir = dirOf(config.path);
    const listed = new Set<string>(config.files ?? []);
    const include = config.include?.map(included) ?? (config.files === null ? [everythingIn(dir)] : []);
    const exclude = [...(config.exclude ?? []), outDirOf(config)].filter((glob) => glob !== null);
    const isIncluded = picomatch(include);
    const isExcluded = picomatch(exclude.flatMap((glob) => [glob, everythingIn(glob)]).filter((glob) => glob !== ""));
    const checked = checksScripts(config) ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
    return (path) => listed.has(path) || (checked.test(path) && isIncluded(path) && !isExcluded(path));
  };
}

function outDirOf({ options }: CompilerConfig): string | null {
  const setting = options.get("outDir");
  if (typeof setting?.value !== "string" || setting.value.startsWith("/")) return null;
  const path = posix.join(dirOf(setting.path), setting.value).replace(/\/$/, "");
  // A project that writes beside its sources excludes nothing by that.
  return path === "." || path === dirOf(setting.path) || path.startsWith("..") ? null : path;
}

function checksScripts({ options }: CompilerConfig): boolean {
  return options.get("checkJs")?.value === true;
}

/** A pattern whose last part is a name without a dot is a folder, and means all that is in it. */
function included(glob: string): string {
  return /[.*?]/.test(posix.basename(glob)) ? glob : everythingIn(glob);
}

function everythingIn(folder: string): string {
  return folder === "" ? "**/*" : `${folder}/**/*`;
}
