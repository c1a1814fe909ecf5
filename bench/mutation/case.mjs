// One change of one repository.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloneCheckout, git, isSource, isTest } from "../checkouts.mjs";
import { compare, runStep } from "../compare.mjs";
import { forget } from "../loop/assay.mjs";
import { tool } from "../loop/peers.mjs";
import { peakMemory } from "./memory.mjs";
import { mutateStep, ownReport } from "./own-run.mjs";
import { strykerRun } from "./stryker.mjs";
import { compareVerdicts, count, killedPart, tried, verdictsOf } from "./verdicts.mjs";

/**
 * @typedef {import("./stryker.mjs").Report} Report
 *
 * @typedef {object} MeasuredCase
 * @property {string} subject
 * @property {number | null} killable StrykerJS over assay where every mutant is killed; null where too few are.
 * @property {readonly import("../results.mjs").Goal[]} goals
 * @property {readonly import("../results.mjs").Measurement[]} measurements
 * @property {NonNullable<import("../results.mjs").Result["findings"]>} verdicts
 *
 * @typedef {{ dir: string, stryker: string, n: number, onRun: (text: string) => void }} Options
 */

/** Fewer mutants than these say nothing about time. */
const fewestMutants = 3;

/**
 * @param {string} name
 * @param {import("../checkouts.mjs").Checkout} checkout
 * @param {Options} options
 * @returns {Promise<MeasuredCase>}
 */
export async function measureCase(name, checkout, options) {
  const { dir, stryker, onRun } = options;
  cloneCheckout(checkout, dir);
  const ranges = changedRanges(dir);
  const discovery = strykerRun(stryker, dir, { name: `${name}-all`, ranges });
  discovery.clean();
  onRun(`${name}: ${ranges.join(" ")}`);
  await runStep(discovery.step);
  const every = discovery.report();
  onRun(`${name}: ${count(every)} mutants`);
  /** @type {MeasuredCase} */
  const measured = {
    subject: `${checkout.repository} "${checkout.subject}", ${count(every)} mutants`,
    killable: null,
    goals: [],
    measurements: [],
    verdicts: [],
  };
  let result = measured;
  result = add(result, await measureKilled(name, every, options));
  result = add(result, await measureEvery(name, every, ranges, options));
  return add(result, await measureOwn(name, options));
}

/** @param {MeasuredCase} to @param {Partial<MeasuredCase>} part @returns {MeasuredCase} */
function add(to, { killable = to.killable, goals = [], measurements = [], verdicts = [] }) {
  return {
    ...to,
    killable,
    goals: [...to.goals, ...goals],
    measurements: [...to.measurements, ...measurements],
    verdicts: [...to.verdicts, ...verdicts],
  };
}

/** The changed lines of sources, as StrykerJS takes them. @param {string} dir @returns {readonly string[]} */
function changedRanges(dir) {
  const ranges = [];
  let path = "";
  for (const line of git(dir, "diff", "-U0", "--no-renames", "main", "change").split("\n")) {
    if (line.startsWith("+++ ")) path = line.slice("+++ b/".length);
    const [, start, lines = "1"] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (start === undefined || lines === "0" || !isSource(path) || isTest(path)) continue;
    ranges.push(`${path}:${start}-${Number(start) + Number(lines) - 1}`);
  }
  return ranges;
}

/** @param {string} dir @param {string} name @param {Report} report @returns {string} A file that lists the mutants. */
function listFile(dir, name, report) {
  const file = join(dir, ".git", `${name}.json`);
  writeFileSync(file, JSON.stringify(report));
  return file;
}

/** assay, on the mutants of a list. @param {string} dir @param {string} list */
function listedSide(dir, list) {
  return {
    name: "assay",
    steps: [mutateStep(dir, ["--mutants", list, "--report"])],
    before: () => forget(dir),
  };
}

/**
 * @param {string} name
 * @param {Report} every
 * @param {Options} options
 * @returns {Promise<Partial<MeasuredCase>>} Nothing where too few are killed.
 */
async function measureKilled(name, every, { dir, stryker, n, onRun }) {
  const { ranges, excluded } = killedPart(every);
  if (ranges.length === 0) return {};
  const usual = strykerRun(stryker, dir, { name: `${name}-killed`, ranges, excluded });
  usual.clean();
  await runStep(usual.step);
  const report = tried(usual.report());
  onRun(`${name}: ${count(report)} mutants in ${ranges.join(" ")}, without ${excluded.join(", ") || "none"} left out`);
  if (count(report) < fewestMutants) return {};
  if ([...verdictsOf(report).values()].some((verdict) => verdict !== "dead"))
    throw new Error("StrykerJS does not kill what it has killed before");
  const side = listedSide(dir, listFile(dir, "killed", report));
  const tuned = await tunedRun(name, ranges, excluded, { dir, stryker });
  const sides = [
    side,
    { name: "StrykerJS", steps: [usual.step], before: usual.clean },
    ...(tuned === null ? [] : [{ name: "StrykerJS without isolation", steps: [tuned.step], before: tuned.clean }]),
  ];
  const comparison = await compare(sides, { n, onRun });
  const theirs = tried(usual.report());
  const [, ratio, tunedRatio] = comparison.ratios;
  const what = `${name}, all ${count(report)} mutants killed, StrykerJS`;
  return {
    killable: ratio,
    goals: [
      { what: `${what} over assay`, value: ratio, at_least: 8, unit: "×" },
      ...(tunedRatio === undefined
        ? []
        : [{ what: `${what} without isolation over assay`, value: tunedRatio, at_least: 7, unit: "×" }]),
    ],
    measurements: [
      {
        title: `${name}: every mutant is killed`,
        what: `${count(report)} of ${count(every)} mutants: the pieces of code in which nothing survives${excluded.length === 0 ? "" : `, without ${excluded.join(", ")}`}.`,
        comparison,
      },
    ],
    verdicts: [compareVerdicts(`${name}, mutants that are killed`, theirs, ownReport(dir))],
  };
}

