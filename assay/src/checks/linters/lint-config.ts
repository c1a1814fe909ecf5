// Configuration of linters and formatters, read into one shape whatever the tool and the format.
import { dirOf, nameOf, type RepoPath } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import {
  writtenConfig,
  fromData,
  globalIgnoresKey,
  isList,
  isMap,
  isReference,
  stringsIn,
  type WrittenConfig,
} from "../configuration/written-config.ts";
import { lintIgnore } from "../configuration/config-paths.ts";
import type { PresetReader } from "./biome-presets.ts";
import { linesOf, type IgnoreList, type IgnoreStyle } from "../configuration/ignore-patterns.ts";

export type LintTool =
  | "commitlint"
  | "deno"
  | "eslint"
  | "oxlint"
  | "biome"
  | "stylelint"
  | "prettier"
  | "oxfmt"
  | "xo";

export interface LintConfig {
  readonly tool: LintTool;
  readonly dir: RepoPath;
  /** Later ones override. */
  readonly blocks: readonly RuleBlock[];
  readonly ignores: readonly IgnoreList[];
  /** As they are named. */
  readonly presets: readonly string[];
  /** Settings that make the tool see more the higher they are. */
  readonly switches: ReadonlyMap<string, number>;
}

export interface RuleBlock {
  /** Undefined: all files. */
  readonly files: readonly string[] | undefined;
  readonly ignores: readonly string[];
  /** A pattern without a slash stands for a name in any folder. */
  readonly matchesNames: boolean;
  readonly rules: ReadonlyMap<string, RuleSetting>;
}

export interface RuleSetting {
  /** 0: off, 1: warns, 2: fails. */
  readonly level: number;
  /** The number that the rule is given as a limit. */
  readonly limit: number | undefined;
  readonly options: readonly WrittenConfig[];
}

export interface ConfigText {
  readonly path: RepoPath;
  readonly text: string;
  /** Where it is a module. */
  readonly module: SourceFile | undefined;
  /** Reads what it extends. Undefined: what that says is not asked for. */
  readonly presets?: PresetReader;
}

/** Undefined where it can't be read, or says nothing that can be told from its syntax. */
export async function readLintConfig({ path, text, module, presets }: ConfigText): Promise<LintConfig | undefined> {
  const name = nameOf(path);
  const tool = toolOf(name);
  if (lintIgnore.test(name))
    return {
      ...emptyConfig(tool, dirOf(path)),
      ignores: [{ dir: dirOf(path), style: "gitignore", patterns: linesOf(text) }],
    };
  const value = module === undefined ? await dataIn(name, text) : writtenConfig(module);
  if (value !== undefined && tool === "biome") return biomeConfig(dirOf(path), value, await extended(value, presets));
  return value === undefined ? undefined : interpret(tool, dirOf(path), value, name.startsWith(".eslintrc"));
}

/** What a `package.json` says to linters. */
export function configsInManifest(dir: RepoPath, manifest: Readonly<Record<string, unknown>>): readonly LintConfig[] {
  const fields: readonly (readonly [string, LintTool])[] = [
    ["eslintConfig", "eslint"],
    ["xo", "xo"],
    ["standard", "xo"],
    ["stylelint", "stylelint"],
    ["prettier", "prettier"],
    ["commitlint", "commitlint"],
  ];
  const configs = fields.flatMap(([field, tool]) =>
    manifest[field] === undefined ? [] : [interpret(tool, dir, fromData(manifest[field]), true)],
  );
  const patterns = stringsIn(fromData(manifest["eslintIgnore"] ?? []));
  return patterns.length === 0
    ? configs
    : [...configs, { ...emptyConfig("eslint", dir), ignores: [{ dir, style: "gitignore", patterns }] }];
}

/** By the name of its configuration. */
export function toolOf(name: string): LintTool {
  const tools: readonly LintTool[] = ["commitlint", "deno", "oxlint", "biome", "stylelint", "prettier", "oxfmt", "xo"];
  return tools.find((tool) => name.replace(/^\./, "").startsWith(tool)) ?? "eslint";
}

function emptyConfig(tool: LintTool, dir: RepoPath): LintConfig {
  return { tool, dir, blocks: [], ignores: [], presets: [], switches: new Map() };
}

