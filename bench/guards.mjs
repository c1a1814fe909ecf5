// Runs every guard on merged commits of real histories, and writes docs/guard-evidence.md: each finding with a person's
// judgement of whether it is a fault of the commit.
//
// node bench/guards.mjs CHECKOUT[=COUNT] …   the newest COUNT commits (40) that touch a source file; it is not written to
//   --only CHECK                             runs one check only, prints what it finds, and stores nothing
//   --render                                 writes the page again from what is stored
//
// Merges are left out: what they bring was judged commit by commit. Ends with 1 if a commit has no verdict, or a finding no
// judgement in bench/guards-judgements.json.
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
import { readHistory } from "./checkouts.mjs";
import { renderPage } from "./guards/page.mjs";
import { replayGuards } from "./guards/replay.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const stored = here("results/guards");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", multiple: true, default: [] }, render: { type: "boolean", default: false } },
});
if (positionals.length === 0 && !values.render) throw new Error("name one checkout or more, or --render");
for (const argument of positionals) await replay(argument);
if (values.only.length === 0) render();

/** @param {string} argument */
async function replay(argument) {
  const [path = "", count] = argument.split("=");
  const history = readHistory(path, Number(count ?? 40));
  const place = realpathSync(mkdtempSync(join(tmpdir(), "assay-guards-")));
  try {
    const result = await replayGuards(history, join(place, "copy"), values.only);
    const hits = result.commits.flatMap(({ commit, hits: found }) =>
      found.map((hit) => `${commit.slice(0, 12)} ${hit.check}: ${hit.detail}`),
    );
    say([`${result.repository}: ${result.commits.length} commits, ${hits.length} findings`, ...hits].join("\n  "));
    for (const { commit, error } of result.commits)
      if (error !== null) fail(`${result.repository}@${commit.slice(0, 12)}: ${error}`);
    if (values.only.length > 0) return;
    mkdirSync(stored, { recursive: true });
    writeFileSync(join(stored, `${result.repository.replace("/", "+")}.json`), `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

function render() {
  const files = existsSync(stored) ? readdirSync(stored).toSorted() : [];
  const results = files.map((file) => /** @type {import("./guards/replay.mjs").Replayed} */ (read(join(stored, file))));
  const judgements = /** @type {import("./guards/page.mjs").Judgements} */ (read(here("guards-judgements.json")));
  const { page, unjudged } = renderPage(results, judgements);
  writeFileSync(here("../docs/guard-evidence.md"), page);
  for (const line of unjudged) fail(`not judged: ${line}`);
}

/** @param {string} path @returns {unknown} */
function read(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @param {string} text */
function fail(text) {
  say(text);
  process.exitCode = 1;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}
