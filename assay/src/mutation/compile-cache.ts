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
  const enable: unknown = Reflect.get(nodeModule, "enableCompileCache");
  if (typeof enable === "function") Reflect.apply(enable, nodeModule, [folder]);
}
