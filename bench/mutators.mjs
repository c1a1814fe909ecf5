// Runs `assay mutate` with its defaults on changes of real histories, and writes docs/mutator-evidence.md: every survivor
// with a person's judgement of whether it is worth a test.
//
// node bench/mutators.mjs CHECKOUT@COMMIT …   each a folder with its dependencies installed; it is not written to
//   --as NAME                                 stores under another name than `now`, to compare with
// node bench/mutators.mjs --render            writes the page again from what is stored
//
// Which changes are run, and by which rule they were chosen, is in bench/mutators/diffs.json. Ends with 1 if a change has
// no verdict, or a survivor no judgement in bench/mutators-judgements.json.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCheckout } from "./checkouts.mjs";
import { renderPage } from "./mutators/page.mjs";
import { runDiff } from "./mutators/run.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const stored = here("results/mutators");
const chosen = /** @type {import("./mutators/page.mjs").Diffs} */ (read(here("mutators/diffs.json")));
const judgements = /** @type {import("./mutators/page.mjs").Judgements} */ (read(here("mutators-judgements.json")));

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { as: { type: "string", default: "now" }, render: { type: "boolean", default: false } },
});
if (positionals.length === 0 && !values.render) throw new Error("name one checkout or more, or --render");
for (const argument of positionals) await store(argument);
render();

/** @param {string} argument */
async function store(argument) {
  const checkout = readCheckout(argument);
  const place = realpathSync(mkdtempSync(join(tmpdir(), "assay-mutators-")));
  const name = `${checkout.repository.replace("/", "+")}@${checkout.commit.slice(0, 12)}`;
  try {
    const { prepare = [] } = chosen.diffs[`${checkout.repository}@${checkout.commit.slice(0, 12)}`] ?? {};
    const result = await runDiff(checkout, join(place, checkout.name), prepare);
    mkdirSync(join(stored, values.as), { recursive: true });
    writeFileSync(join(stored, values.as, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
    say(`${name}: ${result.survivors.length} survived; ${JSON.stringify(result.counts)}`);
  } catch (error) {
    say(`${name}: ${String(error)}`);
    process.exitCode = 1;
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

function render() {
  const { page, unjudged } = renderPage(chosen, resultsOf("before"), resultsOf("now"), judgements);
  writeFileSync(here("../docs/mutator-evidence.md"), page);
  for (const line of unjudged) say(`not judged: ${line}`);
  if (unjudged.length > 0) process.exitCode = 1;
}

/** @param {string} name @returns {import("./mutators/run.mjs").DiffResult[]} */
function resultsOf(name) {
  const folder = join(stored, name);
  const files = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  return files.map((file) => /** @type {import("./mutators/run.mjs").DiffResult} */ (read(join(folder, file))));
}

/** @param {string} path @returns {unknown} */
function read(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}
