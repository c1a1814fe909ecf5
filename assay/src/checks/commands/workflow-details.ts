// In how many cases a workflow verifies: its matrix, the files that start it, and what waits for it.
import type { ChangeContext } from "../../model/check.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import type { ManifestSides } from "./manifest-sides.ts";
import type { Loss } from "./verification-losses.ts";
import { amountOfLine } from "./verifications.ts";
import { rootDir } from "../../model/paths.ts";
import type { EventFilter, Job, Workflow } from "./workflow-files.ts";

/** Values of a matrix that nothing stands for any more. Old versions may go. */
export function lostAxes(before: Workflow, after: Workflow, sides: ManifestSides): readonly Loss[] {
  return before.jobs.flatMap((job): readonly Loss[] => {
    const now = after.jobs.find(({ id }) => id === job.id);
    if (now === undefined || !verifies(job, sides.base)) return [];
    return Object.keys(job.matrix).flatMap((axis): readonly Loss[] => {
      const old = valuesOf(job, axis);
      const left = valuesOf(now, axis);
      if (axis === "include" || axis === "exclude" || left.length === 0) return [];
      const lost = old.filter((value) => !left.some((each) => standsFor(each, value)));
      return lost.map((value) => ({
        key: `${job.id} ${axis} ${value}`,
        says: `no longer tries ${axis} ${value} in job "${job.id}"`,
      }));
    });
  });
}

/** Combinations of values that were tried and are excluded now. An older version may go. */
export function lostCombinations(before: Workflow, after: Workflow, sides: ManifestSides): readonly Loss[] {
  return before.jobs.flatMap((job): readonly Loss[] => {
    const now = after.jobs.find(({ id }) => id === job.id);
    if (now === undefined || !verifies(job, sides.base)) return [];
    const known = combinationsIn(job.matrix["exclude"]);
    const added = combinationsIn(now.matrix["include"]);
    const excluded = combinationsIn(now.matrix["exclude"]);
    const lost = excluded.filter(
      (entry) =>
        entry.length > 1 &&
        meet(job, entry) &&
        !isOld(now, entry, excluded) &&
        !known.some((each) => isPart(each, entry)) &&
        !added.some((each) => isPart(entry, each)),
    );
    return lost.map((entry) => {
      const combination = entry.map(([axis, value]) => `${axis} ${value}`).join(" with ");
      return { key: `${job.id} exclude ${combination}`, says: `no longer tries ${combination} in job "${job.id}"` };
    });
  });
}

type Combination = readonly (readonly [axis: string, value: string])[];

function combinationsIn(list: unknown): readonly Combination[] {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return entries.flatMap((entry) =>
    typeof entry === "object" && entry !== null
      ? [Object.entries(entry).map(([axis, value]: [string, unknown]) => [axis, textOf(value)] as const)]
      : [],
  );
}

/** Does every axis have its value, so that they meet? */
function meet({ matrix }: Job, entry: Combination): boolean {
  return entry.every(([axis, value]) => listed(matrix[axis]).includes(value));
}

/** Is a newer version still tried in its place? */
function isOld({ matrix }: Job, entry: Combination, excluded: readonly Combination[]): boolean {
  return entry.some(([axis, value]) => {
    const version = versionIn(value);
    const newer = listed(matrix[axis]).filter((each) => version !== undefined && (versionIn(each) ?? 0) > version);
    return newer.some((each) => {
      const other = entry.map(([name, own]) => [name, name === axis ? each : own] as const);
      return !excluded.some((out) => isPart(out, other));
    });
  });
}

function isPart(entry: Combination, of: Combination): boolean {
  return entry.every(([axis, value]) => of.some((each) => each[0] === axis && each[1] === value));
}

function listed(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.map(textOf) : [];
}

/** A value may be an object, which is told from others by all that it says. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function valuesOf({ matrix }: Job, axis: string): readonly string[] {
  const included = Array.isArray(matrix["include"]) ? matrix["include"] : [];
  const more = included.flatMap((entry: unknown) =>
    typeof entry === "object" && entry !== null ? valueIn(entry, axis) : [],
  );
  const excluded = Array.isArray(matrix["exclude"]) ? matrix["exclude"] : [];
  // An entry with this axis alone takes the value out altogether.
  const out = new Set(
    excluded.flatMap((entry: unknown) =>
      typeof entry === "object" && entry !== null && Object.keys(entry).length === 1 ? valueIn(entry, axis) : [],
    ),
  );
  return [...listed(matrix[axis]), ...more].filter((value) => !out.has(value));
}

function valueIn(entry: object, axis: string): readonly string[] {
  const found = new Map<string, unknown>(Object.entries(entry)).get(axis);
  return typeof found === "string" || typeof found === "number" ? [String(found)] : [];
}

/** A later version stands for an earlier one, and one image of a system for another. */
function standsFor(value: string, lost: string): boolean {
  if (value === lost || value.includes("${{") || lost.includes("${{")) return true;
  if (/^\d+\/\d+$/.test(lost)) return /^\d+\/\d+$/.test(value) && !isSamePart(value, lost);
  const version = versionIn(lost);
  const other = versionIn(value);
  if (version !== undefined && other !== undefined) return other >= version || version % 2 === 1;
  if (version !== undefined) return /^(?:lts|latest|current|node|stable)/.test(value);
  const isSystem = /^(?:ubuntu|windows|macos)/i.test(lost);
  return isSystem ? familyOf(value) === familyOf(lost) : !isSystem;
}

