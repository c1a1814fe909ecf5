// CI configuration of several services, read into one shape. Nothing is run.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, nameOf, repoPath, type RepoPath } from "../../model/paths.ts";
import { isWorkflowPath } from "../configuration/config-paths.ts";
import type { ManifestSide } from "./manifest-sides.ts";
import { isObject } from "../../tools/output/json-output.ts";

export interface Workflow {
  readonly path: RepoPath;
  /** By event; undefined where the service has no such thing, and everything starts it. */
  readonly events: ReadonlyMap<string, EventFilter> | undefined;
  readonly jobs: readonly Job[];
}

/** What an event has to be like. */
export interface EventFilter {
  readonly branches: readonly string[] | undefined;
  readonly branchesIgnore: readonly string[] | undefined;
  readonly paths: readonly string[] | undefined;
  readonly pathsIgnore: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
}

export interface Job {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly condition: string | undefined;
  /** Its failure fails nothing. */
  readonly isSoft: boolean;
  readonly needs: readonly string[];
  readonly matrix: Readonly<Record<string, unknown>>;
  /** A workflow of another file, or another repository. */
  readonly calls: string | undefined;
  /** What it is given there, as JSON. */
  readonly inputs: string;
}

export interface Step {
  readonly lines: string;
  readonly dir: string;
  readonly condition: string | undefined;
  readonly isSoft: boolean;
  /** The shell ends at the first command that fails. */
  readonly stopsAtFailure: boolean;
  /** An action: `actions/checkout@v4`. */
  readonly uses: string | undefined;
  readonly isRetried: boolean;
  /** The branch or commit that it checks out, where that is not the change. */
  readonly checksOut: string | undefined;
  /** Jobs that it lets fail or be left out. */
  readonly forgives: readonly string[];
}

/** Every workflow of one end of the change. */
export async function workflowsOf(
  context: ChangeContext,
  side: ManifestSide,
  end: "base" | "head",
): Promise<readonly Workflow[]> {
  const paths = new Set(context.workspace.tree.files.map(({ path }) => path).filter(isWorkflowPath));
  if (end === "base") {
    // What only comes with the change has no text there.
    for (const { change } of context.pairs) {
      const before = change.previousPath ?? change.path;
      if (isWorkflowPath(before)) paths.add(before);
    }
  }
  const workflows = await Promise.all([...paths].map((path) => readWorkflow(path, side)));
  return workflows.filter((workflow) => workflow !== undefined);
}

/** Undefined where it is missing or can't be read. */
export async function readWorkflow(path: RepoPath, side: ManifestSide): Promise<Workflow | undefined> {
  const text = side.read(path);
  const root = text === undefined ? undefined : await parsed(text);
  if (!isObject(root)) return undefined;
  if (/^\.(?:github|forgejo|gitea)\//.test(path)) return githubWorkflow(path, root, side);
  const name = nameOf(path);
  if (name.startsWith(".gitlab")) return { path, events: undefined, jobs: gitlabJobs(root) };
  if (dirOf(path) === ".circleci") return { path, events: undefined, jobs: circleJobs(root) };
  if (name.startsWith(".travis"))
    return { path, events: undefined, jobs: [plainJob("script", listOf(root["script"]).join("\n"))] };
  const jobs = azureJobs(root);
  const isForTrunkAlone = root["pr"] === "none";
  return {
    path,
    events: undefined,
    jobs: isForTrunkAlone ? jobs.map((job) => ({ ...job, condition: job.condition ?? onTrunk })) : jobs,
  };
}

async function parsed(text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    const value: unknown = parse(text, { merge: true, uniqueKeys: false, logLevel: "error" });
    return value;
  } catch {
    // A workflow that can't be read runs nothing, as the service will say.
    return undefined;
  }
}

async function githubWorkflow(path: RepoPath, root: Fields, side: ManifestSide): Promise<Workflow> {
  const jobs = isObject(root["jobs"]) ? Object.entries(root["jobs"]) : [];
  const defaults = runDefaults(root);
  const read = jobs.map(async ([id, job]) =>
    isObject(job) ? githubJob(id, job, { ...defaults, ...runDefaults(job) }, side) : undefined,
  );
  return { path, events: eventsOf(root["on"]), jobs: (await Promise.all(read)).filter((job) => job !== undefined) };
}

