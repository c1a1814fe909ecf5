// Runs assay on real repositories, each with a change of its own history, and writes docs/field-test.md.
//
// node bench/field-test.mjs CHECKOUT[@COMMIT] …   each a folder with its dependencies installed; it is not written to
// node bench/field-test.mjs --render              writes the page again from what is stored
//
// Ends with 1 if something is red, or without a verdict, that bench/field-judgements.json does not explain.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCheckout } from "./checkouts.mjs";
import { inScratch, readJson, readStored, say, store, storePage } from "./evidence.mjs";
import { keyOf, renderPage } from "./field/page.mjs";
import { copyDir, replay } from "./field/replay.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const stored = here("results/field");
const judgements = /** @type {import("./field/page.mjs").Judgements} */ (readJson(here("field-judgements.json")));

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { render: { type: "boolean", default: false } },
});
if (positionals.length === 0 && !values.render) throw new Error("name one checkout or more, or --render");
for (const argument of positionals) await replayCheckout(argument);
render();

/** @param {string} argument */
async function replayCheckout(argument) {
  const checkout = readCheckout(argument);
  const { prepare } = judgements[keyOf({ name: checkout.repository, commit: checkout.commit })] ?? {};
  await inScratch("field", async (place) => {
    const options = { ...(prepare === undefined ? {} : { prepare }), onRun: say };
    store(join(stored, `${checkout.name}.json`), await replay(checkout, copyDir(place, checkout), options));
  });
}

function render() {
  const replays = /** @type {readonly import("./field/replay.mjs").Replay[]} */ (readStored(stored));
  storePage(here("../docs/field-test.md"), renderPage(replays, judgements));
}
