// A Python process with NumPy (one thread) that times statements, to be asked in turn with what it is compared to.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const server = `
import json, sys, time
scope = {}
try:
  exec(json.loads(sys.stdin.readline()), scope)
  print(json.dumps(scope["np"].__version__), flush=True)
except ImportError:
  sys.exit()
for line in sys.stdin:
  request = json.loads(line)
  hoisted = request["statement"].replace("random(", "saved(")
  saved = {}
  def fetch(*shape):
    if shape not in saved: saved[shape] = scope["random"](*shape)
    return saved[shape]
  scope["saved"] = fetch
  code = compile(f"for _ in range({request['times']}): {hoisted}", "", "exec")
  exec(compile(hoisted, "", "exec"), scope)
  start, used = time.perf_counter(), time.process_time()
  exec(code, scope)
  wall, cpu = time.perf_counter() - start, time.process_time() - used
  print(json.dumps([wall / request["times"], cpu / request["times"]]), flush=True)
`;

/**
 * @typedef {object} NumPy
 * @property {string} version
 * @property {(statement: string, times: number) => Promise<readonly [wall: number, cpu: number]>} time Seconds for each run.
 * @property {() => void} stop
 */

/**
 * @param {string} setup Defines the names that statements use.
 * @returns {Promise<NumPy | undefined>} Nothing where there is no Python, or no NumPy in it.
 */
export async function startNumPy(setup) {
  const child = spawn("python3", ["-c", server], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
  });
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {unknown} request */
  async function ask(request) {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    return done ? undefined : JSON.parse(value);
  }
  const version = await ask(setup);
  if (version === undefined) return undefined;
  return { version, time: (statement, times) => ask({ statement, times }), stop: () => child.kill() };
}
