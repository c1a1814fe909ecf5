import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openFile } from "./open-file.ts";

afterEach(() => void vi.unstubAllEnvs());

/** A folder that is all of the PATH. */
function path(): string {
  const dir = mkdtempSync(join(tmpdir(), "assay-open-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  vi.stubEnv("PATH", dir);
  return dir;
}

function onPlatform(name: NodeJS.Platform): void {
  const { platform } = process;
  Object.defineProperty(process, "platform", { value: name });
  onTestFinished(() => void Object.defineProperty(process, "platform", { value: platform }));
}

test.runIf(process.platform === "linux").each<[NodeJS.Platform, string, readonly string[]]>([
  ["linux", "xdg-open", []],
  ["freebsd", "xdg-open", []],
  ["darwin", "open", []],
  ["win32", "cmd", ["/c", "start", ""]],
])("on %s a file is handed to %s, which what is typed at a terminal does not end", async (name, program, words) => {
  const dir = path();
  const told = join(dir, "told");
  const script = `read -r stat </proc/$$/stat; printf '%s\\n' "$$ $stat" "$@" >'${told}.part'; /bin/mv '${told}.part' '${told}'`;
  writeFileSync(join(dir, program), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dir, program), 0o755);
  onPlatform(name);
  openFile("/a b/mutation.html");
  for (let attempt = 0; attempt < 400 && !existsSync(told); attempt++) await sleep(25);
  const [stat = "", ...args] = readFileSync(told, "utf8").trimEnd().split("\n");
  expect(args).toEqual([...words, "/a b/mutation.html"]);
  const [own] = stat.split(" ");
  expect(/\) \w \d+ (\d+) /.exec(stat)?.[1]).toBe(own);
});

test("where there is no such program nothing is opened, and nothing breaks", async () => {
  const uncaught = vi.fn();
  process.once("uncaughtException", uncaught);
  onTestFinished(() => void process.removeListener("uncaughtException", uncaught));
  path();
  openFile("/mutation.html");
  await sleep(100);
  expect(uncaught).not.toHaveBeenCalled();
});
