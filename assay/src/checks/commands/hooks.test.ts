// What git hooks verify, and the ways past them.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { newBypasses } from "./bypassed-hooks.ts";
import { hooksOf } from "./hook-amounts.ts";
import { hookLoosenings } from "./hook-loosenings.ts";
import { manifestSides } from "./manifest-sides.ts";

/** Each hook with the programs that it comes to. */
async function hooks(texts: Texts): Promise<Readonly<Record<string, string>>> {
  const context = await contextOf({ base: texts, head: { "package.json": "{}", ...texts } });
  const found = await hooksOf(context, manifestSides(context).head, "head");
  return Object.fromEntries(
    [...found].map(([hook, { amount }]) => [
      hook,
      [
        ...amount.verifications.map(({ program, weaknesses }) => [program, ...weaknesses.keys()].join(" ")),
        ...amount.strangers.map((name) => `? ${name}`),
      ].join(", "),
    ]),
  );
}

const manifest = (fields: object): Texts => ({ "package.json": JSON.stringify(fields) });

test.each<[string, Texts, Readonly<Record<string, string>>]>([
  [
    "husky",
    { ".husky/pre-commit": "tsc --noEmit\neslint .\n", ".husky/pre-push": "vitest run" },
    { "pre-commit": "tsc, eslint", "pre-push": "vitest" },
  ],
  ["husky in the manifest", manifest({ husky: { hooks: { "pre-commit": "eslint ." } } }), { "pre-commit": "eslint" }],
  [
    "simple-git-hooks",
    manifest({ "simple-git-hooks": { "pre-commit": "eslint .", "pre-push": ["tsc", "ava"] } }),
    { "pre-commit": "eslint", "pre-push": "tsc, ava" },
  ],
  ["yorkie", manifest({ gitHooks: { "pre-commit": "eslint ." } }), { "pre-commit": "eslint" }],
  [
    "pre-commit in the manifest",
    manifest({ "pre-commit": ["lint"], scripts: { lint: "eslint ." } }),
    { "pre-commit": "eslint" },
  ],
  [
    "pre-commit",
    {
      ".pre-commit-config.yaml":
        "repos: [{ hooks: [{ id: eslint }, { id: x, entry: npx prettier --check . }, { id: tsc, stages: [manual] }, { id: knip, stages: [manual, commit] }] }, { repo: x }]",
    },
    { "pre-commit": "eslint, prettier, knip" },
  ],
  [
    "lefthook",
    {
      "lefthook.yml":
        "pre-commit: { commands: { a: { run: eslint . }, b: { run: tsc } } }\npre-push: { jobs: [{ run: vitest run }, { group: { jobs: [{ run: ava }] } }] }",
    },
    { "pre-commit": "eslint, tsc", "pre-push": "vitest, ava" },
  ],
  [
    "lefthook, left out",
    {
      "lefthook.yml":
        "pre-commit: { commands: { a: { run: eslint ., skip: true }, b: { run: tsc, only: false }, c: { run: ava, skip: [merge, { ref: '**' }] }, d: { run: knip, skip: [{ run: 'true' }] }, e: { run: xo, only: [{ run: exit 1 }] } } }",
    },
    {},
  ],
  [
    "lefthook, in some cases",
    {
      "lefthook.yml":
        "pre-commit: { commands: { a: { run: eslint ., skip: [merge] }, b: { run: tsc, skip: { ref: main } }, c: { run: ava, skip: { run: test -n $CI } }, d: { run: knip, only: [{ ref: main }] }, e: { run: xo, skip: false, only: [] } } }",
    },
    { "pre-commit": "eslint, tsc, ava, knip, xo" },
  ],
  [
    "lefthook, for one machine",
    {
      "lefthook.yml": "pre-commit: { commands: { a: { run: eslint . }, b: { run: tsc } } }",
      "lefthook-local.yml": "pre-commit: { commands: { a: { skip: true } } }",
    },
    { "pre-commit": "tsc" },
  ],
  [
    "lefthook, jobs for one machine",
    {
      "lefthook.yml": "pre-commit: { jobs: [{ run: eslint . }] }",
      "lefthook-local.yml": "pre-commit: { jobs: [{ run: tsc }] }",
    },
    { "pre-commit": "eslint, tsc" },
  ],
  [
    "lefthook, in cases that are named like never",
    {
      "lefthook.yml":
        "pre-commit: { commands: { a: { run: eslint ., skip: { ref: release/* } }, b: { run: tsc, skip: { ref: '*-wip' } }, c: { run: ava, only: [{ ref: main }, { run: exit 1 }] }, d: { run: knip, only: { run: test -e a || false } }, e: { run: xo, only: { run: false || test -e a } }, f: { run: jest, only: { run: tsc } } } }",
    },
    { "pre-commit": "eslint, tsc, ava, knip, xo, jest" },
  ],
  [
    "lefthook, skipped where something else than CI is",
    {
      "lefthook.yml":
        "pre-commit: { commands: { a: { run: eslint ., skip: { run: test -n $NO_CI } }, b: { run: tsc, skip: { run: test -n $CITY } } } }",
    },
    {},
  ],
  [
    "lefthook, left out by what it shares",
    { "lefthook.yml": "off: &off { skip: true }\npre-commit: { commands: { a: { <<: *off, run: eslint . } } }" },
    {},
  ],
  [
    "lefthook, with the same twice",
    {
      "lefthook.yml":
        "pre-commit: { commands: &common { a: { run: eslint . } } }\npre-push: { commands: { <<: *common, b: { run: tsc } } }",
    },
    { "pre-commit": "eslint", "pre-push": "eslint, tsc" },
  ],
  [
    "lefthook, with nothing for one machine, and lint-staged beside it",
    {
      "lefthook.yml": "pre-commit: { commands: { a: { run: eslint . } } }",
      "lefthook-local.yml": "",
      "packages/a/.lintstagedrc": "oxlint",
    },
    { "pre-commit": "eslint" },
  ],
  ["lefthook, broken", { "lefthook.yml": "pre-commit: [" }, {}],
  [
    "lint-staged in the manifest",
    {
      ".husky/pre-commit": "npx lint-staged",
      ...manifest({ "lint-staged": { "*.ts": ["eslint --fix", "prettier --check"], "*.md": "markdownlint" } }),
    },
    { "pre-commit": "eslint, prettier, markdownlint, ? lint-staged" },
  ],
  [
    "lint-staged in a file",
    { ".husky/pre-commit": "npx lint-staged", ".lintstagedrc": "'*.ts': eslint" },
    { "pre-commit": "eslint, ? lint-staged" },
  ],
  [
    "lint-staged in a module",
    {
      ".husky/pre-commit": "npx lint-staged",
      "lint-staged.config.js":
        "export default { '*.ts': (files) => `eslint ${files.join(' ')}`, '*.md': 'markdownlint' }",
    },
    { "pre-commit": "eslint, markdownlint, ? lint-staged" },
  ],
  [
    "lint-staged in a module of templates",
    {
      ".husky/pre-commit": "set -e\nnpx lint-staged\n",
      "lint-staged.config.mjs":
        "export default { '*.ts': () => `tsc`, '*.js': (files) => `eslint ${files.join(' ')}` }",
    },
    { "pre-commit": "tsc, eslint, ? lint-staged" },
  ],
  [
    "lint-staged in a file of JSON",
    { ".husky/pre-commit": "npx lint-staged\n", ".lintstagedrc.json": '{ "*.ts": "eslint" }' },
    { "pre-commit": "eslint, ? lint-staged" },
  ],
  [
    "lint-staged behind ways out that are not taken",
    {
      ".husky/pre-commit": '[ -n "$SKIPPED" ] && exit 0\nif ! true; then\nexit 1\nfi\nnpx lint-staged\n',
      ...manifest({ "lint-staged": { "*.ts": "eslint" } }),
    },
    { "pre-commit": "eslint, ? lint-staged" },
  ],
  [
    "lint-staged behind a way out with its reason",
    {
      ".husky/pre-commit": "exit 0; # for now\nnpx lint-staged\n",
      ...manifest({ "lint-staged": { "*.ts": "eslint" } }),
    },
    { "pre-commit": "" },
  ],
  [
    "lint-staged behind a bare way out",
    {
      ".husky/pre-commit": "true;exit\nnpx lint-staged\n",
      ...manifest({ "lint-staged": { "*.ts": "eslint" } }),
    },
    { "pre-commit": "" },
  ],
  [
    "lint-staged as an indented comment",
    {
      ".husky/pre-commit": "if true; then\n  # npx lint-staged\n  tsc\nfi\n",
      ...manifest({ "lint-staged": { "*.ts": "eslint" } }),
    },
    { "pre-commit": "tsc" },
  ],
  [
    "lint-staged that nothing starts",
    {
      ".husky/pre-commit": "# npx lint-staged\nexit 0\nnpx lint-staged",
      ...manifest({ "lint-staged": { "*.ts": "eslint" } }),
    },
    { "pre-commit": "" },
  ],
  [
    "lint-staged behind a way out",
    { ".husky/pre-commit": "true; exit\nnpx lint-staged", ...manifest({ "lint-staged": { "*.ts": "eslint" } }) },
    { "pre-commit": "" },
  ],
  ["no hooks", manifest({ husky: "x", "simple-git-hooks": 1 }), {}],
])("%s", async (_, texts, expected) => {
  expect(await hooks(texts)).toEqual(expected);
});

