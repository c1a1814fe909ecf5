// The names in the text of a manifest: its own, and those of packages that it declares.
import { objectIn } from "../configuration/json-texts.ts";
import { isObject } from "../../tools/output/json-output.ts";

export interface ManifestNames {
  readonly name: string | undefined;
  readonly declared: ReadonlySet<string>;
}

/**
 * Fields with what a package needs when it is used; `devDependencies` are for those who work on it. What is optional for
 * users may be named in `peerDependenciesMeta` alone.
 */
export const usedFields = ["dependencies", "peerDependencies", "peerDependenciesMeta", "optionalDependencies"];

/** Undefined for what is no manifest: tools that read the project will say what is wrong with it. */
export function readNames(text: string | undefined, fields: readonly string[]): ManifestNames | undefined {
  const raw = objectIn(text);
  if (raw === undefined) return undefined;
  const declared = fields.flatMap((field) => namesIn(raw[field]));
  const name = raw["name"];
  return { name: typeof name === "string" ? name : undefined, declared: new Set(declared) };
}

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((each) => typeof each === "string");
  return isObject(value) ? Object.keys(value) : [];
}