type Fields = Readonly<Record<string, unknown>>;

function runDefaults(owner: Fields): Fields {
  const defaults = owner["defaults"];
  const run = isObject(defaults) ? defaults["run"] : undefined;
  return isObject(run) ? run : {};
}

async function githubJob(id: string, job: Fields, defaults: Fields, side: ManifestSide): Promise<Job> {
  const steps = listOf(job["steps"]).filter(isObject);
  const strategy = isObject(job["strategy"]) ? job["strategy"] : {};
  const matrix = isObject(strategy["matrix"]) ? strategy["matrix"] : {};
  return {
    id,
    steps: (await Promise.all(steps.map((step) => githubSteps(step, defaults, side)))).flat().map(inMatrix(matrix)),
    condition: conditionOf(job["if"]),
    isSoft: isOn(job["continue-on-error"]) || isOnForAll(job["continue-on-error"], matrix),
    needs: listOf(job["needs"]).map(String),
    matrix,
    calls: textOf(job["uses"]),
    inputs: JSON.stringify(job["with"] ?? {}),
  };
}

/** A line that names what a matrix lists, `npm run ${{ matrix.task }}`, stands there for each of the names. */
function inMatrix(matrix: Fields): (step: Step) => Step {
  return (step) => ({ ...step, lines: step.lines.split("\n").flatMap(forEachName).join("\n") });

  function forEachName(line: string): readonly string[] {
    const [place, axis = ""] = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(line) ?? [];
    const names = listOf(matrix[axis]).filter((name) => typeof name === "string");
    if (place === undefined || names.length === 0 || !names.every((name) => /^[a-z][\w:-]*$/i.test(name)))
      return [line];
    return names.map((name) => line.replaceAll(place, name));
  }
}

/** `${{ matrix.experimental }}`, and every value of that is `true`. Entries that are included have values of their own. */
function isOnForAll(value: unknown, matrix: Fields): boolean {
  const axis = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(textOf(value) ?? "")?.[1];
  const values = axis === undefined ? [] : listOf(matrix[axis]);
  return values.length > 0 && values.every(isOn);
}

