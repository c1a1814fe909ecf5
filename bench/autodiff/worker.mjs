// Runs the cases of one library when it is told to: a line with a case's name and a time comes in, one with the
// microseconds of a call goes out.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { arrays } from "./data.mjs";

/**
 * @typedef {((name: string) => Promise<{ module: import("./foreign.ts").Foreign }>) & { folder: (name: string) => string }} Load Imports a package of the peers.
 * @typedef {{ readonly cases: Readonly<Record<string, () => unknown>> }} Library
 */

const [, , file, peers = "", packageName = ""] = process.argv;
const calls = new Map();
const { open } = await import(pathToFileURL(file).href);
const { cases } = await open(loaderOf(peers), arrays);
answer({ names: Object.keys(cases), version: versionOf(packageName) });
for await (const line of createInterface({ input: process.stdin })) {
  const { name, ms } = JSON.parse(line);
  answer(await sampled(name, ms).catch((/** @type {unknown} */ error) => ({ error: String(error).slice(0, 200) })));
}

/** @param {string} name @param {number} ms */
async function sampled(name, ms) {
  const run = cases[name];
  // Other work of the process (collecting garbage, giving memory back) has its turn between samples, not in them.
  await new Promise((resolve) => setTimeout(resolve, 1));
  let count = calls.get(name) ?? (await enough(run, ms));
  calls.set(name, count);
  // What ran before has left caches and optimised code of its own behind.
  if (count > 1) await enough(run, ms);
  const time = await timeOf(run, count);
  // As code gets quicker a sample needs more calls.
  if (time < ms) calls.set(name, Math.ceil((count * ms * 1.2) / Math.max(time, 0.01)));
  return { us: (time * 1000) / count };
}

/** How many calls take that long, after it has warmed up. @param {() => unknown} run @param {number} ms */
async function enough(run, ms) {
  let count = 1;
  for (;;) {
    const time = await timeOf(run, count);
    if (time >= ms) return count;
    count = Math.ceil(count * Math.min(10, Math.max(1.5, (1.2 * ms) / Math.max(time, 0.01))));
  }
}

/** @param {() => unknown} run @param {number} count */
async function timeOf(run, count) {
  const start = performance.now();
  for (let call = 0; call < count; call++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return performance.now() - start;
}

/** @param {unknown} value */
function answer(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** @param {string} root @returns {Load} */
function loaderOf(root) {
  const folder = (/** @type {string} */ name) => join(root, "node_modules", name);
  const load = async (/** @type {string} */ name) => {
    const manifest = JSON.parse(readFileSync(join(folder(name), "package.json"), "utf8"));
    const entry = manifest.exports?.["."]?.import ?? manifest.module ?? manifest.main;
    const path = typeof entry === "string" ? entry : entry.default;
    // A package whose modules Node.js can't load as they are is taken as CommonJS.
    const common = manifest.type === "module" ? path : (manifest.main ?? path);
    const module = await import(pathToFileURL(join(folder(name), common)).href);
    return { module: manifest.type === "module" ? module : module.default };
  };
  return Object.assign(load, { folder });
}

/** @param {string} name */
function versionOf(name) {
  const manifest = join(peers, "node_modules", name, "package.json");
  return name !== "" && existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : "";
}
