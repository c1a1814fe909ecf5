// What is heard of a test file's process, and what its end is taken for. What is loaded there first says what it is told to.
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import type { Counts, InsideEvent } from "./node-channel.ts";
import { runFile, type FileRun, type FileTask, type NodeCommand } from "./node-run.ts";

const start = `const fs = require("node:fs");
const descriptor = Number(process.env.ASSAY_NODE_CHANNEL);
const buffer = Buffer.alloc(1 << 16);
const task = JSON.parse(buffer.subarray(0, fs.readSync(descriptor, buffer)).toString());
globalThis.task = task;
globalThis.write = (text) => fs.writeSync(descriptor, text);
globalThis.say = (event) => write("\\n" + task.token + " " + JSON.stringify(event) + "\\n");
`;

const counts: Counts = {
  executed: [1],
  reached: [2],
  usual: [3],
  hits: 4,
  stopped: false,
  nearest: "one",
  followed: [],
  complete: true,
  reachedOut: false,
  asserts: true,
};

/** The file's text, in which \`say\` tells an event. */
async function run(text: string, task: Partial<FileTask> = {}, command: Partial<NodeCommand> = {}): Promise<FileRun> {
  const folder = temporaryFolder("assay-run-");
  const [insideFile, file] = [join(folder, "inside.cjs"), join(folder, "a.test.cjs")];
  writeFileSync(insideFile, start);
  writeFileSync(file, text);
  return runFile(
    { args: [], cwd: folder, insideFile, lane: 0, ...command },
    {
      file,
      mutant: 7,
      switchName: "on",
      sources: {},
      usual: [],
      stopAtFirst: false,
      watchModules: false,
      hooks: "",
      loaders: [],
      limitMs: 20_000,
      graceMs: 20_000,
      ...task,
    },
  );
}

const saying = (...events: readonly InsideEvent[]): string =>
  events.map((event) => `say(${JSON.stringify(event)});\n`).join("");

const end: InsideEvent = { kind: "end", ...counts };

function ended(name: string, message: string | null = null, timeout = false): InsideEvent {
  return { kind: "ended", name, suite: false, failure: message === null ? null : { message, timeout } };
}

test("what a file tells of itself is heard: its tests, what it loads, and what it has executed", async () => {
  const told = saying(
    { kind: "harness" },
    ended("one"),
    { kind: "ended", name: "suite", suite: true, failure: null },
    ended("two"),
    { kind: "loaded", file: "/a.js" },
    { kind: "loaded", file: "/a.js" },
    { kind: "modules", files: ["/b.js", "/c.js"] },
    { kind: "modules", files: ["/c.js"] },
    end,
  );
  const { durationMs, ...rest } = await run(told);
  expect(rest).toEqual({
    failure: null,
    late: false,
    finished: ["one", "two"],
    usesHarness: true,
    counts: { kind: "end", ...counts },
    loaded: ["/a.js"],
    modules: ["/b.js", "/c.js"],
  });
  expect(durationMs).toBeGreaterThan(0);
});

test("the first test that fails is the failure, in its first words, and what ends behind it does not count", async () => {
  const told = saying(
    ended("one"),
    ended("two", "\u001b[31mnot two\u001b[39m\nmore"),
    ended("three"),
    ended("four", "no"),
    end,
  );
  expect(await run(`${told}process.exitCode = 1;`)).toMatchObject({
    failure: { test: "two", message: "not two" },
    late: false,
    finished: ["one", "two"],
    usesHarness: false,
  });
});

test("tests that were followed one by one count where Node has reported fewer", async () => {
  const followed = saying(ended("one"), { kind: "end", ...counts, followed: ["one", "two"] });
  expect((await run(followed)).finished).toEqual(["one", "two"]);
  const fewer = saying(ended("one"), ended("two"), { kind: "end", ...counts, followed: ["one"] });
  expect((await run(fewer)).finished).toEqual(["one", "two"]);
});

test("a test or a loop that took too long is late, whatever became of it", async () => {
  expect(await run(saying(ended("one", "took long", true), end))).toMatchObject({
    late: true,
    failure: { test: "one" },
  });
  expect(await run(saying({ kind: "end", ...counts, stopped: true }))).toMatchObject({ late: true, failure: null });
});

test.each([
  ["well, without telling what it has executed", "", "it ended without telling what it has executed"],
  ["with an error", `${saying(end)}console.error("at the start");\nthrow new TypeError("no");`, "TypeError: no"],
  [
    "with an error that is wrapped",
    `console.error("Uncaught ReferenceError: x\\nlast"); process.exit(2);`,
    "Uncaught ReferenceError: x",
  ],
  ["with words that are no error", `console.error("\\u001b[1m first \\u001b[22m\\nsecond"); process.exit(2);`, "first"],
  ["without a word", "process.exit(3);", "it ended with 3"],
  ["by a signal", `process.kill(process.pid, "SIGKILL");`, "it ended with SIGKILL"],
  [
    "with what went wrong outside of tests",
    `${saying({ kind: "remark", message: "Error: first\nmore" }, { kind: "remark", message: "second" })}console.error("Error: x"); process.exit(1);`,
    "Error: first",
  ],
])("a file that ends %s", async (_how, text, message) => {
  expect(await run(text)).toMatchObject({ failure: { test: null, message }, late: false });
});

test("a program that can not be started says so", async () => {
  const { failure, counts: none } = await run("", {}, { cwd: "/nowhere/at/all" });
  expect([failure, none]).toEqual([{ test: null, message: "it ended with an error" }, null]);
});

