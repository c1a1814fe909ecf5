import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Command } from "../model/process.ts";
import { compileCacheDir } from "./compile-cache.ts";
import { commandOf, foreseeVitest, workerOf, type WorkerCommand } from "./runner-process.ts";
import { jestStart, vitestStart, workers } from "./testing/project.ts";

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-runner-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const start = { ...vitestStart, nodeArgs: ["--conditions=source"], env: { MODE: "test" } };

test("a worker has what the script hands to Node, and vitest is loaded before anything is asked", () => {
  expect(workerOf(workers, start)).toEqual({
    runner: "vitest",
    file: workers.runners.vitest.main,
    nodeArgs: ["--conditions=source"],
    env: { MODE: "test" },
    preparation: { runnerDir: vitestStart.runnerDir, compileCache: compileCacheDir() },
  });
  expect(workerOf(workers, jestStart)).toMatchObject({ file: workers.runners.jest.main, preparation: null });
});

test("what is for Node stands before the program, and what the program is to prepare behind it", () => {
  const worker: WorkerCommand = workerOf(workers, start);
  const scratch = folder();
  const { file, args, cwd, env } = commandOf(scratch, worker, "/repository");
  expect([file, cwd, env?.["MODE"]]).toEqual([process.execPath, "/repository", "test"]);
  const [sparing, ...others] = args;
  expect(sparing).toMatch(/^--max-semi-space-size=\d+$/);
  expect(others).toEqual(["--conditions=source", worker.file, JSON.stringify(worker.preparation)]);
  expect(commandOf(scratch, { ...worker, preparation: null }, "/repository").args.at(-1)).toBe(worker.file);
});

test("a script that sets a temporary folder has its own, any other that of the run", () => {
  const scratch = folder();
  const worker = workerOf(workers, start);
  expect(Object.values(commandOf(scratch, { ...worker, env: {} }, "/").env ?? {})).toContain(join(scratch, "t"));
  const env = { TMPDIR: "/own", TEMP: "/own", TMP: "/own" };
  expect(commandOf(scratch, { ...worker, env }, "/").env).toEqual(env);
});

test("vitest is foreseen where it is installed, by the command that plain runs of it have", () => {
  const [dir, scratch] = [folder(), folder()];
  const foreseen: Command[] = [];
  const host = { scratch, foresee: (command: Command) => void foreseen.push(command) };
  foreseeVitest(host, dir);
  expect(foreseen).toEqual([]);
  const runnerDir = join(dir, "node_modules/vitest");
  mkdirSync(runnerDir, { recursive: true });
  foreseeVitest(host, dir);
  const { preparation } = workerOf(workers, { ...vitestStart, runnerDir });
  expect(foreseen).toMatchObject([{ file: process.execPath, cwd: dir }]);
  const [args = []] = foreseen.map((command) => command.args);
  expect(args).toHaveLength(3);
  expect(args[1]).toMatch(/\/mutation-vitest\.js$/);
  expect(args[2]).toBe(JSON.stringify(preparation));
});
