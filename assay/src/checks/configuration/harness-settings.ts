// What `assay.toml` asks for less of, but for its scopes.
import { defaultConfig } from "../../model/config.ts";

type Table = Readonly<Record<string, unknown>>;

/** One setting that asks for less. */
export interface LooserSetting {
  readonly what: string;
  /** A word of the line where it stands. */
  readonly key: string;
  readonly message: string;
}

/** Both versions, parsed, and where files have gone. */
export interface Versions {
  readonly before: Table;
  readonly after: Table;
  readonly renames: ReadonlyMap<string, string>;
}

/** Everything outside `[scope]` that asks for less. */
export async function looserSettings(versions: Versions): Promise<readonly LooserSetting[]> {
  return [
    ...numbers(versions),
    ...switches(versions),
    ...lists(versions),
    ...boundaries(versions),
    ...(await mutators(versions)),
    ...entries(versions),
  ];
}

function* numbers({ before, after }: Versions): Generator<LooserSetting> {
  const limits = new Set([...Object.keys(table(before, "limits")), ...Object.keys(table(after, "limits"))]);
  const known: readonly [string, string, number | undefined, "raised" | "lowered"][] = [
    ...[...limits].map((key): [string, string, number | undefined, "raised"] => [
      "limits",
      key,
      key === "max_file_lines" ? defaultConfig.maxFileLines : undefined,
      "raised",
    ]),
    ["loop", "budget_seconds", defaultConfig.budgetSeconds, "lowered"],
    ["mutate", "max_mutants", defaultConfig.maxMutants, "lowered"],
  ];
  for (const [section, key, byDefault, how] of known) {
    const from = table(before, section)[key] ?? byDefault;
    const to = table(after, section)[key] ?? byDefault;
    if (typeof from !== "number" || from === to) continue;
    const isLooser = typeof to !== "number" || (how === "raised" ? to > from : to < from);
    if (isLooser) yield setting(`${section}.${key}`, key, `is ${how} from ${from} to ${text(to)}; leave it at ${from}`);
  }
}

const usualBase = /^(?:\w+\/)?(?:main|master|trunk|develop)$/;

function* switches({ before, after }: Versions): Generator<LooserSetting> {
  if (table(before, "project")["greenfield"] === true && table(after, "project")["greenfield"] !== true)
    yield setting("project.greenfield", "greenfield", "is off, so compatibility shims pass; keep it");
  const isRequired = (file: Table): boolean => table(file, "mutate")["require_changed_tests"] !== false;
  if (isRequired(before) && !isRequired(after))
    yield setting(
      "mutate.require_changed_tests",
      "require_changed_tests",
      "is off, so code passes without a test; keep it on",
    );
  const to = after["base"];
  const isUsual = before["base"] === undefined && usualBase.test(String(to));
  if (before["base"] !== to && !isUsual)
    yield setting(
      "base",
      "base",
      `is ${text(to)} and was ${text(before["base"])}; a change does not choose what it is judged against`,
    );
}

function* lists({ before, after }: Versions): Generator<LooserSetting> {
  for (const id of without(strings(table(after, "checks")["off"]), strings(table(before, "checks")["off"])))
    yield setting(`checks.off ${id}`, `"${id}"`, `switches the check off; mend what it finds`);
  for (const id of without(strings(table(before, "checks")["on"]), strings(table(after, "checks")["on"])))
    yield setting(`checks.on ${id}`, "[checks]", `no longer switches the check on; mend what it finds`);
}

function* boundaries({ before, after }: Versions): Generator<LooserSetting> {
  const scopes = table(table(after, "scope"), "path_map");
  const isKnown = (scope: string): boolean => Object.keys(scopes).length === 0 || Object.values(scopes).includes(scope);
  for (const [scope, from] of Object.entries(table(before, "boundaries"))) {
    if (!isKnown(scope)) continue;
    const to = table(table(after, "boundaries"), scope);
    for (const key of Object.keys(asTable(from)).filter((name) => name.startsWith("forbid"))) {
      for (const name of without(strings(asTable(from)[key]), strings(to[key])))
        yield setting(
          `boundaries.${scope}.${key} ${name}`,
          `boundaries.${scope}`,
          `no longer forbids "${name}" in ${scope}; keep the boundary`,
        );
    }
    for (const [key, value] of Object.entries(to).filter(([name]) => name.startsWith("allow"))) {
      if (JSON.stringify(value) !== JSON.stringify(asTable(from)[key]) && value !== false)
        yield setting(`boundaries.${scope}.${key}`, key, `lets ${scope} reach more; keep the boundary`);
    }
  }
}