async function dataIn(name: string, text: string): Promise<WrittenConfig | undefined> {
  if (/\.ya?ml$/.test(name) || (!/\.jsonc?$/.test(name) && !text.trimStart().startsWith("{"))) {
    const { parse } = await import("yaml");
    try {
      const value: unknown = parse(text, { logLevel: "error" });
      return fromData(value);
    } catch {
      // The tool itself will say that it can't read it.
      return undefined;
    }
  }
  const { parse } = await import("jsonc-parser");
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return value === undefined ? undefined : fromData(value);
}

function interpret(tool: LintTool, dir: RepoPath, value: WrittenConfig, isOldEslint: boolean): LintConfig {
  if (tool === "deno") return denoConfig(dir, value);
  const collected = new Collected(tool, dir, isOldEslint);
  collected.take(value, true);
  return collected.config();
}

/** A switch: rules that need types are off in every file. */
export const untyped = "rules with types";

class Collected {
  readonly #blocks: RuleBlock[] = [];
  readonly #ignores: string[] = [];
  readonly #presets: string[] = [];
  readonly #switches = new Map<string, number>();
  readonly #tool: LintTool;
  readonly #dir: RepoPath;
  readonly #isOld: boolean;

  constructor(tool: LintTool, dir: RepoPath, isOld: boolean) {
    this.#tool = tool;
    this.#dir = dir;
    this.#isOld = isOld || tool === "oxlint" || tool === "stylelint";
  }

  config(): LintConfig {
    const style: IgnoreStyle = this.#isOld ? "gitignore" : "globs";
    const ignores = this.#ignores.length === 0 ? [] : [{ dir: this.#dir, style, patterns: this.#ignores }];
    return {
      tool: this.#tool,
      dir: this.#dir,
      blocks: this.#blocks,
      ignores,
      presets: this.#presets,
      switches: this.#switches,
    };
  }

  take(value: WrittenConfig | undefined, isRoot: boolean): void {
    if (isList(value)) for (const item of value) this.take(item, isRoot);
    else if (isReference(value)) {
      this.#presets.push(value.reference);
      if (isRoot) this.#takeEverywhere([value.reference]);
    } else if (isMap(value)) this.#takeBlock(value, isRoot);
  }

  #takeEverywhere(names: readonly string[]): void {
    if (names.some((name) => /disable-?type-?checked/i.test(name))) this.#switches.set(untyped, 0);
  }

  #takeBlock(block: ReadonlyMap<string, WrittenConfig>, isRoot: boolean): void {
    const files = this.#filesOf(block);
    for (const key of block.keys()) if (key.startsWith("...")) this.#presets.push(key.slice(3));
    this.#takePresets(block.get("extends"));
    // Rules that stand in a file of their own are as good as a preset.
    const own = block.get("rules");
    if (isReference(own)) this.#presets.push(own.reference);
    if (files === undefined && isRoot) this.#takeEverywhere([...block.keys()].filter((key) => key.startsWith("...")));
    const named = {
      files,
      ignores: stringsIn(block.get(this.#isOld ? "excludedFiles" : "ignores")),
      matchesNames: this.#isOld,
    };
    const isGraded = this.#tool !== "stylelint";
    const rules = rulesIn(block.get("rules"), isGraded);
    if (rules.size > 0) this.#blocks.push({ ...named, rules });
    const categories = rulesIn(block.get("categories"), isGraded, "category ");
    if (categories.size > 0) this.#blocks.push({ ...named, rules: categories });
    for (const options of block.values()) {
      const overrides =
        isMap(options) && !isMap(block.get("rules"))
          ? rulesIn(options.get("overrides"), isGraded)
          : new Map<string, RuleSetting>();
      if (overrides.size > 0) this.#blocks.push({ ...named, rules: overrides });
    }
    this.#takeIgnores(block, isRoot);
    this.#takeSwitches(block);
    const inner = block.get("overrides");
    if (isList(inner)) for (const override of inner) this.take(override, false);
    if (!this.#isOld && isMap(inner)) this.#blocks.push({ ...named, rules: rulesIn(inner, isGraded) });
  }

  #filesOf(block: ReadonlyMap<string, WrittenConfig>): readonly string[] | undefined {
    const files = block.get("files");
    return files === undefined || files === null ? undefined : stringsIn(files);
  }

  #takePresets(value: WrittenConfig | undefined): void {
    for (const item of isList(value) ? value.flat() : [value]) {
      if (typeof item === "string") this.#presets.push(item);
      else if (isReference(item)) this.#presets.push(item.reference);
      else if (isMap(item)) this.take(item, false);
    }
  }

  #takeIgnores(block: ReadonlyMap<string, WrittenConfig>, isRoot: boolean): void {
    this.#ignores.push(...stringsIn(block.get(globalIgnoresKey)));
    if (this.#isOld && isRoot) {
      for (const key of ["ignorePatterns", "ignoreFiles", "ignores", "ignore"])
        this.#ignores.push(...stringsIn(block.get(key)));
    }
    const isAlone = [...block.keys()].every((key) => key === "ignores" || key === "name");
    if (!this.#isOld && (isAlone || this.#tool === "oxfmt" || this.#tool === "xo"))
      this.#ignores.push(...stringsIn(block.get("ignores")));
    if (this.#tool === "oxfmt") this.#ignores.push(...stringsIn(block.get("ignorePatterns")));
  }

  #takeSwitches(block: ReadonlyMap<string, WrittenConfig>): void {
    const options = block.get("linterOptions");
    const more = block.get("options");
    for (const source of [block, options, more]) {
      if (!isMap(source)) continue;
      for (const name of [
        "reportUnusedDisableDirectives",
        "noInlineConfig",
        "denyWarnings",
        "typeAware",
        "reportNeedlessDisables",
        "reportInvalidScopeDisables",
      ]) {
        const value = source.get(name);
        if (value !== undefined) this.#switches.set(name, levelOf(value) ?? 0);
      }
      if (this.#tool === "oxlint")
        for (const plugin of stringsIn(source.get("plugins"))) this.#switches.set(`plugin ${plugin}`, 1);
      const pragma = source.get("requirePragma");
      if (pragma !== undefined) this.#switches.set("requirePragma", pragma === true ? -1 : 0);
    }
  }
}