/** Of the same number of parts: `1/2` is no `2/2`. Another number is another way to cut. */
function isSamePart(value: string, lost: string): boolean {
  return value.split("/")[1] === lost.split("/")[1];
}

function familyOf(system: string): string {
  return system.replace(/[-\d.].*$/, "").toLowerCase();
}

function versionIn(text: string): number | undefined {
  const found = /^(?:v|node@?|>=)?(\d+)(?:\.|$|-)/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Jobs that verify something else than the change. */
export function lostCheckouts(before: Workflow, after: Workflow, sides: ManifestSides): readonly Loss[] {
  return after.jobs.flatMap((job): readonly Loss[] => {
    const revision = job.steps.find(({ checksOut }) => checksOut !== undefined)?.checksOut;
    const old = before.jobs.find(({ id }) => id === job.id);
    const isNew = old?.steps.every(({ checksOut }) => checksOut === undefined) === true;
    if (revision === undefined || !isNew || !verifies(job, sides.head)) return [];
    return [{ key: `${job.id} checkout`, says: `checks out ${revision} in job "${job.id}" instead of the change` }];
  });
}

/** A job that verifies nothing itself and no longer waits for those that do. */
export function lostNeeds(before: Workflow, after: Workflow, sides: ManifestSides): readonly Loss[] {
  return before.jobs.flatMap((job): readonly Loss[] => {
    const now = after.jobs.find(({ id }) => id === job.id);
    const isOther = now !== undefined && (decides.test(job.id) ? judges(now, sides.head) : verifies(now, sides.head));
    if (now === undefined || isOther || !waits(job, before, sides.base)) return [];
    if (waits(now, after, sides.head)) return lostJobs([job, before], [now, after], sides);
    const isLeft = after.jobs.some((other) => verifies(other, sides.head) || judges(other, sides.head));
    return isLeft ? [{ key: `${job.id} needs`, says: `no longer lets job "${job.id}" wait for what verifies` }] : [];
  });
}

/** Names of jobs that stand for the others: what a branch is protected by, and what ships. */
const decides =
  /gate|all|status|required|result|success|done|complete|conclu|finish|\bok\b|passe|publish|release|deploy|^ship/i;

type Placed = readonly [job: Job, workflow: Workflow];

/** Jobs that verify, are still there, and are waited for no longer, or need not succeed, where that decides something. */
function lostJobs([job, before]: Placed, [now, after]: Placed, sides: ManifestSides): readonly Loss[] {
  if (!decides.test(job.id)) return [];
  const verifying = after.jobs.filter((other) => other !== now && judges(other, sides.head)).map(({ id }) => id);
  const [was, is] = [awaited(job, before), awaited(now, after)];
  const [forgave, forgives] = [job, now].map(({ steps }) => new Set(steps.flatMap((step) => step.forgives)));
  const lost = verifying.filter((id) => was.has(id) && !is.has(id));
  const forgiven = verifying.filter((id) => forgives?.has(id) === true && forgave?.has(id) !== true);
  return [
    ...lost.map((id) => ({ key: `${job.id} needs ${id}`, says: `no longer lets job "${job.id}" wait for "${id}"` })),
    ...forgiven.map((id) => ({
      key: `${job.id} forgives ${id}`,
      says: `lets job "${job.id}" pass when "${id}" failed`,
    })),
  ];
}

/** What only builds, for a preview say, need not be waited for. What another file does was put there to be called. */
function judges({ steps, calls }: Job, side: ManifestSides["base"]): boolean {
  if (calls?.startsWith("./") === true) return !decides.test(calls);
  const amounts = steps.map(({ lines }) => amountOfLine(lines, { side, dir: rootDir, stopsAtFailure: true }));
  return amounts.some(({ verifications }) =>
    verifications.some(({ kinds }) => kinds.some((kind) => kind !== "build" && kind !== "package")),
  );
}

/** Every job that has to end before. */
function awaited(job: Job, workflow: Workflow, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const found = new Set(job.needs);
  for (const other of workflow.jobs) {
    if (!job.needs.includes(other.id) || seen.has(other.id)) continue;
    for (const id of awaited(other, workflow, new Set([...seen, other.id]))) found.add(id);
  }
  return found;
}

function waits(
  job: Job,
  { jobs }: Workflow,
  side: ManifestSides["base"],
  seen: ReadonlySet<string> = new Set(),
): boolean {
  return job.needs.some((name) => {
    const other = jobs.find(({ id }) => id === name);
    if (other === undefined || seen.has(name)) return false;
    return (
      judges(other, side) ||
      verifies(other, side) ||
      other.calls !== undefined ||
      waits(other, { path: rootDir, events: undefined, jobs }, side, new Set([...seen, name]))
    );
  });
}

function verifies({ steps }: Job, side: ManifestSides["base"]): boolean {
  return steps.some(
    ({ lines }) => amountOfLine(lines, { side, dir: rootDir, stopsAtFailure: true }).verifications.length > 0,
  );
}

/** Installs that fail where the lockfile is no more what the manifests ask for: package managers do so in CI unless told. */
const lockedInstall = /\b(?:npm (?:ci|clean-install)|(?:pnpm|yarn|bun) (?:i|install)\b|yarn *$)/m;
const unlocked = /--no-(?:frozen-lockfile|immutable|lockfile|package-lock)\b|--frozen-lockfile[= ]false\b/;

/** Jobs that verify and take whatever versions there are today. */
export function lostLockfile(before: Workflow, after: Workflow, sides: ManifestSides): readonly Loss[] {
  return after.jobs.flatMap((job): readonly Loss[] => {
    const old = before.jobs.find(({ id }) => id === job.id);
    const [was = "", is = ""] = [old, job].map((each) => each?.steps.map(({ lines }) => lines).join("\n"));
    if (!unlocked.test(is) || unlocked.test(was) || !lockedInstall.test(was) || !verifies(job, sides.head)) return [];
    return [{ key: `${job.id} lockfile`, says: `no longer holds job "${job.id}" to the versions of the lockfile` }];
  });
}

const publishes =
  /\b(?:npm|pnpm|yarn npm|yarn|bun|deno|jsr|lerna|changeset|vsce|ovsx)\b[^\n|;&]+\bpublish\b|\bsemantic-release\b|\brelease-it\b|(?:^|\s)np(?:\s|$)/m;

/** What is published was verified in the same workflow, and is not now. */
export function lostBeforePublish(before: Workflow, after: Workflow, sides: ManifestSides): readonly Loss[] {
  const waitsOtherwise = after.jobs.some(({ calls }) => calls !== undefined) || after.events?.has("workflow_run");
  const isLost =
    before.jobs.some((job) => judges(job, sides.base)) && !after.jobs.some((job) => judges(job, sides.head));
  const job = after.jobs.find(({ steps }) => steps.some(({ lines }) => publishes.test(lines)));
  if (job === undefined || !isLost || waitsOtherwise === true) return [];
  return [{ key: `${job.id} publishes`, says: `publishes in job "${job.id}" without having verified anything` }];
}

const beside =
  /(?:^|\/)(?:docs?|website|site|examples?|playgrounds?|benchmarks?|bench|templates?|\.github|\.changeset)\//;

/** Sources whose change no longer starts the workflow. */
export async function lostPaths(context: ChangeContext, before: Workflow, after: Workflow): Promise<readonly Loss[]> {
  for (const event of ["pull_request", "push"]) {
    const old = before.events?.get(event);
    const now = after.events?.get(event);
    if (old === undefined || now === undefined || filterText(old) === filterText(now)) continue;
    const [wasStarted, isStarted] = [await starterOf(old), await starterOf(now)];
    const files = context.workspace.tree.files.map(({ path }) => path);
    const lost = files.find((path) => isJudged(path) && wasStarted(path) && !isStarted(path));
    if (lost !== undefined) return [{ key: `${event} paths`, says: `no longer runs when ${lost} changes` }];
  }
  return [];
}

/** A workflow that every pull request started, and that only those to branches of releases start now. */
export function lostBranches(before: Workflow, after: Workflow): readonly Loss[] {
  const [old, now] = [before, after].map(({ events }) => events?.get("pull_request"));
  if (old === undefined || old.branches !== undefined || now?.branches === undefined) return [];
  return now.branches.every((branch) => /^(?:release|hotfix|stable|production|v\d|\d)/.test(branch))
    ? [{ key: "pull_request branches", says: `only runs on pull requests to ${now.branches.join(", ")}` }]
    : [];
}

function filterText({ paths, pathsIgnore }: EventFilter): string {
  return JSON.stringify([paths, pathsIgnore]);
}

function isJudged(path: Parameters<typeof roleOf>[0]): boolean {
  return isSourcePath(path) && ["source", "test"].includes(roleOf(path)) && !beside.test(path);
}

async function starterOf({ paths, pathsIgnore }: EventFilter): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import("picomatch");
  const compiled = (paths ?? pathsIgnore ?? []).map((pattern) => ({
    isNot: pattern.startsWith("!"),
    matches: picomatch(pattern.replace(/^!/, ""), { dot: true }),
  }));
  const decide = (path: string): boolean => {
    const last = compiled.findLast(({ matches }) => matches(path));
    return last !== undefined && !last.isNot;
  };
  if (paths !== undefined) return decide;
  return (path) => !decide(path);
}
