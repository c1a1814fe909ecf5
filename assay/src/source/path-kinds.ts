// What a changed path can do to tests, by its name and place alone.
import { dirOf, joinPath, nameOf, type RepoPath } from "../model/paths.ts";

const prose =
  /(?:^|\/)(?:licen[cs]e|notice|authors|codeowners|changelog|contributing|readme)(?:\.\w+)?$|\.(?:md|txt|rst|adoc|png|jpe?g|gif|webp|avif|ico|pdf|mp4|woff2?)$/i;
const packageConfig = /^(?:package\.json|[tj]sconfig[^/]*\.json)$/;
const config =
  /^\.?(?:vitest|vite|jest|mocharc|ava|babel|babelrc|swcrc|eslint|eslintrc|eslintignore|oxlintrc|oxfmtrc|oxlint|biome|prettier|prettierrc|prettierignore|rollup|rolldown|tsup|tsdown|webpack|postcss|tailwind|svelte|astro|nuxt|next|playwright|cypress|c8rc|nycrc|taprc|npmrc|env|nvmrc|node-version|browserslistrc|editorconfig|gitattributes)\b/;

/** Read by people. Tests that read it are those that read files anyway. */
export function isProse(path: RepoPath): boolean {
  return prose.test(path);
}

const releaseNote =
  /^(?:\.changeset\/[^/]+\.md|\.changes\/[^/]+\.md|\.nx\/version-plans\/[^/]+\.md|\.yarn\/versions\/[^/]+\.yml)$/;

/** Says what the next release will hold; read by the program that makes releases, and by no other. */
export function isReleaseNote(path: RepoPath): boolean {
  return releaseNote.test(path);
}

/** Configures a tool for the package that it lies in. */
export function isConfig(path: RepoPath): boolean {
  const name = nameOf(path);
  return (
    packageConfig.test(name) ||
    (config.test(name) && /^\.|\.(?:config|conf|setup|workspace|json|toml|ya?ml)\b/.test(name))
  );
}

/** Can change what other packages make of this one, too. */
export function isPackageConfig(path: RepoPath): boolean {
  return packageConfig.test(nameOf(path));
}

/** The test that a stored snapshot belongs to: `a/x.test.ts` of `a/__snapshots__/x.test.ts.snap`. */
export function testOfSnapshot(path: RepoPath): RepoPath | undefined {
  const name = /(?:^|\/)__snapshots__\/([^/]+)\.snap$/.exec(path)?.[1];
  return name === undefined ? undefined : joinPath(dirOf(dirOf(path)), name);
}
