// What is known of each file of assay's sources: bench/results/own-mutation, a file for each layer.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "../checkouts.mjs";

/**
 * @typedef {object} MeasuredFile
 * @property {string} blob Git's id of the text that was measured (`git hash-object FILE`).
 * @property {string} date
 * @property {string} node
 * @property {"all" | "its own" | "some of its own"} tests Which were asked: those that can reach it, those of its layer, or a part.
 * @property {Readonly<Record<string, number>>} counts Mutants by their status in the common report schema.
 * @property {readonly { readonly line: number, readonly edit: string, readonly status: string }[]} left What no test notices.
 *
 * @typedef {object} Layer
 * @property {string} layer A folder of assay/src.
 * @property {Readonly<Record<string, string>>} sources Git's id of every source file as it is now, by its path.
 * @property {Readonly<Record<string, MeasuredFile>>} files Those that have been measured, by path.
 */

const folder = "bench/results/own-mutation";

/** The sources of assay, without tests and declarations. @param {string} root @returns {readonly string[]} */
export function sources(root) {
  return git(root, "ls-files", "assay/src")
    .split("\n")
    .filter((path) => /\.[cm]?ts$/.test(path) && !/\.(?:test|d)\.[cm]?ts$/.test(path) && existsSync(join(root, path)));
}

/** Every layer, measured or not. Files that are gone are left out. @param {string} root @returns {readonly Layer[]} */
export function readStored(root) {
  const paths = sources(root);
  const ids = git(root, "hash-object", ...paths).split("\n");
  const layers = [...new Set(paths.map((path) => path.split("/")[2]))].filter((name) => !name.endsWith(".ts"));
  return layers.map((layer) => {
    const own = paths.flatMap((path, index) =>
      path.startsWith(`assay/src/${layer}/`) ? [/** @type {const} */ ([path, ids[index]])] : [],
    );
    const known = readLayer(root, layer);
    const files = own.flatMap(([path]) => (path in known ? [[path, known[path]]] : []));
    return { layer, sources: Object.fromEntries(own), files: Object.fromEntries(files) };
  });
}

/** Adds what was measured; what is known of other files stays, unless they are gone. @param {string} root @param {string} layer @param {Readonly<Record<string, MeasuredFile>>} measured */
export function store(root, layer, measured) {
  const all = { ...readLayer(root, layer), ...measured };
  const files = Object.entries(all).filter(([path]) => existsSync(join(root, path)));
  mkdirSync(join(root, folder), { recursive: true });
  const sorted = Object.fromEntries(files.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(join(root, folder, `${layer}.json`), `${JSON.stringify({ layer, files: sorted }, null, 2)}\n`);
}

/** @param {string} root @param {string} layer @returns {Readonly<Record<string, MeasuredFile>>} */
function readLayer(root, layer) {
  const name = `${layer}.json`;
  if (!existsSync(join(root, folder)) || !readdirSync(join(root, folder)).includes(name)) return {};
  return JSON.parse(readFileSync(join(root, folder, name), "utf8")).files;
}
