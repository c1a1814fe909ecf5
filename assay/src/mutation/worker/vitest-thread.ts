// A worker thread of vitest 4 and 5 that is started while vitest is still being loaded: it loads its own part meanwhile.
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isatty } from "node:tty";
import { isDeepStrictEqual } from "node:util";
import { Worker } from "node:worker_threads";
import type { ThreadsPoolWorker, VitestNode } from "./vitest-api.ts";

/** Answers how to hand it over: if vitest starts its first worker the way that was expected, it is this one. */
export function startEarlyThread(vitestDir: string): (vitest: VitestNode) => void {
  const { version } = JSON.parse(readFileSync(join(vitestDir, "package.json"), "utf8")) as { readonly version: string };
  if (version.startsWith("3.")) return () => undefined;
  const expected = expectedOptions(realpathSync(vitestDir), version);
  const thread = new Worker(join(vitestDir, "dist/workers/threads.js"), { ...expected, stdout: true, stderr: true });
  let isOver = false;
  const end = (): void => void (isOver = true);
  thread.once("error", end).once("exit", end);
  return ({ ThreadsPoolWorker: { prototype } }) => {
    const start = prototype.start;
    prototype.start = function (this: ThreadsPoolWorker) {
      prototype.start = start;
      if (!isOver && isDeepStrictEqual(meaningOf(this), meaningOf(expected))) this._thread ??= thread;
      else void thread.terminate();
      return start.call(this);
    };
  };
}

type ThreadOptions = Pick<ThreadsPoolWorker, "env" | "execArgv">;

/** Vitest 4.0 has the arguments in another order. */
function meaningOf({ env, execArgv }: ThreadOptions): object {
  return { env, execArgv: execArgv.toSorted() };
}

/** What vitest starts its threads with where the repository configures nothing of it. `vitestDir`: links resolved. */
function expectedOptions(vitestDir: string, version: string): ThreadOptions {
  const ofVitest = { VITEST_MODE: "RUN", FORCE_TTY: isatty(1) ? "true" : "" };
  const ofVite = version.startsWith("4.") ? { PROD: "", DEV: "1", BASE_URL: "/", MODE: "test" } : {};
  const quiet = ["--require", join(vitestDir, "suppress-warnings.cjs")];
  const conditions = ["--conditions", "node", "--conditions", "development"];
  return {
    env: { ...process.env, ...ofVitest, ...ofVite },
    execArgv: ["--experimental-import-meta-resolve", ...quiet, ...conditions],
  };
}
