// From medians to tables and goals.
import { isMet } from "../results.mjs";
import { reasonFor } from "./reasons.mjs";

/** @typedef {import("./rows.mjs").Row} Row */
/** @typedef {ReadonlyMap<string, ReadonlyMap<string, number>>} Times Microseconds by case and library. */

/**
 * @param {readonly import("./rows.mjs").Section[]} sections @param {readonly string[]} titles @param {Times} times
 * @returns {{ tables: import("../results.mjs").Table[], goals: import("../results.mjs").Goal[] }}
 */
export function tablesOf(sections, titles, times) {
  const tables = sections.map(({ title, what, rows }) => ({
    title,
    what: `${what} Microseconds, medians.`,
    columns: ["", ...titles, "goal", "met", "quickest beside"],
    rows: rows.map((row) => [
      row.title,
      ...titles.map((each) => show(measured(row, each, times))),
      ...judged(row, titles, times),
    ]),
  }));
  const rows = sections.flatMap((section) => section.rows);
  const goals = [...rows.flatMap((row) => goalOf(row, times)), ...meanGoal(rows, times)];
  const where = {
    title: "Where a goal is missed, or another library quicker that differentiates or runs in JavaScript, and why",
    what: "NumPy alone is neither.",
    columns: ["where", "why"],
    rows: byReason(slowIn(sections, titles, times, goals)),
  };
  return { tables: [...tables, where], goals };
}

/**
 * Goals that are missed, and rows in which another library than NumPy is quicker.
 *
 * @param {readonly import("./rows.mjs").Section[]} sections @param {readonly string[]} titles @param {Times} times
 * @param {readonly import("../results.mjs").Goal[]} goals @returns {readonly string[]}
 */
function slowIn(sections, titles, times, goals) {
  const peers = titles.filter((title) => title !== "cotangent" && title !== "NumPy");
  const slow = sections.flatMap(({ rows }) =>
    rows.filter((row) => {
      const own = measured(row, "cotangent", times) ?? 0;
      return row.over === undefined && peers.some((title) => (measured(row, title, times) ?? Infinity) < own);
    }),
  );
  const missed = goals.filter((goal) => !isMet(goal)).map(({ what }) => what);
  return [...new Set([...missed, ...slow.map(({ title, dtype }) => `${title} (${dtype})`)])];
}

/** A line for each reason. @param {readonly string[]} slow */
function byReason(slow) {
  /** @type {Map<string, readonly string[]>} */
  const places = new Map();
  for (const what of slow) {
    const why = reasonFor(what.replace(/ \(float\d+\)$/, ""));
    places.set(why, [...(places.get(why) ?? []), what]);
  }
  return [...places].map(([why, where]) => [where.join("; "), why]);
}

/** @param {Row} row @param {string} title @param {Times} times */
function measured({ name, over, per = 1, dtype }, title, times) {
  const time = times.get(`${name} ${dtype}`)?.get(title);
  if (time === undefined) return undefined;
  if (over === undefined) return time / per;
  const other = times.get(`${over} ${dtype}`)?.get(title);
  return other === undefined ? undefined : time / other;
}

/** The goal, whether it is met, and which other library is quicker. @param {Row} row @param {readonly string[]} titles @param {Times} times */
function judged(row, titles, times) {
  const [goal] = goalOf(row, times);
  const wanted = goal === undefined ? "" : `≤ ${show(goal.at_most)}`;
  const met = goal === undefined ? "" : isMet(goal) ? "yes" : "**no**";
  return [wanted, met, row.over === undefined ? besideOthers(row, titles, times) : ""];
}

/** The quickest of the others, and how many times cotangent's time is of its. @param {Row} row @param {readonly string[]} titles @param {Times} times */
function besideOthers(row, titles, times) {
  const own = measured(row, "cotangent", times);
  const others = titles
    .filter((title) => title !== "cotangent")
    .flatMap((title) => {
      const time = measured(row, title, times);
      return time === undefined ? [] : [{ title, time }];
    })
    .toSorted((a, b) => a.time - b.time);
  const [best] = others;
  if (own === undefined || best === undefined) return "";
  const ratio = own / best.time;
  return `${ratio > 1 ? "**" : ""}${ratio.toFixed(2)}× ${best.title}${ratio > 1 ? "**" : ""}`;
}

/** @param {Row} row @param {Times} times @returns {import("../results.mjs").Goal[]} */
function goalOf(row, times) {
  const value = measured(row, "cotangent", times);
  if (value === undefined) return [];
  const unit = row.over === undefined ? "µs" : "×";
  if (row.at_most !== undefined) return [{ what: row.title, value: rounded(value), at_most: row.at_most, unit }];
  const numpy = measured(row, "NumPy", times);
  if (row.at_most_numpy === undefined || numpy === undefined) return [];
  const at_most = rounded(numpy * row.at_most_numpy);
  return [{ what: `${row.title}, against ${row.at_most_numpy} times NumPy's`, value: rounded(value), at_most, unit }];
}

/** Gradients over forward runs, all together. @param {readonly Row[]} rows @param {Times} times */
function meanGoal(rows, times) {
  const ratios = rows
    .filter(({ over, at_most }) => over !== undefined && at_most !== undefined)
    .flatMap((row) => measured(row, "cotangent", times) ?? []);
  if (ratios.length < 2) return [];
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  return [{ what: "gradient over forward, geometric mean", value: rounded(mean), at_most: 3, unit: "×" }];
}

/** Three digits. @param {number} value */
function rounded(value) {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** @param {number | undefined} value */
function show(value) {
  return value === undefined ? "–" : String(rounded(value));
}
