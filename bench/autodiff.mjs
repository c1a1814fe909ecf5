// Times cotangent beside other libraries of arrays and derivatives, in one run.
//
// node bench/autodiff.mjs --peers DIR [--rounds 7] [--ms 30] [--only TEXT] [--dry]
//
// DIR is where the others are installed; without it, it says how that is done. What isn't there is left out. Each library
// has a process of its own; in every round each of them is asked for one sample of a row, in turns. `--only` takes the
// rows whose section or title has that text, and stores nothing, as `--dry` does.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installation, startLibraries } from "./autodiff/libraries.mjs";
import { sections } from "./autodiff/rows.mjs";
import { tablesOf } from "./autodiff/tables.mjs";
import { median } from "./compare.mjs";
import { environment } from "./environment.mjs";
import { storeResult, table } from "./results.mjs";

const { values } = parseArgs({
  options: {
    peers: { type: "string" },
    rounds: { type: "string", default: "7" },
    ms: { type: "string", default: "30" },
    only: { type: "string", default: "" },
    dry: { type: "boolean", default: false },
  },
});
if (values.peers === undefined) {
  process.stderr.write(`--peers DIR is missing: a folder with the other libraries, made by\n\n${installation}\n`);
  process.exitCode = 2;
} else {
  const place = mkdtempSync(join(tmpdir(), "autodiff-"));
  try {
    await measure(resolve(values.peers), place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} peers @param {string} place */
async function measure(peers, place) {
  const started = environment();
  const { running, missing } = await startLibraries(peers, place);
  const chosen = sections
    .map((section) => ({
      title: section.title,
      what: section.what,
      rows: section.rows.filter(({ title }) => `${section.title} ${title}`.includes(values.only)),
    }))
    .filter(({ rows }) => rows.length > 0);
  const cases = [
    ...new Set(
      chosen.flatMap(({ rows }) =>
        rows.flatMap(({ name, over, dtype }) =>
          [name, ...(over === undefined ? [] : [over])].map((each) => `${each} ${dtype}`),
        ),
      ),
    ),
  ];
  const { times, errors } = await sampleAll(running, cases);
  for (const { stop } of running) stop();
  const { tables, goals } = tablesOf(
    chosen,
    running.map(({ title }) => title),
    times,
  );
  for (const { title, columns, rows } of tables) process.stdout.write(`\n${title}\n\n${table(columns, rows)}`);
  for (const error of errors) process.stderr.write(`${error}\n`);
  if (values.dry || values.only !== "") return;
  storeResult("autodiff", {
    title: "Arrays and derivatives, beside other libraries",
    environment: { ...started, load_at_end: loadNow(), ...disturbance(Number(started.load_at_start)) },
    subject: {
      ...Object.fromEntries(
        running.filter(({ version }) => version !== "").map(({ title, version }) => [title, version]),
      ),
      left_out: missing.length === 0 ? "none" : missing.join(", "),
      threads: "1 each",
      rounds: Number(values.rounds),
      milliseconds_a_sample: Number(values.ms),
    },
    goals,
    measurements: [],
    tables,
  });
}

function loadNow() {
  return Math.round(loadavg()[0] * 10) / 10;
}

/** Says so where others kept the machine busy: then no time means much, and little ratios don't either. @param {number} before */
function disturbance(before) {
  const isBusy = Math.max(before, loadNow()) > cpus().length + 1;
  return isBusy
    ? { to_be_repeated: "**the machine was busy with other work, so that no goal is judged by this**" }
    : {};
}

/**
 * The median of each case in each library, in microseconds: by the case, then the library's title.
 *
 * @param {readonly import("./autodiff/libraries.mjs").Process[]} running @param {readonly string[]} cases
 */
async function sampleAll(running, cases) {
  /** @type {Map<string, Map<string, number[]>>} */
  const samples = new Map(cases.map((name) => [name, new Map()]));
  const errors = new Set();
  // The first round makes the code warm, and finds out how many calls a sample takes.
  for (let round = -1; round < Number(values.rounds); round += 1) {
    process.stderr.write(round < 0 ? "warm-up\n" : `round ${round + 1}/${values.rounds}, load ${loadavg()[0]}\n`);
    for (const name of cases) {
      for (const { title, names, sample } of running) {
        if (!names.has(name)) continue;
        const { us, error } = await sample(name, Number(values.ms));
        if (us === undefined) errors.add(`${title}, ${name}: ${error}`);
        else if (round >= 0) samples.get(name)?.set(title, [...(samples.get(name)?.get(title) ?? []), us]);
      }
    }
  }
  const times = new Map(
    [...samples].map(([name, each]) => [name, new Map([...each].map(([title, list]) => [title, median(list)]))]),
  );
  return { times, errors };
}
