// Temporary git repositories for the end-to-end tests, and the real binary run in them.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Envelope } from "../src/report/envelope.ts";
import { ignoresPackages, plainGit } from "./plain-git.ts";

/** The built program. */
export const binary = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** The tools that the repositories made here use are this repository's own. */
const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));

export interface TestRepository {
  readonly root: string;
  readonly git: (...args: string[]) => string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Puts everything into the index. */
  readonly stage: () => void;
  /** Checks a new branch out. */
  readonly startBranch: (name: string) => void;
  /** Writes and commits. */
  readonly commit: (files: Readonly<Record<string, string>>, message?: string) => void;
}

/** Nobody's name, and nothing that tidies up afterwards: that starts a process of its own, and takes as long as the commit. */
const commitOptions = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "maintenance.auto=false"];

export interface RepositoryOptions {
  /** Makes this repository's vitest, oxlint, oxfmt and TypeScript resolvable. True unless said otherwise. */
  readonly tools?: boolean;
  /** Takes what removes the repository. Unless given, the running test does, which a concurrent test can't be told from. */
  readonly onEnd?: (remove: () => void) => void;
}

/** A repository on `main` with one commit of these files, removed when the test ends. */
export function gitRepository(
  files: Readonly<Record<string, string>>,
  options: RepositoryOptions = {},
): TestRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-test-")));
  (options.onEnd ?? onTestFinished)(() => rmSync(root, { recursive: true, force: true }));
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: root,
      encoding: "utf8",
      env: cleanEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
  const write: TestRepository["write"] = (contents) => {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  // Where it is plain what git would write, it is not started: that takes longer than much of what is tested.
  const plain = plainGit(root, git);
  const stage: TestRepository["stage"] = () => void (plain.stage() || git("add", "-A"));
  const startBranch: TestRepository["startBranch"] = (name) =>
    void (plain.startBranch(name) || git("switch", "-q", "-c", name));
  const commit: TestRepository["commit"] = (contents, message = "test: a commit") => {
    write(contents);
    stage();
    if (!plain.commit(message)) git(...commitOptions, "commit", "-q", "--no-verify", "-m", message);
  };
  if (options.tools !== false) symlinkSync(nodeModules, join(root, "node_modules"));
  commit({ ".gitignore": ignoresPackages, ...files }, "test: the start");
  return { root, git, write, stage, startBranch, commit };
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output read as JSON; throws when it is anything else. */
  readonly envelope: Envelope & { readonly [more: string]: unknown };
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the built binary as an agent would: no terminal, standard output and error apart. */
export function assay(repository: Pick<TestRepository, "root">, ...args: string[]): Promise<Outcome> {
  return assayWith(repository, {}, ...args);
}

export function assayWith(
  repository: Pick<TestRepository, "root">,
  options: RunOptions,
  ...args: string[]
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, ...args], {
      cwd: options.cwd ?? repository.root,
      env: { ...cleanEnvironment(), ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.once("error", reject);
    child.once("close", (exitCode) => {
      resolve(outcomeOf(exitCode, Buffer.concat(stdout).toString("utf8"), Buffer.concat(stderr).toString("utf8")));
    });
  });
}

export function outcomeOf(exitCode: number | null, stdout: string, stderr: string): Outcome {
  return {
    exitCode,
    stdout,
    stderr,
    get envelope() {
      return JSON.parse(stdout) as Outcome["envelope"];
    },
  };
}

/** The environment without what the surrounding test run put into it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|VITE_|TEST$|NODE_ENV$|DEV$|PROD$|SSR$|MODE$|BASE_URL$|GIT_|ASSAY_|CI$)/.test(name),
  );
  return Object.fromEntries(kept);
}

/** Status of one check of an envelope. */
export function statusOf(envelope: Envelope, id: string): string | undefined {
  return envelope.result.checks.find((check) => check.id === id)?.status;
}

/** A package with a source file, a test that verifies it, and the tools' configuration. */
export const smallPackage: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "small",
    type: "module",
    scripts: { test: "vitest run", lint: "oxlint", types: "tsc -p tsconfig.json" },
    devDependencies: { vitest: "4", oxlint: "1", typescript: "7" },
  }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      strict: true,
      module: "nodenext",
      target: "es2023",
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
    },
    include: ["src"],
  }),
  ".oxlintrc.json": JSON.stringify({ rules: { "no-debugger": "error" } }),
  "src/sum.ts": "export function sum(a: number, b: number): number {\n  return a + b;\n}\n",
  "src/sum.test.ts":
    'import { expect, test } from "vitest";\nimport { sum } from "./sum.ts";\n\ntest("adds", () => {\n  expect(sum(1, 2)).toBe(3);\n});\n',
};
