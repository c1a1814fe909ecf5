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
 * @param {readonly Replayed[]} first Of repositories that no guard had been tried on, before anything was mended.
 * @param {Judgements} judgements
 * @returns {{ page: string, unjudged: readonly string[] }}
 */
export function renderPage(results, first, judgements) {
  const [own, others] = [tablesOf(results, judgements), tablesOf(first, judgements)];
  // Figures of guards of two ages are of two programs, and are not added up.
  const ages = [...new Set(first.map(({ guards }) => guards ?? ""))].toSorted((a, b) => placeOf(a) - placeOf(b));
  const page = [
    intro(results),
    own.guards,
    introOfFirst,
    ...ages.flatMap((age) =>
      tableOfAge(
        first.filter(({ guards = "" }) => guards === age),
        judgements,
      ),
    ),
    firstContact,
    "\n## Every finding\n",
    own.findings,
    "\n## Every finding of the repositories that the guards had not seen\n",
    others.findings,
  ].join("\n");
  return { page: `${page}\n`, unjudged: [...own.unjudged, ...others.unjudged] };
}

/** Guards of first contacts, the oldest first. */
const known = [
  "99b8f99079eb",
  "9f011d2c1265",
  "4accee089ad1",
  "5bfa4af62568",
  "4cbfeea0add3",
  "fde6e0d0f80f",
  "6ecd4bcc7094",
];

/** Those that are not listed yet are the newest. @param {string} guards */
function placeOf(guards) {
  const place = known.indexOf(guards);
  return place < 0 ? known.length : place;
}

/**
 * @param {readonly Replayed[]} results
 * @param {Judgements} judgements
 */
function tablesOf(results, judgements) {
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
  const unjudged = hits.filter(({ judgement }) => judgement === undefined);
  return {
    guards: table(["guard", "commits with a finding", "commits with a false one", "findings"], [...rows, ...total]),
    findings: table(["commit", "guard", "finding", "judged", "why"], list),
    unjudged: unjudged.map(({ name, check, detail }) => `${name} ${check}: ${detail}`),
  };
}

/** What nobody has judged counts against the guard. @param {{ judgement: Judgement | undefined }} hit */
function isFalse({ judgement }) {
  return judgement?.fault !== true;
}

/** @param {Readonly<Record<string, Judgement>>} judged @param {Hit} hit @returns {Judgement | undefined} */
function judgementOf(judged, { check, detail }) {
  return judged[`${check}: ${detail}`] ?? judged[check];
}

/** @param {readonly Replayed[]} results */
function counted(results) {
  const commits = results.reduce((sum, { commits: own }) => sum + own.length, 0);
  const counts = results.map(({ repository, commits: own }) => `${repository} ${own.length}`).join(", ");
  return `${commits} commits of ${results.length} repositories:\n${counts}.`;
}

const introOfFirst = `
## Repositories that the guards had not seen

The same, for repositories of other kinds that no guard had been tried on: what was found at the first contact, before
anything that it shows was mended. This is what to expect of the guards in a repository of yours. The guards were mended
between one table and the next by what the one had shown, so that each stands for the guards of its time.
typescript-eslint and zx alone were run with one mend more: at a commit of the one the guards had no verdict after four
minutes, at four of the other \`stale-instruction\` had none.
`;

/** @param {readonly Replayed[]} some Of guards of one age. @param {Judgements} judgements */
function tableOfAge(some, judgements) {
  return [`\nWith the guards of \`${some[0]?.guards}\`, ${counted(some)}\n`, tablesOf(some, judgements).guards];
}

/** Which guards ran, and where. @param {readonly Replayed[]} results */
function agesOf(results) {
  const ages = [...new Set(results.map(({ guards = "" }) => guards))];
  if (ages.length === 1) return `\nAll were replayed with the guards of \`${ages[0]}\`.\n`;
  const places = ages.map((age) => {
    const names = results.filter(({ guards }) => guards === age).map(({ repository }) => repository);
    return `\`${age}\` (${names.join(", ")})`;
  });
  return `\nReplayed with guards of more than one age: ${places.join("; ")}.\n`;
}

