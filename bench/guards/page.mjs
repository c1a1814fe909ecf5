// docs/guard-evidence.md: what the guards found in merged commits, and a person's judgement of every finding.
import { table } from "../results.mjs";

/**
 * @typedef {import("./replay.mjs").Replayed} Replayed
 * @typedef {import("./replay.mjs").Hit} Hit
 *
 * @typedef {object} Judgement
 * @property {boolean} fault Is it a fault of the commit that its author would want to be told of?
 * @property {string} why
 *
 * @typedef {Readonly<Record<string, Readonly<Record<string, Judgement>>>>} Judgements
 *   By `owner/name@commit`, twelve digits of it, and by `check` or, where one differs from the others of that check,
 *   `check: detail`.
 */

/**
 * @param {readonly Replayed[]} results
 * @param {Judgements} judgements
 * @returns {{ page: string, unjudged: readonly string[] }}
 */
export function renderPage(results, judgements) {
  const commits = results.flatMap(({ repository, commits: all }) =>
    all.map((commit) => ({ ...commit, name: `${repository}@${commit.commit.slice(0, 12)}` })),
  );
  const hits = commits.flatMap(({ name, subject, hits: found }) =>
    found.map((hit) => ({ name, subject, ...hit, judgement: judgementOf(judgements[name] ?? {}, hit) })),
  );
  const share = (/** @type {readonly { name: string }[]} */ some) => {
    const number = new Set(some.map(({ name }) => name)).size;
    return `${number} (${((100 * number) / commits.length).toFixed(1)} %)`;
  };
  const ids = [...new Set(results.flatMap(({ checks }) => checks))].toSorted();
  const rows = ids.map((id) => {
    const own = hits.filter(({ check }) => check === id);
    return [`\`${id}\``, share(own), share(own.filter(isFalse)), String(own.length)];
  });
  const total = [["all together", share(hits), share(hits.filter(isFalse)), String(hits.length)]];
  const list = hits.map(({ name, check, detail, judgement }) => [
    name,
    `\`${check}\``,
    escape(detail),
    judgement === undefined ? "" : judgement.fault ? "fault" : "no fault",
    escape(judgement?.why ?? ""),
  ]);
  const page = [
    intro(results, commits.length),
    table(["guard", "commits with a finding", "commits with a false one", "findings"], [...rows, ...total]),
    "\n## Every finding\n",
    table(["commit", "guard", "finding", "judged", "why"], list),
  ].join("\n");
  const unjudged = hits.filter(({ judgement }) => judgement === undefined);
  return { page: `${page}\n`, unjudged: unjudged.map(({ name, check, detail }) => `${name} ${check}: ${detail}`) };
}

/** What nobody has judged counts against the guard. @param {{ judgement: Judgement | undefined }} hit */
function isFalse({ judgement }) {
  return judgement?.fault !== true;
}

/** @param {Readonly<Record<string, Judgement>>} judged @param {Hit} hit @returns {Judgement | undefined} */
function judgementOf(judged, { check, detail }) {
  return judged[`${check}: ${detail}`] ?? judged[check];
}

/** @param {readonly Replayed[]} results @param {number} commits */
function intro(results, commits) {
  const counts = results.map(({ repository, commits: own }) => `${repository} ${own.length}`).join(", ");
  return `# What the guards find in merged commits

Written by \`bench/guards.mjs\`; the judgements come from \`bench/guards-judgements.json\`.

Each repository's newest commits that touch a source file, merges left out, each judged against its parent with
\`assay gate --base HEAD~1 --only guards\` and no configuration. ${commits} commits of ${results.length} repositories:
${counts}.

A finding is a fault if the author of the commit would want to be told before merging: it is what the guard says it is,
and the commit would be better without it. Everything else counts against the guard. The guards were narrowed on
commits of these same histories, so that others may show more.
`;
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
