// Names that manifests and tools' configuration give to modules: what they stand for.
import type { SourceFile } from "../../model/source-file.ts";
import { dirOf, nameOf, type RepoPath } from "../../model/paths.ts";
import { isSourcePath } from "../../source/role.ts";
import { walk, type Node } from "../../source/walk.ts";
import { keyName } from "./name-meanings.ts";
import { possibleTexts, type PossibleTexts } from "./possible-texts.ts";

/** `name` stands for each of `targets`, for files below `dir`. */
export interface Alias {
  readonly dir: RepoPath;
  /** As written: `#x`, `@/*`, `np`, or a regular expression of jest's. */
  readonly name: string;
  /** Specifiers as a file in `dir` would write them. */
  readonly targets: readonly string[];
}

/** Does a file of this name speak of aliases? */
export function mayHoldAliases(path: RepoPath): boolean {
  const name = nameOf(path);
  return (
    isJson(name) ||
    (isSourcePath(path) && /\.(?:config|conf|workspace)\.[cm]?[jt]s$|^\.babelrc|^\.storybook/.test(name))
  );
}

function isJson(name: string): boolean {
  return /^(?:package|deno|import[_-]map|(?:ts|js)config.*)\.jsonc?$|^\.babelrc(?:\.json)?$/.test(name);
}

/** Reads the aliases that one file sets. */
export async function aliasesIn(
  path: RepoPath,
  text: string,
  parse: () => SourceFile | undefined,
): Promise<readonly Alias[]> {
  if (
    !/alias|"paths"|moduleNameMapper|module-resolver|"imports"|(?:npm|file|link|portal|workspace|github|git\+\w+|https?):/.test(
      text,
    )
  )
    return [];
  const dir = dirOf(path);
  if (!isJson(nameOf(path))) {
    const file = parse();
    return file ? aliasesOfProgram(dir, file) : [];
  }
  const { parse: parseJsonc } = await import("jsonc-parser");
  return [...aliasesOfJson(dir, parseJsonc(text))];
}

function* aliasesOfJson(dir: RepoPath, json: unknown): Generator<Alias> {
  const entries = (value: unknown, read: (target: string) => readonly string[] = (target) => [target]): Alias[] =>
    Object.entries(recordOf(value)).map(([name, target]) => ({ dir, name, targets: textsIn(target).flatMap(read) }));
  const manifest = recordOf(json);
  for (const field of ["imports", "alias", "browser"]) yield* entries(manifest[field]);
  for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"])
    yield* entries(manifest[field], behindRange).filter(({ targets }) => targets.length > 0);
  for (const field of ["overrides", "resolutions"])
    yield* entries(manifest[field], behindRange).filter(({ targets }) => targets.length > 0);
  yield* entries(recordOf(manifest["jest"])["moduleNameMapper"], fromRootDir);
  const { baseUrl, paths } = recordOf(manifest["compilerOptions"]);
  const start = typeof baseUrl === "string" ? baseUrl : ".";
  yield* entries(paths, (target) =>
    target.startsWith(".") ? [joined(start, target)] : [joined(start, target), target],
  );
}

