// Reads what the process of a test file is started for, before anything else can happen in it.
import { readSync } from "node:fs";
import type { InsideTask } from "./node-channel.ts";

export function readTask(descriptor: number): InsideTask {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const size = readSome(descriptor, chunk);
    if (size === 0) throw new Error("Nobody says what this process is started for");
    chunks.push(chunk.subarray(0, size));
    // Our own line ends with the only line break in it.
    if (chunk[size - 1] === lineBreak) return JSON.parse(Buffer.concat(chunks).toString("utf8")) as InsideTask;
  }
}

const lineBreak = 10;

/** Where the descriptor does not wait for what is to come, we do. */
function readSome(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk, 0, chunk.length, null);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
