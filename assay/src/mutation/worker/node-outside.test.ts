import childProcess from "node:child_process";
import dgram from "node:dgram";
import { once } from "node:events";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/project.ts";
import { watchOutside } from "./node-outside.ts";

/** Functions of Node's are theirs again when the test is over, and nobody listens for workers any more. */
function watch(): () => boolean {
  const holders: readonly object[] = [
    fs,
    fs.promises,
    childProcess,
    childProcess.ChildProcess.prototype,
    net.Server.prototype,
    net.Socket.prototype,
    dgram,
  ];
  const kept = holders.map((holder) => [holder, Object.getOwnPropertyDescriptors(holder)] as const);
  const listeners = process.listeners("worker");
  onTestFinished(() => {
    for (const [holder, properties] of kept) Object.defineProperties(holder, properties);
    syncBuiltinESMExports();
    for (const each of process.listeners("worker")) if (!listeners.includes(each)) process.off("worker", each);
  });
  return watchOutside();
}

/** Does it reach out of the process? A folder is there for it, with a file. */
async function reachesOut(work: (folder: string) => unknown): Promise<boolean> {
  const folder = temporaryFolder("assay-outside-");
  fs.writeFileSync(join(folder, "file"), "text");
  const hasReachedOut = watch();
  await work(folder);
  return hasReachedOut();
}

test.each<readonly [string, (folder: string) => unknown]>([
  ["nothing at all", () => undefined],
  ["reading", (folder) => fs.readFileSync(join(folder, "file"))],
  ["reading by a promise", (folder) => fs.promises.readFile(join(folder, "file"))],
  ["opening a file to read it", (folder) => fs.closeSync(fs.openSync(join(folder, "file"), "r"))],
  ["the same by a number", (folder) => fs.closeSync(fs.openSync(join(folder, "file"), fs.constants.O_RDONLY))],
  [
    "the same with a function to be called back",
    (folder) =>
      new Promise<void>((resolve) => {
        fs.open(join(folder, "file"), (_error, descriptor) => {
          fs.closeSync(descriptor);
          resolve();
        });
      }),
  ],
  ["looking at folders", (folder) => fs.readdirSync(folder)],
  ["making a server that does not listen", () => net.createServer()],
])("%s keeps to the process", async (_what, work) => {
  expect(await reachesOut(work)).toBe(false);
});

test.each<readonly [string, (folder: string) => unknown]>([
  ["writing", (folder) => fs.writeFileSync(join(folder, "new"), "")],
  ["writing by a promise", (folder) => fs.promises.writeFile(join(folder, "new"), "")],
  ["writing with a function to be called back", (folder) => promisify(fs.writeFile)(join(folder, "new"), "")],
  ["making a folder with a function to be called back", (folder) => promisify(fs.mkdir)(join(folder, "new"))],
  [
    "writing by what is imported by its name",
    async (folder) => (await import("node:fs")).mkdirSync(join(folder, "new")),
  ],
  ["making a temporary folder", (folder) => fs.mkdtempSync(join(folder, "new-"))],
  ["removing", (folder) => fs.rmSync(join(folder, "file"))],
  ["opening a file to write it", (folder) => fs.closeSync(fs.openSync(join(folder, "new"), "w"))],
  ["the same by a promise", async (folder) => (await fs.promises.open(join(folder, "new"), "a")).close()],
  [
    "the same with a function to be called back",
    async (folder) => fs.closeSync(await promisify(fs.open)(join(folder, "new"), "w")),
  ],
  ["a stream to a file", (folder) => once(fs.createWriteStream(join(folder, "new")).end(), "close")],
  ["starting a process", () => once(childProcess.spawn(process.execPath, ["--version"]), "close")],
  ["starting a process and waiting for it", () => childProcess.execFileSync(process.execPath, ["--version"])],
  ["starting a process by a promise", () => promisify(childProcess.execFile)(process.execPath, ["--version"])],
  ["starting a shell by a promise", () => promisify(childProcess.exec)("exit 0")],
  [
    "listening",
    () =>
      new Promise<void>((resolve) => {
        const server = net.createServer().listen(0, () => void server.close(() => resolve()));
      }),
  ],
  [
    "connecting",
    () =>
      net
        .connect({ port: 9, host: "127.0.0.1" })
        .on("error", () => undefined)
        .destroy(),
  ],
  ["a socket for datagrams", () => dgram.createSocket("udp4").close()],
  ["a worker", () => new Worker("", { eval: true }).terminate()],
])("%s reaches out of it", async (_what, work) => {
  expect(await reachesOut(work)).toBe(true);
});

test("what functions answer, are called, and make of promises is as it was", async () => {
  const folder = temporaryFolder("assay-outside-");
  const { name, length } = fs.mkdtempSync;
  watch();
  expect([fs.mkdtempSync.name, fs.mkdtempSync.length]).toEqual([name, length]);
  expect(fs.mkdtempSync(join(folder, "new-"))).toContain(join(folder, "new-"));
  const { stdout } = await promisify(childProcess.execFile)(process.execPath, ["--version"]);
  expect(stdout.trim()).toBe(process.version);
});
