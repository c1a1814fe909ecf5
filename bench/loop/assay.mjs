// Runs the built assay as its users do, and reads the envelope.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../assay/dist/cli.js", import.meta.url));

/**
 * @param {string} dir
 * @param {readonly string[]} args
 * @param {{ node?: string, expect?: readonly number[] }} [options]
 * @returns {import("../compare.mjs").Step}
 */
export function assayStep(dir, args, { node = process.execPath, expect = [0] } = {}) {
  if (!existsSync(cli)) throw new Error("assay is not built; run `npm run build` first");
  return { command: node, args: [cli, ...args], cwd: dir, expect, env: { NO_COLOR: "1" } };
}

/** Drops all that assay remembers of this repository. @param {string} dir */
export function forget(dir) {
  rmSync(join(dir, ".git/assay"), { recursive: true, force: true });
}

/** Drops the outcomes that it would replay. @param {string} dir */
export function forgetOutcomes(dir) {
  rmSync(join(dir, ".git/assay/outcomes"), { recursive: true, force: true });
}

/**
 * @typedef {{ readonly id: string, readonly status: string, readonly details: readonly string[], readonly cached: boolean, readonly duration_ms: number }} EnvelopeCheck
 * @typedef {{ readonly ok: boolean, readonly exit_code: number, readonly error: unknown, readonly result: EnvelopeResult }} Envelope
 * @typedef {{ readonly checks: readonly EnvelopeCheck[], readonly scope: { readonly fallback: unknown }, readonly files?: readonly unknown[] }} EnvelopeResult
 */

/** @param {import("../compare.mjs").Output} output @returns {Envelope} */
export function readEnvelope({ stdout }) {
  return /** @type {Envelope} */ (JSON.parse(stdout));
}

/**
 * @param {Envelope} envelope
 * @param {readonly string[]} ids
 * @throws Unless each of these checks passed: a run that left one out is quick for the wrong reason.
 */
export function expectPassed(envelope, ids) {
  for (const id of ids) {
    const check = envelope.result.checks.find((candidate) => candidate.id === id);
    if (check?.status !== "pass")
      throw new Error(`assay's ${id} is ${check?.status ?? "not there"}: ${JSON.stringify(envelope.result)}`);
  }
}
