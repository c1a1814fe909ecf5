// What the programs have in common that run assay on real histories and let a person judge what it said: a place for the
// copies, stored results, and a page of them.
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
import { dirname, join } from "node:path";

/**
 * Gives a temporary folder, which is removed at the end.
 *
 * @param {string} name
 * @param {(place: string) => Promise<void>} run
 */
export async function inScratch(name, run) {
  const place = realpathSync(mkdtempSync(join(tmpdir(), `assay-${name}-`)));
  try {
    await run(place);
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} file @param {unknown} value */
export function store(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Everything that was stored in a folder, by the names of the files. @param {string} folder @returns {readonly unknown[]} */
export function readStored(folder) {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  return names.map((name) => readJson(join(folder, name)));
}

/** @param {string} file @returns {unknown} */
export function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** What nobody has judged fails. @param {string} file @param {{ page: string, unjudged: readonly string[] }} rendered */
export function storePage(file, { page, unjudged }) {
  writeFileSync(file, page);
  for (const line of unjudged) fail(`not judged: ${line}`);
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {string} text */
export function fail(text) {
  say(text);
  process.exitCode = 1;
}
