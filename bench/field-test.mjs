// Runs assay on real repositories, each with a change of its own history, and writes docs/field-test.md.
//
// node bench/field-test.mjs CHECKOUT[@COMMIT] …   each a folder with its dependencies installed; it is not written to
// node bench/field-test.mjs --render              writes the page again from what is stored
//
// Ends with 1 if something is red, or without a verdict, that bench/field-judgements.json does not explain.
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
import { keyOf, renderPage } from "./field/page.mjs";
import { copyDir, replay } from "./field/replay.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const stored = here("results/field");
const judgements = /** @type {import("./field/page.mjs").Judgements} */ (
  JSON.parse(readFileSync(here("field-judgements.json"), "utf8"))
);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { render: { type: "boolean", default: false } },
});
if (positionals.length === 0 && !values.render) throw new Error("name one checkout or more, or --render");
for (const argument of positionals) await store(argument);
render();

/** @param {string} argument */
async function store(argument) {
  const checkout = readCheckout(argument);
  const place = realpathSync(mkdtempSync(join(tmpdir(), "assay-field-")));
  try {
    const { prepare } = judgements[keyOf({ name: checkout.repository, commit: checkout.commit })] ?? {};
    const replayed = await replay(checkout, copyDir(place, checkout), {
      ...(prepare === undefined ? {} : { prepare }),
      onRun: say,
    });
    mkdirSync(stored, { recursive: true });
    writeFileSync(join(stored, `${checkout.name}.json`), `${JSON.stringify(replayed, null, 2)}\n`);
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

function render() {
  const names = existsSync(stored) ? readdirSync(stored).toSorted() : [];
  const replays = names.map(
    (name) => /** @type {import("./field/replay.mjs").Replay} */ (JSON.parse(readFileSync(join(stored, name), "utf8"))),
  );
  const { page, unjudged } = renderPage(replays, judgements);
  writeFileSync(here("../docs/field-test.md"), page);
  for (const line of unjudged) process.stderr.write(`not judged: ${line}\n`);
  if (unjudged.length > 0) process.exitCode = 1;
}
