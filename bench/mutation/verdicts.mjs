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
 * The part of a report in which every mutant is killed, as far as both tools can be asked about it: without the kinds of
 * mutants of which some are not.
 *
 * @param {Report} report
 * @returns {{ report: Report, excluded: readonly string[] }}
 */
export function killedPart(report) {
  const alive = all(report).filter(({ mutant }) => mutant.status !== "Killed");
  const excluded = [...new Set(alive.map(({ mutant }) => mutant.mutatorName))].toSorted();
  return { report: without(report, ({ mutatorName }) => excluded.includes(mutatorName)), excluded };
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
