// By what a file can see other files without importing them.

/**
 * How a file can see others at run time: it runs programs or loads modules by computed names, it reads files,
 * or it works out where files lie, for others to read.
 */
export type OpaqueBy = "runs" | "reads" | "locates";

export interface OpaqueReason {
  readonly by: OpaqueBy;
  /** What makes it so: `node:child_process`, `import(…)`. */
  readonly what: string;
}

const builtins: ReadonlyMap<string, OpaqueBy> = new Map([
  ["child_process", "runs"],
  ["cluster", "runs"],
  ["vm", "runs"],
  ["worker_threads", "runs"],
  ["fs", "reads"],
  ["fs/promises", "reads"],
  ["sqlite", "reads"],
  ["url", "locates"],
]);

const startingPackages =
  "@playwright/test concurrently cross-spawn cypress electron execa nano-spawn nodemon piscina playwright " +
  "playwright-core puppeteer puppeteer-core shelljs tinyexec tinypool workerpool zx";

/** They read modules from the disk, each in its own way, whatever loads the modules of their own process. */
const bundlingPackages = "@rsbuild/core @rspack/core esbuild nx parcel rolldown rollup tsup webpack";

const loadingPackages =
  "astro bundle-require c12 cosmiconfig esmock import-fresh importx jiti lilconfig mock-require next nuxt proxyquire " +
  "quibble require-in-the-middle rewire testdouble ts-node tsx unconfig vite";

const readingPackages =
  "chokidar enhanced-resolve eslint fast-glob fdir find-up fs-extra fs-jetpack glob globby graceful-fs klaw less " +
  "load-json-file oxc-resolver pkg-dir pkg-up postcss-import read-package-up read-pkg recursive-readdir sass " +
  "tiny-glob tinyglobby ts-morph typescript";

const packages: ReadonlyMap<string, OpaqueBy> = new Map<string, OpaqueBy>([
  ...[startingPackages, bundlingPackages, loadingPackages].flatMap((names) =>
    names.split(" ").map((name) => [name, "runs"] as const),
  ),
  ...readingPackages.split(" ").map((name) => [name, "reads"] as const),
  ["vitest/node", "runs"],
  // Gives tests the worker that `wrangler.jsonc` names.
  ["cloudflare:test", "runs"],
]);

/** Whether a module gives whoever imports it a way to see other files. */
export function opaqueModule(specifier: string): OpaqueReason | undefined {
  const bare = specifier.startsWith("node:") ? specifier.slice(5) : specifier;
  const builtin = builtins.get(bare);
  if (builtin) return { by: builtin, what: `node:${bare}` };
  const by = packages.get(specifier) ?? packages.get(packageNameOf(specifier));
  return by && { by, what: specifier };
}

const apart: ReadonlySet<string> = new Set([
  "node:child_process",
  "node:cluster",
  "node:worker_threads",
  "Bun.spawn",
  "Deno.Command",
  ...startingPackages.split(" "),
  ...bundlingPackages.split(" "),
]);

/** Can it have its own process load modules, rather than start others or read files by itself? */
export function loadsModules({ by, what }: OpaqueReason): boolean {
  return by === "runs" && !apart.has(packageNameOf(what));
}

const locating =
  /__dirname|__filename|import\.meta\.(?:dirname|filename|url|dir|path)|process\.cwd|Bun\.(?:file|spawn)/;
const running = /import\.meta\.glob|Bun\.spawn|Deno\.Command|\bnew\s+(?:Shared)?Worker\b|await\s+\$`/;

/** What the text alone tells, comments included: more rather than less. */
export function opaqueText(text: string): readonly OpaqueReason[] {
  const reasons: OpaqueReason[] = [];
  const runs = running.exec(text);
  if (runs) reasons.push({ by: "runs", what: runs[0].replace(/\s+/, " ") });
  const locates = locating.exec(text);
  if (locates) reasons.push({ by: "locates", what: locates[0] });
  return reasons;
}

/** The package that a bare specifier names: `@a/b` of `@a/b/c`. */
export function packageNameOf(specifier: string): string {
  const parts = specifier.split("/", 2);
  return specifier.startsWith("@") ? parts.join("/") : (parts[0] ?? specifier);
}
