// The built program, started once for many runs of a test file.
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { binary, cleanEnvironment, outcomeOf, type Outcome, type TestRepository } from "./repository.ts";

interface Host {
  readonly child: ChildProcess;
  /** What it answers. */
  readonly lines: AsyncIterator<string, undefined>;
}

let host: Host | undefined;
let last: Promise<unknown> = Promise.resolve();

afterAll(() => void host?.child.kill());

/**
 * As `assay`, in a process that has run others before, and without what the program prints beside its answer. Runs wait
 * for each other: a process is in one folder.
 */
export function warmAssay({ root }: Pick<TestRepository, "root">, ...args: readonly string[]): Promise<Outcome> {
  const run = last.then(() => runIn((host ??= startHost()), root, args));
  last = run.catch(() => {});
  return run;
}

function startHost(): Host {
  const file = fileURLToPath(new URL("warm-host.mjs", import.meta.url));
  const child = spawn(process.execPath, [file, binary], {
    env: cleanEnvironment(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function runIn({ child, lines }: Host, root: string, args: readonly string[]): Promise<Outcome> {
  child.stdin?.write(`${JSON.stringify({ root, args })}\n`);
  const line = await lines.next();
  if (line.done === true) throw new Error(`the program ended its process when it ran ${args.join(" ")}`);
  const { exitCode, stdout } = JSON.parse(line.value) as Pick<Outcome, "exitCode" | "stdout">;
  return outcomeOf(exitCode, stdout, "");
}
