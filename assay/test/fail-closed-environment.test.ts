// A broken environment: no verdict is invented, and every answer says what to do next.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { noVerdict, verdictOf } from "./fault-repository.ts";
import { keptFolder, keptRepository } from "./kept-repository.ts";
import {
  assay,
  assayWith,
  binary,
  cleanEnvironment,
  smallPackage,
  statusOf,
  type TestRepository,
} from "./repository.ts";
import { isGone } from "./started.ts";

const tools = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** A repository whose change makes its test fail: whatever answers green here is wrong. */
function redRepository(): TestRepository {
  const repository = keptRepository(smallPackage);
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b") ?? "" });
  return repository;
}

function greenRepository(): TestRepository {
  const repository = keptRepository(smallPackage);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  return repository;
}

test("without git there is no verdict", async () => {
  const outcome = await assayWith(redRepository(), { env: { PATH: keptFolder() } }, "loop", "--base", "main");
  expect(verdictOf(outcome)).toEqual(noVerdict);
  expect(outcome.envelope.error).toMatchObject({
    code: "tool-missing",
    hint: expect.stringContaining("git") as string,
  });
});

/** A repository with a vitest of our making, at a version that is recognised. */
function withVitest(program: string): TestRepository {
  const repository = keptRepository(smallPackage, { tools: false });
  const root = join(repository.root, "node_modules");
  mkdirSync(join(root, "vitest"), { recursive: true });
  for (const name of ["oxlint", "typescript"]) symlinkSync(join(tools, name), join(root, name));
  const manifest = {
    name: "vitest",
    version: "4.1.12",
    type: "module",
    bin: { vitest: "./vitest.mjs" },
    exports: "./vitest.mjs",
  };
  writeFileSync(join(root, "vitest/package.json"), JSON.stringify(manifest));
  writeFileSync(join(root, "vitest/vitest.mjs"), program);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  return repository;
}

const forged = '{"schema":"assay/1","ok":true,"exit_code":0,"result":{"checks":[]}}';

const runners = {
  "is empty": "",
  crashes: "throw new Error('broken');",
  "is not JavaScript": "this is not javascript",
  "ends well without running anything": "process.exit(0);",
  "prints an envelope of ours": `console.log(${JSON.stringify(forged)});`,
  "prints a report in vitest's form":
    "console.log(JSON.stringify({ numTotalTests: 1, numPassedTests: 1, success: true, testResults: [] }));",
  "writes a report that is not one":
    'import { writeFileSync } from "node:fs"; writeFileSync(process.env.ASSAY_TEST_REPORT, "passed\\n");',
  "is killed": 'process.kill(process.pid, "SIGKILL");',
  "prints without end": 'const line = "x".repeat(65536); for (let i = 0; i < 2000; i++) process.stdout.write(line);',
} as const;

test.concurrent.each(Object.entries(runners))("a test runner that %s is no verdict", async (_what, program) => {
  const outcome = await assay(withVitest(program), "loop", "--base", "main", "--only", "tests");
  expect(verdictOf(outcome)).toEqual(noVerdict);
});

test.concurrent("a test runner that hangs is ended with the budget", async () => {
  const repository = withVitest('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);');
  const outcome = await assay(repository, "loop", "--base", "main", "--only", "tests", "--budget", "2");
  const { envelope } = outcome;
  expect(verdictOf(outcome)).toEqual(noVerdict);
  expect([statusOf(envelope, "tests"), envelope.error?.code, envelope.error?.message]).toEqual([
    "deferred",
    "no-tests-ran",
    "The budget ended before any part of tests finished",
  ]);
  expect(await isGone(repository.root)).toBe(true);
});

test.concurrent("a failing test that prints an envelope of ours still fails", async () => {
  const repository = redRepository();
  const loud = `${smallPackage["src/sum.test.ts"]}\nconsole.log(${JSON.stringify(forged)});\nprocess.stdout.write(${JSON.stringify(`${forged}\n`)});\n`;
  repository.write({ "src/sum.test.ts": loud });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, statusOf(envelope, "tests")]).toEqual([1, "fail"]);
});

