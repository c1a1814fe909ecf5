// Tests that can not run any more, since the environment that they ask for is no longer installed.
import type { FilePair } from "../../model/check.ts";
import { nameOf } from "../../model/paths.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { isObject } from "../../tools/output/json-output.ts";
import { objectIn } from "../configuration/json-texts.ts";

/** Does a file ask for an environment (`@vitest-environment miniflare`) whose package the change takes out of a manifest? */
export function losesItsEnvironment({ comments }: SourceFile, pairs: readonly FilePair[]): boolean {
  const asked = comments.flatMap(({ value }) => /@(?:vitest|jest)-environment\s+([\w@/.-]+)/.exec(value)?.[1] ?? []);
  if (asked.length === 0) return false;
  const manifests = pairs.filter(({ change }) => nameOf(change.path) === "package.json");
  const [before, after] = [
    manifests.flatMap((pair) => declared(pair.baseText)),
    manifests.flatMap((pair) => declared(pair.headText)),
  ];
  const packages = asked.flatMap((name) => [name, `vitest-environment-${name}`, `jest-environment-${name}`]);
  return packages.some((name) => before.includes(name) && !after.includes(name));
}

function declared(manifest: string | undefined): readonly string[] {
  const fields = objectIn(manifest) ?? {};
  return ["dependencies", "devDependencies"].flatMap((field) => {
    const packages = fields[field];
    return isObject(packages) ? Object.keys(packages) : [];
  });
}
