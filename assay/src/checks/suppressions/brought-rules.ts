// Rules of a linter that a change brings itself: what it exempts from them was not held to them before.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isObject } from "../../tools/output/json-output.ts";
import { isLintConfigPath } from "../configuration/config-paths.ts";
import { descendants, type Node } from "../../source/walk.ts";

/** Rules of Deno's linter that none of its tags switches on but, some of them, the one for workspaces. */
const onDemand: ReadonlySet<string> = new Set(
  `ban-untagged-todo camelcase default-param-last eqeqeq explicit-function-return-type guard-for-in no-await-in-loop
  no-boolean-literal-for-arguments no-console no-eval no-external-import no-import-prefix no-non-null-assertion
  no-sync-fn-in-async-fn no-throw-literal no-top-level-await prefer-ascii prefer-primordials
  single-var-declarator`.split(/\s+/),
);

/**
 * By its full name: a rule of a plug-in that a configuration of the change writes itself and that no configuration of the
 * base spoke of under any name, or one that a `deno.json` newly asks for and no tag had switched on.
 */
export async function broughtRules({ pairs, workspace }: ChangeContext): Promise<ReadonlySet<string>> {
  const configs = pairs.filter(({ change, headText }) => isLintConfigPath(change.path) && headText !== undefined);
  if (configs.length === 0) return new Set();
  const changed = new Set(pairs.map(({ change }) => change.path));
  const before = [
    ...pairs.flatMap(({ change, baseText }) =>
      mayConfigure(change.previousPath ?? change.path) ? (baseText ?? "") : [],
    ),
    ...workspace.tree.files.flatMap(({ path }) =>
      mayConfigure(path) && !changed.has(path) ? (workspace.readText(path) ?? "") : [],
    ),
  ];
  const own = configs
    .flatMap(({ head }) => (head ? ownRules(head) : []))
    .filter(({ plugin, rule }) => !before.some((text) => text.includes(plainName(plugin)) || text.includes(rule)));
  const asked = await Promise.all(configs.map(newlyAsked));
  return new Set([...own.map(({ plugin, rule }) => `${plugin}/${rule}`), ...asked.flat()]);
}

/** Manifests may hold configuration as well. */
function mayConfigure(path: FilePair["change"]["path"]): boolean {
  return isLintConfigPath(path) || nameOf(path) === "package.json";
}

/** A preset of `typescript-eslint` brings `@typescript-eslint`. */
function plainName(plugin: string): string {
  return plugin.replace("@", "");
}

interface OwnRule {
  readonly plugin: string;
  readonly rule: string;
}

/** `plugins: { own: { rules: { "no-such-thing": rule } } }`. */
function ownRules({ program }: SourceFile): readonly OwnRule[] {
  return [...descendants(program)].flatMap((node) => {
    if (node.type !== "Property" || keyOf(node) !== "plugins") return [];
    return propertiesOf(node.value).flatMap((plugin) => {
      const rules = propertiesOf(plugin.value).filter((each) => keyOf(each) === "rules");
      return rules
        .flatMap(({ value }) => propertiesOf(value))
        .map((rule) => ({ plugin: keyOf(plugin), rule: keyOf(rule) }));
    });
  });
}

type Property = Extract<Node, { type: "Property" }>;

function propertiesOf(node: Node): readonly Property[] {
  return node.type === "ObjectExpression" ? node.properties.filter((each) => each.type === "Property") : [];
}

function keyOf({ key, computed }: Property): string {
  if (key.type === "Identifier" && !computed) return key.name;
  return key.type === "Literal" ? String(key.value) : "";
}

async function newlyAsked({ change, baseText, headText }: FilePair): Promise<readonly string[]> {
  if (!/^deno\.jsonc?$/.test(nameOf(change.path)) || baseText === undefined) return [];
  const { parse } = await import("jsonc-parser");
  const [base, head] = [baseText, headText ?? ""].map((text) => rulesIn(parse(text, [], { allowTrailingComma: true })));
  const before = listIn(base, "include");
  if (listIn(base, "tags").includes("workspace")) return [];
  return listIn(head, "include").filter((rule) => onDemand.has(rule) && !before.includes(rule));
}

function rulesIn(config: unknown): unknown {
  const lint = isObject(config) ? config["lint"] : undefined;
  return isObject(lint) ? lint["rules"] : undefined;
}

function listIn(rules: unknown, key: string): readonly string[] {
  const list = isObject(rules) ? rules[key] : undefined;
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}
