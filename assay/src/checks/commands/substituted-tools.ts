// Tools that no longer come from their makers, and scripts that are no longer run by a shell.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { objectIn } from "../configuration/json-texts.ts";

/** Packages that judge: a run of them is what a person believes. */
const judging =
  /^(?:vitest|@vitest\/[\w-]+|jest|jest-[\w-]+|@jest\/[\w-]+|mocha|chai|ava|tap|c8|nyc|expect|sinon|typescript|vue-tsc|eslint|typescript-eslint|@typescript-eslint\/[\w-]+|oxlint|@biomejs\/biome|prettier|playwright|playwright-core|@playwright\/test|cypress|@stryker-mutator\/[\w-]+|assay)$/;

export function substitutions({ pairs }: ChangeContext): readonly Loosening[] {
  return pairs.flatMap((pair) => [...replacedIn(pair), ...patchedBy(pair), ...shellIn(pair)]);
}

/** `"overrides": { "vitest": "file:./tools/vitest" }`, and the like of other package managers. */
function replacedIn({ change: { path }, baseText, headText }: FilePair): readonly Loosening[] {
  if (nameOf(path) !== "package.json" || headText === undefined) return [];
  const before = localPackages(baseText);
  return [...localPackages(headText)].flatMap(([name, place]) => {
    if (before.get(name) === place) return [];
    const message = `\`${name}\` is taken from ${place} now, which the repository wrote itself; take the published one`;
    return [toLoosening(path, headText, name, message)];
  });
}

function localPackages(text: string | undefined): ReadonlyMap<string, string> {
  const manifest = objectIn(text) ?? {};
  const { pnpm, overrides, resolutions, dependencies, devDependencies } = manifest;
  const fields = [
    dependencies,
    devDependencies,
    resolutions,
    overrides,
    isObject(pnpm) ? pnpm["overrides"] : undefined,
  ];
  return new Map(
    fields.flatMap((field) =>
      Object.entries(isObject(field) ? field : {}).filter((entry): entry is [string, string] => {
        const [name, place] = entry;
        // A tool may judge itself.
        const isAnothers = name !== manifest["name"] && judging.test(plainName(name));
        return isAnothers && typeof place === "string" && /^(?:file|link|portal|patch):/.test(place);
      }),
    ),
  );
}

/** `vitest` of `vitest@3` and `shop>vitest`. */
function plainName(name: string): string {
  return name.replace(/^(?:.*>|\*\*\/)/, "").replace(/(?<=.)@.*$/, "");
}

/** `patches/vitest+3.2.0.patch`, `patches/@vitest__runner@3.2.0.patch`, `.yarn/patches/vitest-npm-3.2.0-0123.patch`. */
function patchedBy({ change: { path, kind }, headText }: FilePair): readonly Loosening[] {
  if (!/(?:^|\/)(?:patches|\.yarn\/patches)\/[^/]+\.patch$/.test(path) || kind === "deleted") return [];
  const name = nameOf(path).replace(/(?:[+@]|-npm-)\d.*$/, "");
  const tool = name.startsWith("@") ? name.replace(/\+|__|-/, "/") : name;
  if (!judging.test(tool)) return [];
  const message = `\`${tool}\` is patched, and judges as the patch says; take the published one`;
  return [toLoosening(path, headText ?? "", tool, message)];
}

/** `script-shell=true` in `.npmrc`. */
function shellIn({ change: { path }, baseText = "", headText = "" }: FilePair): readonly Loosening[] {
  if (nameOf(path) !== ".npmrc") return [];
  const shell = shellOf(headText);
  if (shell === undefined || shell === shellOf(baseText) || installedShell.test(shell)) return [];
  return [toLoosening(path, headText, "script-shell", `scripts are run by ${shell}, which is no shell; take it out`)];
}

/** By its name or from the root: what lies in the repository is whatever the repository wrote. */
const installedShell = /^(?:(?:[a-z]:)?[\\/](?:.*[\\/])?)?(?:(?:a|ba|da|fi|k|z)?sh|cmd|powershell|pwsh)(?:\.exe)?$/i;

function shellOf(text: string): string | undefined {
  return /^\s*script-shell\s*=\s*(["']?)(.+?)\1\s*$/m.exec(text)?.[2];
}

function toLoosening(path: Loosening["path"], text: string, name: string, message: string): Loosening {
  const line = text.split("\n").findIndex((each) => each.includes(name));
  return { path, line: line < 0 ? null : line + 1, what: `${path} ${name}`, message };
}
