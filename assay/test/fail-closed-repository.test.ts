// Repositories in odd states, hostile configuration, redirected git and Node: nothing that is wrong is lost.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lostIn, noVerdict, silencedRepository, verdictOf } from "./fault-repository.ts";
import { keptFolder } from "./kept-repository.ts";
import { assay, assayWith, type TestRepository } from "./repository.ts";

type Fault = (repository: TestRepository) => void;

function judge(repository: TestRepository, env: Readonly<Record<string, string>> = {}): ReturnType<typeof assay> {
  return assayWith(repository, { env }, "gate", "--base", "main", "--only", "suppression");
}

const configured =
  (key: string, value: string): Fault =>
  ({ git }) =>
    void git("config", key, value);

const written =
  (path: string, text: string): Fault =>
  ({ root }) =>
    writeFileSync(join(root, path), text);

/** All files that git tracks get this mark in the index. */
const marked =
  (flag: string): Fault =>
  ({ git }) =>
    void git(
      "update-index",
      flag,
      ...git("ls-files", "-z")
        .split("\0")
        .filter((path) => path !== ""),
    );

const states: Readonly<Record<string, Fault>> = {
  "a lock that another git left": written(".git/index.lock", ""),
  "a detached head": ({ git }) => void git("checkout", "-q", "--detach"),
  "a head on a branch without commits": ({ git }) => void git("symbolic-ref", "HEAD", "refs/heads/nothing"),
  "a head that is nonsense": written(".git/HEAD", "nonsense\n"),
  "a head that is empty": written(".git/HEAD", ""),
  "a branch that is nonsense": written(".git/refs/heads/main", "nonsense\n"),
  "a branch of a commit that is not there": written(".git/refs/heads/main", `${"ab".repeat(20)}\n`),
  "packed references that are nonsense": written(".git/packed-refs", "nonsense\n"),
  "an index that is cut off": ({ root }) => truncateSync(join(root, ".git/index"), 60),
  "an empty index": written(".git/index", ""),
  "no index": ({ root }) => rmSync(join(root, ".git/index")),
  "no objects": ({ root }) => rmSync(join(root, ".git/objects"), { recursive: true }),
  "objects that are cut off": ({ root }) => {
    for (const entry of readdirSync(join(root, ".git/objects"), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile()) continue;
      rmSync(path);
      writeFileSync(path, "x");
    }
  },
  "alternate objects that are not there": written(".git/objects/info/alternates", "/nowhere\n"),
  "a commit graph that is nonsense": ({ root }) => {
    mkdirSync(join(root, ".git/objects/info"), { recursive: true });
    writeFileSync(join(root, ".git/objects/info/commit-graph"), "nonsense");
  },
  "a history that is said to be shallow": ({ root, git }) =>
    writeFileSync(join(root, ".git/shallow"), git("rev-parse", "HEAD")),
  "a graft that hides the base": ({ root, git }) => {
    mkdirSync(join(root, ".git/info"), { recursive: true });
    writeFileSync(join(root, ".git/info/grafts"), git("rev-parse", "HEAD"));
  },
  "a commit that stands for another": ({ git }) => void git("replace", "main", "change"),
  "files that are to be assumed unchanged": marked("--assume-unchanged"),
  "files that are skipped in the work tree": marked("--skip-worktree"),
  "a sparse checkout that leaves the sources out": ({ root, git }) => {
    git("config", "core.sparseCheckout", "true");
    mkdirSync(join(root, ".git/info"), { recursive: true });
    writeFileSync(join(root, ".git/info/sparse-checkout"), "/package.json\n");
  },
  "private rules that ignore everything": ({ root }) => {
    mkdirSync(join(root, ".git/info"), { recursive: true });
    writeFileSync(join(root, ".git/info/exclude"), "*\n");
  },
  "private attributes that call everything generated": ({ root }) => {
    mkdirSync(join(root, ".git/info"), { recursive: true });
    writeFileSync(join(root, ".git/info/attributes"), "* linguist-generated binary -diff\n");
  },
  "attributes of this change that call everything generated": written(".gitattributes", "* linguist-generated\n"),
  "a monitor that has seen nothing": ({ root, git }) => {
    writeFileSync(join(root, ".git/monitor"), "#!/bin/sh\nprintf 'token\\0'\n", { mode: 0o755 });
    git("config", "core.fsmonitor", join(root, ".git/monitor"));
  },
  "a filter that gives old contents": ({ root, git }) => {
    git("config", "filter.old.clean", "echo 'export const one: number = 1;'");
    writeFileSync(join(root, ".git/info-attributes"), "");
    mkdirSync(join(root, ".git/info"), { recursive: true });
    writeFileSync(join(root, ".git/info/attributes"), "*.ts filter=old\n");
  },
  "a split index": ({ git }) => void git("update-index", "--split-index"),
  "an index of another version": ({ git }) => void git("update-index", "--index-version", "4"),
  "an intention to add": ({ git }) => void git("add", "--intent-to-add", "src/untracked.ts"),
  "a merge that goes on": ({ root, git }) => writeFileSync(join(root, ".git/MERGE_HEAD"), git("rev-parse", "main")),
  "a rebase that goes on": ({ root }) => mkdirSync(join(root, ".git/rebase-merge")),
  "a repository inside the repository": ({ root, git }) => void git("init", "-q", join(root, "inner")),
  "hooks that fail": ({ root, git }) => {
    writeFileSync(join(root, ".git/fail"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    git("config", "core.hooksPath", join(root, ".git"));
  },
  "a work tree that is said to be elsewhere": configured("core.worktree", "/"),
  "a repository that is said to be bare": configured("core.bare", "true"),
  "untracked files that are not to be shown": configured("status.showUntrackedFiles", "no"),
  "an external program for differences": configured("diff.external", "/bin/true"),
  "an alias for status": configured("alias.status", "!true"),
  "modes and links that mean nothing": ({ git }) => {
    git("config", "core.fileMode", "false");
    git("config", "core.symlinks", "false");
    git("config", "core.ignoreCase", "true");
  },
  "line endings that are converted": configured("core.autocrlf", "true"),
  "times that are not to be trusted": ({ git }) => {
    git("config", "core.checkStat", "minimal");
    git("config", "core.trustctime", "false");
  },
  "renames that are always sought": configured("diff.renames", "copies"),
  "a configuration that includes nonsense": ({ root, git }) => {
    writeFileSync(join(root, ".git/more"), "[[[\n");
    git("config", "include.path", "more");
  },
  "an extension that git does not know": ({ git }) => {
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.unheardOf", "true");
  },
};

test.concurrent.each(Object.entries(states))("%s hides nothing", async (_what, make) => {
  const repository = silencedRepository();
  make(repository);
  expect(lostIn(await judge(repository))).toEqual([]);
});

const deep = 20_000;

/** What stands where a file should. */
const shapes: Readonly<Record<string, (path: string) => void>> = {
  "a folder": (path) => mkdirSync(path),
  "a link to itself": (path) => symlinkSync(path, path),
  "a link to an endless device": (path) => symlinkSync("/dev/zero", path),
  "a pipe that nobody writes to": (path) => void execFileSync("mkfifo", [path]),
  "binary zeros": (path) => writeFileSync(path, Buffer.alloc(4096)),
  "lists in lists": (path) => writeFileSync(path, `${"[".repeat(deep)}${"]".repeat(deep)}\n`),
  "tables in tables": (path) => writeFileSync(path, `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}\n`),
  "sixteen megabytes": (path) => writeFileSync(path, "#".repeat(1 << 24)),
};

const places = ["assay.toml", "package.json", ".gitattributes", "pnpm-workspace.yaml", "tsconfig.json", "src/more.ts"];
// Git itself waits for a pipe in the place of its attributes; assay ends it after two minutes, without a verdict.
const misplaced = places
  .flatMap((path) => Object.entries(shapes).map(([shape, make]) => ({ path, shape, make })))
  .filter(({ path, shape }) => path !== ".gitattributes" || !shape.startsWith("a pipe"));

test.concurrent.each(misplaced)("$shape in the place of $path hides nothing", async ({ path, make }) => {
  const repository = silencedRepository();
  const place = join(repository.root, path);
  rmSync(place, { force: true });
  make(place);
  expect(lostIn(await judge(repository))).toEqual([]);
});

const configurations: Readonly<Record<string, string>> = {
  "names a prototype": "[__proto__]\npolluted = true\n",
  "asks for a base that is an option": 'base = "--output=x"\n',
  "asks for a base that runs a command": 'base = "$(touch owned)"\n',
  "maps everything to nowhere": '[scope.path_map]\n"../" = "x"\n',
  "switches off a check that is none": '[checks]\noff = ["supression"]\n',
};

test.concurrent.each(Object.entries(configurations))("an assay.toml that %s is no verdict", async (_what, text) => {
  const repository = silencedRepository();
  repository.write({ "assay.toml": text });
  expect(verdictOf(await assay(repository, "gate", "--only", "suppression"))).toEqual(noVerdict);
});

const redirected: readonly Readonly<Record<string, string>>[] = [
  { GIT_DIR: "/nowhere" },
  { GIT_WORK_TREE: "/" },
  { GIT_COMMON_DIR: "/nowhere" },
  { GIT_INDEX_FILE: "/dev/null" },
  { GIT_OBJECT_DIRECTORY: "/nowhere" },
  { GIT_SHALLOW_FILE: "/dev/null" },
  { GIT_GRAFT_FILE: "/dev/null" },
  { GIT_REPLACE_REF_BASE: "refs/heads/" },
  { GIT_NAMESPACE: "x" },
  { GIT_ATTR_SOURCE: "nothing" },
  { GIT_CEILING_DIRECTORIES: "/" },
  { GIT_EXEC_PATH: "/nowhere" },
  { GIT_EXTERNAL_DIFF: "/bin/true" },
  { GIT_LITERAL_PATHSPECS: "1", GIT_ICASE_PATHSPECS: "1" },
  { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.worktree", GIT_CONFIG_VALUE_0: "/" },
  { GIT_CONFIG_PARAMETERS: "'core.bare'='true'" },
  { GIT_CONFIG_GLOBAL: "/dev/full" },
  { GIT_TRACE: "1", GIT_TRACE2_EVENT: "1", GIT_TRACE_SETUP: "1" },
  { NODE_PATH: "/nowhere" },
  { NODE_OPTIONS: "--disable-proto=throw" },
  { NODE_OPTIONS: "--frozen-intrinsics" },
  { NODE_OPTIONS: "--conditions=types" },
  { NODE_OPTIONS: "--preserve-symlinks" },
  { NODE_OPTIONS: "--pending-deprecation --throw-deprecation" },
  { NODE_V8_COVERAGE: "/dev/null" },
  { NODE_COMPILE_CACHE: "/dev/null" },
  { NODE_DEBUG: "*" },
  { UV_THREADPOOL_SIZE: "1" },
  { LC_ALL: "tr_TR.UTF-8", LANGUAGE: "tr" },
  { TZ: "Nowhere/Never" },
];

test.concurrent.each(redirected.map((env) => ({ env, names: Object.entries(env).join(" ") })))(
  "$names in the environment hides nothing",
  async ({ env }) => {
    expect(lostIn(await judge(silencedRepository(), env))).toEqual([]);
  },
);

/** Loaded before assay, as `NODE_OPTIONS` can. */
const clocks: Readonly<Record<string, string>> = {
  "goes back a year with every look": "let t = real(); Date.now = () => (t -= 31_536_000_000);",
  "jumps ahead a year with every look": "let t = real(); Date.now = () => (t += 31_536_000_000);",
  "stands still": "const t = real(); Date.now = () => t;",
  "is before all files": "Date.now = () => 0;",
};

test.concurrent.each(Object.entries(clocks))("a clock that %s hides nothing", async (_what, script) => {
  const file = join(keptFolder(), "clock.cjs");
  writeFileSync(file, `const real = Date.now.bind(Date);\n${script}\n`);
  const repository = silencedRepository();
  const NODE_OPTIONS = `--require=${file}`;
  expect(lostIn(await judge(repository, { NODE_OPTIONS }))).toEqual([]);
  appendFileSync(join(repository.root, "src/untracked.ts"), "// @ts-ignore\nexport const two: string = 2;\n");
  expect(lostIn(await judge(repository, { NODE_OPTIONS }))).toEqual([]);
});
