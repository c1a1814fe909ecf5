// Which files a build made of sources that lie beside them, though they are committed.
import { parse } from "jsonc-parser";
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, isWithin, joinPath, nameOf, pathInside, repoPath, type RepoPath } from "../../model/paths.ts";
import { packageOf, type Package, type Workspace } from "../../model/workspace.ts";
import { readFacts } from "../../source/facts.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import { isObject } from "../../tools/output/json-output.ts";

/**
 * Of these, the files of a folder that a script of the package, or its compiler, writes to, that are named after a source
 * outside of it, and of which no source imports anything, unless a source map lies beside them. What is written in such a
 * folder by hand is used by nobody, or stands alone.
 */
export async function builtFiles(context: ChangeContext, paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
  const owners = new Set(paths.flatMap((path) => packageOf(context.workspace, path) ?? []));
  const built = await Promise.all(
    Array.from(owners, async (owner) => {
      const { written, read, stems } = await outputsOf(context, owner);
      return paths.filter((path) => {
        const dir = written.find((each) => isWithin(each, path));
        if (dir === undefined || !stems.has(stemOf(path))) return false;
        return !read.some((place) => isWithin(dir, place)) || hasMap(context, path);
      });
    }),
  );
  return new Set(built.flat());
}

/**
 * A script that looks at what was built imports it as well; what a person writes has no map of where it came from. One
 * that the change brings along proves nothing: a change can not declare itself generated.
 */
function hasMap({ workspace, pairs }: ChangeContext, path: RepoPath): boolean {
  const map = repoPath(`${path}.map`);
  if (!workspace.tree.has(map) || pairs.some(({ change }) => change.path === map && change.kind === "added"))
    return false;
  return (workspace.readText(path) ?? "").trimEnd().endsWith(`//# sourceMappingURL=${nameOf(map)}`);
}

interface Outputs {
  readonly written: readonly RepoPath[];
  /** What sources import from these folders. */
  readonly read: readonly RepoPath[];
  readonly stems: ReadonlySet<string>;
}

async function outputsOf({ workspace }: ChangeContext, owner: Package): Promise<Outputs> {
  const written = writtenFolders(workspace, owner).map((name) => joinPath(owner.dir, name));
  const sources = workspace.tree.files
    .map(({ path }) => path)
    .filter((path) => isSourcePath(path) && roleOf(path) === "source" && isWithin(owner.dir, path))
    .filter((path) => !written.some((dir) => isWithin(dir, path)));
  const read = await Promise.all(sources.map((path) => placesIn(path, workspace.readText(path) ?? "", written)));
  return { written, read: read.flat(), stems: new Set(sources.map(stemOf)) };
}

/** Folders that nobody gives to sources whose build writes elsewhere. */
const folderName = "(dist|build|out|output|lib|types|typings|esm|cjs|umd|es)";
const flag = new RegExp(`\\s--?(?:out-?dir|out-?file|declarationDir|o)[ =]"?(?:\\./)?${folderName}(?![\\w-])`, "gi");
const bundler = /\b(?:rollup|webpack|tsup|tsdown|microbundle|unbuild|vite build)\b/;

function writtenFolders(workspace: Workspace, { dir, manifest }: Package): readonly string[] {
  const scripts = Object.values(manifest.scripts);
  const named = scripts.flatMap((script) => Array.from(script.matchAll(flag), ([, name = ""]) => name));
  const options: unknown = parse(workspace.readText(joinPath(dir, "tsconfig.json")) ?? "", [], {
    allowTrailingComma: true,
  });
  const compiler = isObject(options) && isObject(options["compilerOptions"]) ? options["compilerOptions"] : {};
  const ofCompiler = [compiler["outDir"], compiler["declarationDir"]].flatMap((value) =>
    typeof value === "string" ? (new RegExp(`^(?:\\./)?${folderName}(?:/|$)`).exec(value)?.[1] ?? []) : [],
  );
  const usual = scripts.some((script) => bundler.test(script)) ? ["dist"] : [];
  return [...new Set([...named, ...ofCompiler, ...usual])];
}

/** What a file loads by its path, if one of the folders is in what it says. */
async function placesIn(path: RepoPath, text: string, folders: readonly RepoPath[]): Promise<readonly RepoPath[]> {
  if (!folders.some((dir) => text.includes(`/${nameOf(dir)}`))) return [];
  const { specifiers } = await readFacts(path, text);
  return specifiers.flatMap((specifier) =>
    specifier.text.startsWith(".") ? (pathInside(dirOf(path), specifier.text) ?? []) : [],
  );
}

/** `json` of `json.min.js`, `json.d.ts` and `json/index.js`. */
function stemOf(path: RepoPath): string {
  const [stem = ""] = nameOf(path).split(".", 1);
  return stem === "index" ? nameOf(dirOf(path)) : stem;
}
