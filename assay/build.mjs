// Builds what is published: the bundle, the files that are loaded into the user's tools, pages, types and schemas.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const minify = { compress: true, mangle: false };

/**
 * Writes what differs from what is there, in one step: a program that is running, or another build, may be reading it.
 */
function put(file, contents) {
  const bytes = Buffer.from(contents);
  if (existsSync(file) && readFileSync(file).equals(bytes)) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

/** Takes the place of `bundle.write`, which would write each file anew. */
async function write(bundle, folder, options) {
  const { output } = await bundle.generate(options);
  await bundle.close();
  for (const { fileName, code } of output) put(here(`${folder}/${fileName}`), code);
}

/** Several builds may be under way at the same time. */
function makeScratch() {
  return mkdtempSync(join(tmpdir(), "assay-build-"));
}

/** One small entry, and heavy parts in chunks that load when they are needed. */
async function buildProgram() {
  const bundle = await rolldown({
    input: {
      cli: here("src/cli/main.ts"),
      index: here("src/index.ts"),
      "mutation-jest": here("src/mutation/worker/jest-process.ts"),
      "mutation-types": here("src/mutation/worker/types-process.ts"),
      "mutation-node": here("src/mutation/worker/node-process.ts"),
      "mutation-vitest": here("src/mutation/worker/vitest-process.ts"),
    },
    platform: "node",
    // jsonc-parser's CommonJS form requires files by names that a bundler cannot see.
    resolve: { mainFields: ["module", "main"] },
    external: [/^node:/, "@ast-grep/napi", "oxc-parser", "oxc-resolver"],
  });
  // What a run with nothing changed loads is one file.
  const groups = [
    { name: "start", test: isNeededAtStart, priority: 3 },
    { name: "graph", test: /\/src\/(?:cli\/affected|source\/functions)\.ts$/, priority: 2 },
    { name: "checks", test: /\/src\/cli\/run-checks\.ts$/, priority: 1 },
  ];
  const chunkFileNames = "[name]-[hash].js";
  await write(bundle, "dist", { format: "esm", chunkFileNames, codeSplitting: { groups }, minify });
}

/** The folders that the first step, from the repository to the scope, goes through. */
function isNeededAtStart(id) {
  return /\/src\/(?:git|model)\/|\/src\/report\/(?!envelope-schema|read-envelope)|\/src\/scope\/(?!affected)|\/src\/cli\/(?:command|settings|situation|last-stand|version|commands\/(?:index|verify))\.ts|\/src\/engine\/(?:digest|entry-file|host|output-buffer|watchdog)\.ts|\/src\/mutation\/(?:own-temporary|request|runner-process)\.ts/.test(
    id,
  );
}

/** Reporters are CommonJS, which every runner can load. */
async function buildReporters() {
  const names = readdirSync(here("src/tools/runners/reporters")).filter((name) => name.endsWith(".ts"));
  const input = Object.fromEntries(
    names.map((name) => [name.slice(0, -3), here(`src/tools/runners/reporters/${name}`)]),
  );
  const bundle = await rolldown({ input, platform: "node", external: [/^node:/] });
  await write(bundle, "dist/reporters", { format: "cjs", entryFileNames: "[name].cjs", exports: "auto" });
}

/** What vitest's workers load through vite, one file after the other: it is one. */
async function buildVitestRunner() {
  const input = { "mutation-vitest-runner": here("src/mutation/worker/vitest-runner.ts") };
  const bundle = await rolldown({ input, platform: "node", external: [/^node:/] });
  await write(bundle, "dist", { format: "esm", minify });
}

/** What jest requires. */
async function buildJestRuntime() {
  const input = { "mutation-jest-runtime": here("src/mutation/worker/jest-runtime.ts") };
  const bundle = await rolldown({ input, platform: "node", external: [/^node:/] });
  await write(bundle, "dist", { format: "cjs", entryFileNames: "[name].cjs", exports: "named" });
}

/** Each of what is loaded into the processes of Node's test runner is one CommonJS file, which loads quickest. */
async function buildNodeFiles() {
  for (const name of ["inside", "hooks"]) {
    const input = { [`mutation-node-${name}`]: here(`src/mutation/worker/node-${name}.ts`) };
    const bundle = await rolldown({ input, platform: "node", external: [/^node:/] });
    await write(bundle, "dist", { format: "cjs", entryFileNames: "[name].cjs", exports: "auto", minify });
  }
}

/**
 * What instrumented code loads in processes that assay knows nothing of: CommonJS for the same reason, and for loaders
 * that know neither younger syntax nor `node:`.
 */
async function buildSwitch() {
  const input = { "mutation-switch": here("src/mutation/command/switch-process.ts") };
  const transform = { target: "es2015" };
  const bundle = await rolldown({ input, platform: "node", external: [/^node:/], transform });
  const options = { format: "cjs", entryFileNames: "[name].cjs", exports: "named", paths: withoutScheme };
  await write(bundle, "dist", options);
}

function withoutScheme(id) {
  return id.replace(/^node:/, "");
}

/** The declarations of `src/index.ts` and what they name. */
function buildTypes() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const scratch = makeScratch();
  execFileSync(process.execPath, [tsc, "-p", here("tsconfig.types.json"), "--outDir", scratch], { stdio: "inherit" });
  for (const name of readdirSync(scratch, { recursive: true })) {
    if (!name.endsWith(".d.ts")) continue;
    put(here(`dist/types/${name}`), readFileSync(join(scratch, name), "utf8").replaceAll('.ts"', '.js"'));
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** The JSON Schemas, from the same definitions that read configuration and answers. */
async function buildSchemas() {
  const scratch = makeScratch();
  const bundle = await rolldown({ input: { schemas: here("src/schemas.ts") }, platform: "node", external: [/^node:/] });
  await bundle.write({ dir: scratch, format: "esm" });
  await bundle.close();
  const { schemas } = await import(pathToFileURL(join(scratch, "schemas.js")).href);
  for (const [name, schema] of Object.entries(schemas)) {
    put(here(`schema/${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** A page for each check. */
function copyPages() {
  for (const name of readdirSync(here("../docs/checks")))
    put(here(`dist/docs/checks/${name}`), readFileSync(here(`../docs/checks/${name}`)));
}

/** The script that draws a mutation report, and its licence. */
function copyReportElements() {
  const script = createRequire(import.meta.url).resolve("mutation-testing-elements/mutation-test-elements.js");
  put(here("dist/docs/mutation-test-elements.js"), readFileSync(script));
  put(here("dist/docs/mutation-test-elements.LICENSE"), readFileSync(join(dirname(script), "../LICENSE")));
}

// Nothing is removed first: a program that is running may still want to load a chunk. `npm run clean` removes.
await Promise.all([
  buildProgram(),
  buildVitestRunner(),
  buildReporters(),
  buildJestRuntime(),
  buildNodeFiles(),
  buildSwitch(),
  buildSchemas(),
]);
chmodSync(here("dist/cli.js"), 0o755);
buildTypes();
copyPages();
copyReportElements();
