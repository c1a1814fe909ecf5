// What a loaded module's place and text say about where the change is executed.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { SessionEvent } from "./protocol.ts";

/** What executes code in processes, workers or browsers of its own, by the names of its modules. */
const starters = [
  "child_process|cluster|worker_threads",
  "@npmcli/promise-spawn|clet|cross-spawn|execa|foreground-child|nano-spawn|node-pty|shelljs|tinyexec|zx",
  "bree|jest-worker|piscina|synckit|tinypool|workerpool",
  "@playwright/test|playwright|playwright-core|puppeteer|puppeteer-core|selenium-webdriver|webdriverio",
  "miniflare|testcontainers|wrangler",
].join("|");

const processModules = new RegExp(`["'](?:node:)?(?:${starters})(?:/[^"'\\s]*)?["']`);

/** Can the code start other processes or workers? */
export function startsProcesses(code: string): boolean {
  return processModules.test(code);
}

const builtFolders = new Set(["build", "cjs", "dist", "esm", "lib", "out"]);

/**
 * Tells whether a file lies among the built output of a changed file's package, or in an installed copy of that package,
 * and is none of the changed ones.
 */
export function builtOutput(changed: readonly string[]): (file: string) => boolean {
  const files = new Set(changed);
  const packageDirs = [...new Set(changed.map(packageDirOf))];
  const names = packageDirs.map(nameOf).filter((name) => name !== undefined);
  const isBuilt = (file: string): boolean =>
    packageDirs.some(
      (dir) => file.startsWith(dir + sep) && builtFolders.has(relative(dir, file).split(sep, 1)[0] ?? ""),
    );
  const isCopy = (file: string): boolean => {
    const installed = file.split(`${sep}node_modules${sep}`).slice(1).at(-1) ?? "";
    return names.some((name) => installed.startsWith(join(name, sep)));
  };
  return (file) => !files.has(file) && (isBuilt(file) || isCopy(file));
}

/** Undefined where the folder's manifest names nothing. */
function nameOf(dir: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const name: unknown = Reflect.get(Object(manifest), "name");
    return typeof name === "string" && name !== "" ? name : undefined;
  } catch {
    return undefined;
  }
}

function packageDirOf(file: string): string {
  for (let dir = dirname(file); ; dir = dirname(dir)) {
    if (dir === dirname(dir) || existsSync(join(dir, "package.json"))) return dir;
  }
}

/** A module's id without what a bundler has put behind the file's name. */
export function fileOf(id: string): string {
  return id.replace(/[?#].*$/, "");
}

/** Not the module itself: a part of a component, or a file that is asked for as a text, an address or a worker. */
export function isPartOf(id: string): boolean {
  return /[?&](?:astro|raw|sharedworker|svelte|url|vue|worker)(?:&|$)/.test(id);
}

/** Says each event of a kind once for each file. */
export function once(
  say: (event: SessionEvent) => void,
): (event: SessionEvent & { readonly kind: "loaded" | "built" | "starter" }) => void {
  const said = new Set<string>();
  return (event) => {
    const key = `${event.kind} ${event.file}`;
    if (said.has(key)) return;
    said.add(key);
    say(event);
  };
}
