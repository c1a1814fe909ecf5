// Which files configure tools, by their names and the first words that tell. A guard of configuration loads what compares
// them once one of these has changed.
import type { FilePair } from "../../model/check.ts";
import { dirOf, nameOf, repoPath, type RepoPath } from "../../model/paths.ts";

/** What the harness itself is configured with. */
export const harnessConfig: RepoPath = repoPath("assay.toml");

/** Is it the manifest of a package? */
export function isManifestPath(path: RepoPath): boolean {
  return nameOf(path) === "package.json";
}

/** Is the file named as a configuration of the compiler? */
export function isCompilerConfig(path: RepoPath): boolean {
  return /^[tj]sconfig[^/]*\.json$/i.test(nameOf(path));
}

/** The configurations that the compiler takes without being told. */
export function isPrimary(path: RepoPath): boolean {
  return /^[tj]sconfig\.json$/.test(nameOf(path));
}

/** Is it a configuration of the compiler, or may one extend it? What is extended may have any name. */
export function mayConfigureCompiler({ change, baseText, headText }: FilePair): boolean {
  const paths = [change.path, change.previousPath ?? change.path];
  if (paths.some(isCompilerConfig)) return true;
  const isData = paths.some((path) => path.endsWith(".json") && !/^package(?:-lock)?\.json$/.test(nameOf(path)));
  return (
    isData && [baseText, headText].some((text) => /"(?:compilerOptions|extends|include|exclude)"/.test(text ?? ""))
  );
}

/** Does it configure a framework whose build checks types? */
export function mayConfigureBuild(path: RepoPath): boolean {
  return /^next\.config\.[cm]?[jt]s$/.test(nameOf(path));
}

/** May the text declare a module? */
export function mayDeclareModule(text: string | undefined): boolean {
  return text?.includes("declare module") ?? false;
}

const taskFile =
  /^(?:(?:GNUm|m|M)akefile|.*\.mk|\.?[jJ]ustfile|.*\.just|[Tt]askfile(?:\.dist)?\.ya?ml|deno\.jsonc?|(?:Docker|Container)file(?:\.[\w-]+)?|.*\.[Dd]ockerfile|turbo\.jsonc?|pnpm-workspace\.yaml|nx\.json|project\.json|\.size-limit\.json|\.?bundle(?:size|watch)(?:rc)?(?:\.config)?(?:\.json)?|angular\.json|\.?budgets?\.json|performance-budget\.json)$/;

/** Does the file say, beside package scripts, what is run under a name, or how large what is shipped may be? */
export function isTaskPath(path: RepoPath): boolean {
  return taskFile.test(nameOf(path));
}

const lintModule =
  /^(?:eslint|\.eslintrc|commitlint|\.commitlintrc|oxlint|stylelint|\.stylelintrc|prettier|\.prettierrc|oxfmt|xo|\.xo-config)\.(?:config\.)?[cm]?[jt]s$|^\.eslintrc\.[cm]?js$/;
const lintData =
  /^(?:\.eslintrc(?:\.json|\.ya?ml)?|\.commitlintrc(?:\.json|\.ya?ml)?|\.?oxlintrc\.jsonc?|\.?biome\.jsonc?|deno\.jsonc?|\.stylelintrc(?:\.json|\.ya?ml)?|\.prettierrc(?:\.json|\.ya?ml)?|\.?oxfmtrc\.jsonc?|\.xo-config(?:\.json)?)$/;
export const lintIgnore = /^\.(?:eslint|prettier|stylelint|oxlint|biome)ignore$/;

/** Does the file configure a linter or a formatter? */
export function isLintConfigPath(path: RepoPath): boolean {
  const name = nameOf(path);
  return lintModule.test(name) || lintData.test(name) || lintIgnore.test(name);
}

const workflowPath =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml|azure-pipelines[^/]*\.ya?ml|\.travis\.ya?ml|\.forgejo\/workflows\/[^/]+\.ya?ml|\.gitea\/workflows\/[^/]+\.ya?ml)$/;
const actionPath = /(?:^|\/)action\.ya?ml$/;

/** Is it CI configuration, or an action that it may use? */
export function isCiPath(path: RepoPath): boolean {
  return isWorkflowPath(path) || (actionPath.test(path) && path.startsWith(".github/"));
}

/** Is it CI configuration that is run by itself? */
export function isWorkflowPath(path: RepoPath): boolean {
  return workflowPath.test(path);
}

/** Where hosts look for owners, the first that counts first. */
export const codeOwners: readonly RepoPath[] = [
  ".github/CODEOWNERS",
  ".gitlab/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
].map((path) => repoPath(path));

/** Does the file say who has to look at a change? */
export function isCodeOwnersPath(path: RepoPath): boolean {
  return codeOwners.includes(path);
}

