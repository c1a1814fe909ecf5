// Do both sides find the same? Each side's report as a set of `check path:line`.
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { runStep } from "../compare.mjs";
import { git } from "../monorepo.mjs";
import { assayStep, forget, readEnvelope } from "./assay.mjs";
import { peerSteps } from "./peers.mjs";

/** @typedef {import("../monorepo.mjs").Target} Target */

/**
 * @param {string} dir The change is checked out; the tree is left as it was.
 * @param {Target} target
 * @param {import("../monorepo/configuration.mjs").Linter} lint
 */
export async function compareFindings(dir, target, lint) {
  const clean = await bothSides(dir, target, lint, [0]);
  plantFaults(dir, target);
  try {
    return [
      { title: `${lint}, a clean change`, ...clean },
      {
        title: `${lint}, with a lint error, a type error and a failing test`,
        ...(await bothSides(dir, target, lint, [1])),
      },
    ];
  } finally {
    git(dir, "checkout", "-q", "--", ".");
  }
}

/** @param {string} dir @param {Target} target @param {import("../monorepo/configuration.mjs").Linter} lint @param {readonly number[]} expect */
async function bothSides(dir, target, lint, expect) {
  forget(dir);
  const assay = fromEnvelope(
    readEnvelope(await runStep(assayStep(dir, ["loop", "--base", "main", "--json"], { expect }))),
  );
  const peers = await fromPeers(dir, target, lint);
  const findings = [...assay].filter((finding) => peers.has(finding)).toSorted(byText);
  const only_assay = [...assay].filter((finding) => !peers.has(finding)).toSorted(byText);
  const only_peers = [...peers].filter((finding) => !assay.has(finding)).toSorted(byText);
  return { equal: only_assay.length + only_peers.length === 0, findings, only_assay, only_peers };
}

/** A promise that nobody waits for, a string that is not a number, and a test that expects what is not so. @param {string} dir @param {Target} target */
function plantFaults(dir, target) {
  const floating = `\n/** Leaves a promise alone. */\nexport function leave(): void {\n  Promise.resolve(1).then(Number);\n}\n`;
  const wrong = `\n/** Says it gives a number. */\nexport const wrong: number = String(1);\n`;
  edit(join(dir, target.path), (text) => text + floating + wrong);
  edit(
    join(dir, target.path.replace(/\.ts$/, ".test.ts")),
    (text) => `${text}\ntest("is wrong", () => {\n  expect(1 + 1).toBe(3);\n});\n`,
  );
}

/** @param {string} path @param {(text: string) => string} change */
function edit(path, change) {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** @param {import("./assay.mjs").Envelope} envelope */
function fromEnvelope(envelope) {
  const found = new Set();
  for (const check of envelope.result.checks) {
    if (!["lint", "types", "tests"].includes(check.id)) continue;
    if (check.status !== "pass" && check.status !== "fail")
      found.add(`${check.id} ${check.status}: ${check.details[0] ?? ""}`);
    for (const detail of check.status === "fail" ? check.details : [])
      found.add(`${check.id} ${/^(.+?:\d+)/.exec(detail)?.[1] ?? detail}`);
  }
  return found;
}

/** @param {string} dir @param {Target} target @param {import("../monorepo/configuration.mjs").Linter} lint */
async function fromPeers(dir, target, lint) {
  const steps = peerSteps(dir, lint, target.affected, { report: true });
  const at = (/** @type {string} */ path, /** @type {number | string} */ line) =>
    `${path.startsWith("/") ? relative(realpathSync(dir), path) : path}:${line}`;
  const found = new Set();
  for (const { path, line } of readLint(lint, (await runStep(steps.lint)).stdout)) found.add(`lint ${at(path, line)}`);
  for (const step of steps.types) {
    for (const [, path, line] of (await runStep(step)).stdout.matchAll(/^(.+?)\((\d+),\d+\): error TS/gm))
      found.add(`types ${at(path, line)}`);
  }
  for (const { path, line } of readTests((await runStep(steps.tests)).stdout)) found.add(`tests ${at(path, line)}`);
  return found;
}

/**
 * @typedef {{ filePath: string, messages: { line: number }[] }[]} EslintReport
 * @typedef {{ diagnostics: { filename: string, labels: { span: { line: number } }[] }[] }} OxlintReport
 * @typedef {{ status: string, failureMessages: string[] }} VitestResult
 * @typedef {{ testResults: { name: string, assertionResults: VitestResult[] }[] }} VitestReport
 * @typedef {{ readonly path: string, readonly line: number | string }} Place
 */

/** @param {import("../monorepo/configuration.mjs").Linter} lint @param {string} stdout @returns {Place[]} */
function readLint(lint, stdout) {
  if (lint === "eslint") {
    const report = /** @type {EslintReport} */ (JSON.parse(stdout));
    return report.flatMap((file) => file.messages.map(({ line }) => ({ path: file.filePath, line })));
  }
  const { diagnostics } = /** @type {OxlintReport} */ (JSON.parse(stdout));
  return diagnostics.map(({ filename, labels }) => ({ path: filename, line: labels[0].span.line }));
}

/** @param {string} stdout @returns {Place[]} */
function readTests(stdout) {
  const { testResults } = /** @type {VitestReport} */ (JSON.parse(stdout));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === "failed").map((result) => placeOf(result, name)),
  );
}

/** Where the failing expectation stands. @param {VitestResult} result @param {string} file @returns {Place} */
function placeOf({ failureMessages }, file) {
  const [, path, line] = /((?:file:\/\/)?\/[^\s():]+):(\d+):\d+/.exec(failureMessages.join("\n")) ?? [];
  return { path: path?.replace("file://", "") ?? file, line: line ?? "?" };
}

/** @param {string} a @param {string} b */
function byText(a, b) {
  return a < b ? -1 : 1;
}