const tools = { husky: "9", eslint: "9", vitest: "1", typescript: "5" };
const installing = { scripts: { prepare: "husky" }, devDependencies: tools };

async function losses(base: Texts, head: Texts): Promise<readonly string[]> {
  const common = manifest(installing);
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head } });
  return (await hookLoosenings(context, repoPath("x"))).map(({ what }) => what);
}

const hook = (...lines: readonly string[]): Texts => ({ ".husky/pre-commit": `${lines.join("\n")}\n` });
const withTool = (name: string): Texts => manifest({ ...installing, devDependencies: { ...tools, [name]: "1" } });
const both = { ".github/workflows/ci.yml": "on: push\njobs: { a: { steps: [{ run: eslint . && oxlint }] } }" };
const ci = { ".github/workflows/ci.yml": "on: pull_request\njobs: { a: { steps: [{ run: eslint . }] } }" };

test.each<[string, Texts, Texts, readonly string[]]>([
  ["a command", hook("eslint .", "tsc --noEmit"), hook("tsc --noEmit"), ["pre-commit lint"]],
  ["a command that CI runs", { ...hook("eslint .", "tsc --noEmit"), ...ci }, { ...hook("tsc --noEmit"), ...ci }, []],
  [
    "a command that CI runs, as a comment",
    { ...hook("eslint .", "tsc --noEmit"), ...ci },
    { ...hook("# eslint .", "tsc --noEmit"), ...ci },
    ["pre-commit lint"],
  ],
  ["all, with the same in CI", { ...hook("eslint ."), ...ci }, { ...hook("echo"), ...ci }, ["pre-commit lint"]],
  ["the hook, with the same in CI", { ...hook("eslint ."), ...ci }, ci, ["pre-commit lint"]],
  ["a failure", hook("eslint ."), hook("eslint . || true"), ["pre-commit eslint failure ignored"]],
  [
    "a command that another hook has now",
    hook("eslint .", "tsc --noEmit"),
    { ...hook("tsc --noEmit"), ".husky/pre-push": "eslint ." },
    [],
  ],
  [
    "a command that another hook had",
    { ...hook("eslint .", "tsc --noEmit"), ".husky/pre-push": "eslint ." },
    { ...hook("tsc --noEmit"), ".husky/pre-push": "eslint ." },
    [],
  ],
  ["nothing", hook("eslint ."), hook("# why", "eslint ."), []],
  [
    "what is not installed any more",
    hook("eslint ."),
    { ...hook("eslint ."), ...manifest({ devDependencies: tools }) },
    ["prepare hooks"],
  ],
  ["the installer with all its hooks", hook("eslint ."), manifest({ devDependencies: { eslint: "9" } }), []],
  [
    "an installation under another name",
    hook("eslint ."),
    { ...hook("eslint ."), ...manifest({ ...installing, scripts: { postinstall: "husky" } }) },
    [],
  ],
  ["an installation without hooks", {}, manifest({ devDependencies: tools }), []],
  [
    "an installation, with another script left",
    hook("eslint ."),
    { ...hook("eslint ."), ...manifest({ ...installing, scripts: { prepare: "tsc", husky: "husky" } }) },
    ["prepare hooks"],
  ],
  [
    "an installation, to what nothing runs by itself",
    hook("eslint ."),
    { ...hook("eslint ."), ...manifest({ ...installing, scripts: { "ci:prepare": "husky", "prepare:ci": "husky" } }) },
    ["prepare hooks"],
  ],
  ["a build", hook("rollup -c"), hook("echo"), []],
  ["a limit", hook("eslint . --max-warnings 0"), hook("eslint ."), ["pre-commit eslint --max-warnings"]],
  [
    "one of two linters, beside the other with less to do",
    { ...hook("eslint .", "oxlint"), ...withTool("oxlint") },
    { ...hook("eslint src"), ...withTool("oxlint") },
    ["pre-commit oxlint"],
  ],
  ["one of two linters, with its package", hook("eslint .", "oxlint"), hook("eslint ."), []],
  [
    "two linters, of which CI runs one",
    { ...hook("eslint .", "oxlint", "tsc --noEmit"), ...ci },
    { ...hook("tsc --noEmit"), ...ci },
    ["pre-commit lint"],
  ],
  [
    "a linter that CI runs, as an indented comment with what else stood there",
    { ...hook("  eslint . && tsc --noEmit"), ...ci },
    { ...hook("# eslint . && tsc --noEmit", "tsc --noEmit"), ...ci },
    ["pre-commit lint"],
  ],
  [
    "two linters that CI runs, one of them as a comment",
    { ...hook("eslint .", "oxlint", "tsc --noEmit"), ...both },
    { ...hook("# eslint .", "tsc --noEmit"), ...both },
    ["pre-commit lint"],
  ],
  [
    "two linters that CI runs",
    { ...hook("eslint .", "oxlint", "tsc --noEmit"), ...both },
    { ...hook("tsc --noEmit"), ...both },
    [],
  ],
  [
    "a command of lint-staged",
    { ...hook("npx lint-staged"), "lint-staged.config.js": "export default { '*.ts': ['eslint', 'tsc'] }" },
    { ...hook("npx lint-staged"), "lint-staged.config.js": "export default { '*.ts': ['tsc'] }" },
    ["pre-commit lint"],
  ],
])("hooks lose %s", async (_, base, head, expected) => {
  expect(await losses(base, head)).toEqual(expected);
});