/** `isGraded`: a number in front is how bad a fault is. Stylelint's rules are given what they are to be like instead. */
function rulesIn(value: WrittenConfig | undefined, isGraded: boolean, prefix = ""): ReadonlyMap<string, RuleSetting> {
  const rules = new Map<string, RuleSetting>();
  if (!isMap(value)) return rules;
  for (const [rule, setting] of value) {
    const [severity, ...options] = isList(setting) ? setting : [setting];
    if (severity === undefined || rule.startsWith("...")) continue;
    const isLimit = !isGraded && typeof severity === "number";
    const level = isLimit ? 2 : levelOf(severity);
    const limit = isLimit ? severity : limitIn(options);
    if (level !== undefined) rules.set(`${prefix}${rule}`, { level, limit, options });
  }
  return rules;
}

function levelOf(value: WrittenConfig): number | undefined {
  if (value === null || value === false || value === 0 || value === "off" || value === "allow" || value === "none")
    return 0;
  if (value === 1 || value === "warn" || value === "info") return 1;
  if (value === true || value === 2 || value === "error" || value === "deny" || value === "on") return 2;
  // Stylelint's rules are given what they are to be like.
  return typeof value === "string" || typeof value === "number" ? 2 : undefined;
}

function limitIn(options: readonly WrittenConfig[]): number | undefined {
  for (const option of options) {
    if (typeof option === "number") return option;
    const max = isMap(option)
      ? (option.get("max") ?? option.get("maximum") ?? option.get("maxAllowedComplexity"))
      : undefined;
    if (typeof max === "number") return max;
  }
  return undefined;
}

function denoConfig(dir: RepoPath, value: WrittenConfig): LintConfig {
  const root = isMap(value) ? value : new Map<string, WrittenConfig>();
  const [lint, format] = ["lint", "fmt"].map((key) => root.get(key));
  const rules = isMap(lint) ? lint.get("rules") : undefined;
  const listed = (key: string, level: number): readonly (readonly [string, RuleSetting])[] =>
    stringsIn(isMap(rules) ? rules.get(key) : undefined).map((rule) => [
      rule,
      { level, limit: undefined, options: [] },
    ]);
  const ignores = [root, lint, format].flatMap((section): readonly IgnoreList[] => {
    if (!isMap(section)) return [];
    const patterns = [...leavingOut(stringsIn(section.get("include"))), ...stringsIn(section.get("exclude"))];
    return patterns.length === 0 ? [] : [{ dir, style: "globs", patterns }];
  });
  const tags = isMap(rules) && rules.has("tags") ? stringsIn(rules.get("tags")) : ["recommended"];
  const blocks = [
    {
      files: undefined,
      ignores: [],
      matchesNames: false,
      rules: new Map([...listed("include", 2), ...listed("exclude", 0)]),
    },
  ];
  return { ...emptyConfig("deno", dir), blocks, ignores, presets: tags.map((tag) => `deno-${tag}`) };
}

