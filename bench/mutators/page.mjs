// docs/mutator-evidence.md: what survived, and a person's judgement of each survivor.
import { table } from "../results.mjs";

/**
 * @typedef {import("./run.mjs").DiffResult} DiffResult
 * @typedef {import("./run.mjs").Survivor} Survivor
 *
 * @typedef {object} Diff
 * @property {true} [held_out] Looked at only after the default set was settled.
 * @property {readonly (readonly string[])[]} [prepare] What the repository asks for before its tests.
 *
 * @typedef {object} Diffs Keyed by `owner/name@commit`, twelve digits of it.
 * @property {string} rule
 * @property {string} conclusion What the numbers say, in words.
 * @property {Readonly<Record<string, Diff>>} diffs
 * @property {Readonly<Record<string, string>>} replaced Chosen by the same rule and not run here, with the reason.
 *
 * @typedef {{ readonly worth: boolean, readonly why: string }} Judgement
 * @typedef {Readonly<Record<string, Readonly<Record<string, Judgement>>>>} Judgements By diff, then by `keyOf`.
 *
 * @typedef {object} Judged
 * @property {string} diff
 * @property {Survivor} survivor
 * @property {Judgement | undefined} judgement
 */

/** @param {Pick<DiffResult, "repository" | "commit">} result */
function diffOf({ repository, commit }) {
  return `${repository}@${commit.slice(0, 12)}`;
}

/** One survivor among those of a diff, whatever else is mutated. @param {Survivor} survivor */
export function keyOf({ path, line, column, mutator, replacement }) {
  return `${path}:${line}:${column} ${mutator} ${shorten(onOneLine(replacement), 60)}`;
}

/**
 * @param {Diffs} chosen
 * @param {readonly DiffResult[]} before What survived with the mutators that were the default at first.
 * @param {readonly DiffResult[]} now
 * @param {Judgements} judgements
 * @returns {{ page: string, unjudged: readonly string[] }}
 */
export function renderPage(chosen, before, now, judgements) {
  const [old, own] = [before, now].map((results) => judgedIn(results, judgements));
  const isHeldOut = (/** @type {Judged} */ { diff }) => chosen.diffs[diff]?.held_out === true;
  const keys = new Set(own.map(nameOf));
  const gone = old.filter((judged) => !keys.has(nameOf(judged)));
  const missing = Object.keys(chosen.diffs).filter((diff) => !now.some((result) => diffOf(result) === diff));
  const page = [
    intro(chosen, now),
    shares([
      ["all", old, own],
      ["held out", old.filter(isHeldOut), own.filter(isHeldOut)],
      ["the others", old.filter((judged) => !isHeldOut(judged)), own.filter((judged) => !isHeldOut(judged))],
    ]),
    `${chosen.conclusion}\n`,
    "## By mutator\n",
    byMutator(old, own),
    "## The diffs\n",
    diffTable(chosen, now, own),
    "## Every survivor\n",
    ...now.map((result) => section(result, own, chosen)),
    "## Survivors that are gone\n",
    "They survived with the mutators that were the default at first, and are no longer tried, or no longer among the twelve.\n",
    ...before.map((result) => section(result, gone, chosen)),
  ];
  const unjudged = [...own, ...old].filter(({ judgement }) => judgement === undefined).map(nameOf);
  return {
    page: page.filter((part) => part !== "").join("\n"),
    unjudged: [...new Set([...unjudged, ...missing.map((diff) => `${diff} was not run`)])],
  };
}

/** @param {readonly DiffResult[]} results @param {Judgements} judgements @returns {readonly Judged[]} */
function judgedIn(results, judgements) {
  return results.flatMap((result) =>
    result.survivors.map((survivor) => ({
      diff: diffOf(result),
      survivor,
      judgement: judgements[diffOf(result)]?.[keyOf(survivor)],
    })),
  );
}

/** @param {Judged} judged */
function nameOf({ diff, survivor }) {
  return `${diff} ${keyOf(survivor)}`;
}