test.each<[string, Texts, Texts, readonly string[]]>([
  [
    "a script",
    {},
    { "release.sh": "", "commit.sh": "git commit --no-verify -m x" },
    ["commit.sh --no-verify leaves the git hooks out"],
  ],
  [
    "scripts kept out",
    {},
    { ".npmrc": "ignore-scripts=true" },
    [".npmrc .npmrc keeps scripts from being run at an installation, and with them what installs the git hooks"],
  ],
  ["scripts kept out where CI verifies the same", ci, { ...ci, ".npmrc": "ignore-scripts=true" }, []],
])("a way past hooks: %s", async (_, base, head, expected) => {
  expect(await losses({ ...hook("eslint ."), ...base }, { ...hook("eslint ."), ...head })).toEqual(expected);
  expect(await losses(base, head)).toEqual([]);
});

test("what lost something and was renamed is compared with what it was", async () => {
  const lost = async (base: Texts, head: Texts, renames: Readonly<Record<string, string>>): Promise<unknown> => {
    const context = await contextOf({
      base: { ...withTool("lint-staged"), ...base },
      head: { ...withTool("lint-staged"), ...head },
      renames,
    });
    return (await hookLoosenings(context, repoPath("x"))).map(({ what }) => what);
  };
  expect(
    await lost(
      { ".husky/pre-commit": "eslint .\ntsc\n" },
      { ".husky/pre-push": "tsc\n" },
      {
        ".husky/pre-push": ".husky/pre-commit",
      },
    ),
  ).toEqual(["pre-commit lint"]);
  const [old, now] = ["lint-staged.config.js", ".lintstagedrc.mjs"];
  const staged = (programs: string): string => `export default { '*.ts': ${programs} }`;
  expect(
    await lost(
      { ...hook("lint-staged"), [old]: staged("['eslint', 'tsc']") },
      { ...hook("lint-staged"), [now]: staged("'tsc'") },
      { [now]: old },
    ),
  ).toEqual(["pre-commit lint"]);
});

