import { dirname } from "node:path";
import { createRequire } from "node:module";
import type { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import type { ThreadsPoolWorker, VitestNode } from "./vitest-api.ts";
import { startEarlyThread } from "./vitest-thread.ts";

const vitestDir = dirname(createRequire(import.meta.url).resolve("vitest/package.json"));
const execArgv = [
  "--experimental-import-meta-resolve",
  "--require",
  `${vitestDir}/suppress-warnings.cjs`,
  "--conditions",
  "node",
  "--conditions",
  "development",
];
const usual = { VITEST_MODE: "RUN", FORCE_TTY: "", PROD: "", DEV: "1", BASE_URL: "/", MODE: "test" };

/** Workers that vitest starts one after the other, each in an environment. Answers the threads that they were given. */
async function threadsOf(...variables: readonly NodeJS.ProcessEnv[]): Promise<readonly (Worker | undefined)[]> {
  const handTo = startEarlyThread(vitestDir);
  const prototype = { env: {}, execArgv: [], start: () => Promise.resolve() };
  const vitest: VitestNode = {
    version: "4.1.12",
    parseCLI: () => ({ options: {} }),
    createVitest: () => Promise.reject(new Error("nothing is opened")),
    ThreadsPoolWorker: { prototype },
  };
  handTo(vitest);
  const workers: ThreadsPoolWorker[] = variables.map((own) => ({
    env: { ...process.env, ...own },
    execArgv,
    start() {
      return prototype.start.call(this);
    },
  }));
  for (const worker of workers) await worker.start();
  const threads = workers.map(({ _thread }) => _thread);
  onTestFinished(async () => {
    for (const thread of threads) await thread?.terminate();
  });
  return threads;
}

test("the first worker that vitest starts is the one that was started before", async () => {
  const [first, second] = await threadsOf(usual, usual);
  expect(first?.threadId).toBeGreaterThan(0);
  expect(second).toBeUndefined();
});

test("a worker in another environment is started by vitest itself, and so are all after it", async () => {
  expect(await threadsOf({ ...usual, MODE: "staging" }, usual)).toEqual([undefined, undefined]);
});
