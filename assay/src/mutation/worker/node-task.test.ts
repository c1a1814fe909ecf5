import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import type { InsideTask } from "./node-channel.ts";
import { readTask } from "./node-task.ts";

const task: InsideTask = {
  token: "token",
  mutant: 3,
  switchName: "on",
  sources: {},
  usual: [],
  stopAtFirst: true,
  watchModules: false,
  hooks: "file:///hooks.js",
  loaders: [],
  nodeOptions: null,
};

function read(content: string): InsideTask {
  const file = join(temporaryFolder("assay-task-"), "task");
  writeFileSync(file, content);
  const descriptor = openSync(file, "r");
  onTestFinished(() => closeSync(descriptor));
  return readTask(descriptor);
}

test("a task is read up to the end of its line, however long it is", () => {
  expect(read(`${JSON.stringify(task)}\n`)).toEqual(task);
  // Characters of several bytes, which lie across the parts in which it is read.
  const long = { ...task, sources: { "/repo/a.ts": `x${"\n'€'".repeat(60_000)}` } };
  expect(read(`${JSON.stringify(long)}\n`)).toEqual(long);
});

test("a process that is told nothing, or only a part, does not go on", () => {
  expect(() => read("")).toThrow("Nobody says what this process is started for");
  expect(() => read(JSON.stringify(task))).toThrow("Nobody says what this process is started for");
});
