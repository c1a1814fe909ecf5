// Which names are those of configuration, and which only look like it.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf } from "../change/change-of-texts.ts";
import * as paths from "./config-paths.ts";

const names: Readonly<
  Record<string, readonly [is: (path: ReturnType<typeof repoPath>) => boolean, yes: string, no: string]>
> = {
  manifests: [paths.isManifestPath, "package.json a/package.json", "package-lock.json package.json5 a/my-package.json"],
  "compiler configurations": [
    paths.isCompilerConfig,
    "tsconfig.json jsconfig.json tsconfig.build.json tsconfig-base.json a/TSConfig.json",
    "my-tsconfig.json tsconfig.jsonc csconfig.json tsconfig/a.json",
  ],
  "configurations the compiler takes by itself": [
    paths.isPrimary,
    "tsconfig.json a/jsconfig.json",
    "tsconfig.build.json a.tsconfig.json",
  ],
  "builds that check types": [
    paths.mayConfigureBuild,
    "next.config.js a/next.config.mjs next.config.ts",
    "next.config.tsx my-next.config.js next.config.js.bak",
  ],
  tasks: [
    paths.isTaskPath,
    "Makefile GNUmakefile makefile rules.mk justfile .justfile Justfile a.just Taskfile.yml taskfile.dist.yaml deno.json deno.jsonc Dockerfile Containerfile.dev web.Dockerfile turbo.json turbo.jsonc pnpm-workspace.yaml nx.json a/project.json .size-limit.json bundlesize.config.json .bundlewatchrc angular.json budget.json .budgets.json performance-budget.json",
    "Makefile.md myMakefile a.mkd taskfile.json deno.lock Dockerfile.a/b pnpm-workspace.yml size-limit.json nx.jsonc project.jsonc angular.json5",
  ],
  linters: [
    paths.isLintConfigPath,
    "eslint.config.js eslint.config.mts .eslintrc .eslintrc.json .eslintrc.yml .eslintrc.cjs commitlint.config.ts .commitlintrc .commitlintrc.yaml oxlint.config.ts .oxlintrc.json oxlintrc.jsonc biome.json biome.jsonc .biome.json deno.json stylelint.config.mjs .stylelintrc .stylelintrc.json prettier.config.cjs .prettierrc .prettierrc.yaml .prettierrc.mjs oxfmt.config.ts .oxfmtrc.json xo.config.js .xo-config.json .xo-config.cjs .eslintignore .prettierignore .stylelintignore .oxlintignore .biomeignore",
    "eslint.js.md my-eslint.config.js eslint.config.json .eslintrc.toml eslintrc.json biome.yaml my-biome.json xo-config.json prettierrc .gitignore .eslintignore.bak a.eslintignore",
  ],
  CI: [
    paths.isCiPath,
    ".github/workflows/ci.yml .github/workflows/ci.yaml .gitlab-ci.yml .gitlab-ci.yaml .circleci/config.yml azure-pipelines.yml azure-pipelines-nightly.yaml .travis.yml .forgejo/workflows/a.yml .gitea/workflows/a.yaml .github/actions/x/action.yml .github/actions/x/action.yaml",
    ".github/workflows/a/b.yml .github/workflows/ci.json a/.gitlab-ci.yml .circleci/other.yml action.yml actions/x/action.yml .github/actions/x/my-action.yml azure-pipelines.yml.bak",
  ],
  workflows: [paths.isWorkflowPath, ".github/workflows/ci.yml", ".github/actions/x/action.yml"],
  hooks: [
    paths.isHookPath,
    ".husky/pre-commit .husky/commit-msg lefthook.yml .lefthook.yaml lefthook-local.yml lefthook.json .lintstagedrc .lintstagedrc.json .lintstagedrc.mjs a/.lintstagedrc.yml lint-staged.config.js a/lint-staged.config.ts .pre-commit-config.yaml",
    ".husky/_/husky.sh .husky/pre-commit.sh a/.husky/pre-commit a/lefthook.yml lefthook.toml .lintstagedrc.toml my-lint-staged.config.js .pre-commit-config.yml",
  ],
};

const cases = Object.entries(names).flatMap(([of, [is, ...lists]]) =>
  lists.flatMap((list, index) => list.split(" ").map((path) => [of, path, is, index === 0] as const)),
);

test.each(cases)("among %s is %s", (_, path, is, expected) => {
  expect(is(repoPath(path))).toBe(expected);
});

