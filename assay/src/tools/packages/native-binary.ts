import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder of a package that an installed package depends on, as Node would find it from there: beside it, in a
 * `node_modules` further up, or in a store where package managers link from.
 */
export function siblingPackage(packageDir: string, name: string): string | undefined {
  for (let folder = realpathSync(packageDir); ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Of the programs for the two C libraries of Linux that may both be installed: the one that this system can start. */
export function forThisLibc<T>(glibc: T, musl: T): T {
  return existsSync("/lib64/ld-linux-x86-64.so.2") || existsSync("/lib/ld-linux-aarch64.so.1") ? glibc : musl;
}
