// Installed packages, for a copy of a repository: links to them, and to the copy for what is a part of it.
import { copyFileSync, lstatSync, mkdirSync, readdirSync, readlinkSync, realpathSync, symlinkSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Tools write here. They get a folder of their own. */
const caches = new Set([".cache", ".temp", ".tmp", ".vite", ".vite-temp", ".vitest", ".vitest-results"]);

/** `folder` is the path of a `node_modules` from the root. */
export function linkModules(root: string, copy: string, folder: string): void {
  const place: Place = { root, copy };
  const [from, to] = [join(root, folder), join(copy, folder)];
  if (!lstatSync(realpathSync(from)).isDirectory()) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (caches.has(name)) continue;
    if (name === ".bin") copyCommands(join(from, name), join(to, name));
    else if (name.startsWith("@")) linkAll(place, join(from, name), join(to, name));
    else link(place, join(from, name), join(to, name));
  }
}

interface Place {
  readonly root: string;
  readonly copy: string;
}

function linkAll(place: Place, from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) link(place, join(from, name), join(to, name));
}

function link({ root, copy }: Place, from: string, to: string): void {
  const real = realOf(from);
  if (real === undefined) return;
  const path = relative(root, real);
  const isOwn = !path.startsWith("..") && !path.split(sep).includes("node_modules");
  if (isOwn) symlinkSync(join(copy, path), to, "junction");
  // Files say what is installed, and would be written to by an installation.
  else if (lstatSync(real).isFile()) copyFileSync(real, to);
  else symlinkSync(real, to, "junction");
}

/** Links stay as they are written: they lead to a package beside them. Scripts look for it where they lie. */
function copyCommands(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const file = join(from, name);
    if (lstatSync(file).isSymbolicLink()) symlinkSync(readlinkSync(file), join(to, name));
    else if (lstatSync(file).isFile()) copyFileSync(file, join(to, name));
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    // A link that leads nowhere leads nowhere here as well.
    return undefined;
  }
}
