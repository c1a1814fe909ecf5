// Which settings of test runners and coverage tools ask for less.
import type { PossibleConfig } from "../configuration/possible-config.ts";

/** A setting by its keys, joined with dots; a project stands there with its name or number. */
export type Settings = ReadonlyMap<string, PossibleConfig>;

/** Every value that is no object, by its keys. */
export function settingsIn(value: PossibleConfig | undefined, keys: readonly string[] = []): Settings {
  const found = new Map<string, PossibleConfig>();
  if (value === undefined) return found;
  const add = (inner: PossibleConfig, key: string): void => {
    for (const [path, each] of settingsIn(inner, [...keys, key])) {
      const before = found.get(path);
      found.set(path, before === undefined ? each : { kind: "oneOf", options: [before, each] });
    }
  };
  if (value.kind === "object") for (const [key, inner] of value.fields) add(inner, key);
  else if (value.kind === "oneOf") {
    for (const option of value.options) {
      for (const [path, each] of settingsIn(option, keys)) {
        const before = found.get(path);
        found.set(path, before === undefined ? each : { kind: "oneOf", options: [before, each] });
      }
    }
  } else if (value.kind === "list" && value.items.some(({ kind }) => kind === "object")) {
    value.items.forEach((item, index) => {
      const { find, replacement } = aliasIn(item);
      if (find !== undefined && replacement !== undefined) add(replacement, find);
      else add(item, projectName(item) ?? String(index));
    });
  } else found.set(keys.join("."), value);
  return found;
}

/** An entry of Vite's list of aliases, which says the same as a key and its value. */
function aliasIn(item: PossibleConfig): { readonly find?: string; readonly replacement?: PossibleConfig | undefined } {
  if (item.kind !== "object") return {};
  const find = item.fields.get("find");
  const replacement = item.fields.get("replacement");
  if (find?.kind === "regex") return { find: find.source, replacement };
  return find?.kind === "scalar" && typeof find.value === "string" ? { find: find.value, replacement } : {};
}

function projectName(item: PossibleConfig): string | undefined {
  if (item.kind !== "object") return undefined;
  const own = item.fields.get("name") ?? item.fields.get("displayName");
  const inner = item.fields.get("test");
  if (own?.kind === "scalar" && typeof own.value === "string") return own.value;
  return inner === undefined ? undefined : projectName(inner);
}

/** A setting that asks for less, and how. */
export interface LooserSetting {
  readonly key: string;
  readonly says: string;
}

/** Switches that make a run see less when they are on. */
const looseWhenOn = new Set([
  "passWithNoTests",
  "pass-with-no-tests",
  "allowOnly",
  "dangerouslyIgnoreUnhandledErrors",
  "ignoreSourceErrors",
  "onlyChanged",
  "onlyFailures",
  "lastCommit",
  "changed",
  "update",
  "updateSnapshot",
  "updateSnapshots",
  "ignoreSnapshots",
  "allow-incomplete-coverage",
  "allow-empty-coverage",
  "disable-coverage",
  "dry-run",
  "dryRun",
  "dryRunOnly",
  "ignoreStatic",
]);

/** Switches that make a run see more when they are on, and what holds where nothing is said. */
const looseWhenOff = new Map<string, boolean>([
  ["forbidOnly", false],
  ["forbid-only", false],
  ["forbidPending", false],
  ["forbid-pending", false],
  ["failZero", false],
  ["fail-zero", false],
  ["failOnFlakyTests", false],
  ["failWithoutAssertions", true],
  ["requireAssertions", false],
  ["check-coverage", false],
  ["checkCoverage", false],
  ["check-leaks", false],
  ["checkLeaks", false],
  ["collectCoverage", false],
  ["perFile", false],
  ["per-file", false],
  ["diagnostics", true],
  ["sanitizeOps", true],
  ["sanitizeResources", true],
  ["async-only", false],
  ["asyncOnly", false],
]);

/** They decide which errors count: where one is new, or its answer is worked out, some do not. */
const judges = new Set(["onUnhandledError", "dangerouslyIgnoreUnhandledErrors"]);

/** Patterns that choose tests by name. */
const choosing = new Set(["testNamePattern", "grep", "grepInvert", "fgrep", "match", "testFilter", "tagsFilter"]);

const measures = /^(?:lines|branches|functions|statements|100|break)$/;
const measured = /(?:^|\.)(?:thresholds?|coverageThreshold)\./;

/** Which share of a picture may differ before another one passes. */
const muchOfAPicture = 0.1;

/** How far a color may be from the one that is wanted, where Playwright is told nothing. */
const usualColor = 0.2;

/** By which factor a time limit is raised before that hides something. */
const muchLonger = 4;

