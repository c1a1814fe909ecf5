import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { assay, assayWith, cleanEnvironment, gitRepository, smallPackage, statusOf } from "./repository.ts";

function folder(): { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), "assay-bad-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return { root };
}

function git(root: string, ...args: string[]): void {
  execFileSync("git", args, { cwd: root, env: cleanEnvironment(), stdio: "pipe" });
}

const commands = ["loop", "mutate", "gate", "scope", "doctor"] as const;

test.each(commands)("%s outside a repository says so", async (command) => {
  const { exitCode, envelope } = await assay(folder(), command);
  expect([exitCode, envelope.error?.code]).toEqual([2, "not-a-repository"]);
  expect(envelope.error?.hint).toBeTruthy();
});

test.each(commands)("%s in a repository without commits says so", async (command) => {
  const { root } = folder();
  git(root, "init", "-q");
  const { exitCode, envelope } = await assay({ root }, command);
  expect(exitCode).toBe(2);
  expect(envelope.error?.message).toMatch(/no commit/i);
});

test("a bare repository has no working tree to check", async () => {
  const { root } = folder();
  git(root, "init", "-q", "--bare");
  const { exitCode, envelope } = await assay({ root }, "loop");
  expect(exitCode).toBe(2);
  expect(envelope.error?.message).toMatch(/bare/);
});

test("a shallow clone without the merge base is no verdict for guards and says how to deepen it", async () => {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/b.ts": "export const b = 1;\n" });
  const { root } = folder();
  git(root, "clone", "-q", "--depth", "1", "--branch", "work", `file://${repository.root}`, "clone");
  const { exitCode, envelope } = await assay({ root: join(root, "clone") }, "loop", "--only", "suppression");
  expect(exitCode).toBe(2);
  expect(envelope.result.scope.fallback?.reason).toBe("no-base");
  expect(JSON.stringify(envelope.next_actions)).toMatch(/unshallow|deepen|depth/);
});

test("a detached head and a linked worktree are repositories like any other", async () => {
  const repository = gitRepository({ "a.js": "export const a = 1;\n" }, { tools: false });
  repository.git("worktree", "add", "-q", "--detach", "linked");
  const root = join(repository.root, "linked");
  writeFileSync(join(root, "b.js"), "export const b = 2;\n");
  const { exitCode, envelope } = await assay({ root }, "loop", "--base", "main");
  expect([exitCode, envelope.result.scope.changed_files]).toEqual([0, 1]);
});

test("file names that break naive tools do not break the verdict", async () => {
  const names = [
    "with space.js",
    'quo"te.js',
    "new\nline.js",
    "ünï-文.js",
    "-dash.js",
    "tab\t.js",
    "back\\slash.js",
    "$(x).js",
  ];
  const repository = gitRepository({ "a.js": "export const a = 1;\n" }, { tools: false });
  repository.write(
    Object.fromEntries(names.map((name) => [`src/${name}`, "// eslint-disable-next-line\nexport const a = 1;\n"])),
  );
  const { exitCode, envelope, stdout } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, envelope.result.scope.changed_files]).toEqual([1, names.length]);
  const guard = envelope.result.checks.find((check) => check.id === "suppression");
  expect(guard?.details).toHaveLength(8);
  expect(stdout).not.toMatch(/\\n.*line\.js \(/);
  expect(guard?.details.some((detail) => detail.startsWith("src/new\\nline.js:1 "))).toBe(true);
});

test("binary, empty, huge and unreadable-as-text files are no obstacle", async () => {
  const repository = gitRepository({ "a.js": "export const a = 1;\n" }, { tools: false });
  repository.write({ "empty.js": "", "huge.js": `export const data = "${"x".repeat(6_000_000)}";\n` });
  writeFileSync(join(repository.root, "binary.js"), Buffer.from([0, 1, 2, 255, 254, 10, 0]));
  writeFileSync(join(repository.root, "latin1.js"), Buffer.from([0x2f, 0x2f, 0xe9, 10]));
  symlinkSync("nowhere", join(repository.root, "dangling.js"));
  symlinkSync("/etc/hostname", join(repository.root, "outside.js"));
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect(envelope.error).toBeNull();
  expect([exitCode, envelope.result.scope.changed_files]).toEqual([0, 6]);
});

