import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startWatchdog, type Watchdog } from "./watchdog.ts";

/** What stands for the shell, and what was started last. */
const shell = vi.hoisted((): { file: string; child: ChildProcess | undefined } => ({
  file: "/bin/sh",
  child: undefined,
}));

vi.mock("node:child_process", async (importOriginal) => {
  const original = await importOriginal<{ readonly spawn: typeof spawn }>();
  return {
    ...original,
    spawn: (file: string, args: readonly string[], options: SpawnOptions) =>
      (shell.child = original.spawn(file === "/bin/sh" ? shell.file : file, args, options)),
  };
});

interface Watched {
  readonly dog: Watchdog;
  readonly scratch: string;
  /** As the end of assay does, in whatever way it ends. */
  readonly leave: () => void;
  readonly ended: Promise<number | null>;
}

function watched(): Watched {
  const scratch = mkdtempSync(join(tmpdir(), "assay-watchdog-"));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  const dog = startWatchdog(`ASSAY_RUN=${scratch}`, scratch);
  const { child } = shell;
  if (child === undefined) throw new Error("nothing was started");
  const ended = new Promise<number | null>((resolve) => void child.once("close", resolve));
  return { dog, scratch, leave: () => void child.stdin?.end(), ended };
}

/** A process group that does not end by itself. */
function group(env: Readonly<Record<string, string>> = {}): { readonly id: number; readonly ended: Promise<unknown> } {
  const child = spawn("/bin/sleep", ["60"], { detached: true, stdio: "ignore", env });
  const ended = new Promise((resolve) => void child.once("exit", (_code, signal) => resolve(signal)));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { id: child.pid ?? 0, ended };
}

test("when assay is gone a watchdog ends the groups that it knows, what carries the mark, and the scratch folder", async () => {
  const { dog, scratch, leave, ended } = watched();
  const [known, dropped, marked] = [group(), group(), group({ ASSAY_RUN: scratch })];
  for (const { id } of [dropped, known]) dog.add(id);
  dog.drop(dropped.id);
  leave();
  expect([await known.ended, await marked.ended, await ended, existsSync(scratch)]).toEqual([
    "SIGKILL",
    "SIGKILL",
    0,
    false,
  ]);
  process.kill(dropped.id, "SIGTERM");
  expect(await dropped.ended).toBe("SIGTERM");
});

test("a watchdog that is dismissed leaves everything as it is", async () => {
  const { dog, scratch, ended } = watched();
  const known = group();
  dog.add(known.id);
  dog.dismiss();
  expect([await ended, existsSync(scratch)]).toEqual([0, true]);
  process.kill(known.id, "SIGTERM");
  expect(await known.ended).toBe("SIGTERM");
});

test("nobody waits for a watchdog", () => {
  const processes = (): number => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;
  const before = processes();
  const { dog } = watched();
  expect(processes()).toBe(before);
  dog.dismiss();
});

/** State and process group of a process: `S`, `12`. */
function standing(pid: number): readonly string[] {
  const [state = "", , group = ""] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /u, "")
    .split(" ");
  return [state, group];
}

test("a watchdog is in a group of its own, so that what is typed at a terminal does not end it", () => {
  const { dog } = watched();
  const pid = shell.child?.pid ?? 0;
  expect(standing(pid)[1]).toBe(String(pid));
  dog.dismiss();
});

test("without its watchdog a run goes on, also before it knows", async () => {
  const { dog, ended } = watched();
  const pid = shell.child?.pid ?? 0;
  shell.child?.kill("SIGKILL");
  // Nothing of this process goes on meanwhile.
  while (standing(pid)[0] !== "Z");
  dog.add(1);
  expect(await ended).toBe(null);
  await new Promise((resolve) => setImmediate(resolve));
});

test("without its watchdog a run goes on", async () => {
  const { dog, ended } = watched();
  shell.child?.kill("SIGKILL");
  expect(await ended).toBe(null);
  dog.add(1);
  dog.drop(1);
  dog.dismiss();
  await new Promise((resolve) => setImmediate(resolve));
});

test("without a shell there is no watchdog", async () => {
  shell.file = "/nowhere/sh";
  onTestFinished(() => void (shell.file = "/bin/sh"));
  const { dog, ended } = watched();
  dog.add(1);
  expect(await ended).toBeLessThan(0);
  dog.dismiss();
});
