// Runs one test file in a process of its own, as `node --test` would, and hears what becomes of its tests.
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import {
  channelVariable,
  decodeInside,
  type Counts,
  type InsideEvent,
  type InsideFailure,
  type InsideTask,
} from "./node-channel.ts";
import type { Failure } from "./protocol.ts";

/** How the repository starts its test files. */
export interface NodeCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  /** The file that is loaded before everything else. */
  readonly insideFile: string;
  /** Of the processes that may run at the same time. */
  readonly lane: number;
}

export interface FileTask extends Omit<InsideTask, "token" | "nodeOptions"> {
  readonly file: string;
  readonly limitMs: number;
  /** How long the file may go on once a test has failed. */
  readonly graceMs: number;
}

export interface FileRun {
  readonly failure: Failure | null;
  /** A test, a loop or the whole file took too long. */
  readonly late: boolean;
  /** Tests that passed, and the one that failed first. */
  readonly finished: readonly string[];
  readonly usesHarness: boolean;
  /** Null when the process ended without a word. */
  readonly counts: Counts | null;
  readonly loaded: readonly string[];
  readonly modules: readonly string[];
  readonly durationMs: number;
}

interface Heard {
  failure: (Failure & InsideFailure) | null;
  usesHarness: boolean;
  remark: string | null;
  counts: Counts | null;
  readonly finished: string[];
  readonly loaded: Set<string>;
  readonly modules: Set<string>;
}

type Ending = { readonly code: number | null; readonly signal: string | null; readonly late: boolean };

export async function runFile(command: NodeCommand, task: FileTask): Promise<FileRun> {
  const startedAt = performance.now();
  const child = start(command, task.file);
  const heard: Heard = {
    failure: null,
    usesHarness: false,
    remark: null,
    counts: null,
    finished: [],
    loaded: new Set(),
    modules: new Set(),
  };
  const errorText = tailOf(child);
  const ending = await untilEnd(child, task, heard);
  const { failure, finished, usesHarness, counts } = heard;
  const { followed = [] } = counts ?? {};
  return {
    failure: failure
      ? { test: failure.test, message: firstLine(failure.message) }
      : endingFailure(ending, heard, errorText()),
    late: ending.late || failure?.timeout === true || counts?.stopped === true,
    finished: followed.length > finished.length ? followed : finished,
    usesHarness,
    counts,
    loaded: [...heard.loaded],
    modules: [...heard.modules],
    durationMs: performance.now() - startedAt,
  };
}

/** Descriptor 3 is ours: what a test prints goes elsewhere. */
const descriptor = 3;

const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) end(child);
});

function start({ args, cwd, insideFile, lane }: NodeCommand, file: string): ChildProcess {
  const child = spawn(process.execPath, [...args, file], {
    cwd,
    env: environment(insideFile, lane),
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: ownGroups,
    windowsHide: true,
  });
  living.add(child);
  child.stdin?.on("error", () => undefined);
  child.stdout?.resume();
  return child;
}

/** Only on Linux can what has left our group be found and ended from outside. */
const ownGroups = process.platform === "linux";

