// Module names that resolve without a manifest's help: aliases, and modules that plug-ins or declarations make.
import type { ChangeContext } from "../../model/check.ts";
import { ancestors, dirOf, nameOf, type RepoPath } from "../../model/paths.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import type { Declarations } from "./declarations.ts";
import type { PackageUse } from "./package-uses.ts";

/** Frameworks that bring modules under names of their own. */
const brought: readonly (readonly [module: RegExp, by: string])[] = [
  [/^(?:server-only|client-only)$/, "next"],
  [/^@docusaurus\//, "@docusaurus/core"],
  [/^@ember\//, "ember-source"],
  [/^@expo\/vector-icons$/, "expo"],
  [/^@jest\/globals$/, "jest"],
];

/** Answers whether a name is no package of its own after all. Asked only of names that no manifest declares. */
export async function providedElsewhere(
  context: ChangeContext,
  declarations: Declarations,
): Promise<(use: PackageUse) => boolean> {
  const { createResolver } = await import("../../source/resolve.ts");
  const { workspace } = context;
  const resolver = createResolver(workspace);
  const settings = settingsOf(context);
  const isMember = (name: string): boolean => workspace.packages.some((pkg) => pkg.name === name);
  // A package that is no member of the workspace, an example say, speaks for its own files.
  const declares = (name: string, path: RepoPath): boolean =>
    declaresAnywhere(context, name) || declarations.isDeclared({ path, name });
  return (use) => {
    const above = new Set(ancestors(use.path));
    const near = settings.filter(({ dir }) => above.has(dir));
    if (near.some(({ text }) => settingNames(text, use.name))) return true;
    if (brought.some(([module, by]) => module.test(use.name) && declares(by, use.path))) return true;
    if (isDeclaredModule(context, use.name)) return true;
    return !isMember(use.name) && resolver.resolve(use.path, use.specifier, use.kind).kind === "file";
  };
}

interface Setting {
  readonly dir: RepoPath;
  readonly text: string;
}

/** Texts of the files in which tools are told of aliases. */
function settingsOf({ workspace }: ChangeContext): readonly Setting[] {
  const places = workspace.tree.files.filter(({ path }) => isSetting(path));
  return places.flatMap(({ path }): Setting[] => {
    const text = workspace.readText(path);
    if (text === undefined || !/\balias|"paths"|moduleNameMapper|"imports"|externals/.test(text)) return [];
    return [{ dir: dirOf(path), text }];
  });
}

function isSetting(path: RepoPath): boolean {
  const name = nameOf(path);
  if (/^(?:tsconfig|jsconfig).*\.json$|^deno\.jsonc?$|^import[_-]map\.json$/.test(name)) return true;
  return isSourcePath(path) && roleOf(path) === "config";
}

/** Does a quoted word, or a pattern, begin with the name? `"@components": …`, `"^@components/(.*)$"`, `find: "lib"`. */
function settingNames(text: string, name: string): boolean {
  const parts = name.startsWith("@") ? [name, name.slice(0, name.indexOf("/"))] : [name];
  return parts.some((part) =>
    ['"', "'", "`", '"^', "'^", "/^"].some((quote) => isFollowed(text, quote + part, /^["'`/\\*$(]/)),
  );
}

/** Does this stand behind the beginning, in one of its places? */
function isFollowed(text: string, beginning: string, by: RegExp): boolean {
  const [, ...rests] = text.split(beginning);
  return rests.some((rest) => by.test(rest));
}

function declaresAnywhere({ workspace }: ChangeContext, name: string): boolean {
  return workspace.packages.some(({ manifest }) => name in manifest.dependencies || name in manifest.devDependencies);
}

/** `declare module "uno.css"`: the repository itself says that there is such a module. */
function isDeclaredModule({ workspace }: ChangeContext, name: string): boolean {
  return workspace.tree.files.some(({ path }) => {
    if (roleOf(path) !== "declaration") return false;
    const text = workspace.readText(path) ?? "";
    return ['"', "'"].some((quote) => isFollowed(text, `declare module ${quote}${name}`, /^["'/*]/));
  });
}
