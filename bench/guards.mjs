// Runs every guard on merged commits of real histories, and writes docs/guard-evidence.md: each finding with a person's
// judgement of whether it is a fault of the commit.
//
// node bench/guards.mjs CHECKOUT[=COUNT] …   the newest COUNT commits (40) that touch a source file; it is not written to
//   --first-contact                          stores apart what is found in histories that no guard was narrowed on: once
//   --only CHECK                             runs one check only, prints what it finds, and stores nothing
//   --render                                 writes the page again from what is stored
//
// Merges are left out: what they bring was judged commit by commit. Ends with 1 if a commit has no verdict, or a finding no
// judgement in bench/guards-judgements.json.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readHistory } from "./checkouts.mjs";
import { fail, inScratch, readJson, readStored, say, store, storePage } from "./evidence.mjs";
import { renderPage } from "./guards/page.mjs";
import { replayGuards } from "./guards/replay.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const [stored, storedFirst] = [here("results/guards"), here("results/guards-first-contact")];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    "first-contact": { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    render: { type: "boolean", default: false },
  },
});
if (positionals.length === 0 && !values.render) throw new Error("name one checkout or more, or --render");
for (const argument of positionals) await replay(argument);
if (values.only.length === 0) render();

/** @param {string} argument */
async function replay(argument) {
  const [path = "", count] = argument.split("=");
  const history = readHistory(path, Number(count ?? 40));
  await inScratch("guards", async (place) => {
    const result = await replayGuards(history, join(place, "copy"), values.only);
    const hits = result.commits.flatMap(({ commit, hits: found }) =>
      found.map((hit) => `${commit.slice(0, 12)} ${hit.check}: ${hit.detail}`),
    );
    say([`${result.repository}: ${result.commits.length} commits, ${hits.length} findings`, ...hits].join("\n  "));
    for (const { commit, error } of result.commits)
      if (error !== null) fail(`${result.repository}@${commit.slice(0, 12)}: ${error}`);
    const folder = values["first-contact"] ? storedFirst : stored;
    if (values.only.length === 0) store(join(folder, `${result.repository.replace("/", "+")}.json`), result);
  });
}

function render() {
  const judgements = /** @type {import("./guards/page.mjs").Judgements} */ (readJson(here("guards-judgements.json")));
  storePage(here("../docs/guard-evidence.md"), renderPage(replayedIn(stored), replayedIn(storedFirst), judgements));
}

/** @param {string} folder */
function replayedIn(folder) {
  return /** @type {readonly import("./guards/replay.mjs").Replayed[]} */ (readStored(folder));
}
