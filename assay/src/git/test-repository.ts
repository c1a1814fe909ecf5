// Real git repositories in temporary folders, for tests.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TestRepository {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  /** Runs git in the repository and answers what it printed, without the last line break. Throws when git fails. */
  readonly git: (...args: readonly string[]) => string;
  /** Runs git with something on its standard input. */
  readonly pipe: (stdin: string | Buffer, ...args: readonly string[]) => string;
  readonly write: (path: string, content: string | Buffer) => void;
  readonly delete: (path: string) => void;
  /** Adds everything and commits it. Answers the commit's id. */
  readonly commit: (message?: string) => string;
  /** Removes the folder. */
  readonly remove: () => void;
}

const environment = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A. Tester",
  GIT_AUTHOR_EMAIL: "tester@example.org",
  GIT_AUTHOR_DATE: "2024-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "A. Tester",
  GIT_COMMITTER_EMAIL: "tester@example.org",
  GIT_COMMITTER_DATE: "2024-01-01T00:00:00Z",
};

/** A repository on the branch `main` with one commit of these files; without files it has no commit. */
export function makeRepository(
  files: Readonly<Record<string, string | Buffer>>,
  ...initOptions: string[]
): TestRepository {
  const repository = repositoryAt(realpathSync(mkdtempSync(join(tmpdir(), "assay-git-"))));
  repository.git("init", "--quiet", "--initial-branch=main", ...initOptions);
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  if (Object.keys(files).length > 0) repository.commit("first");
  return repository;
}

/** The same for a folder that already is a repository: a clone, a linked worktree. */
export function repositoryAt(root: string): TestRepository {
  const run = (args: readonly string[], input?: string | Buffer) =>
    execFileSync("git", ["-c", "protocol.file.allow=always", "-c", "core.excludesFile=/dev/null", ...args], {
      cwd: root,
      env: environment,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      ...(input === undefined ? {} : { input }),
    }).replace(/\n$/, "");
  return {
    root,
    git: (...args) => run(args),
    pipe: (input, ...args) => run(args, input),
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    delete: (path) => rmSync(join(root, path), { recursive: true }),
    commit(message = "next") {
      run(["add", "--all"]);
      run(["commit", "--quiet", "--allow-empty", `--message=${message}`]);
      return run(["rev-parse", "HEAD"]);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
