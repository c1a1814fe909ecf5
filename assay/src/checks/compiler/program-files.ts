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
    const include = config.include ?? (config.files === null ? [dir] : []);
    const exclude = [...(config.exclude ?? []), outDirOf(config)].filter((glob) => glob !== null);
    const included = picomatch(include.map(wholeFolder));
    const excluded = picomatch(exclude.flatMap((glob) => [glob, wholeFolder(glob)]).filter((glob) => glob !== ""));
    const checked = checksScripts(config) ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
    return (path) => listed.has(path) || (checked.test(path) && included(path) && !excluded(path));
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

/** A pattern that ends in a folder means all that is in it. */
function wholeFolder(glob: string): string {
  const isFile = /[*?]/.test(posix.basename(glob)) || /\.[a-z]+$/.test(glob);
  return isFile ? glob : glob === "" ? "**/*" : `${glob}/**/*`;
}
