// Times whole commands against each other: A B A B in one go, so that whatever else the machine does meets both.
import { spawn } from "node:child_process";

/**
 * @typedef {object} Step One command of a side.
 * @property {string} command
 * @property {readonly string[]} args
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string | undefined>>} [env] On top of this process's own.
 * @property {readonly number[]} [expect] The exit codes that count as a run; `[0]` unless given.
 * @property {boolean} [shown] Is what it says on its standard error shown as it comes? For runs that take long.
 *
 * @typedef {object} Side
 * @property {string} name
 * @property {readonly Step[]} steps Run one after the other; the side's time is the sum of theirs.
 * @property {() => void | Promise<void>} [before] Runs untimed before each run: empties a cache, edits a file.
 * @property {(outputs: readonly Output[]) => void | Promise<void>} [after] Runs untimed after each run, given what the steps printed.
 *
 * @typedef {{ readonly exitCode: number, readonly stdout: string, readonly stderr: string, readonly ms: number }} Output
 *
 * @typedef {object} Timing
 * @property {string} name
 * @property {number} n
 * @property {number} median_ms
 * @property {number} min_ms
 * @property {number} max_ms
 * @property {readonly number[]} runs_ms
 * @property {readonly string[]} commands
 *
 * @typedef {{ readonly n: number, readonly sides: readonly Timing[], readonly ratios: readonly number[] }} Comparison
 *   `ratios`: each side's median over the first's.
 */

/**
 * Runs every side `n` times, interleaved, after `warmup` rounds that do not count.
 *
 * @param {readonly Side[]} sides
 * @param {{ n: number, warmup?: number, onRun?: (text: string) => void }} options
 * @returns {Promise<Comparison>}
 * @throws When a command ends with an exit code that was not expected: such a time means nothing.
 */
export async function compare(sides, { n, warmup = 0, onRun = () => {} }) {
  const times = sides.map(() => /** @type {number[]} */ ([]));
  for (let round = -warmup; round < n; round += 1) {
    for (const [index, side] of sides.entries()) {
      const ms = await runSide(side);
      if (round >= 0) times[index].push(ms);
      onRun(`${round < 0 ? "warm-up" : `${round + 1}/${n}`} ${side.name}: ${showMs(ms)}`);
    }
  }
  const timings = sides.map((side, index) => timingOf(side, times[index]));
  return { n, sides: timings, ratios: timings.map((timing) => round2(timing.median_ms / timings[0].median_ms)) };
}

/** @param {Side} side */
async function runSide(side) {
  await side.before?.();
  const outputs = [];
  for (const step of side.steps) outputs.push(await runStep(step));
  await side.after?.(outputs);
  return outputs.reduce((sum, output) => sum + output.ms, 0);
}

/**
 * Runs one command to its end and keeps what it printed.
 *
 * @param {Step} step
 * @returns {Promise<Output>}
 * @throws When the exit code is not an expected one.
 */
export async function runStep(step) {
  const output = await run(step);
  if ((step.expect ?? [0]).includes(output.exitCode)) return output;
  const tail = `${output.stdout}\n${output.stderr}`.trim().slice(-2000);
  throw new Error(
    `\`${commandLine(step)}\` ended with ${output.exitCode}, expected ${(step.expect ?? [0]).join(" or ")}\n${tail}`,
  );
}

const stopping = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** The benchmark is being stopped, and the step that ran has been: whoever made something removes it. */
export class Stopped extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`stopped by ${signal}`);
  }
}

/** @param {Step} step @returns {Promise<Output>} */
function run({ command, args, cwd, env, shown = false }) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {NodeJS.Signals | undefined} */
    let stoppedBy;
    const stop = (/** @type {NodeJS.Signals} */ name) => {
      stoppedBy = name;
      child.kill(name);
    };
    for (const name of stopping) process.on(name, stop);
    const release = () => {
      for (const name of stopping) process.off(name, stop);
    };
    let ended = started;
    const printed = { stdout: /** @type {Buffer[]} */ ([]), stderr: /** @type {Buffer[]} */ ([]) };
    child.stdout.on("data", (/** @type {Buffer} */ chunk) => printed.stdout.push(chunk));
    child.stderr.on("data", (/** @type {Buffer} */ chunk) => printed.stderr.push(chunk));
    if (shown) child.stderr.pipe(process.stderr, { end: false });
    child.on("error", (error) => {
      release();
      reject(error);
    });
    child.on("exit", () => (ended = process.hrtime.bigint()));
    child.on("close", (code, signal) => {
      release();
      if (stoppedBy !== undefined) reject(new Stopped(stoppedBy));
      else if (signal !== null) reject(new Error(`\`${commandLine({ command, args })}\` was ended by ${signal}`));
      else
        resolve({
          exitCode: code ?? -1,
          stdout: text(printed.stdout),
          stderr: text(printed.stderr),
          ms: Number(ended - started) / 1e6,
        });
    });
  });
}

/** @param {readonly Buffer[]} chunks */
function text(chunks) {
  return Buffer.concat(chunks).toString("utf8");
}

/** @param {Side} side @param {readonly number[]} times @returns {Timing} */
function timingOf(side, times) {
  return {
    name: side.name,
    n: times.length,
    median_ms: round2(median(times)),
    min_ms: round2(Math.min(...times)),
    max_ms: round2(Math.max(...times)),
    runs_ms: times.map(round2),
    commands: side.steps.map(commandLine),
  };
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The command as it would be typed, programs by their name alone: no path of this machine. @param {Pick<Step, "command" | "args">} step */
export function commandLine({ command, args }) {
  return [command, ...args].map(withoutFolder).join(" ");
}

/** @param {string} word */
function withoutFolder(word) {
  return word.replace(/(^|=)\/\S*\/(?=[^/])/, "$1");
}

/** @param {number} ms */
export function showMs(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** @param {number} value */
function round2(value) {
  return Math.round(value * 100) / 100;
}