/** The steps of a local action stand where it is used. */
async function githubSteps(step: Fields, defaults: Fields, side: ManifestSide): Promise<readonly Step[]> {
  const uses = textOf(step["uses"]);
  const inputs = isObject(step["with"]) ? step["with"] : {};
  const shell = textOf(step["shell"]) ?? textOf(defaults["shell"]) ?? "";
  const own: Step = {
    lines: textOf(step["run"]) ?? (uses === undefined ? "" : commandOfAction(uses, inputs)),
    dir: textOf(step["working-directory"]) ?? textOf(defaults["working-directory"]) ?? "",
    condition: conditionOf(step["if"]),
    isSoft: isOn(step["continue-on-error"]),
    stopsAtFailure: stopsIn(shell),
    uses,
    isRetried: uses !== undefined && /retry/i.test(uses) && uses.includes("/"),
    checksOut: uses?.startsWith("actions/checkout") === true ? otherRevision(inputs) : undefined,
    forgives: (textOf(inputs["allowed-failures"]) ?? "").split(/[\s,"[\]]+/),
  };
  if (uses?.startsWith("./") !== true) return [own];
  const inner = await actionSteps(uses, side);
  return inner === undefined ? [own] : inner.map((each) => usedBy(own, each));
}

/** A shell of its own options ends at a failure if they say so. */
function stopsIn(shell: string): boolean {
  return !shell.includes("{0}") || /\s-\w*e/.test(shell);
}

function otherRevision(inputs: Fields): string | undefined {
  const ref = textOf(inputs["ref"]);
  return ref === undefined || ref === "" || ref.includes("${{") || "repository" in inputs || "path" in inputs
    ? undefined
    : ref;
}

function usedBy(outer: Step, inner: Step): Step {
  return { ...inner, condition: outer.condition ?? inner.condition, isSoft: outer.isSoft || inner.isSoft };
}

function commandOfAction(uses: string, inputs: Fields): string {
  if (uses.startsWith("cypress-io/github-action")) return textOf(inputs["command"]) ?? "cypress run";
  if (uses.startsWith("changesets/action")) return textOf(inputs["publish"]) ?? "";
  return textOf(inputs["command"]) ?? textOf(inputs["run"]) ?? "";
}

async function actionSteps(uses: string, side: ManifestSide): Promise<readonly Step[] | undefined> {
  for (const name of ["action.yml", "action.yaml"]) {
    const text = readSafely(side, `${uses}/${name}`);
    const action = text === undefined ? undefined : await parsed(text);
    const runs = isObject(action) ? action["runs"] : undefined;
    if (!isObject(runs)) continue;
    const steps = listOf(runs["steps"]).filter(isObject);
    return steps.map((step) => ({
      lines: textOf(step["run"]) ?? "",
      dir: textOf(step["working-directory"]) ?? "",
      condition: conditionOf(step["if"]),
      isSoft: isOn(step["continue-on-error"]),
      stopsAtFailure: stopsIn(textOf(step["shell"]) ?? ""),
      uses: textOf(step["uses"]),
      isRetried: false,
      checksOut: undefined,
      forgives: [],
    }));
  }
  return undefined;
}

function readSafely(side: ManifestSide, path: string): string | undefined {
  try {
    return side.read(repoPath(path));
  } catch {
    return undefined;
  }
}

function eventsOf(on: unknown): ReadonlyMap<string, EventFilter> {
  if (typeof on === "string") return new Map([[on, anything]]);
  if (Array.isArray(on)) return new Map(on.map((event) => [String(event), anything]));
  if (!isObject(on)) return new Map();
  return new Map(Object.entries(on).map(([event, filter]) => [event, isObject(filter) ? filterOf(filter) : anything]));
}

const anything: EventFilter = {
  branches: undefined,
  branchesIgnore: undefined,
  paths: undefined,
  pathsIgnore: undefined,
  types: undefined,
};

function filterOf(filter: Fields): EventFilter {
  const strings = (key: string): readonly string[] | undefined =>
    key in filter ? listOf(filter[key]).map(String) : undefined;
  return {
    branches: strings("branches"),
    branchesIgnore: strings("branches-ignore"),
    paths: strings("paths"),
    pathsIgnore: strings("paths-ignore"),
    types: strings("types"),
  };
}

const gitlabKeywords = new Set([
  "stages",
  "variables",
  "default",
  "include",
  "workflow",
  "image",
  "services",
  "cache",
  "before_script",
  "after_script",
]);

function gitlabJobs(root: Fields): readonly Job[] {
  return Object.entries(root).flatMap(([id, job]): readonly Job[] => {
    if (gitlabKeywords.has(id) || id.startsWith(".") || !isObject(job)) return [];
    const lines = listOf(job["script"]).flat().map(String).join("\n");
    const isNever = job["when"] === "manual" || job["when"] === "never" || isRuledOut(listOf(job["rules"]));
    return [
      {
        ...plainJob(id, lines),
        needs: listOf(job["needs"]).flatMap((need) => textOf(isObject(need) ? need["job"] : need) ?? []),
        isSoft: isOn(job["allow_failure"]) || isObject(job["allow_failure"]),
        condition: isNever ? "false" : isForTrunk(job) ? onTrunk : undefined,
      },
    ];
  });
}

const onTrunk = "github.ref == 'refs/heads/main'";
const trunk = /^\s*\$CI_COMMIT_(?:BRANCH|REF_NAME)\s*==\s*(?:\$CI_DEFAULT_BRANCH|["'](?:main|master|trunk)["'])\s*$/;

/** Every rule asks for the branch that changes are merged into. */
function isForTrunk(job: Fields): boolean {
  const rules = listOf(job["rules"]).map((rule) => (isObject(rule) ? textOf(rule["if"]) : undefined));
  const only = listOf(job["only"]);
  return (
    (rules.length > 0 && rules.every((rule) => trunk.test(rule ?? ""))) ||
    (only.length > 0 && only.every((name) => /^(?:main|master|trunk)$/.test(String(name))))
  );
}

/** No rule lets it run by itself, or the first that speaks of merge requests keeps it from running. */
function isRuledOut(rules: readonly unknown[]): boolean {
  const read = rules.filter(isObject);
  const first = read.find((rule) => /merge_request/i.test(textOf(rule["if"]) ?? ""));
  return read.length > 0 && (read.every(keepsOut) || (first !== undefined && keepsOut(first)));
}

function keepsOut(rule: Fields): boolean {
  return rule["when"] === "never" || rule["when"] === "manual";
}

function circleJobs(root: Fields): readonly Job[] {
  const jobs = isObject(root["jobs"]) ? Object.entries(root["jobs"]) : [];
  const workflows = isObject(root["workflows"]) ? Object.values(root["workflows"]) : [];
  const used = JSON.stringify(
    workflows.filter((each) => !isObject(each) || (each["when"] !== false && each["unless"] !== true)),
  );
  return jobs.flatMap(([id, job]): readonly Job[] => {
    if (!isObject(job)) return [];
    const lines = circleLines(listOf(job["steps"]), isObject(root["commands"]) ? root["commands"] : {});
    const uses = workflows.flatMap((each) => (isObject(each) ? usesOf(id, listOf(each["jobs"])) : []));
    const isElsewhere = uses.length > 0 && uses.every(isFilteredToTrunk);
    return [
      {
        ...plainJob(id, lines.join("\n")),
        needs: uses.flatMap((use) => listOf(use["requires"]).map(String)),
        condition: "workflows" in root && !used.includes(`"${id}"`) ? "false" : isElsewhere ? onTrunk : undefined,
      },
    ];
  });
}

/** Of steps, and of the commands of the file that they name; one that names itself is none. */
function circleLines(steps: readonly unknown[], commands: Fields): readonly string[] {
  return steps.flatMap((step): readonly string[] => {
    const run = isObject(step) ? step["run"] : undefined;
    if (run !== undefined) return [(isObject(run) ? textOf(run["command"]) : textOf(run)) ?? ""];
    const name = isObject(step) ? (Object.keys(step)[0] ?? "") : String(step);
    const { [name]: command, ...others } = commands;
    return isObject(command) ? circleLines(listOf(command["steps"]), others) : [];
  });
}

/** What workflows say of a job where they name it. */
function usesOf(id: string, listed: readonly unknown[]): readonly Fields[] {
  return listed.flatMap((each) => {
    if (each === id) return [{}];
    const use = isObject(each) ? each[id] : undefined;
    return isObject(use) ? [use] : [];
  });
}

function isFilteredToTrunk({ filters }: Fields): boolean {
  const branches = isObject(filters) ? filters["branches"] : undefined;
  const only = isObject(branches) ? listOf(branches["only"]) : [];
  return only.length > 0 && only.every((name) => /^(?:main|master|trunk)$/.test(String(name)));
}

/** Steps may stand in jobs, in stages, or alone. */
function azureJobs(root: Fields): readonly Job[] {
  const nested = [...listOf(root["stages"]), ...listOf(root["jobs"])].filter(isObject);
  const own = listOf(root["steps"]).filter(isObject);
  const id = textOf(root["job"]) ?? textOf(root["stage"]) ?? "steps";
  const steps = own.map(azureStep);
  const job: Job = {
    ...plainJob(id, ""),
    steps,
    isSoft: isOn(root["continueOnError"]),
    condition: conditionOf(root["condition"]),
  };
  return [...(steps.length > 0 ? [job] : []), ...nested.flatMap(azureJobs)];
}

function azureStep(step: Fields): Step {
  return {
    ...plainStep(textOf(step["script"]) ?? textOf(step["bash"]) ?? ""),
    condition: step["enabled"] === false ? "false" : conditionOf(step["condition"]),
    isSoft: isOn(step["continueOnError"]),
  };
}

function plainJob(id: string, lines: string): Job {
  return {
    id,
    steps: [plainStep(lines)],
    condition: undefined,
    isSoft: false,
    needs: [],
    matrix: {},
    calls: undefined,
    inputs: "",
  };
}

function plainStep(lines: string): Step {
  return {
    lines,
    dir: "",
    condition: undefined,
    isSoft: false,
    stopsAtFailure: true,
    uses: undefined,
    isRetried: false,
    checksOut: undefined,
    forgives: [],
  };
}

function conditionOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

/** An expression is on in some runs, unless it speaks of what is only tried. */
function isOn(value: unknown): boolean {
  if (typeof value !== "string") return value === true;
  if (/^(?:\$\{\{\s*)?true(?:\s*\}\})?$/.test(value)) return true;
  return (
    value.startsWith("${{") &&
    !/experiment|nightly|canary|next|beta|rc\b|allow|optional|false\s*\}\}$|inputs\./i.test(value)
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