async function extended(value: WrittenConfig, read: PresetReader | undefined): Promise<readonly WrittenConfig[]> {
  const texts =
    read === undefined || !isMap(value) ? [] : stringsIn(value.get("extends")).flatMap((name) => read(name) ?? []);
  const values = await Promise.all(texts.map((text) => dataIn("biome.json", text)));
  return values.filter((each) => each !== undefined);
}

/** Positive patterns limit what is looked at; what they leave out is as good as ignored. */
function leavingOut(included: readonly string[]): readonly string[] {
  const opposite = included.map((pattern) => (pattern.startsWith("!") ? pattern.replace(/^!+/, "") : `!${pattern}`));
  return included.some((pattern) => !pattern.startsWith("!")) ? ["**", ...opposite] : opposite;
}

/** Lists of files are added to those of what is extended. */
function biomeConfig(dir: RepoPath, value: WrittenConfig, presets: readonly WrittenConfig[]): LintConfig {
  const root = isMap(value) ? value : new Map<string, WrittenConfig>();
  const blocks: RuleBlock[] = [{ files: undefined, ignores: [], matchesNames: false, rules: biomeRules(root) }];
  const overrides = root.get("overrides");
  for (const override of isList(overrides) ? overrides : []) {
    if (!isMap(override)) continue;
    const files = stringsIn(override.get("includes") ?? override.get("include"));
    blocks.push({
      files: files.filter((file) => !file.startsWith("!")),
      ignores: files.filter((file) => file.startsWith("!")).map((file) => file.slice(1)),
      matchesNames: false,
      rules: biomeRules(override),
    });
  }
  const ignores = ["files", "linter", "formatter"].flatMap((section): readonly IgnoreList[] => {
    const settings = root.get(section);
    if (!isMap(settings)) return [];
    const all = [...presets.map((preset) => (isMap(preset) ? preset.get(section) : undefined)), settings];
    const included = all.flatMap((each) => (isMap(each) ? stringsIn(each.get("includes") ?? each.get("include")) : []));
    const patterns = [...leavingOut(included), ...stringsIn(settings.get("ignore"))];
    return patterns.length === 0 ? [] : [{ dir, style: "globs", patterns }];
  });
  return {
    tool: "biome",
    dir,
    blocks,
    ignores,
    presets: [...stringsIn(root.get("extends")), "biome/recommended"],
    switches: biomeSwitches(root),
  };
}

function biomeRules(owner: ReadonlyMap<string, WrittenConfig>): ReadonlyMap<string, RuleSetting> {
  const rules = new Map<string, RuleSetting>();
  const [linter, javascript] = [owner.get("linter"), owner.get("javascript")];
  const off: RuleSetting = { level: 0, limit: undefined, options: [] };
  if (isSwitchedOff(linter)) rules.set("linter", off);
  if (isMap(javascript) && isSwitchedOff(javascript.get("linter"))) rules.set("javascript.linter", off);
  const [groups, domains] = ["rules", "domains"].map((key) => (isMap(linter) ? linter.get(key) : undefined));
  for (const [domain, asked] of isMap(domains) ? domains : []) {
    // What is recommended of a domain is on wherever its package is declared.
    if (asked === "none") rules.set(`domain ${domain}`, off);
    if (asked === "all") rules.set(`domain ${domain}`, { ...off, level: 2 });
  }
  if (!isMap(groups)) return rules;
  for (const [group, settings] of groups) {
    const whole = isMap(settings) ? undefined : levelOf(settings);
    if (whole !== undefined) rules.set(group, { level: whole, limit: undefined, options: [] });
    if (!isMap(settings)) continue;
    for (const [rule, setting] of settings) {
      const level = levelOf(isMap(setting) ? (setting.get("level") ?? null) : setting);
      const given = isMap(setting) ? setting.get("options") : undefined;
      const options = given === undefined ? [] : [given];
      if (level !== undefined) rules.set(`${group}/${rule}`, { level, limit: limitIn(options), options });
    }
  }
  return rules;
}

function isSwitchedOff(settings: WrittenConfig | undefined): boolean {
  return isMap(settings) && settings.get("enabled") === false;
}

function biomeSwitches(root: ReadonlyMap<string, WrittenConfig>): ReadonlyMap<string, number> {
  const switches = new Map<string, number>();
  for (const section of ["linter", "formatter"])
    switches.set(`${section}.enabled`, isSwitchedOff(root.get(section)) ? 0 : 1);
  return switches;
}