test("a repository without a manifest may have hooks", async () => {
  const context = await contextOf({ base: {}, head: { ".husky/pre-push": "vitest run" } });
  expect([...(await hooksOf(context, manifestSides(context).head, "head")).keys()]).toEqual(["pre-push"]);
});

/** What is found in one new line of a file. */
async function bypass(path: string, line: string): Promise<readonly string[]> {
  return newBypasses(await contextOf({ base: {}, head: { [path]: `\n${line}\n` } })).map(
    ({ line: at, says }) => `${at} ${says}`,
  );
}

const without = "2 `--no-verify` leaves the git hooks out";
const shortly = "2 `git commit -n` leaves the git hooks out";

test.each<[string, string, readonly string[]]>([
  ["a.sh", "git commit --no-verify", [without]],
  ["a.bash", "git push --no-verify origin main", [without]],
  ["Makefile", "\tgit commit -m x --no-verify", [without]],
  ["a.sh", "git commit -nm x", [shortly]],
  ["a.sh", "git commit -an", [shortly]],
  ["a.sh", "git commit --amend", []],
  ["a.sh", "git push -n", []],
  ["a.sh", "git commit -m 'say --no-verify'", []],
  ["a.sh", 'git commit -am "no -n here"', []],
  ["a.sh", "git status && run --no-verify", []],
  ["a.sh", "# git commit --no-verify", []],
  ["a.sh", "  // git commit --no-verify", []],
  ["a.sh", "git config core.hooksPath /dev/null", ["2 `core.hooksPath` leads past the git hooks"]],
  ["a.sh", "git -c core.hooksPath= commit", []],
  ["a.sh", "git -c core.hooksPath='' commit", ["2 `core.hooksPath` leads past the git hooks"]],
  ["a.sh", "git config --unset core.hooksPath", ["2 `core.hooksPath` leads past the git hooks"]],
  ["a.sh", "git config core.hooksPath .githooks", []],
  ["a.sh", "export HUSKY=0", ["2 `HUSKY` switches the git hooks off"]],
  ["a.sh", "HUSKY=1 npm i", []],
  ["a.sh", "SKIP=eslint git commit -m x", ["2 `SKIP` switches the git hooks off"]],
  ["a.sh", "SKIP=eslint run", []],
  [".env", "LEFTHOOK=false", ["2 `LEFTHOOK` switches the git hooks off"]],
  [".env.local", "SKIP_SIMPLE_GIT_HOOKS=1", ["2 `SKIP_SIMPLE_GIT_HOOKS` switches the git hooks off"]],
  [".vscode/settings.json", '  "HUSKY": "0"', ["2 `HUSKY` switches the git hooks off"]],
  ["mise.toml", "HUSKY = 0", ["2 `HUSKY` switches the git hooks off"]],
  ["release.sh", "git commit --no-verify", []],
  ["Dockerfile", "RUN git commit --no-verify", []],
  [".github/workflows/ci.yml", "run: git commit --no-verify", []],
  ["a.ts", "run('git commit --no-verify')", []],
  ["README.md", "Run `git commit --no-verify`.", [without]],
  ["AGENTS.md", "Never run `git commit --no-verify`.", []],
  ["AGENTS.md", "`git commit --no-verify` is forbidden.", []],
  ["AGENTS.md", "Don't be slow. Run `git commit --no-verify`.", [without]],
  ["AGENTS.md", "`git commit --no-verify` is fine. Lint is never run.", [without]],
  ["docs/other.md", "Run `git commit --no-verify`.", []],
  [
    ".npmrc",
    "ignore-scripts=true",
    ["2 .npmrc keeps scripts from being run at an installation, and with them what installs the git hooks"],
  ],
  [".npmrc", "ignore-scripts=false", []],
  [".npmrc", "# ignore-scripts=true", []],
  [
    "pnpm-workspace.yaml",
    "ignoreScripts: true",
    [
      "2 pnpm-workspace.yaml keeps scripts from being run at an installation, and with them what installs the git hooks",
    ],
  ],
  ["a/.npmrc", "ignore-scripts=true", []],
])("%s: %s", async (path, line, expected) => {
  expect(await bypass(path, line)).toEqual(expected);
});

test("scripts of a manifest lead past hooks, but for those that release", async () => {
  const of = (name: string): Texts => ({
    "package.json": `{\n  "scripts": {\n    "${name}": "git commit --no-verify"\n  }\n}`,
  });
  const lines = async (base: Texts, head: Texts): Promise<readonly number[]> =>
    newBypasses(await contextOf({ base, head })).map(({ line }) => line);
  expect(await lines({ "package.json": "{}" }, of("save"))).toEqual([3]);
  expect(await lines({ "package.json": "{}" }, of("release:commit"))).toEqual([]);
  expect(await lines(of("save"), of("store"))).toEqual([]);
  expect(await lines({ "a.sh": "git commit --no-verify" }, { ...of("save"), "a.sh": "" })).toEqual([]);
});