/**
 * StrykerJS as fast as it gets: all test files in one thread. Null where the tests do not pass that way.
 *
 * @param {string} name
 * @param {readonly string[]} ranges
 * @param {readonly string[]} excluded
 * @param {Pick<Options, "dir" | "stryker">} options
 */
async function tunedRun(name, ranges, excluded, { dir, stryker }) {
  const own = ["ts", "mts", "js", "mjs"]
    .map((end) => `vitest.config.${end}`)
    .find((file) => existsSync(join(dir, file)));
  const config = "vitest.tuned.config.mjs";
  const base = own === undefined ? "{}" : "base.default ?? base";
  writeFileSync(
    join(dir, config),
    `import { mergeConfig } from "vitest/config";\n${own === undefined ? "" : `import * as base from "./${own}";\n`}export default mergeConfig(${base}, { test: { isolate: false } });\n`,
  );
  writeFileSync(join(dir, ".git/info/exclude"), `${config}\n`);
  const run = strykerRun(stryker, dir, { name: `${name}-tuned`, ranges, excluded, configFile: config });
  run.clean();
  try {
    await runStep(run.step);
    return run;
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {Report} every
 * @param {readonly string[]} ranges
 * @param {Options} options
 * @returns {Promise<Partial<MeasuredCase>>}
 */
async function measureEvery(name, every, ranges, { dir, stryker, n, onRun }) {
  const side = listedSide(dir, listFile(dir, "all", every));
  const peer = strykerRun(stryker, dir, { name: `${name}-every`, ranges });
  const related = tool(dir, "vitest", ["related", "--run", "--coverage.enabled=false", ...Object.keys(every.files)]);
  const sides = [
    side,
    { name: "StrykerJS", steps: [peer.step], before: peer.clean },
    { name: "vitest related", steps: [related] },
  ];
  const comparison = await compare(sides, { n, onRun });
  const own = ownReport(dir);
  const survivors = [...verdictsOf(own).values()].filter((verdict) => verdict === "alive").length;
  const what = `${name}, ${count(every)} mutants with ${survivors} survivors`;
  const [, stryker_ratio, related_ratio] = comparison.ratios;
  forget(dir);
  const memory = await peakMemory(side.steps[0]);
  return {
    goals: [
      ...(survivors === 0
        ? []
        : [
            { what: `${what}, StrykerJS over assay`, value: stryker_ratio, at_least: 4, unit: "×" },
            { what: `${what}, vitest related over assay`, value: related_ratio, at_least: 1, unit: "×" },
          ]),
      { what: `${what}, memory at most`, value: memory, at_most: 1024, unit: "MiB" },
    ],
    measurements: [{ title: `${name}: every mutant of the change`, what: `${count(every)} mutants.`, comparison }],
    verdicts: [compareVerdicts(`${name}, every mutant`, peer.report(), own)],
  };
}

/**
 * assay as it is used: its own twelve mutants, again with nothing changed, and again with one more test.
 *
 * @param {string} name
 * @param {Options} options
 * @returns {Promise<Partial<MeasuredCase>>}
 */
async function measureOwn(name, { dir, n, onRun }) {
  const step = mutateStep(dir, ["--base", "main", "--only", "mutation"]);
  const side = (/** @type {string} */ title, /** @type {() => void} */ before) => [
    { name: title, steps: [step], before },
  ];
  const cold = await compare(
    side("assay, nothing remembered", () => forget(dir)),
    { n: n * 2, onRun },
  );
  const again = await compare(
    side("assay, nothing changed", () => {}),
    { n: n * 3, onRun },
  );
  const test = git(dir, "diff", "--name-only", "--diff-filter=d", "main", "change").split("\n").find(isTest);
  let added = 0;
  const addTest = () => appendFileSync(join(dir, test ?? ""), `\ntest("one more ${(added += 1)}", () => {});\n`);
  const imported = test !== undefined && /\btest\b/.test(readFileSync(join(dir, test), "utf8").split("\n\n")[0] ?? "");
  if (test !== undefined && !imported)
    writeFileSync(join(dir, test), `import { test } from "vitest";\n${readFileSync(join(dir, test), "utf8")}`);
  const grown = test === undefined ? null : await compare(side("assay, one more test", addTest), { n: n * 2, onRun });
  git(dir, "checkout", "-q", ".");
  const goal = (
    /** @type {string} */ what,
    /** @type {import("../compare.mjs").Comparison} */ { sides },
    at_most = 1000,
  ) => ({
    what: `${name}, ${what}`,
    value: Math.round(sides[0].median_ms),
    at_most,
    unit: "ms",
  });
  const own = (/** @type {string} */ title, /** @type {import("../compare.mjs").Comparison} */ comparison) => ({
    title: `${name}: ${title}`,
    what: "At most twelve mutants that assay chooses.",
    comparison,
  });
  return {
    goals: [
      ...(name === "leaf" ? [goal("twelve mutants of a leaf file", cold)] : []),
      goal("nothing changed", again, 150),
      ...(grown === null ? [] : [goal("one test added", grown)]),
    ],
    measurements: [
      own("its own choice, nothing remembered", cold),
      own("its own choice, nothing changed", again),
      ...(grown === null ? [] : [own("its own choice, one test added", grown)]),
    ],
  };
}