function end(child: ChildProcess): void {
  try {
    if (ownGroups && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // It is gone already, which is what was wanted.
  }
}

function environment(insideFile: string, lane: number): NodeJS.ProcessEnv {
  const own = ["--require", insideFile, "--test-reporter", pathToFileURL(insideFile).href];
  const destination = ["--test-reporter-destination", "stdout"];
  const given = process.env["NODE_OPTIONS"];
  return {
    ...process.env,
    ...(Number.parseInt(process.versions.node, 10) >= 24 ? { NODE_TEST_WORKER_ID: String(lane + 1) } : {}),
    // To whoever looks a test runs below `node --test`; Node itself knows two other values and does not report to us then.
    NODE_TEST_CONTEXT: "child-assay",
    // Compilers that refuse a text with types they can't find are no part of what the tests are about.
    TS_NODE_TRANSPILE_ONLY: "true",
    NODE_OPTIONS: [...own, ...destination].map(quoted).join(" ") + (given === undefined ? "" : ` ${given}`),
    [channelVariable]: String(descriptor),
  };
}

function quoted(word: string): string {
  return `"${word.replaceAll(/["\\]/g, "\\$&")}"`;
}

async function untilEnd(child: ChildProcess, task: FileTask, heard: Heard): Promise<Ending> {
  const channel = child.stdio[descriptor] as Duplex | null;
  const exit = new Promise<Omit<Ending, "late">>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    end(child);
  }, task.limitMs);
  let grace: NodeJS.Timeout | undefined;
  try {
    if (channel) {
      await converse(channel, task, (event) => {
        hear(heard, event);
        if (!heard.failure || !task.stopAtFirst || grace !== undefined) return;
        // It has failed, however long the rest of it would take.
        clearTimeout(limit);
        grace = setTimeout(() => end(child), task.graceMs);
      });
    }
    return { ...(await exit), late };
  } finally {
    clearTimeout(limit);
    clearTimeout(grace);
    // What the test has started and left behind must not meet the next one.
    end(child);
    living.delete(child);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  }
}

/** Until the process closes its end. */
async function converse(channel: Duplex, task: FileTask, listen: (event: InsideEvent) => void): Promise<void> {
  const token = randomUUID();
  const { file: _file, limitMs: _limit, graceMs: _grace, ...shared } = task;
  const inside: InsideTask = { ...shared, token, nodeOptions: process.env["NODE_OPTIONS"] ?? null };
  const closed = new Promise<void>((resolve) => channel.once("close", resolve));
  // A process that could not even start takes nothing; its end says why.
  channel.on("error", () => undefined);
  channel.on("end", () => channel.destroy());
  channel.on(
    "data",
    inLines((line) => {
      const event = decodeInside(token, line);
      if (event) listen(event);
    }),
  );
  channel.write(`${JSON.stringify(inside)}\n`);
  await closed;
}

function inLines(take: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  return (chunk) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}

function hear(heard: Heard, event: InsideEvent): void {
  switch (event.kind) {
    case "harness":
      heard.usesHarness = true;
      return;
    case "loaded":
      heard.loaded.add(event.file);
      return;
    case "modules":
      for (const file of event.files) heard.modules.add(file);
      return;
    case "remark":
      heard.remark ??= event.message;
      return;
    case "end":
      heard.counts = event;
      return;
    case "ended":
      if (!event.suite && heard.failure === null) heard.finished.push(event.name);
      if (event.failure) heard.failure ??= { ...event.failure, test: event.name };
  }
}

/** What the end of a process says where no test has failed. */
function endingFailure({ code, signal, late }: Ending, heard: Heard, errorText: string): Failure | null {
  if (late) return failed("it was still running when its time was over");
  if (code === 0 && heard.counts !== null) return null;
  if (code === 0) return failed("it ended without telling what it has executed");
  return failed(heard.remark ?? (thrownIn(errorText) || `it ended with ${code ?? signal ?? "an error"}`));
}

function failed(message: string): Failure {
  return { test: null, message: firstLine(message) };
}

/** The line with the error among what a crashed process prints; the first one where none looks like it. */
function thrownIn(text: string): string {
  const lines = text.trim().split("\n");
  return lines.find((line) => /^(?:Uncaught )?\w*Error\b/.test(line)) ?? lines[0] ?? "";
}

function tailOf({ stderr }: ChildProcess): () => string {
  let text = "";
  stderr?.on("data", (chunk: Buffer) => {
    text = (text + chunk.toString("utf8")).slice(-8000);
  });
  return () => stripVTControlCharacters(text);
}

function firstLine(text: string): string {
  const [line = ""] = stripVTControlCharacters(text).trim().split("\n", 1);
  return line.slice(0, 300);
}
