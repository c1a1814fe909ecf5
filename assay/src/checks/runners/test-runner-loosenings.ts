// What test runners and coverage tools no longer look at after a change of their configuration.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, isWithin, joinPath, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { isFixture } from "../change/hand-written.ts";
import type { ConfigChange } from "./runner-changes.ts";
import { configuredReach, rooted, withRealFolders } from "./configured-reach.ts";
import { placesIn, type RunnerName, type RunnerPlace } from "../configuration/config-paths.ts";
import { valueAt } from "./runner-files.ts";
import { reachOf } from "../commands/file-reach.ts";
import { declaresProgram, manifestSides } from "../commands/manifest-sides.ts";
import { amountOfScript } from "../commands/verifications.ts";
import { coverageReach, testReach, type Reaches } from "./runner-reach.ts";
import { asksForCoverage, looserSettings, settingsIn, type Settings } from "./runner-settings.ts";
import { sidesOf, type Side, type Sides } from "../change/sides.ts";

export async function testRunnerLoosenings(
  context: ChangeContext,
  changes: readonly ConfigChange[],
): Promise<readonly Loosening[]> {
  const sides = await sidesOf(context);
  const found = await Promise.all(changes.map((change) => looseningsAt(context, sides, change)));
  return found.flat();
}

async function looseningsAt(context: ChangeContext, sides: Sides, change: ConfigChange): Promise<readonly Loosening[]> {
  const { place, was } = change;
  const [base, head] = await Promise.all([valueOrTwin(sides.base, was), valueOrTwin(sides.head, place)]);
  // Another runner's configuration in its place says what holds now.
  if (head === undefined && (base === undefined || isReplaced(context, place) || isGone(was, sides.head))) return [];
  if (base === undefined && (!isTakenByItself(sides.base, place) || !wasThere(context, place))) return [];
  const before = settingsIn(base?.value);
  const after = settingsIn(head?.value);
  const at = { path: head?.path ?? null, name: head?.path ?? base?.path ?? "" };
  const isCoverage = ["nyc", "c8", "tap", "bun"].includes(place.runner);
  const lower = looserSettings(before, after, isCoverage).filter(({ key }) => !isOfGonePlace(key, place, sides.head));
  const settings = lower.map(({ key, says }) =>
    toLoosening(context, at, key, `\`${key}\` ${says}; restore it, and mend what it reports`),
  );
  // Where there was no configuration, what the runner does by itself is what counts.
  return [...settings, ...(await filesLost(context, sides, { ...change, before, after, at }))];
}

/** Is nothing left of the program that the runner was configured for? */
function isGone({ dir }: RunnerPlace, { paths }: Side): boolean {
  return ![...paths].some((path) => isWithin(dir, path) && isSourcePath(path));
}

/** `coverageThreshold../src/domain/.lines`, and nothing lies in `src/domain` any more; or a file that is gone. */
function isOfGonePlace(key: string, { dir }: RunnerPlace, { paths }: Side): boolean {
  const named = /coverageThreshold\.([^*{}]*\/[^*{}]*?)\/?\.\w+$/.exec(key)?.[1];
  const inside = named === undefined ? undefined : pathInside(dir, named);
  return inside !== undefined && ![...paths].some((path) => isWithin(inside, path));
}

/** What another file says for the same: a tool of the same settings, and the list of projects that vitest had beside. */
async function valueOrTwin(side: Side, place: RunnerPlace): ReturnType<typeof valueAt> {
  const own = await valueAt(side, place);
  const twin = twins.find(({ runner, variant }) => runner === place.runner && variant === place.variant)?.is;
  return own ?? (twin && valueAt(side, { ...place, ...twin }));
}

const twins: readonly (Pick<RunnerPlace, "runner" | "variant"> & { is: Partial<RunnerPlace> })[] = [
  { runner: "nyc", variant: "", is: { runner: "c8" } },
  { runner: "c8", variant: "", is: { runner: "nyc" } },
  { runner: "vitest", variant: "", is: { variant: "workspace" } },
  { runner: "vitest", variant: "workspace", is: { variant: "" } },
];

/** A new configuration stands for what the runner did by itself, where it was started there. */
function isTakenByItself({ paths }: Side, { dir, variant }: RunnerPlace): boolean {
  return variant === "" && paths.has(joinPath(dir, "package.json"));
}

/** Where nobody asked for the runner before, there is nothing that it did by itself. */
function wasThere(context: ChangeContext, { runner }: RunnerPlace): boolean {
  return runner === "bun" || runner === "deno" || declaresProgram(manifestSides(context).base, runner);
}

interface At {
  readonly path: RepoPath | null;
  readonly name: string;
}

function toLoosening(context: ChangeContext, { path, name }: At, key: string, message: string): Loosening {
  const last = key.slice(key.lastIndexOf(".") + 1);
  const lines = path === null ? [] : (context.workspace.readText(path) ?? "").split("\n");
  const line = lines.findIndex((each) => each.includes(last));
  return { path, line: line === -1 ? null : line + 1, what: `${name} ${key}`, message };
}

/** They are configured beside a runner: for what runs in browsers, for what is published, and for mutants. */
const besideOthers: ReadonlySet<RunnerName> = new Set(["playwright", "cypress", "codecov", "deno", "stryker"]);

/** Does the change bring another runner's configuration? */
function isReplaced({ pairs }: ChangeContext, place: RunnerPlace): boolean {
  return pairs.some(
    ({ change }) =>
      change.kind === "added" &&
      nameOf(change.path) !== "package.json" &&
      placesIn(change.path).some(({ runner }) => runner !== place.runner && !besideOthers.has(runner)),
  );
}

interface Configured extends ConfigChange {
  readonly before: Settings;
  readonly after: Settings;
  readonly at: At;
}