test.each([
  ["vite.config.ts", "vitest "],
  ["vitest.config.mts", "vitest "],
  ["vitest.e2e.config.ts", "vitest e2e"],
  ["vitest.workspace.ts", "vitest workspace"],
  ["vitest.workspace.json", "vitest workspace"],
  ["vitest.projects.json", "vitest projects"],
  ["vitest.setup.ts", "vitest setup"],
  ["jest.config.js", "jest "],
  ["jest.config.json", "jest "],
  ["jest-e2e.json", "jest e2e"],
  ["jest.unit.config.cjs", "jest unit"],
  ["playwright.config.ts", "playwright "],
  ["playwright.ct.config.ts", "playwright ct"],
  [".mocharc", "mocha "],
  [".mocharc.cjs", "mocha "],
  [".mocharc.jsonc", "mocha "],
  [".mocharc.yml", "mocha "],
  ["ava.config.js", "ava "],
  [".nycrc", "nyc "],
  [".nycrc.json", "nyc "],
  ["nyc.config.js", "nyc "],
  [".c8rc", "c8 "],
  [".c8rc.json", "c8 "],
  [".taprc", "tap "],
  ["bunfig.toml", "bun "],
  ["deno.json", "deno "],
  ["package.json", "jest |mocha |ava |nyc |c8 |tap "],
  ["vitest.config.json", ""],
  ["vitest.workspace.json.bak", ""],
  ["my-vitest.config.ts", ""],
  ["jest.config.yaml", ""],
  ["playwright.config.json", ""],
  ["mocharc.js", ""],
  [".mocharc.toml", ""],
  ["ava.config.ts", ""],
  [".nycrc.toml", ""],
  ["c8rc", ""],
  ["bunfig.json", ""],
])("%s is a place of %s", (name, expected) => {
  const places = paths.placesIn(repoPath(`a/${name}`));
  expect(places.map(({ runner, variant }) => `${runner} ${variant}`).join("|")).toBe(expected);
  expect(places.every(({ dir }) => dir === "a")).toBe(true);
});

test.each([
  ["eslint-suppressions.json", "counts"],
  ["oxlint-suppressions.json", "counts"],
  [".tsc-baseline.json", "baseline"],
  [".tsc-baseline", "baseline"],
  ["ts-errors.json", "baseline"],
  ["ts-baseline-strict.json", "baseline"],
  [".dependency-cruiser-known-violations.json", "baseline"],
  [".jscpd.baseline", "baseline"],
  [".betterer.results", "betterer"],
  ["knip.json", "ignore-lists"],
  [".knip.jsonc", "ignore-lists"],
  ["suppressions.jsonc", undefined],
  ["my-ts-errors.json", undefined],
  ["my.betterer.results", undefined],
  ["knip.ts", undefined],
])("%s lists faults as %s", (name, format) => {
  expect(paths.suppressionFormat(repoPath(`a/${name}`))).toBe(format);
});

test.each([
  ["tsconfig.json", "{}", true],
  ["configs/strict.json", '{ "compilerOptions": {} }', true],
  ["configs/base.json", '{ "extends": "./a" }', true],
  ["configs/base.json", '{ "exclude": [] }', true],
  ["configs/base.json", '{ "name": "tsconfig" }', false],
  ["package.json", '{ "exclude": [] }', false],
  ["package-lock.json", '{ "include": [] }', false],
  ["a.ts", '"include"', false],
])("%s with %s may configure the compiler: %s", async (path, text, expected) => {
  const [after] = (await contextOf({ base: {}, head: { [path]: text } })).pairs;
  const [before] = (await contextOf({ base: { [path]: text }, head: {} })).pairs;
  expect([after, before].map((pair) => pair && paths.mayConfigureCompiler(pair))).toEqual([expected, expected]);
});

test("a configuration of the compiler that gets another name still counts", async () => {
  const [pair] = (
    await contextOf({
      base: { "tsconfig.json": "{}" },
      head: { "old.txt": "{}" },
      renames: { "old.txt": "tsconfig.json" },
    })
  ).pairs;
  expect(pair && paths.mayConfigureCompiler(pair)).toBe(true);
});

test.each([
  ['"prepare": "husky"', true],
  ["npx lefthook install", true],
  ['"pre-commit": ["test"]', true],
  ["pre-commit run", false],
  ["echo", false],
])("%s installs hooks: %s", (text, expected) => {
  expect(paths.installsHooks(text)).toBe(expected);
});

test.each([
  ["git commit --no-verify", true],
  ["git config core.hooksPath /dev/null", true],
  ["HUSKY=0 npm i", true],
  ["SKIP_SIMPLE_GIT_HOOKS=1", true],
  ["ignore-scripts=true", true],
  ["ignoreScripts: true", true],
  ["git commit -nm x", true],
  ["git commit -m x", false],
  ["MYHUSKY=0", false],
  ["SKIPPED=1", false],
])("%s may lead past hooks: %s", (text, expected) => {
  expect(paths.mayBypassHooks(text)).toBe(expected);
});