test("a source that does not parse is a finding with its line", async () => {
  const repository = gitRepository({ "a.js": "export const a = 1;\n" }, { tools: false });
  repository.write({ "a.js": "export const a = 1;\nexport const = ;\n" });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, statusOf(envelope, "syntax-error")]).toEqual([1, "fail"]);
  expect(envelope.result.checks[0]?.details[0]).toMatch(/^a\.js:2 /);
});

const configurations: readonly (readonly [string, string, RegExp])[] = [
  ["is not TOML", "base = \n", /assay\.toml/],
  ["has an unknown key", "[limts]\nmax_file_lines = 3\n", /limts/],
  ["has a misspelt key", "[limits]\nmax_file_line = 3\n", /max_file_lines/],
  ["has a wrong type", '[loop]\nbudget_seconds = "long"\n', /budget_seconds/],
  [
    "names a scope that does not exist",
    '[scope.path_map]\n"src/" = "core"\n[scope.dependencies]\ncore = ["gone"]\n',
    /gone/,
  ],
];

test.each(configurations)("an assay.toml that %s is refused with the place", async (_what, text, message) => {
  const { exitCode, envelope } = await assay(gitRepository({ "assay.toml": text }), "loop", "--base", "main");
  expect([exitCode, envelope.error?.code]).toEqual([2, "config-invalid"]);
  expect(`${envelope.error?.message} ${envelope.error?.hint}`).toMatch(message);
});

test("a broken manifest of the workspace is refused with its name", async () => {
  const repository = gitRepository({ "package.json": '{ "name": "p", }\n' }, { tools: false });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, envelope.error?.code]).toEqual([2, "config-invalid"]);
  expect(envelope.error?.message).toContain("package.json");
});

test("the user's configuration and environment do not change what is seen", async () => {
  const repository = gitRepository({ "src/a.js": "export const a = 1;\n", ".gitattributes": "" }, { tools: false });
  repository.git("config", "diff.external", "/bin/true");
  repository.git("config", "diff.noprefix", "true");
  repository.git("config", "core.quotePath", "true");
  repository.git("config", "core.excludesFile", join(repository.root, ".git/info/mine"));
  writeFileSync(join(repository.root, ".git/info/mine"), "*.js\n");
  writeFileSync(join(repository.root, ".git/info/attributes"), "*.js -diff binary\n");
  repository.write({ "src/a.js": "// @ts-nocheck\nexport const a = 1;\n", "src/hidden.js": "// @ts-nocheck\n" });
  repository.git("update-index", "--assume-unchanged", "src/a.js");
  const env = {
    GIT_DIR: "/nowhere",
    GIT_WORK_TREE: "/nowhere",
    GIT_EXTERNAL_DIFF: "/bin/true",
    GIT_INDEX_FILE: "/nowhere",
  };
  const { exitCode, envelope } = await assayWith(
    repository,
    { env },
    "loop",
    "--base",
    "main",
    "--only",
    "suppression",
  );
  expect([exitCode, envelope.result.scope.changed_files]).toEqual([1, 2]);
  expect(envelope.result.checks[0]?.details).toHaveLength(2);
});

test("a tree that cannot be written is checked all the same, and stays as it was", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  git(repository.root, "config", "core.fileMode", "true");
  const before = snapshot(repository.root);
  for (const path of ["src", ".git", "."]) chmodSync(join(repository.root, path), 0o555);
  onTestFinished(() => {
    for (const path of [".", ".git", "src"]) chmodSync(join(repository.root, path), 0o755);
  });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, envelope.error]).toEqual([0, null]);
  expect(snapshot(repository.root)).toBe(before);
});

test("two runs at once do not disturb each other", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  const runs = await Promise.all([1, 2, 3].map(() => assay(repository, "loop", "--base", "main")));
  expect(runs.map((run) => run.exitCode)).toEqual([0, 0, 0]);
});

/** Status and contents of everything that git does not ignore. */
function snapshot(root: string): string {
  const status = execFileSync("git", ["status", "--porcelain", "-z"], {
    cwd: root,
    env: cleanEnvironment(),
    encoding: "utf8",
  });
  return `${status}${readFileSync(join(root, "src/sum.ts"), "utf8")}`;
}