/** Everything in which `head` asks for less than `base`. `isCoverage`: the file is a coverage tool's. */
export function looserSettings(base: Settings, head: Settings, isCoverage: boolean): readonly LooserSetting[] {
  const keys = new Set([...base.keys(), ...[...head.keys()].filter((key) => !base.has(otherSpelling(key)))]);
  const lost = lostProjects(base, head);
  const hasLimits = asksForCoverage(base);
  const own = [...keys].flatMap((key) => {
    // To measure and to ask for nothing is only a report.
    if (/(?:^|\.)(?:collectCoverage|coverage\.enabled)$/.test(key) && !hasLimits) return [];
    // Beside the limits there is a case in which there are none.
    if (/(?:^|\.)(?:thresholds|coverageThreshold)$/.test(key) && !base.has(key) && hasLimits)
      return [{ key, says: "holds in some cases only" }];
    const says = looser(key, base.get(key), head.get(key) ?? head.get(otherSpelling(key)), isCoverage);
    return says === undefined ? [] : [{ key, says }];
  });
  return [
    ...own,
    ...lost.map((name) => ({ key: `projects.${name}`, says: "is gone, and with it a way that tests were run" })),
  ];
}

/** A module says `forbidOnly` where a file of data says `forbid-only`. */
function otherSpelling(key: string): string {
  return key.includes("-")
    ? key.replaceAll(/-([a-z])/g, (_whole, letter: string) => letter.toUpperCase())
    : key.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Of a list of projects, by their names: fewer than before, and none that is new. */
function lostProjects(base: Settings, head: Settings): readonly string[] {
  const [before, after] = [projectsIn(base), projectsIn(head)];
  return after.size === 0 || [...after].some((name) => !before.has(name))
    ? []
    : [...before].filter((name) => !after.has(name));
}

/** Playwright's: each says what it uses, or is named itself, where others name what is inside. Some prepare the rest. */
function projectsIn(settings: Settings): ReadonlySet<string> {
  const names = [...settings.keys()].flatMap((key) => /^projects\.([^.]+)\.(?:use|name)\b/.exec(key)?.[1] ?? []);
  return new Set(names.filter((name) => !/set-?up|tear-?down|auth|login/i.test(name)));
}

/** Does a run fail where too little is covered? */
export function asksForCoverage(settings: Settings): boolean {
  return [...settings.keys()].some((key) =>
    /threshold|^(?:lines|branches|functions|statements|check-coverage)$/i.test(key),
  );
}

function looser(
  key: string,
  before: PossibleConfig | undefined,
  after: PossibleConfig | undefined,
  isCoverage: boolean,
): string | undefined {
  const name = key.slice(key.lastIndexOf(".") + 1);
  // How long a server may take to start is no matter of the tests.
  if (/(?:^|\.)webServer\./.test(key)) return undefined;
  if (before === undefined && isStandIn(key, after)) return "puts a stand-in in the place of the code for every test";
  if (judges.has(name) && after !== undefined && after.kind !== "scalar" && !same(before, after))
    return "leaves out errors that no test has caught";
  if (looseWhenOn.has(name)) return isTrue(after) && !isTrue(before) ? "is on" : undefined;
  const byDefault = looseWhenOff.get(name) ?? (/(?:typecheck|coverage)\.enabled$/.test(key) ? false : undefined);
  if (byDefault !== undefined)
    return (before === undefined ? byDefault : isTrue(before) || before.kind === "unknown") &&
      (after === undefined ? !byDefault : isFalse(after))
      ? "is off"
      : undefined;
  if (name === "excludedMutations" && scalarsIn(after).some((kind) => !scalarsIn(before).includes(kind)))
    return "leaves kinds of mutants out";
  if (choosing.has(name))
    return after !== undefined && !same(before, after) ? "leaves tests out by their names" : undefined;
  if (name === "coverageThreshold") return lessCoverage(before, after);
  if (measures.test(name) && (isCoverage || measured.test(key))) return lessCoverage(before, after);
  // It became the only way there is, so that leaving it out means nothing.
  if (name === "all") return isTrue(before) && after !== undefined && isFalse(after) ? "is off" : undefined;
  const required = /^coverage\.status\.(?:project|patch|changes)(?:\.|$)/.test(key)
    ? ofCodecov(name, before, after)
    : undefined;
  return required ?? moreTolerant(kindOfNumber(key, name), numbersIn(before), numbersIn(after));
}

/** By its own name for most. */
function kindOfNumber(key: string, name: string): string {
  if (/(?:retry\.count|retries\.(?:runMode|openMode))$/.test(key)) return "retry";
  return /(?:toHaveScreenshot|toMatchSnapshot)\.threshold$/.test(key) ? "color" : name;
}

/** A module of the program, by its path, becomes a file that is kept for tests. */
function isStandIn(key: string, after: PossibleConfig | undefined): boolean {
  const module = /(?:^|\.)(?:moduleNameMapper|alias)\.(.+)$/.exec(key)?.[1];
  const isOwn =
    module !== undefined &&
    /^\^?(?:\(?(?:\\?\.){1,2}\/|[@~#]\/|\(?\.[*+]\)?\/|.*\bsrc\/)/.test(module) &&
    !/asset|image|icon|font|style|css|svg|png|\.\w+\)?\$?$/i.test(module.replace(/\\?\.[cm]?[jt]sx?\)?\$?$/, ""));
  return (
    isOwn &&
    scalarsIn(after).some(
      (to) => typeof to === "string" && /(?:^|[/._-])(?:tests?|__\w+__|mocks?|fakes?|stubs?)[/._-]/.test(to),
    )
  );
}

function lessCoverage(before: PossibleConfig | undefined, after: PossibleConfig | undefined): string | undefined {
  if (isTrue(before)) return isTrue(after) ? undefined : "is gone";
  const from = Math.min(...numbersIn(before));
  const to = Math.min(...numbersIn(after));
  if (numbersIn(before).length === 0) return undefined;
  if (after === undefined || scalars(after).includes(null)) return `is gone, and was ${from}`;
  return to < from ? `is lowered from ${from} to ${to}` : undefined;
}

/** What Codecov asks for, in percent. */
function ofCodecov(
  name: string,
  before: PossibleConfig | undefined,
  after: PossibleConfig | undefined,
): string | undefined {
  if (name === "informational") return isTrue(after) && !isTrue(before) ? "is on, so that nothing fails" : undefined;
  if (name === "target" || name === "threshold") {
    const [from, to] = [percentOf(before), percentOf(after)];
    if (from === undefined || to === undefined) return undefined;
    const isLess = name === "target" ? to < from : to > from;
    return isLess ? `is ${name === "target" ? "lowered" : "raised"} from ${from} to ${to}` : undefined;
  }
  return isOff(after) && !isOff(before) ? "is off" : undefined;
}

/** In the words of YAML 1.1 as well. */
function isOff(value: PossibleConfig | undefined): boolean {
  return scalars(value).some((each) => each === false || each === "off" || each === "no");
}

function percentOf(value: PossibleConfig | undefined): number | undefined {
  return scalars(value)
    .map((each) => Number.parseFloat(String(each)))
    .find((each) => !Number.isNaN(each));
}

function moreTolerant(name: string, before: readonly number[], after: readonly number[]): string | undefined {
  const to = Math.max(...after);
  const from = Math.max(...before);
  if (after.length === 0) return undefined;
  if (name === "retry" || name === "retries")
    return to > Math.max(0, from) ? `is raised to ${to}, so that a test passes by chance` : undefined;
  if (name === "color") {
    const was = before.length > 0 ? from : usualColor;
    return to > was ? `is raised from ${was} to ${to}` : undefined;
  }
  if (/^(?:maxDiffPixels|maxDiffPixelRatio)$/.test(name)) {
    if (before.length > 0) return to > from ? `is raised from ${from} to ${to}` : undefined;
    return name === "maxDiffPixelRatio" && to >= muchOfAPicture ? `is ${to} of all pixels` : undefined;
  }
  if (!/^(?:testTimeout|hookTimeout|timeout)$/.test(name)) return undefined;
  const usual = before.length > 0 ? from : 5000;
  const isMuch = to === 0 ? usual !== 0 : usual !== 0 && to > usual * muchLonger && to > 60_000;
  return isMuch ? `is raised to ${to === 0 ? "no limit" : to}` : undefined;
}

function scalars(value: PossibleConfig | undefined): readonly unknown[] {
  if (value?.kind === "scalar") return [value.value];
  return value?.kind === "oneOf" ? value.options.flatMap(scalars) : [];
}

function scalarsIn(list: PossibleConfig | undefined): readonly unknown[] {
  return list?.kind === "list" ? list.items.flatMap(scalars) : scalars(list);
}

function numbersIn(value: PossibleConfig | undefined): readonly number[] {
  return scalars(value).filter((each) => typeof each === "number");
}

function isTrue(value: PossibleConfig | undefined): boolean {
  return scalars(value).some((each) => each === true || each === "all" || each === "changed");
}

function isFalse(value: PossibleConfig): boolean {
  return scalars(value).includes(false);
}

function same(a: PossibleConfig | undefined, b: PossibleConfig | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
