// Measures `assay loop` and `assay scope`: on a generated monorepo, on ten thousand generated files, on a real checkout.
//
// node bench/loop.mjs [--n 5] [--only no-op,one-file,task-runners,repeat,findings,sizes,scope] [--lint oxlint,eslint]
// node bench/loop.mjs --checkout DIR[@COMMIT] --peer "vitest run --changed main" --peer "eslint packages/a" …
//
// It needs a built assay and the npm registry; all it makes is in a temporary folder. It ends with 1 if a goal is missed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { environment } from "./environment.mjs";
import { measureCheckout } from "./loop/checkout.mjs";
import { compareFindings } from "./loop/findings.mjs";
import { installNodes } from "./loop/nodes.mjs";
import { measureNoOp } from "./loop/no-op.mjs";
import { checkOutChange, measureOneFile, measureRepeat, measureSizes, measureTaskRunners } from "./loop/one-file.mjs";
import { measureScope } from "./loop/scope-speed.mjs";
import { generateMonorepo, git } from "./monorepo.mjs";
import { typescriptFor, versions } from "./monorepo/versions.mjs";
import { isMet, storeResult } from "./results.mjs";

/** @typedef {import("./results.mjs").Result} Result */

const sections = ["no-op", "one-file", "task-runners", "repeat", "findings", "sizes", "scope"];
const { values } = parseArgs({
  options: {
    n: { type: "string", default: "5" },
    only: { type: "string", default: sections.join(",") },
    lint: { type: "string", default: "oxlint,eslint" },
    checkout: { type: "string" },
    peer: { type: "string", multiple: true, default: [] },
  },
});
const n = Number(values.n);
const wanted = new Set(values.only.split(","));
const unknown = [...wanted].filter((name) => !sections.includes(name));
if (unknown.length > 0) throw new Error(`no section ${unknown.join(", ")}; there are ${sections.join(", ")}`);
const onRun = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

const place = mkdtempSync(join(tmpdir(), "assay-bench-"));
try {
  const nodes = installNodes(join(place, "nodes"));
  if (values.checkout !== undefined) {
    const { name, result } = await measureCheckout(values.checkout, values.peer, { place, n, nodes, onRun });
    store(`loop-${name}`, result);
  } else {
    for (const lint of /** @type {import("./monorepo/configuration.mjs").Linter[]} */ (values.lint.split(","))) {
      const result = await measureMonorepo(lint, nodes);
      if (result.goals.length + result.measurements.length + (result.findings?.length ?? 0) > 0)
        store(`loop-monorepo-${lint}`, result);
    }
    if (wanted.has("scope")) store("scope-ten-thousand-files", await measureTenThousand(nodes));
  }
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 3 });
}

/** @param {import("./monorepo/configuration.mjs").Linter} lint @param {ReturnType<typeof installNodes>} nodes @returns {Promise<Result>} */
async function measureMonorepo(lint, nodes) {
  const started = environment();
  const dir = join(place, `monorepo-${lint}`);
  const format = lint === "eslint" ? "prettier" : "oxfmt";
  const made = generateMonorepo(dir, { lint, format });
  const { near, deep } = made;
  /** @type {import("./loop/one-file.mjs").Measured} */
  const all = { goals: [], measurements: [] };
  const add = (/** @type {import("./loop/one-file.mjs").Measured} */ part) => {
    all.goals.push(...part.goals);
    all.measurements.push(...part.measurements);
  };
  if (wanted.has("no-op")) add(await measureNoOp(dir, { base: "main", n: n * 8, nodes, onRun }));
  checkOutChange(dir, near);
  if (wanted.has("one-file")) add(await measureOneFile(dir, near, { lint, n, onRun }));
  if (wanted.has("task-runners")) add(await measureTaskRunners(dir, near, { lint, n, onRun }));
  if (wanted.has("repeat")) add(await measureRepeat(dir, near, { lint, n, onRun }));
  if (wanted.has("sizes")) all.goals.push(...(await measureSizes(dir)));
  const findings = wanted.has("findings") ? await compareFindings(dir, near, lint) : [];
  if (wanted.has("one-file")) {
    checkOutChange(dir, deep);
    const few = Math.min(n, 3);
    const part = await measureOneFile(dir, deep, { lint, n: few, onRun });
    // How much a change at the bottom can gain is up to how much there is to leave out: measured, and no goal.
    add({ ...part, goals: [] });
    if (wanted.has("task-runners")) add({ ...(await measureTaskRunners(dir, deep, { lint, n: few, onRun })) });
  }
  git(dir, "checkout", "-q", "-f", "work");
  const { vitest, turbo, nx } = versions;
  const tools = {
    vitest,
    [lint]: versions[lint],
    [format]: versions[format],
    turbo,
    nx,
    typescript: typescriptFor[lint],
  };
  const subject = { ...made.size, ...tools };
  return { title: `The loop on a generated monorepo, ${lint}`, environment: started, subject, ...all, findings };
}

/** @param {ReturnType<typeof installNodes>} nodes @returns {Promise<Result>} */
async function measureTenThousand(nodes) {
  const started = environment();
  const measured = await measureScope(join(place, "ten-thousand"), { n, nodes, onRun });
  return {
    title: "The scope of ten thousand files",
    environment: started,
    subject: { packages: 200, files: 10_000 },
    ...measured,
  };
}

/** @param {string} name @param {Result} result */
function store(name, result) {
  storeResult(name, result);
  for (const goal of result.goals) {
    const wish = goal.at_most === undefined ? `at least ${goal.at_least}` : `at most ${goal.at_most}`;
    process.stdout.write(`${isMet(goal) ? "met   " : "MISSED"} ${goal.what}: ${goal.value} ${goal.unit}, ${wish}\n`);
    if (!isMet(goal)) process.exitCode = 1;
  }
  for (const { title, equal } of result.findings ?? []) {
    process.stdout.write(`${equal ? "met   " : "MISSED"} the same findings: ${title}\n`);
    if (!equal) process.exitCode = 1;
  }
}
