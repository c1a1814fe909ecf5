import { tmpdir } from "node:os";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { Command } from "../model/process.ts";
import { openHost, openProcesses, type Processes, type RunHost } from "./host.ts";
import type { OutputBuffer } from "./output-buffer.ts";
import type { Watchdog } from "./watchdog.ts";

/** What watchdogs were told. */
const told = vi.hoisted((): string[] => []);

vi.mock("./watchdog.ts", () => ({
  startWatchdog(mark: string, scratch: string): Watchdog {
    told.push(`start ${mark} ${scratch}`);
    return {
      add: (group) => void told.push(`add ${group}`),
      drop: (group) => void told.push(`drop ${group}`),
      dismiss: () => void told.push("dismiss"),
    };
  },
}));

vi.mock("./output-buffer.ts", async (importOriginal) => {
  const original = await importOriginal<{ readonly OutputBuffer: typeof OutputBuffer }>();
  return {
    OutputBuffer: class extends original.OutputBuffer {
      constructor() {
        super(16);
      }
    },
  };
});

beforeEach(() => void told.splice(0));

const shell = (script: string): Command => ({ file: "/bin/sh", args: ["-c", script], cwd: tmpdir() });

function hostOf(processes: Processes): RunHost {
  return openHost({ deadline: Infinity, signal: new AbortController().signal, processes });
}

function processes(): Processes {
  const opened = openProcesses(new AbortController().signal);
  onTestFinished(() => opened.dispose());
  return opened;
}

test("a watchdog starts with the first process and knows of each while it runs", async () => {
  const own = processes();
  const opened = hostOf(own);
  expect(told).toEqual([]);
  const mark = (await opened.run(shell('echo "$ASSAY_RUN" >&2; printf "$ASSAY_RUN" | wc -c'))).stdout.trim();
  expect(told).toHaveLength(3);
  const [, started = "", scratch] = /^start ASSAY_RUN=(\S+) (.+)$/.exec(told[0] ?? "") ?? [];
  expect([String(started.length), scratch]).toEqual([mark, own.scratch]);
  told.splice(0);
  const group = (await opened.run(shell("echo $$"))).stdout.trim();
  expect(told).toEqual([`add ${group}`, `drop ${group}`]);
});

test("a watchdog knows nothing of what could not be started", async () => {
  const opened = hostOf(processes());
  await opened.run(shell("true"));
  told.splice(0);
  await opened.run({ file: "/nowhere/tool", args: [], cwd: tmpdir() });
  expect(told).toEqual([]);
});

test("a watchdog is dismissed once, and what runs afterwards has another", async () => {
  const own = processes();
  await own.dispose();
  expect(told).toEqual([]);
  await hostOf(own).run(shell("true"));
  told.splice(0);
  await own.dispose();
  await own.dispose();
  expect(told).toEqual(["dismiss"]);
  await hostOf(own).run(shell("true"));
  expect(told[1]).toMatch(/^start ASSAY_RUN=/);
});

test("an outcome says whether either of its outputs was cut", async () => {
  const opened = hostOf(processes());
  const cut = async (script: string): Promise<unknown> => {
    const { stdout, stderr, truncated } = await opened.run(shell(script));
    return [stdout, stderr, truncated];
  };
  expect(await cut("printf 1234567890123456; printf 1234567890123456 >&2")).toEqual([
    "1234567890123456",
    "1234567890123456",
    false,
  ]);
  expect(await cut("printf 12345678901234567")).toEqual(["1234567890123456", "", true]);
  expect(await cut("printf 12345678901234567 >&2")).toEqual(["", "1234567890123456", true]);
});
