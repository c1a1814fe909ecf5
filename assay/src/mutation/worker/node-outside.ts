// Notices whether a test file reaches out of its process: whatever writes, listens, connects or starts something can get
// into the way of another run of the same file.
import childProcess from "node:child_process";
import dgram from "node:dgram";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const writers =
  "appendFile chmod copyFile cp link mkdir mkdtemp rename rm rmdir symlink truncate unlink utimes writeFile".split(" ");
/** They wait for the process. All others start it by one method, and so does what `promisify` makes of them. */
const waitingStarters = ["execFileSync", "execSync", "spawnSync"];

/** To be called before any other code has taken these functions for itself. Answers whether one was called since. */
export function watchOutside(): () => boolean {
  let reachedOut = false;
  const note = (): void => {
    reachedOut = true;
  };
  for (const name of writers) {
    before(fs, name, note);
    before(fs, `${name}Sync`, note);
    before(fs.promises, name, note);
  }
  const noteWriting = (flags: unknown): void => {
    if (flags !== undefined && flags !== "r" && flags !== fs.constants.O_RDONLY) note();
  };
  for (const [holder, name] of [
    [fs, "open"],
    [fs, "openSync"],
    [fs.promises, "open"],
  ] as const) {
    // What comes second may also be the function to be called back.
    before(holder, name, (args) => noteWriting(typeof args[1] === "function" ? undefined : args[1]));
  }
  before(fs, "createWriteStream", note);
  for (const name of waitingStarters) before(childProcess, name, note);
  before(childProcess.ChildProcess.prototype, "spawn", note);
  before(net.Server.prototype, "listen", note);
  before(net.Socket.prototype, "connect", note);
  before(dgram, "createSocket", note);
  process.on("worker", (worker) => {
    // Node runs hooks in a worker of its own kind.
    if (worker.constructor.name !== "InternalWorker") note();
  });
  syncBuiltinESMExports();
  return () => reachedOut;
}

function before(holder: object, name: string, look: (args: readonly unknown[]) => void): void {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== "function") return;
  const replacement = function (this: unknown, ...args: readonly unknown[]): unknown {
    look(args);
    return Reflect.apply(original, this, args);
  };
  // Functions carry what `promisify` makes of them.
  const { prototype: _prototype, ...own } = Object.getOwnPropertyDescriptors(original);
  Reflect.set(holder, name, Object.defineProperties(replacement, own));
}