/** @param {Diffs} chosen @param {readonly DiffResult[]} now */
function intro({ rule, replaced }, now) {
  const facts = [...new Set(now.map(({ node, date }) => `Node ${node}, ${date}`))].join("; ");
  const others = Object.entries(replaced).map(([diff, why]) => `* ${diff}: ${why}\n`);
  return `# Evidence for the default mutators

Written by \`bench/mutators.mjs\`; the judgements come from \`bench/mutators-judgements.json\`.

Each change was checked out with what its package manager installed, and \`assay mutate\` run on it with no configuration:
at most twelve mutants a change; at first with the mutators that were the default then, and again with those that are the
default now, unless the same mutants are chosen. Every survivor was then read in its code. It is worth a test if a maintainer who sees it
would agree that one is missing: the behaviour differs, somebody can see it, and it matters. It is not if the edited code
does the same, is only faster or slower, guards against what cannot occur, or is cosmetic.

${rule}

${facts}.
${others.length === 0 ? "" : `\nChosen by the same rule and not to be run here; the next one, where there is one, took the place:\n\n${others.join("")}`}`;
}

/** @param {readonly Judged[]} judged */
function share(judged) {
  const worth = judged.filter(({ judgement }) => judgement?.worth).length;
  return judged.length === 0
    ? "–"
    : `${worth} of ${judged.length}, ${Math.round((1000 * worth) / judged.length) / 10} %`;
}

/** @param {readonly (readonly [string, readonly Judged[], readonly Judged[]])[]} rows */
function shares(rows) {
  return table(
    ["diffs", "worth a test, at first", "worth a test, now"],
    rows.map(([name, old, own]) => [name, share(old), share(own)]),
  );
}

/** @param {readonly Judged[]} old @param {readonly Judged[]} own */
function byMutator(old, own) {
  const ids = [...new Set([...old, ...own].map(({ survivor }) => survivor.mutator))].toSorted();
  const rows = ids.map((id) => [`[${id}](mutators/${id}.md)`, share(ofKind(old, id)), share(ofKind(own, id))]);
  return table(["mutator", "worth a test, at first", "worth a test, now"], rows);
}

/** @param {readonly Judged[]} judged @param {string} id */
function ofKind(judged, id) {
  return judged.filter(({ survivor }) => survivor.mutator === id);
}

/** @param {Diffs} chosen @param {readonly DiffResult[]} now @param {readonly Judged[]} own */
function diffTable(chosen, now, own) {
  const rows = now.map((result) => {
    const { counts, subject } = result;
    const diff = diffOf(result);
    const others = Object.entries(counts).filter(([status]) => status !== "Killed" && status !== "Survived");
    return [
      `${diff}${chosen.diffs[diff]?.held_out ? " (held out)" : ""}`,
      subject,
      String(counts.Killed ?? 0),
      others.map(([status, count]) => `${count} ${names[status] ?? status}`).join(", "),
      String(counts.Survived ?? 0),
      share(own.filter((judged) => judged.diff === diff)),
    ];
  });
  return table(["diff", "subject", "killed", "others", "survived", "worth a test"], rows);
}

/** @type {Readonly<Record<string, string>>} */
const names = {
  CompileError: "refused by the compiler",
  Ignored: "acknowledged",
  NoCoverage: "not executed",
  RuntimeError: "ended the run",
  Timeout: "timed out",
};

/** @param {DiffResult} result @param {readonly Judged[]} judged @param {Diffs} chosen */
function section(result, judged, chosen) {
  const diff = diffOf(result);
  const own = judged.filter((each) => each.diff === diff);
  if (own.length === 0) return "";
  const heldOut = chosen.diffs[diff]?.held_out ? ", held out" : "";
  return `### ${diff}\n\n${result.subject}${heldOut}.\n\n${own.map(entry).join("")}`;
}

/** @param {Judged} judged */
function entry({ survivor, judgement }) {
  const { path, line, mutator } = survivor;
  const [a, b] = shownEdit(survivor);
  const verdict =
    judgement === undefined
      ? "**Not judged yet.**"
      : `${judgement.worth ? "Worth a test" : "**Not worth a test**"}: ${judgement.why}`;
  return `* ${path}:${line} ${code(a)} → ${code(b)} (${mutator}). ${verdict}\n`;
}

const longest = 90;

/** Both sides with the difference in sight. @param {Survivor} survivor */
function shownEdit({ original, replacement }) {
  const [a, b] = [onOneLine(original), onOneLine(replacement)];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const from = Math.max(a.length, b.length) <= longest ? 0 : Math.max(0, start - 30);
  return [a, b].map((text) => `${from > 0 ? "…" : ""}${shorten(text.slice(from), longest)}`);
}

/** @param {string} text */
function code(text) {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${fence.length > 1 ? ` ${text} ` : text}${fence}`;
}

/** @param {string} text */
function onOneLine(text) {
  return text.replaceAll(/\s+/g, " ");
}

/** @param {string} text @param {number} limit */
function shorten(text, limit) {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