async function filesLost(context: ChangeContext, sides: Sides, configured: Configured): Promise<readonly Loosening[]> {
  const { place, was: wasPlace, before, after, at } = configured;
  const added = new Set(context.diff.changes.filter(({ kind }) => kind === "added").map(({ path }) => path));
  const isOwn = ownFiles(sides.head, configured);
  const files = [...sides.head.paths].filter(
    (path) => isSourcePath(path) && !added.has(path) && !isFixture(path) && isOwn(path),
  );
  const [was, is] = [
    await testReach(rooted(wasPlace, sides.base), before),
    await testReach(rooted(place, sides.head), withRealFolders(after, place, sides.head)),
  ];
  const tests = lost(
    files.filter((path) => roleOf(path) === "test"),
    was,
    is,
  );
  const elsewhere = [
    ...(await otherReaches(context, sides.head, place)),
    ...(wasPlace.dir === place.dir ? [] : await reachesLeftBehind(context, sides.head, wasPlace)),
  ];
  const untested = tests.filter((path) => holdsTests(context, path) && !elsewhere.some((reaches) => reaches(path)));
  const measured = asksForCoverage(before)
    ? files.filter((path) => roleOf(path) === "source" && !besides.test(path))
    : [];
  const unmeasured = lost(
    measured,
    await coverageReach(rooted(wasPlace, sides.base), before),
    await coverageReach(rooted(place, sides.head), after),
  ).filter((path) => hasCode(context, path));
  return [
    ...untested
      .slice(0, 1)
      .map((first) =>
        toLoosening(context, at, "tests", `${countOf(first, untested)} no longer run; keep every test in the patterns`),
      ),
    ...unmeasured
      .slice(0, 1)
      .map((first) =>
        toLoosening(
          context,
          at,
          "coverage",
          `${countOf(first, unmeasured)} no longer measured; keep every source in the patterns`,
        ),
      ),
  ];
}

/** What is measured along with the product. */
const besides = /(?:^|\/)(?:scripts?|bench(?:marks?)?|tools?|docs|website|examples?|playgrounds?|demos?)\//;

/** Files below a nearer configuration are run with that, unless this one lists projects. */
function ownFiles({ paths }: Side, { place, before, after }: Configured): (path: RepoPath) => boolean {
  if ([...before.keys(), ...after.keys()].some((key) => /(?:^|\.)projects(?:\.|$)/.test(key))) return () => true;
  const nearer = [...paths].filter(
    (path) =>
      dirOf(path) !== place.dir &&
      isWithin(place.dir, path) &&
      nameOf(path) !== "package.json" &&
      placesIn(path).some(({ runner, variant }) => runner === place.runner && variant === ""),
  );
  const folders = nearer.map(dirOf);
  return (path) => !folders.some((folder) => isWithin(folder, path));
}

function lost(files: readonly RepoPath[], was: Reaches | undefined, is: Reaches | undefined): readonly RepoPath[] {
  return was === undefined || is === undefined ? [] : files.filter((path) => was(path) && !is(path));
}

function countOf(first: RepoPath, all: readonly RepoPath[]): string {
  return all.length === 1 ? `${first} is` : `${first} and ${all.length - 1} more are`;
}

/** Not every file beside tests is one. */
function holdsTests(context: ChangeContext, path: RepoPath): boolean {
  return (
    /[._](?:test|spec)\.[cm]?[jt]sx?$/.test(path) ||
    /\b(?:describe|it|test|suite)\b/.test(context.workspace.readText(path) ?? "")
  );
}

const typesOnly = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "ImportDeclaration"]);

/** Does a source do something? Types alone are measured by nobody. */
function hasCode(context: ChangeContext, path: RepoPath): boolean {
  return (
    context.parse(path)?.program.body.some((statement) => {
      const inner = statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement;
      const isType = inner.type === "ExportNamedDeclaration" && inner.exportKind === "type";
      return !isType && !typesOnly.has(inner.type);
    }) ?? false
  );
}

const configures = /^(?:--config|-c|--root|-r|--dir|--project)(?:=|$)/;

/** What scripts of the package that the configuration has left make the runner come to, which goes by its defaults there. */
async function reachesLeftBehind(
  context: ChangeContext,
  { paths }: Side,
  was: RunnerPlace,
): Promise<readonly Reaches[]> {
  const { head } = manifestSides(context);
  const isConfigured = [...paths].some(
    (path) => dirOf(path) === was.dir && nameOf(path) !== "package.json" && placesIn(path).length > 0,
  );
  const byDefault = isConfigured ? undefined : await testReach(was, new Map());
  if (byDefault === undefined) return [];
  const runs = Object.keys(head.scriptsIn(was.dir) ?? {})
    .flatMap((name) => amountOfScript(head, was.dir, name).verifications)
    .filter(
      ({ program, dir, args }) =>
        program === was.runner && dir === was.dir && !args.some((arg) => configures.test(arg)),
    );
  const reaches = await Promise.all(runs.map(reachOf));
  return reaches.flatMap((reach) => (reach === undefined ? [] : [(path: RepoPath) => reach(path) && byDefault(path)]));
}

/** Other configurations that the change brings or edits: tests may have been handed to them. */
async function otherReaches(context: ChangeContext, head: Side, place: RunnerPlace): Promise<readonly Reaches[]> {
  const places = context.pairs
    .filter(({ change }) => change.kind !== "deleted" && nameOf(change.path) !== "package.json")
    .flatMap(({ change }) => placesIn(change.path))
    .filter((other) => JSON.stringify(other) !== JSON.stringify(place));
  const found = await Promise.all(places.map((other) => configuredReach(head, other)));
  return found.filter((reaches) => reaches !== undefined);
}