/** `npm:numpy-ts@1`, `file:../numpy`, `github:someone/numpy-ts`: what is installed under the name. */
function behindRange(range: string): readonly string[] {
  const aliased =
    /^(?:npm|workspace):((?:@[^/@]+\/)?[a-z][^@]*)@/.exec(range)?.[1] ?? /^npm:((?:@[^/@]+\/)?[^@]+)$/.exec(range)?.[1];
  if (aliased !== undefined) return [aliased];
  const path = /^(?:file|link|portal|workspace):(\.{1,2}\/.*|\.\.?)$/.exec(range)?.[1];
  if (path !== undefined && !path.endsWith(".tgz")) return [path];
  const inRegistry = /\/((?:@[\w.-]+\/)?[\w.-]+)\/-\/[^/]+\.tgz(?:#.*)?$/.exec(range)?.[1];
  if (inRegistry !== undefined) return [inRegistry];
  const hosted = /^(?:[\w+]+:)?(?:\/\/)?[^\s]*?[/:]((?:@[\w.-]+\/)?[\w.-]+?)(?:\.git|\.tgz)?(?:#.*)?$/.exec(range)?.[1];
  return hosted === undefined || !range.includes("/") ? [] : [hosted.replace(/-\d+\.\d+.*$/, "")];
}

function fromRootDir(target: string): readonly string[] {
  return [target.replace(/^<rootDir>/, ".")];
}

function joined(start: string, target: string): string {
  return `./${start}/${target}`.replace(/^\.\/\.\//, "./");
}

/** `alias: { a: "b" }`, `alias: [{ find: "a", replacement: "b" }]` and `moduleNameMapper`, wherever they stand. */
function aliasesOfProgram(dir: RepoPath, file: SourceFile): readonly Alias[] {
  const texts = possibleTexts(file);
  const found: Alias[] = [];
  walk(file.program, {
    enter(node) {
      if (node.type !== "Property" || !["alias", "moduleNameMapper", "paths"].includes(keyName(node.key) ?? "")) return;
      for (const [name, target] of pairsIn(node.value, texts))
        found.push({ dir, name, targets: texts.textsIn(target).flatMap(fromRootDir) });
    },
  });
  return found;
}

function pairsIn(node: Node, texts: PossibleTexts): readonly (readonly [name: string, target: Node])[] {
  if (node.type === "Identifier") {
    const meanings = texts.names.meaningsOf(node.name);
    return meanings.flatMap((meaning) => (meaning.kind === "value" ? pairsIn(meaning.node, texts) : []));
  }
  if (node.type === "ObjectExpression") {
    return node.properties.flatMap((property) => {
      if (property.type !== "Property") return [];
      const names = property.computed ? texts.textsOf(property.key) : [keyName(property.key) ?? ""];
      return names.map((name) => [name, property.value] as const);
    });
  }
  if (node.type !== "ArrayExpression") return [];
  return node.elements.flatMap((element) => {
    if (element?.type !== "ObjectExpression") return [];
    const field = (name: string): Node | undefined =>
      element.properties.flatMap((each) =>
        each.type === "Property" && keyName(each.key) === name ? [each.value] : [],
      )[0];
    const [find, replacement] = [field("find"), field("replacement")];
    if (!find || !replacement) return [];
    const names = find.type === "Literal" && "regex" in find ? [find.regex.pattern] : texts.textsOf(find);
    return names.map((name) => [name, replacement] as const);
  });
}

/** What a specifier stands for by these aliases, as a file in the alias' folder would write it. */
export function behindAlias(alias: Alias, specifier: string): readonly string[] {
  const rest = restBehind(alias.name, specifier);
  if (rest === undefined) return [];
  return alias.targets.map((target) => {
    const filled = target.replaceAll(/\*|\$1/g, rest);
    return filled !== target || rest === "" ? filled : `${filled.replace(/\/$/, "")}/${rest.replace(/^\//, "")}`;
  });
}

/** What stands behind the alias in a specifier, or in place of its star. */
function restBehind(name: string, specifier: string): string | undefined {
  if (specifier === name) return "";
  const star = name.indexOf("*");
  if (star >= 0 && !/[$()^]/.test(name)) {
    const [start, end] = [name.slice(0, star), name.slice(star + 1)];
    const fits = specifier.startsWith(start) && specifier.endsWith(end) && specifier.length >= name.length - 1;
    return fits ? specifier.slice(start.length, specifier.length - end.length) : undefined;
  }
  if (/[$()^]/.test(name)) return matchOf(name, specifier);
  const prefix = name.endsWith("/") ? name : `${name}/`;
  return specifier.startsWith(prefix) ? specifier.slice(prefix.length) : undefined;
}

function matchOf(pattern: string, specifier: string): string | undefined {
  try {
    const match = new RegExp(pattern).exec(specifier);
    return match ? (match[1] ?? "") : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The texts of a value, of the lists and the conditions in it. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.values(recordOf(value)).flatMap(textsIn);
}