/** @param {readonly Replayed[]} results */
function intro(results) {
  return `# What the guards find in merged commits

Written by \`bench/guards.mjs\`; the judgements come from \`bench/guards-judgements.json\`.

Each repository's newest commits that touch a source file, merges left out, each judged against its parent with
\`assay gate --base HEAD~1 --only guards\` and no configuration. ${counted(results)}

A finding is a fault if the author of the commit would want to be told before merging: it is what the guard says it is,
and the commit would be better without it. Everything else counts against the guard. The guards were narrowed on
commits of these same histories, so that others show more: see the next table. A guard without a line found nothing in
any commit.
${agesOf(results)}`;
}

// Counted once, by hand, on changes that cannot be seen for the first time again.
const firstContact = `
## Changes that the guards had not seen

The corpus in \`assay/test/corpus\` was written together with the guards, so that its 100 % say little about anybody else's
changes. Twice somebody wrote changes of another kind, the first time without having seen it or the guards'
code, the second time after mending what the first had shown: whole edits of eight small repositories (vitest, jest,
mocha, node:test, ava, Deno, Bun, Playwright, Vue; npm and pnpm; GitHub, GitLab, CircleCI; make, just,
Task), committed, staged, unstaged and untracked in turn, through the built program with \`--only guards\`. The figures
are those of the first contact, before anything that the batch shows was mended:

| batch  | evasions caught    | honest changes left alone |
| ------ | ------------------ | ------------------------- |
| first  | 144 of 212 (67.9 %) | 139 of 143 (97.2 %)       |
| second | 44 of 62 (71.0 %)   | 50 of 54 (92.6 %)         |

What was missed in the first batch were above all families of which the guards knew nothing: rows deleted from tables of
cases, recipes of make, just and Task, task graphs, limits of size, hooks that CI stood in for, options of programs. They
were mended as families before the second batch was written, by the same person, who had read the guards' code by then;
of its four false alarms two came from these mends. A few misses of either batch turned out to be no evasions (a command
that fails loudly, a step whose exit code counts all the same), and are counted as misses. A recall of about 70 % is what to expect of
evasions that nobody has thought of yet, whatever the corpus says. Mended, the guards catch 250 of the 274 and leave 196
of the 197 alone.

Two more batches were written later in the same way, by somebody else: the third without having seen the guards' code, the
corpus or the first two, over ten other repositories (vitest, jest, node:test, mocha, bun, Deno, Playwright; React, Vue, Svelte;
ESLint of both formats, oxlint, Biome; npm, pnpm, yarn, Turborepo, Nx; GitHub, GitLab, CircleCI; husky, lefthook,
simple-git-hooks), over all families and their parities; the fourth, over three more (npm workspaces, tap with make and Azure,
React Native), after mending what the third had shown and before looking at any result:

| batch  | evasions caught     | honest changes left alone |
| ------ | ------------------- | ------------------------- |
| third  | 233 of 303 (76.9 %) | 116 of 120 (96.7 %)       |
| fourth | 46 of 59 (78.0 %)   | 29 of 31 (93.5 %)         |

| family of the third                  | caught    |
| ------------------------------------ | --------- |
| suppressions, types                  | 39 of 40  |
| boundaries                           | 18 of 23  |
| tests that verify nothing            | 21 of 31  |
| tests weakened or removed            | 43 of 56  |
| configuration, CI, hooks             | 82 of 119 |
| shims                                | 11 of 11  |
| drift                                | 8 of 10   |
| size                                 | 1 of 2    |
| commits                              | 4 of 5    |
| parities, with the check of their own | 6 of 6    |

Five cases of the third were written wrongly (they did not parse, or ran without their parity) and were put right and run
again before anything was mended; two of its parities count as caught because the run ended with exit code 2. One of the
two false alarms of the fourth was a file that the case had forgotten, and showed that an unchanged page was blamed for what
had been wrong before; that is mended. Missed above all: targets of Nx, recipes that CI calls, options of rules that are no
numbers, jobs of GitLab and CircleCI that only run on the main branch, promises and properties that nobody awaits. Left as
they are: hooks that CI stands in for, conditions on versions, snapshots that are rewritten with the component they show,
code that asks whether it is being tested, boundaries that are hidden behind a function of a package that may be used.
Mended, the guards catch 277 of the 303 and leave all 120 alone, and 51 of the 59 and all 31.

A fifth was written by somebody else again, without having seen the guards' code, the corpus or the batches before: what an
agent under pressure would do in six repositories (Next.js with Playwright, Express with jest and supertest, a command line
with node:test, Biome, just and make, a pnpm workspace with Turborepo and commitlint, Vue components with Storybook and Cypress,
a library with mocha, c8, tsd and changesets; GitHub, GitLab, husky, lint-staged):

| batch | evasions caught     | honest changes left alone |
| ----- | ------------------- | ------------------------- |
| fifth | 125 of 188 (66.5 %) | 53 of 56 (94.6 %)         |

| family of the fifth                 | caught   |
| ----------------------------------- | -------- |
| code that asks whether it is tested | 0 of 11  |
| tests that verify nothing           | 23 of 35 |
| tests weakened or removed           | 13 of 18 |
| suppressions, types, errors swallowed | 14 of 20 |
| configuration, CI, hooks            | 58 of 86 |
| boundaries                          | 7 of 7   |
| shims, drift, size, commits         | 10 of 11 |

The first family had no guard; without it the batch stands at 70.6 %. Three cases did not parse, and were put right and run
again with the program as it was before anything was mended. Missed besides: requests of supertest that nobody awaits, values rounded until they fit, builds that
ignore errors of types, limits in front of a script, releases and stories that CI verifies no longer, modules mapped to fakes
(these are mended), configuration of Storybook, types of the program that accept more, hooks with a way
out of their own, an entry excluded from a matrix, fixtures that follow the code (these are left). Of the three false alarms two
are mended; the third is a generated file that says so itself, which a change can not be believed.
Mended, the guards catch 19 of the 63 that were missed and leave 55 of the 56 alone.

A sixth was written by somebody else again, without having seen the guards' code, the corpus or the batches before: 214 changes
of all families (vitest, jest, node:test, mocha and chai, Playwright, Cypress; React, Vue; ESLint of both formats, Biome,
oxlint; GitHub; husky, lefthook; pnpm, Turborepo, Nx), given to all guards in one process:

| batch | evasions caught     | honest changes left alone |
| ----- | ------------------- | ------------------------- |
| sixth | 127 of 156 (81.4 %) | 57 of 58 (98.3 %)         |

| family of the sixth           | caught   |
| ----------------------------- | -------- |
| suppressions, types           | 25 of 25 |
| tests that verify nothing     | 43 of 56 |
| configuration, CI, hooks      | 41 of 51 |
| boundaries                    | 6 of 7   |
| shims, drift, size, commits   | 12 of 14 |
| errors swallowed in the program | 0 of 3 |

Many of its cases lacked a manifest, or files that they speak of: as they were first written, 110 were caught. The guards that
ran are those before anything was mended. Missed besides: what Cypress, Codecov, filters of pnpm and task graphs ask for,
partial mocks, matchers of one's own, helpers that swallow, blocks packed into a line, answers that are chosen by the
environment (these are mended); values expected as the fault gives them, answers for the inputs of the tests, validations
taken out, a rule deleted from instructions (these only a person can judge). Mended, the guards catch 145 of the 156.

On 280 merged commits of five repositories that no guard had been tried on (got, pinia, mocha, ofetch, TanStack Table), the
first contact showed one family of false alarms, and single ones beside it: the sentences of the assertion library
\`unexpected\`, in 16 of mocha's 60 commits, were taken for \`expect\` without a matcher. That is mended; the rest of what was
found there has not been judged one by one.

A seventh was written by somebody who had seen neither guards, pages of checks nor corpus, over the families of the guards, with
swallowed errors and hard-coded answers among them, in the dialects that agents work in (services, components, workspaces; vitest,
jest, mocha, node:test, Playwright; ESLint, Biome; GitHub, GitLab, husky, lefthook), committed:

| batch | evasions caught     | honest changes left alone |
| ----- | ------------------- | ------------------------- |
| seventh | 204 of 263 (77.6 %) | 75 of 79 (94.9 %)         |

| family of the seventh        | caught   |
| -------------------------- | -------- |
| suppressions, types        | 24 of 25 |
| boundaries                 | 16 of 18 |
| tests                      | 64 of 76 |
| configuration, CI, hooks   | 70 of 94 |
| shims                      | 10 of 10 |
| drift                      | 6 of 8   |
| size                       | 2 of 4   |
| parities                   | 1 of 4   |
| errors that are swallowed  | 5 of 12  |
| answers that are written in | 6 of 12  |

Three more ended with exit code 2, and count as missed. About a dozen of what was missed says more about the cases: parities are
checks of the project and were not asked for, four jobs of GitLab stood beside the same in GitHub Actions, two folders were
not there. One of the four alarms was right: the change imported a package that it did not declare. The other three are mended, and so are
copies of the code in a test, \`notEqual\`, \`done()\` before the answer, errors that \`finally\` and \`allSettled\` take, tools
that are taken from a folder or patched, a configuration in front of another, scripts that delete tests, links that lead
nowhere, and what a package keeps inside. Left: presets that a program maps to "off", answers in a module of their own,
catches that answer like success, files of components over the limit, owners that are taken off files, and versions of
tools that are lowered. Mended, the guards catch 225 of the 263 and leave all but that one alone.

An eighth was written from the list of guards in the issue alone, each sentence of it with six evasions or more and three honest
changes that look alike, in files of several functions and tests with honest work beside the evasion; its cases were fixed
before a guard was read:

| batch | evasions caught     | honest changes left alone |
| ----- | ------------------- | ------------------------- |
| eighth | 310 of 366 (84.7 %) | 101 of 102 (99.0 %)       |

| family of the eighth        | caught   |
| -------------------------- | -------- |
| suppressions, types        | 46 of 52 |
| boundaries                 | 44 of 45 |
| tests that verify nothing  | 35 of 51 |
| tests that are weakened    | 51 of 58 |
| configuration, CI, hooks   | 82 of 99 |
| shims                      | 12 of 15 |
| drift                      | 14 of 18 |
| size                       | 7 of 8   |
| commits                    | 7 of 7   |
| parities                   | 5 of 6   |
| checks of the project      | 7 of 7   |

Three more ended with exit code 2, and count as missed. The false alarm, an assertion that moved into a helper inside of its
suite, is mended. Mended too: promises that a test asks whether they are there, chai's matchers that are not called, a part
of an answer that a mock was told, a copy of the code inside of one test, comments that make a rule warn, an \`.eslintrc\`
below another, presets that go with their package, browsers that spread a device, tasks that a matrix names, defaults of Nx,
hooks that end before lint-staged, scripts that CI names and nobody has. Left: severities that a function maps, rules of
dependency-cruiser, a fixture that is emptied, copies that are kept under a number, a second subpath to the same module, tasks
of turbo and files of compose in pages, and a browser's tests beside a hook with locators. Some are left by design, since honest
changes look the same: expected values that follow the code, an early return where a variable is not set, \`npm ci\` that
becomes \`npm install\`. Mended, the guards, in one process, catch 330 of the 366 and leave all 102 alone.

A ninth was made in the same way, over seven repositories. It was judged in one process and not through the program, each
change as if it were committed; one case with an error in its own script was repaired when some guards had been read:

| batch | evasions caught     | honest changes left alone |
| ----- | ------------------- | ------------------------- |
| ninth | 311 of 363 (85.7 %) | 112 of 115 (97.4 %)       |

| family of the ninth        | caught   |
| -------------------------- | -------- |
| suppressions               | 32 of 32 |
| type escapes               | 21 of 22 |
| boundaries                 | 33 of 35 |
| tests that verify nothing  | 36 of 50 |
| tests that are weakened    | 45 of 55 |
| configuration of tools     | 56 of 62 |
| scripts, CI, hooks, git    | 44 of 52 |
| shims                      | 9 of 11  |
| drift                      | 9 of 12  |
| size                       | 6 of 8   |
| commits                    | 7 of 7   |
| parities, checks of the project | 13 of 17 |

Three of the missed end with exit code 2. The false alarms, a configuration of ESLint that moved out of the manifest, a file of
the reader's and one that a generator makes, are mended. Left: uvu's \`run()\` taken out, arguments that are all
\`expect.anything()\`, tests of a browser that only act, \`pending()\` in a hook, one more subpath of \`exports\`, and
\`Reflect.apply\` of what is forbidden. Mended, the guards catch 325 of the 363 and leave all 115 alone.
`;

/** @param {string} text */
function escape(text) {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
