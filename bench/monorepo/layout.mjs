// Which packages there are, which depend on which, and which files each has: the plan, before a line is written.
import { seeded } from "./random.mjs";

const subjects = [
  "money",
  "dates",
  "units",
  "tokens",
  "colors",
  "ranges",
  "hashes",
  "paths",
  "queues",
  "flags",
  "prices",
  "taxes",
  "carts",
  "orders",
  "stock",
  "routes",
  "parcels",
  "labels",
  "invoices",
  "refunds",
  "users",
  "roles",
  "teams",
  "sessions",
  "audits",
  "events",
  "alerts",
  "reports",
  "charts",
  "exports",
  "search",
  "filters",
  "ranking",
  "catalog",
  "reviews",
  "checkout",
  "billing",
  "shipping",
  "storefront",
  "backoffice",
];
const parts = [
  "rules",
  "limits",
  "totals",
  "rates",
  "levels",
  "steps",
  "bounds",
  "scores",
  "windows",
  "batches",
  "groups",
  "weights",
];

/**
 * @typedef {object} PackageLayout
 * @property {string} name
 * @property {string} dir
 * @property {number} layer
 * @property {readonly PackageLayout[]} needs
 * @property {readonly ModuleLayout[]} modules
 *
 * @typedef {object} ModuleLayout
 * @property {string} name
 * @property {readonly string[]} imports Names of modules of the same package that come before it.
 * @property {string | null} importsPackage The name of one package that it uses.
 */

/**
 * Layers of packages: the lowest need nothing, each other one needs at least one of the layer right below it, so that
 * chains run through all layers, and a few of any layer below.
 *
 * @param {{ packages: number, modules: number, imports: number, seed: number }} options `modules` a package, its index not counted.
 * @returns {readonly PackageLayout[]}
 */
export function planPackages({ packages, modules, imports, seed }) {
  const random = seeded(seed);
  const layers = Math.min(8, Math.max(1, Math.ceil(packages / 5)));
  /** @type {PackageLayout[]} */
  const planned = [];
  for (let index = 0; index < packages; index += 1) {
    const layer = Math.floor((index * layers) / packages);
    const needs = needsOf(random, planned, layer);
    const name = nameOf(subjects, index);
    planned.push({
      name: `@shop/${name}`,
      dir: `packages/${name}`,
      layer,
      needs,
      modules: planModules(random, needs, modules, imports),
    });
  }
  return planned;
}

/** @param {import("./random.mjs").Random} random @param {readonly PackageLayout[]} planned @param {number} layer */
function needsOf(random, planned, layer) {
  const below = planned.filter((pkg) => pkg.layer === layer - 1);
  const deeper = planned.filter((pkg) => pkg.layer < layer - 1);
  return [...new Set([...random.some(below, 1 + random.below(2)), ...random.some(deeper, random.below(2))])];
}

/**
 * @param {import("./random.mjs").Random} random
 * @param {readonly PackageLayout[]} needs
 * @param {number} modules
 * @param {number} imports
 * @returns {readonly ModuleLayout[]}
 */
function planModules(random, needs, modules, imports) {
  /** @type {ModuleLayout[]} */
  const planned = [];
  for (let index = 0; index < modules; index += 1) {
    const earlier = planned.map((module) => module.name);
    // The first modules take the packages that are needed, so that none is declared and left unused.
    const importsPackage = needs[index]?.name ?? null;
    planned.push({ name: nameOf(parts, index), imports: random.some(earlier, imports), importsPackage });
  }
  return planned;
}

/** @param {readonly string[]} names @param {number} index */
function nameOf(names, index) {
  const round = Math.floor(index / names.length);
  return `${names[index % names.length]}${round === 0 ? "" : `-${round + 1}`}`;
}
