// Runs `assay mutate` with its defaults on changes of real histories, and writes docs/mutator-evidence.md: every survivor
// with a person's judgement of whether it is worth a test.
//
// node bench/mutators.mjs CHECKOUT@COMMIT …   each a folder with its dependencies installed; it is not written to
//   --as NAME                                 stores under another name than `now`, to compare with
// node bench/mutators.mjs --render            writes the page again from what is stored
//
// Which changes are run, and by which rule they were chosen, is in bench/mutators/diffs.json. Ends with 1 if a change has
// no verdict, or a survivor no judgement in bench/mutators-judgements.json.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCheckout } from "./checkouts.mjs";
import { fail, inScratch, readJson, readStored, say, store, storePage } from "./evidence.mjs";
import { renderPage } from "./mutators/page.mjs";
import { runDiff } from "./mutators/run.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const stored = here("results/mutators");
const chosen = /** @type {import("./mutators/page.mjs").Diffs} */ (readJson(here("mutators/diffs.json")));
const judgements = /** @type {import("./mutators/page.mjs").Judgements} */ (readJson(here("mutators-judgements.json")));

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { as: { type: "string", default: "now" }, render: { type: "boolean", default: false } },
});
if (positionals.length === 0 && !values.render) throw new Error("name one checkout or more, or --render");
for (const argument of positionals) await mutate(argument);
render();

/** @param {string} argument */
async function mutate(argument) {
  const checkout = readCheckout(argument);
  const name = `${checkout.repository.replace("/", "+")}@${checkout.commit.slice(0, 12)}`;
  const { prepare = [] } = chosen.diffs[`${checkout.repository}@${checkout.commit.slice(0, 12)}`] ?? {};
  await inScratch("mutators", async (place) => {
    try {
      const result = await runDiff(checkout, join(place, checkout.name), prepare);
      store(join(stored, values.as, `${name}.json`), result);
      say(`${name}: ${result.survivors.length} survived; ${JSON.stringify(result.counts)}`);
    } catch (error) {
      fail(`${name}: ${String(error)}`);
    }
  });
}

function render() {
  storePage(here("../docs/mutator-evidence.md"), renderPage(chosen, resultsOf("before"), resultsOf("now"), judgements));
}

/** @param {string} name */
function resultsOf(name) {
  return /** @type {import("./mutators/run.mjs").DiffResult[]} */ (readStored(join(stored, name)));
}
