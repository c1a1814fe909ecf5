// Where Node keeps what it has compiled, which makes the next start quicker.
import nodeModule from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** That of this process: the temporary folder of a worker does not last. */
export function compileCacheDir(): string {
  return join(tmpdir(), "node-compile-cache");
}

/** From Node 22 on. */
export function startCompileCache(folder: string): void {
  call("enableCompileCache", [folder]);
}

/**
 * Has it written what was compiled until now. Node would do that when it ends, and who has said all that it was asked
 * for is killed while it does: nothing would be kept, and a half of a file would be left each time.
 */
export function keepCompiled(): void {
  call("flushCompileCache", []);
}

function call(name: string, given: readonly unknown[]): void {
  const method: unknown = Reflect.get(nodeModule, name);
  if (typeof method === "function") Reflect.apply(method, nodeModule, given);
}