async function mutators({ before, after }: Versions): Promise<readonly LooserSetting[]> {
  const [from, to] = [before, after].map((file) => table(file, "mutate")["mutators"]);
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const { mutatorsNamed } = await import("../../mutation/index.ts");
  const usual = mutatorsNamed(null).map(({ id }) => id);
  const dropped = without(from === undefined ? usual : strings(from), to === undefined ? usual : strings(to));
  return dropped.map((id) =>
    setting(`mutate.mutators ${id}`, "mutators", `no longer tries the mutator "${id}"; keep it`),
  );
}

/** The project's own checks: everything of them that says how much they ask for. */
function* entries({ before, after, renames }: Versions): Generator<LooserSetting> {
  for (const kind of ["check", "parity", "ratio"]) {
    const left = new Map(tables(after[kind]).map((entry) => [entry["id"], entry]));
    for (const from of tables(before[kind])) {
      const id = text(from["id"]).replaceAll('"', "");
      const to = left.get(from["id"]);
      if (to === undefined)
        yield { what: `${kind} ${id}`, key: `[[${kind}]]`, message: `the ${kind} "${id}" is gone; keep it` };
      else yield* looserEntry({ kind, id, from, to, renames });
    }
  }
}

interface EntryPair {
  readonly kind: string;
  readonly id: string;
  readonly from: Table;
  readonly to: Table;
  readonly renames: ReadonlyMap<string, string>;
}

/** What says what is looked at: another value may ask for less. */
const decisive =
  "command reference reference_pointer covered covered_pointer numerator denominator measure against prepare".split(
    " ",
  );

/** A list, or one text in the place of a list. */
function listed(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : strings(value);
}

function* looserEntry({ kind, id, from, to, renames }: EntryPair): Generator<LooserSetting> {
  const say = (key: string, message: string): LooserSetting => ({
    what: `${kind} ${id} ${key}`,
    key: `"${id}"`,
    message,
  });
  for (const key of decisive) {
    if (JSON.stringify(renamed(from[key], renames)) !== JSON.stringify(to[key]))
      yield say(key, `\`${key}\` of the ${kind} "${id}" is another; let a person decide whether it asks for as much`);
  }
  for (const [key, all] of Object.entries({ scopes: undefined, in: ["loop", "gate"] })) {
    if (to[key] === undefined) continue;
    const dropped =
      from[key] === undefined && all === undefined
        ? ["all others"]
        : without(strings(from[key] ?? all), strings(to[key]));
    if (dropped.length > 0) yield say(key, `the ${kind} "${id}" no longer runs in ${dropped.join(", ")}; keep it`);
  }
  const patterns = without(listed(from["pattern"]), listed(to["pattern"]));
  if (patterns.length > 0)
    yield say("pattern", `the ${kind} "${id}" no longer looks for ${patterns.join(", ")}; keep it, and add to it`);
  const files = from["files"] === undefined ? ["all others"] : without(listed(from["files"]), listed(to["files"]));
  if (to["files"] !== undefined && files.length > 0)
    yield say("files", `the ${kind} "${id}" no longer looks at ${files.join(", ")}; keep them`);
  // An exception of a parity has a reason beside it, which a person reads there.
  const spared = kind === "check" ? without(listed(to["except"]), listed(from["except"])) : [];
  if (spared.length > 0) yield say("except", `the ${kind} "${id}" now spares ${spared.join(", ")}; mend them instead`);
  if (to["extra"] === "allow" && from["extra"] !== "allow")
    yield say("extra", `the ${kind} "${id}" now allows names that the reference does not have; take them out instead`);
  const [least, most] = [from["at_most"], to["at_most"]];
  if (typeof least === "number" && typeof most === "number" && most > least)
    yield say("at_most", `\`at_most\` of the ${kind} "${id}" is raised from ${least} to ${most}; leave it at ${least}`);
}

/** A command follows the files that it names. */
function renamed(value: unknown, renames: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return renames.get(value.replace(/^\.\//, "")) ?? value;
  return Array.isArray(value) ? value.map((item) => renamed(item, renames)) : value;
}

function setting(what: string, key: string, message: string): LooserSetting {
  return { what, key, message: `\`${what}\` ${message}` };
}

function text(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}

function table(file: Table, key: string): Table {
  return asTable(file[key]);
}

function asTable(value: unknown): Table {
  return isTable(value) ? value : {};
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tables(value: unknown): readonly Table[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  return all.filter((item) => !some.includes(item));
}
