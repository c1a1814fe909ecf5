// What a repository asks of commit messages, by its commitlint configuration or by its custom.
import type { Commit } from "../../model/change.ts";
import type { ChangeContext } from "../../model/check.ts";
import { repoPath } from "../../model/paths.ts";
import type { Expression, ObjectExpression, Program } from "../../source/walk.ts";
import { constantOf } from "../syntax/constants.ts";

export interface Convention {
  /** Null: any. */
  readonly types: readonly string[] | null;
  readonly scopes: readonly string[] | null;
  readonly maxHeader: number | null;
  /** Types that the custom knows; null where a configuration says which there are. */
  readonly used: ReadonlySet<string> | null;
  /** Types are written in small letters, by custom. */
  readonly isLower: boolean;
}

const endings = ["", ".json", ".yaml", ".yml", ".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];
const configurations = [
  ...endings.map((ending) => `.commitlintrc${ending}`),
  ...endings.filter((ending) => ending.endsWith("s")).map((ending) => `commitlint.config${ending}`),
].map(repoPath);
const manifest = repoPath("package.json");

const conventionalTypes = "build chore ci docs feat fix perf refactor revert style test".split(" ");
const customary: Convention = { types: null, scopes: null, maxHeader: null, used: null, isLower: false };

/** So many commits show a custom, if all of them follow it. */
const enough = 5;

/** A subject in the conventional form: type, scope, description. */
export const conventionalForm = /^(?<type>[\w-]+)(?:\((?<scope>[^()]+)\))?!?: +(?=\S)/;

/** Undefined where the repository asks for nothing. What the change does to the configuration makes no difference. */
export async function conventionOf(context: ChangeContext, before: readonly Commit[]): Promise<Convention | undefined> {
  const texts = await context.base.read([...configurations, manifest]);
  for (const [index, text] of texts.entries()) {
    const path = configurations[index] ?? manifest;
    const config = text === undefined ? undefined : await readConfiguration(path, text);
    if (config !== undefined) return conventionIn(config);
  }
  const subjects = before.filter((commit) => !isExempt(commit)).map(({ message }) => subjectOf(message));
  const isCustom = subjects.every((subject) => conventionalForm.test(subject));
  const isLower = subjects.every((subject) => /^[a-z]/.test(subject));
  return subjects.length >= enough && isCustom
    ? { ...customary, used: new Set(subjects.map(typeOf)), isLower }
    : undefined;
}

function typeOf(subject: string): string {
  return conventionalForm.exec(subject)?.groups?.["type"]?.toLowerCase() ?? "";
}

export function subjectOf(message: string): string {
  return message.trimStart().split(/\r?\n/, 1)[0]?.trimEnd() ?? "";
}

/** What nobody words: merges, reverts, releases, the first commit, what a robot writes, what is to be squashed yet. */
export function isExempt({ parents, author, message }: Commit): boolean {
  return (
    parents !== 1 ||
    author.endsWith("[bot]") ||
    /^(?:Merge[ d]|Auto(?:matic |-)merge|Revert "|Reapply "|(?:fixup|squash|amend)! |Bump \S+ from |v?\d+\.\d+)/i.test(
      subjectOf(message),
    )
  );
}

type Settings = Readonly<Record<string, unknown>>;

async function readConfiguration(path: string, text: string): Promise<Settings | undefined> {
  if (path === manifest) {
    if (!text.includes("commitlint")) return undefined;
    const { parse } = await import("jsonc-parser");
    const raw: unknown = parse(text);
    return isRecord(raw) && isRecord(raw["commitlint"]) ? raw["commitlint"] : undefined;
  }
  if (path.endsWith("s")) {
    const { parseSource } = await import("../../source/parse.ts");
    return objectIn(parseSource(repoPath(path), text).program);
  }
  const { parse: parseYaml } = await import("yaml");
  // JSON is YAML.
  const raw: unknown = parseYaml(text);
  return isRecord(raw) ? raw : {};
}

function isRecord(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function conventionIn({ extends: presets, rules }: Settings): Convention {
  const isConventional = [presets].flat().some((name) => typeof name === "string" && /conventional|angular/.test(name));
  const types = ruleIn(rules, "type-enum");
  const scopes = ruleIn(rules, "scope-enum");
  const length = ruleIn(rules, "header-max-length");
  return {
    types: types === undefined ? (isConventional ? conventionalTypes : null) : namesOf(types),
    scopes: namesOf(scopes),
    used: null,
    isLower: false,
    maxHeader: length === undefined ? (isConventional ? 100 : null) : typeof length === "number" ? length : null,
  };
}

/** The value of a rule that is an error; null where it is switched off, undefined where it is not set. */
function ruleIn(rules: unknown, name: string): unknown {
  if (!isRecord(rules) || !(name in rules)) return undefined;
  const rule = rules[name];
  return Array.isArray(rule) && rule[0] === 2 && rule[1] === "always" ? rule[2] : null;
}

function namesOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const names = value.filter((name) => typeof name === "string");
  return names.length === value.length ? names : null;
}

/** The object that a module exports, as far as it is written out. What is worked out is null in it. */
function objectIn({ body }: Program): Settings {
  for (const statement of body) {
    if (statement.type === "ExportDefaultDeclaration") return settingsOf(statement.declaration, body);
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") continue;
    const { left, right } = statement.expression;
    if (left.type === "MemberExpression" && left.property.type === "Identifier" && left.property.name === "exports")
      return settingsOf(right, body);
  }
  return {};
}

type Exported = Expression | { readonly type: string };

function settingsOf(node: Exported, body: Program["body"]): Settings {
  const inner = unwrapped(node);
  if (inner.type === "Identifier" && "name" in inner) return settingsOf(declared(inner.name, body), body);
  const value = isObject(inner) ? valueOf(inner) : undefined;
  return isRecord(value) ? value : {};
}

function unwrapped(node: Exported): Exported {
  return "expression" in node && node.type.startsWith("TS") && typeof node.expression === "object"
    ? unwrapped(node.expression)
    : node;
}

function isObject(node: Exported): node is ObjectExpression {
  return node.type === "ObjectExpression";
}

function declared(name: string, body: Program["body"]): Exported {
  for (const statement of body) {
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations)
      if (id.type === "Identifier" && id.name === name && init) return init;
  }
  return { type: "None" };
}

function valueOf(node: Expression): unknown {
  if (node.type === "ArrayExpression") {
    return node.elements.map((element) =>
      element === null || element.type === "SpreadElement" ? null : valueOf(element),
    );
  }
  if (node.type !== "ObjectExpression") return constantOf(node)?.value ?? null;
  const entries = node.properties.flatMap((property) => {
    if (property.type !== "Property" || property.computed) return [];
    const { key } = property;
    const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
    return name === undefined ? [] : [[name, valueOf(property.value)] as const];
  });
  return Object.fromEntries(entries);
}
