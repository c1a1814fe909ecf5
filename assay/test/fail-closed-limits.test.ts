// A machine that runs out of something, and tests that do what they like: a failure is not hidden.
import { execFileSync, spawn } from "node:child_process";
import { expect, test } from "vitest";
import type { Envelope } from "../src/report/envelope.ts";
import { keptRepository } from "./kept-repository.ts";
import { assay, binary, cleanEnvironment, smallPackage, statusOf, type TestRepository } from "./repository.ts";

/** A change that makes its test fail. */
function redRepository(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = keptRepository({ ...smallPackage, ...files });
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b") ?? "" });
  return repository;
}

/** Runs assay under a shell's limit. What it printed may be nothing: the limit may have ended it. */
function runUnder(
  limit: string,
  { root }: TestRepository,
  check: string,
): Promise<{ exitCode: number | null; ok: boolean }> {
  const line = `${limit} && exec "$@"`;
  const args = ["-c", line, "sh", process.execPath, binary, "loop", "--base", "main", "--only", check];
  const child = spawn("bash", args, { cwd: root, env: cleanEnvironment(), stdio: ["ignore", "pipe", "ignore"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.once("close", (exitCode) => {
      const text = Buffer.concat(chunks).toString("utf8");
      const ok = text !== "" && (JSON.parse(text) as Envelope).ok;
      resolve({ exitCode, ok });
    });
  });
}

const limits = [
  // Nothing can be written any more, as on a full disk.
  "ulimit -f 0",
  "ulimit -f 1",
  "ulimit -n 16",
  "ulimit -n 24",
  "ulimit -n 40",
  "ulimit -t 1",
  "ulimit -s 256",
  "umask 777",
];

test.concurrent.each(limits)("under `%s` a failing test is not green", async (limit) => {
  const { exitCode, ok } = await runUnder(limit, redRepository(), "tests");
  expect([exitCode === 0, ok]).toEqual([false, false]);
});

const failing = `import { expect, test } from "vitest";
import { sum } from "./sum.ts";

test("adds", () => {
  expect(sum(1, 2)).toBe(3);
});
`;

/** Before the failing test, in its file. */
const tricks: Readonly<Record<string, string>> = {
  "end their process well": "process.exit(0);",
  "end their process well when they are over": 'process.on("exit", () => { process.exitCode = 0; });',
  "end their process well in a hook": 'import { afterAll } from "vitest";\nafterAll(() => process.exit(0));',
  "end their process well before the first": 'import { beforeAll } from "vitest";\nbeforeAll(() => process.exit(0));',
  "end their process without a word": "process.reallyExit?.(0);",
  "abort their process": "process.abort();",
  "kill the process that started them": "process.kill(process.ppid, 'SIGKILL');",
  "close the streams": "process.stdout.end();\nprocess.stderr.end();",
  "replace the exit": "process.exit = (() => undefined) as never;",
  "write a report of their own":
    'import { writeFileSync } from "node:fs";\nfor (const [name, value] of Object.entries(process.env)) if (/REPORT/.test(name) && value) writeFileSync(value, "{}");',
  "remove every variable of ours":
    "for (const name of Object.keys(process.env)) if (/ASSAY/.test(name)) delete process.env[name];",
  "make writing do nothing":
    'import fs from "node:fs";\nfs.writeFileSync = () => undefined;\nfs.appendFileSync = () => undefined;',
  "never end": "await new Promise(() => setInterval(() => {}, 1000));",
  "go round for ever": "for (;;);",
  "reject and catch nothing": 'void Promise.reject(new Error("late"));',
  "throw what is no error": "throw undefined;",
  "leave the folder": 'process.chdir("/");',
  "remove themselves": 'import { rmSync } from "node:fs";\nrmSync(import.meta.filename);',
  "make everything pass in the cache":
    'import { mkdirSync, writeFileSync } from "node:fs";\nmkdirSync(".git/assay/outcomes", { recursive: true });\nwriteFileSync(".git/assay/outcomes/x", \'{"status":"passed"}\');',
  "claim to be generated":
    'import { writeFileSync } from "node:fs";\nwriteFileSync(".gitattributes", "* linguist-generated\\n");',
  "switch the checks off":
    'import { writeFileSync } from "node:fs";\nwriteFileSync("assay.toml", "[checks]\\noff = [\\"tests\\"]\\n");',
  "commit what they like":
    'import { execFileSync } from "node:child_process";\nexecFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qam", "all is well"]);',
};

test.concurrent.each(Object.entries(tricks))("tests that %s are not green", async (_what, trick) => {
  const repository = redRepository({ "src/sum.test.ts": `${trick}\n${failing}` });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests", "--budget", "20");
  expect([exitCode === 0, envelope.ok, statusOf(envelope, "tests") === "pass"]).toEqual([false, false, false]);
  expect(envelope.next_actions.length + (envelope.error === null ? 0 : 1)).toBeGreaterThan(0);
});

test("a forged pass in the cache is not believed by the gate", async () => {
  const repository = keptRepository(smallPackage);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(0);
  // Every outcome that is remembered is that of a test that passed: now it fails for a reason outside the repository.
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b").concat("\n") ?? "" });
  const outcomes = `${repository.root}/.git/assay/outcomes`;
  const keys = execFileSync("ls", [outcomes], { encoding: "utf8" }).trim().split("\n");
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(1);
  const after = execFileSync("ls", [outcomes], { encoding: "utf8" }).trim().split("\n");
  // The entry of the failure gets the content of the pass.
  for (const key of after.filter((each) => !keys.includes(each)))
    execFileSync("cp", [`${outcomes}/${keys[0]}`, `${outcomes}/${key}`]);
  const { exitCode, envelope } = await assay(repository, "gate", "--base", "main", "--only", "tests");
  expect([exitCode, envelope.result.checks.map(({ cached }) => cached)]).toEqual([1, [false]]);
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(1);
});