const forEver = "setInterval(() => undefined, 1000);\n";

test("a file that goes on for too long is ended", async () => {
  const stopped = await run(`${saying(ended("one"))}${forEver}`, { limitMs: 500 });
  expect(stopped).toMatchObject({
    failure: { test: null, message: "it was still running when its time was over" },
    late: true,
    finished: ["one"],
    counts: null,
  });
});

test("once a test has failed the file is given a little time, and however long it goes on it is not late", async () => {
  const text = `${saying(ended("one", "no"))}${forEver}`;
  const stopped = await run(text, { stopAtFirst: true, graceMs: 100, limitMs: 10_000 });
  expect(stopped).toMatchObject({ failure: { test: "one", message: "no" }, late: false });
  expect(stopped.durationMs).toBeLessThan(8000);
  expect(await run(text, { graceMs: 100, limitMs: 700 })).toMatchObject({ late: true, failure: { test: "one" } });
});

test("what the process is told is its task, and nothing of how long it may take", async () => {
  const options = vi.stubEnv("NODE_OPTIONS", "--no-warnings");
  onTestFinished(() => void options.unstubAllEnvs());
  const { finished } = await run(
    `say({ kind: "ended", name: JSON.stringify(task), suite: false, failure: null });${saying(end)}`,
    {
      stopAtFirst: true,
    },
  );
  const { token, ...told } = JSON.parse(finished[0] ?? "") as Readonly<Record<string, unknown>>;
  expect(told).toEqual({
    mutant: 7,
    switchName: "on",
    sources: {},
    usual: [],
    stopAtFirst: true,
    watchModules: false,
    hooks: "",
    loaders: [],
    nodeOptions: "--no-warnings",
  });
  expect(token).toMatch(/^[\da-f-]{36}$/);
});

async function valuesIn(names: readonly string[], lane = 0): Promise<readonly unknown[]> {
  const text = `const values = ${JSON.stringify(names)}.map((name) => process.env[name] ?? null);
say({ kind: "ended", name: JSON.stringify(values), suite: false, failure: null });${saying(end)}`;
  const { finished } = await run(text, {}, { lane });
  return JSON.parse(finished[0] ?? "[]") as readonly unknown[];
}

test("the environment looks as it does below Node's own runner, with the script's options behind ours", async () => {
  const options = vi.stubEnv("NODE_OPTIONS", "--no-warnings");
  onTestFinished(() => void options.unstubAllEnvs());
  const [context, transpile, given] = await valuesIn(["NODE_TEST_CONTEXT", "TS_NODE_TRANSPILE_ONLY", "NODE_OPTIONS"]);
  expect([context, transpile]).toEqual(["child-assay", "true"]);
  expect(given).toMatch(
    /^"--require" "\/.*inside\.cjs" "--test-reporter" "file:.*" "--test-reporter-destination" "stdout" --no-warnings$/,
  );
  const hasLanes = Number.parseInt(process.versions.node, 10) >= 24;
  expect(await valuesIn(["NODE_TEST_WORKER_ID"], 2)).toEqual([hasLanes ? "3" : null]);
});

test("a folder with quotes and backslashes in its name is no obstacle", async () => {
  const folder = temporaryFolder(String.raw`assay-"odd\ `);
  const insideFile = join(folder, "inside.cjs");
  writeFileSync(insideFile, start);
  expect((await run(saying(ended("one"), end), {}, { insideFile })).finished).toEqual(["one"]);
});

test("what a test writes between our lines, or in their form, is not heard", async () => {
  const fake = JSON.stringify({
    kind: "ended",
    name: "fake",
    suite: false,
    failure: { message: "no", timeout: false },
  });
  const text = `write("half a line");${saying(ended("one"))}write(${JSON.stringify(`\n00000000 ${fake}\n${fake}\n`)});${saying(end)}`;
  expect(await run(text)).toMatchObject({ failure: null, finished: ["one"] });
});

test("long lines are heard as a whole, characters of several bytes included", async () => {
  const name = "€".repeat(150_000);
  const text = `say({ kind: "ended", name: "€".repeat(150_000), suite: false, failure: null });${saying(end)}`;
  expect((await run(text)).finished[0] === name).toBe(true);
});

test("what a test prints without end does not hold it up", async () => {
  const text = `process.stdout.write("x".repeat(1 << 20)); process.stderr.write("y".repeat(1 << 20));${saying(ended("one"), end)}`;
  expect(await run(text)).toMatchObject({ failure: null, finished: ["one"] });
});

test("a process that a test has left behind is ended with its own", async () => {
  const beats = join(temporaryFolder("assay-beats-"), "beats");
  writeFileSync(beats, "");
  const beat = `setInterval(() => require("node:fs").appendFileSync(${JSON.stringify(beats)}, "x"), 10)`;
  const text = `const { statSync } = require("node:fs");
require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(beat)}], { stdio: "ignore", env: {} }).unref();
const wait = setInterval(() => {
  if (statSync(${JSON.stringify(beats)}).size === 0) return;
  ${saying(ended("one"), end)}
  clearInterval(wait);
  process.exit(0);
}, 10);`;
  expect(await run(text)).toMatchObject({ failure: null, finished: ["one"] });
  const size = (): number => statSync(beats).size;
  const before = size();
  await new Promise((resolve) => setTimeout(resolve, 200));
  // One more may have been under way.
  expect(size() - before).toBeLessThan(2);
});