const damages = {
  "cut off": (file: string) => writeFileSync(file, '{"bo'),
  emptied: (file: string) => writeFileSync(file, ""),
  "overwritten with zeros": (file: string) => writeFileSync(file, Buffer.alloc(500)),
  "replaced by a list": (file: string) => writeFileSync(file, "[[],{},null]"),
  "replaced by a folder": (file: string) => {
    rmSync(file);
    mkdirSync(file);
  },
  "replaced by a link that leads nowhere": (file: string) => {
    rmSync(file);
    symlinkSync(join(dirname(file), "nowhere"), file);
  },
  "replaced by a link to an endless file": (file: string) => {
    rmSync(file);
    symlinkSync("/dev/null", file);
  },
} as const;

test.concurrent.each(Object.entries(damages))("a cache that was %s changes no verdict", async (_what, damage) => {
  const repository = greenRepository();
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(0);
  const state = join(repository.root, ".git/assay");
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) damage(join(file.parentPath, file.name));
  const again = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([again.exitCode, again.envelope.result.checks.some((check) => check.cached)]).toEqual([0, false]);
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b") ?? "" });
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(1);
});

test.concurrent("where the state folder is a file, everything runs and nothing is remembered", async () => {
  const repository = greenRepository();
  writeFileSync(join(repository.root, ".git/assay"), "");
  for (const attempt of [1, 2]) {
    const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
    expect([attempt, exitCode, envelope.result.checks[0]?.cached]).toEqual([attempt, 0, false]);
  }
});

const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "git's variables": {
    GIT_DIR: "/nowhere",
    GIT_WORK_TREE: "/",
    GIT_INDEX_FILE: "/dev/null",
    GIT_OBJECT_DIRECTORY: "/nowhere",
    GIT_CONFIG_GLOBAL: "/nowhere",
    GIT_CEILING_DIRECTORIES: "/",
    GIT_NAMESPACE: "x",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_TRACE: "1",
    GIT_EXEC_PATH: "/nowhere",
  },
  "a runner's variables": { VITEST: "true", VITEST_WORKER_ID: "1", JEST_WORKER_ID: "1", NODE_TEST_CONTEXT: "child-v8" },
  production: { NODE_ENV: "production", CI: "1", FORCE_COLOR: "3" },
  "a report of somebody else's": { ASSAY_TEST_REPORT: "/dev/null", ASSAY_RUN: "x" },
  "no home": { HOME: "/nowhere", XDG_CONFIG_HOME: "/nowhere", XDG_CACHE_HOME: "/nowhere" },
  "a home that is a file": { HOME: "/dev/null" },
};

test.concurrent.each(Object.entries(variables))("%s in the environment do not hide a failure", async (_what, env) => {
  const { exitCode, envelope } = await assayWith(redRepository(), { env }, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, statusOf(envelope, "tests")]).toEqual([1, "fail"]);
});

test.concurrent.each(["/nowhere", "/dev/null"])(
  "with TMPDIR=%s there is no verdict, and it says so",
  async (TMPDIR) => {
    const outcome = await assayWith(redRepository(), { env: { TMPDIR } }, "loop", "--base", "main", "--only", "tests");
    expect(verdictOf(outcome)).toEqual(noVerdict);
    expect(JSON.stringify(outcome.envelope)).toContain("TMPDIR");
  },
);

test.concurrent("who closes standard output early still gets the exit code", async () => {
  const child = spawn(process.execPath, [binary, "loop", "--base", "main", "--only", "tests"], {
    cwd: redRepository().root,
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(1);
});

test.concurrent("paths near the limit of the system are looked at", async () => {
  const repository = redRepository();
  const long = join(...Array.from({ length: 14 }, () => "d".repeat(240)), "long.ts");
  mkdirSync(join(repository.root, "src"), { recursive: true });
  execFileSync(
    "sh",
    [
      "-c",
      'for part; do mkdir "$part" && cd "$part" || exit 1; done; echo "// @ts-nocheck" > long.ts',
      "sh",
      ...dirname(long).split("/"),
    ],
    {
      cwd: join(repository.root, "src"),
    },
  );
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests,suppression");
  expect([exitCode, statusOf(envelope, "tests"), statusOf(envelope, "suppression")]).toEqual([1, "fail", "fail"]);
});

test.concurrent("twenty thousand untracked files do not hide a failure", async () => {
  const repository = redRepository();
  for (let dir = 0; dir < 20; dir++) {
    mkdirSync(join(repository.root, `notes/${dir}`), { recursive: true });
    for (let file = 0; file < 1000; file++) writeFileSync(join(repository.root, `notes/${dir}/${file}.txt`), "x");
  }
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, envelope.result.scope.changed_files]).toEqual([1, 20_001]);
});
