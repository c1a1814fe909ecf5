// Lists of mutants, and what two tools say of the same ones.
/**
 * @typedef {import("./stryker.mjs").Report} Report
 * @typedef {import("./stryker.mjs").ReportedMutant} ReportedMutant
 */

/** @param {Report} report @returns {readonly { readonly path: string, readonly mutant: ReportedMutant }[]} */
function all(report) {
  return Object.entries(report.files).flatMap(([path, { mutants }]) => mutants.map((mutant) => ({ path, mutant })));
}

/** @param {Report} report */
export function count(report) {
  return all(report).length;
}

/** Of each mutant by its id: dead, whatever way it died, alive, or not executed. @param {Report} report @returns {ReadonlyMap<string, string>} */
export function verdictsOf(report) {
  return new Map(all(report).map(({ mutant }) => [mutant.id, fates[mutant.status] ?? mutant.status]));
}

/** @type {Readonly<Record<string, string>>} */
const fates = { Killed: "dead", Timeout: "dead", RuntimeError: "dead", Survived: "alive" };

/**
 * The largest part of a report in which every mutant is killed, as far as StrykerJS can be asked about it: whole pieces of
 * code in which nothing survives, perhaps without some kinds of mutants.
 *
 * @param {Report} report
 * @returns {{ ranges: readonly string[], excluded: readonly string[] }} As StrykerJS takes them.
 */
export function killedPart(report) {
  const alive = all(report).filter(({ mutant }) => mutant.status !== "Killed");
  const kinds = [...new Set(alive.map(({ mutant }) => mutant.mutatorName))].toSorted();
  const parts = subsets(kinds).map((excluded) => ({ excluded, inside: killedPieces(report, excluded) }));
  const best = parts.reduce((most, part) => (part.inside.length > most.inside.length ? part : most));
  const ranges = best.inside.map(({ path, mutant: { location } }) => {
    return `${path}:${rangeEnd(location.start)}-${rangeEnd(location.end)}`;
  });
  return { ranges: [...new Set(ranges)], excluded: best.excluded };
}

/** Columns of a range begin at 0, those of a report at 1. @param {import("./stryker.mjs").Place} place */
function rangeEnd({ line, column }) {
  return `${line}:${column - 1}`;
}

/** Small ones first. @param {readonly string[]} names @returns {readonly (readonly string[])[]} */
function subsets(names) {
  const sets = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((__, at) => (bits >> at) % 2 === 1));
  return sets.toSorted((one, other) => one.length - other.length);
}

/** The mutants in whose place, and anywhere inside it, every one is killed. @param {Report} report @param {readonly string[]} excluded */
function killedPieces(report, excluded) {
  const asked = all(report).filter(({ mutant }) => !excluded.includes(mutant.mutatorName));
  return asked.filter(({ path, mutant: { location } }) =>
    asked.every(
      ({ path: other, mutant }) => other !== path || mutant.status === "Killed" || !isWithin(mutant.location, location),
    ),
  );
}

/** @param {ReportedMutant["location"]} inner @param {ReportedMutant["location"]} outer */
function isWithin(inner, outer) {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

/** @param {import("./stryker.mjs").Place} one @param {import("./stryker.mjs").Place} other */
function isBefore(one, other) {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

/** Without what StrykerJS was told to leave alone. @param {Report} report */
export function tried(report) {
  return without(report, ({ status }) => status === "Ignored");
}

/** @param {Report} report @param {(mutant: ReportedMutant) => boolean} isOut @returns {Report} */
function without(report, isOut) {
  const files = Object.entries(report.files).map(([path, file]) => {
    return [path, { ...file, mutants: file.mutants.filter((mutant) => !isOut(mutant)) }];
  });
  return { ...report, files: Object.fromEntries(files) };
}

/**
 * @param {string} title
 * @param {Report} stryker
 * @param {Report} assay Of the same mutants, by the same ids.
 * @returns {NonNullable<import("../results.mjs").Result["findings"]>[number]}
 */
export function compareVerdicts(title, stryker, assay) {
  const own = verdictsOf(assay);
  const differences = all(stryker).flatMap(({ path, mutant }) => {
    const [theirs, ours] = [fates[mutant.status] ?? mutant.status, own.get(mutant.id) ?? "no verdict"];
    if (theirs === ours) return [];
    const where = `${path}:${mutant.location.start.line} ${mutant.mutatorName} → ${mutant.replacement.slice(0, 40)}`;
    return [{ where, theirs, ours }];
  });
  const fate = (/** @type {string} */ wanted) => [...verdictsOf(stryker).values()].filter((is) => is === wanted).length;
  return {
    title,
    equal: differences.length === 0,
    findings: [`${count(stryker)} mutants: ${fate("dead")} dead, ${fate("alive")} alive`],
    only_assay: differences.map(({ where, ours }) => `${ours}: ${where}`),
    only_peers: differences.map(({ where, theirs }) => `${theirs}: ${where}`),
  };
}