export const huskyHook = /^\.husky\/[a-z-]+$/;
export const lefthook = /^\.?lefthook(?:-local)?\.(?:ya?ml|json)$/;
export const lintStaged = /^\.lintstagedrc(?:\.(?:json|ya?ml|[cm]?[jt]s))?$|^lint-staged\.config\.[cm]?[jt]s$/;

/** Does the file say what git hooks do? */
export function isHookPath(path: RepoPath): boolean {
  return (
    huskyHook.test(path) || lefthook.test(path) || lintStaged.test(nameOf(path)) || path === ".pre-commit-config.yaml"
  );
}

const installs = /husky|lefthook|simple-git-hooks|yorkie|"pre-commit"|lint-staged|gitHooks/;
/** Does a manifest or a script name a program that puts git hooks in place? */
export function installsHooks(text: string): boolean {
  return installs.test(text);
}

const bypasses =
  /no-verify|hooks[Pp]ath|\b(?:HUSKY|LEFTHOOK|SKIP_SIMPLE_GIT_HOOKS|SKIP=)|ignore-scripts|ignoreScripts|\bcommit\b.*\s-\w*n/;

/** May a text lead past git hooks, or keep them from being installed? */
export function mayBypassHooks(text: string): boolean {
  return bypasses.test(text);
}

export type RunnerName =
  | "vitest"
  | "jest"
  | "playwright"
  | "cypress"
  | "mocha"
  | "ava"
  | "nyc"
  | "c8"
  | "codecov"
  | "tap"
  | "bun"
  | "deno"
  | "stryker";

/** One configuration of a runner: a file, or a key of a manifest that stands for the same. */
export interface RunnerPlace {
  readonly runner: RunnerName;
  readonly dir: RepoPath;
  /** What its name says besides the runner's: `e2e` of `vitest.e2e.config.ts`. */
  readonly variant: string;
}

const patterns: readonly (readonly [RunnerName, RegExp])[] = [
  ["vitest", /^vite(?:st)?\.([\w.-]*?)\.?[cm]?[jt]sx?$/],
  ["vitest", /^vitest\.(workspace|projects)\.json$/],
  ["jest", /^jest[.-]([\w.-]*?)\.?(?:[cm]?[jt]s|json)$/],
  ["playwright", /^playwright\.([\w.-]*?)\.?[cm]?[jt]s$/],
  ["cypress", /^cypress\.([\w.-]*?)\.?[cm]?[jt]s$/],
  ["mocha", /^\.mocharc()(?:\.[cm]?js|\.jsonc?|\.ya?ml)?$/],
  ["ava", /^ava\.([\w.-]*?)\.?[cm]?js$/],
  ["nyc", /^(?:\.nycrc|nyc)()(?:\.config\.[cm]?js|\.json|\.ya?ml)?$/],
  ["c8", /^\.c8rc()(?:\.json)?$/],
  ["codecov", /^\.?codecov()\.ya?ml$/],
  ["tap", /^\.taprc()$/],
  ["bun", /^bunfig()\.toml$/],
  ["deno", /^deno()\.jsonc?$/],
  ["stryker", /^\.?stryker()\.(?:conf|config)\.(?:[cm]?js|json)$/],
];

const manifestKeys: readonly RunnerName[] = ["jest", "mocha", "ava", "nyc", "c8", "tap"];

/** The configurations that a file holds or may hold. */
export function placesIn(path: RepoPath): readonly RunnerPlace[] {
  const name = nameOf(path);
  const dir = dirOf(path);
  if (name === "package.json") return manifestKeys.map((runner) => ({ runner, dir, variant: "" }));
  return patterns.flatMap(([runner, pattern]) => {
    const [, variant] = pattern.exec(name) ?? [];
    return variant === undefined ? [] : [{ runner, dir, variant: variant.replace(/\.?config$/, "") }];
  });
}

/** How a file lists the faults that a tool no longer reports. */
export type SuppressionFormat = "counts" | "baseline" | "betterer" | "ignore-lists";

const suppressionFiles: readonly (readonly [name: RegExp, format: SuppressionFormat])[] = [
  [/suppressions\.json$/, "counts"],
  [/^\.?(?:tsc-baseline|ts-errors|typescript-errors|ts-baseline)[^/]*\.json$|^\.tsc-baseline$/, "baseline"],
  [/known-violations\.json$|^\.(?:jscpd|secrets)\.baseline$/, "baseline"],
  [/^\.betterer\.results$/, "betterer"],
  [/^\.?knip\.jsonc?$/, "ignore-lists"],
];

/** Undefined where the file lists none. */
export function suppressionFormat(path: RepoPath): SuppressionFormat | undefined {
  return suppressionFiles.find(([name]) => name.test(nameOf(path)))?.[1];
}
