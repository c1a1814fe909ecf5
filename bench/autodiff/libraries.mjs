// The libraries that are compared, each in a process of its own.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

/**
 * @typedef {{ readonly title: string, readonly version: string, readonly names: ReadonlySet<string>,
 *   sample: (name: string, ms: number) => Promise<{ us?: number, error?: string }>, stop: () => void }} Process
 */

const here = (/** @type {string} */ path) => fileURLToPath(new URL(`autodiff/${path}`, new URL("..", import.meta.url)));
const worker = here("worker.mjs");

export const installation = [
  "mkdir -p DIR && cd DIR && echo '{}' > package.json",
  "npm install @jax-js/jax@0.1.25 @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 numpy-ts@1.7.0",
  "pip install numpy && pip install --no-deps --target DIR/python autograd",
].join("\n");

/** How each library is started. @param {string} peers @param {string} bundle @returns {readonly { title: string, command: readonly string[], needs: string }[]} */
function startsOf(peers, bundle) {
  const node = (/** @type {string} */ file, /** @type {string} */ name) => [
    process.execPath,
    worker,
    here(`libraries/${file}`),
    peers,
    name,
  ];
  const python = (/** @type {string} */ name) => ["python3", here("libraries/python.py"), name, join(peers, "python")];
  const installed = (/** @type {string} */ name) => join(peers, "node_modules", name);
  return [
    { title: "cotangent", command: [process.execPath, worker, bundle], needs: bundle },
    { title: "jax-js", command: node("jax-js.mjs", "@jax-js/jax"), needs: installed("@jax-js/jax") },
    { title: "tfjs (wasm)", command: node("tfjs.mjs", "@tensorflow/tfjs"), needs: installed("@tensorflow/tfjs") },
    { title: "numpy-ts", command: node("numpy-ts.mjs", "numpy-ts"), needs: installed("numpy-ts") },
    { title: "NumPy", command: python("numpy"), needs: "" },
    { title: "autograd", command: python("autograd"), needs: join(peers, "python", "autograd") },
  ];
}

/**
 * Starts what is there.
 *
 * @param {string} peers @param {string} place A folder for what is built.
 * @returns {Promise<{ readonly running: readonly Process[], readonly missing: readonly string[] }>}
 */
export async function startLibraries(peers, place) {
  const running = [];
  const missing = [];
  for (const { title, command, needs } of startsOf(
    peers,
    await bundle(here("libraries/cotangent.ts"), join(place, "cotangent.mjs")),
  )) {
    const started = needs === "" || existsSync(needs) ? await start(title, command) : undefined;
    if (started === undefined) missing.push(title);
    else running.push(started);
  }
  return { running, missing };
}

/** @param {string} title @param {readonly string[]} command @returns {Promise<Process | undefined>} */
async function start(title, [program, ...args]) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    // Packages greet whoever starts them, on the same stream.
    for (;;) {
      const { value, done } = await lines.next();
      if (done) return undefined;
      if (value.startsWith("{")) return JSON.parse(value);
    }
  };
  const first = await next();
  if (first === undefined) return undefined;
  return {
    title,
    version: first.version,
    names: new Set(first.names),
    sample: async (name, ms) => {
      child.stdin.write(`${JSON.stringify({ name, ms })}\n`);
      return (await next()) ?? { error: "the process has ended" };
    },
    stop: () => void child.stdin.end(),
  };
}
