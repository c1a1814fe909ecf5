// docs/field-test.md: what the replays gave, and a person's judgement of everything that was not green.
import { table } from "../results.mjs";

/**
 * @typedef {import("./replay.mjs").Replay} Replay
 * @typedef {import("./replay.mjs").ReplayedCommand} ReplayedCommand
 *
 * @typedef {object} Judgement
 * @property {"repository" | "assay" | "environment" | "change"} fault
 * @property {string} why
 *
 * @typedef {object} RepositoryJudgements Keyed by `owner/name@commit`, twelve digits of it.
 * @property {string} [about] What was done to make it run here.
 * @property {readonly (readonly string[])[]} [prepare]
 * @property {Readonly<Record<string, Judgement>>} [checks] By check id, or `run` for the run as a whole; `gate/tests` for one command only.
 * @property {readonly string[]} [mended] What assay got wrong here at first and does no longer.
 *
 * @typedef {Readonly<Record<string, RepositoryJudgements>>} Judgements
 */

/** @param {Pick<Replay, "name" | "commit">} replay */
export function keyOf({ name, commit }) {
  return `${name}@${commit.slice(0, 12)}`;
}

/**
 * @param {readonly Replay[]} replays
 * @param {Judgements} judgements
 * @returns {{ page: string, unjudged: readonly string[] }} `unjudged`: what is red or without a verdict and that nobody has explained.
 */
export function renderPage(replays, judgements) {
  /** @type {string[]} */
  const unjudged = [];
  const sections = replays.map((replay) => section(replay, judgements[keyOf(replay)] ?? {}, unjudged));
  return { page: [intro, summary(replays), ...sections].join("\n"), unjudged };
}

const intro = `# Field test

Written by \`bench/field-test.mjs\`; the explanations come from \`bench/field-judgements.json\`.

Each repository is cloned at a commit of its own history that changed sources and tests: \`change\` at that commit,
\`main\` at its parent, no configuration for assay, with what its package manager installed. Then \`assay doctor\`,
\`assay loop\`, \`assay mutate\` and \`assay gate\`, each with \`--base main\`, one after the other in the same copy.
Green is exit code 0, red 1, no verdict 2.
`;

/** @param {readonly Replay[]} replays */
function summary(replays) {
  const rows = replays.map((replay) => [
    `${replay.name} \`${replay.commit.slice(0, 8)}\``,
    `${replay.manager}, ${replay.packages === 1 ? "one package" : `${replay.packages} packages`}`,
    replay.detected.join("; ") || "nothing",
    ...["loop", "mutate", "gate"].map((name) => verdictCell(replay.commands.find(({ command }) => command === name))),
  ]);
  const facts = [...new Set(replays.map(({ node, date }) => `Node ${node}, ${date}`))].join("; ");
  return `${table(["repository", "shape", "detected", "loop", "mutate", "gate"], rows)}\n${facts}.\n`;
}

/** @param {ReplayedCommand | undefined} command */
function verdictCell(command) {
  if (command === undefined) return "not run";
  const open = openChecks(command).map(({ id }) => id);
  return `${command.verdict}, ${command.seconds} s${open.length > 0 ? `: ${open.join(", ")}` : ""}`;
}

/** What is neither passed nor skipped. @param {ReplayedCommand} command @returns {{ id: string, status: string, details: readonly string[] }[]} */
function openChecks(command) {
  const checks = command.checks.filter(({ status }) => status !== "pass" && status !== "skip");
  const written = command.written.map((line) => `${line}: the command left this behind`);
  return [
    ...(command.error === null ? [] : [{ id: "run", status: "error", details: [command.error] }]),
    ...checks,
    ...(written.length === 0 ? [] : [{ id: "written", status: "fail", details: written }]),
  ];
}

/** @param {Replay} replay @param {RepositoryJudgements} judgement @param {string[]} unjudged */
function section(replay, { about, checks = {}, mended = [] }, unjudged) {
  const open = replay.commands.flatMap((command) =>
    openChecks(command).map((check) => ({ command: command.command, check })),
  );
  const ids = [...new Set(open.map(({ check }) => check.id))];
  const paragraphs = ids.flatMap((id) => {
    const found = open.filter(({ check }) => check.id === id);
    const own = found.filter(({ command }) => checks[`${command}/${id}`] !== undefined);
    const shared = found.filter(({ command }) => checks[`${command}/${id}`] === undefined);
    return [...own.map((one) => [one]), ...(shared.length > 0 ? [shared] : [])].map((group) =>
      paragraph(replay, group, checks, unjudged),
    );
  });
  const missing = replay.missing.length === 0 ? "" : ` No tool was found for ${replay.missing.join(", ")}.`;
  return [
    `## ${replay.name}\n`,
    `\`${replay.commit.slice(0, 12)}\` ${replay.subject}. ${replay.files} files.${missing}${about === undefined ? "" : ` ${about}`}\n`,
    ...paragraphs,
    ...(mended.length === 0 ? [] : [`Wrong at first and mended:\n\n${mended.map((text) => `* ${text}\n`).join("")}`]),
  ].join("\n");
}

/**
 * @param {Replay} replay
 * @param {readonly { command: string, check: { id: string, status: string, details: readonly string[] } }[]} group The same check in one or more commands.
 * @param {Readonly<Record<string, Judgement>>} checks
 * @param {string[]} unjudged
 */
function paragraph(replay, group, checks, unjudged) {
  const [{ command, check }] = group;
  const where = group.map((one) => one.command).join(", ");
  const judgement = checks[`${command}/${check.id}`] ?? checks[check.id];
  if (judgement === undefined) unjudged.push(`${keyOf(replay)} ${where} ${check.id}`);
  const verdict = judgement === undefined ? "**Not judged yet.**" : `Fault of the ${judgement.fault}: ${judgement.why}`;
  const details = check.details.slice(0, 3).map((detail) => `> ${detail.replaceAll("\n", " ")}\n`);
  return `**${check.id}** (${where}: ${check.status}). ${verdict}\n\n${details.join(">\n")}`;
}
