import { expect, test } from "vitest";
import { defaultConfig, type Config } from "../model/config.ts";
import { toAssayError } from "../model/errors.ts";
import type { OwnCheck, Parity, ProjectCheck, Ratio } from "../model/own-check.ts";
import { repoPath } from "../model/paths.ts";
import { allChecks, builtInChecks, guards } from "./index.ts";

const said: Omit<OwnCheck, "id"> = { scopes: null, in: ["loop", "gate"], message: null, remedy: null, incident: null };
const check = (id: string): ProjectCheck => ({ ...said, id, kind: "command", command: ["true"] });
const parity = (id: string): Parity => {
  const names = { file: repoPath("names.json"), pointer: null };
  return { ...said, id, reference: names, covered: names, allowsExtra: false, except: {} };
};
const ratio = (id: string): Ratio => {
  const sides = { kind: "commands", numerator: ["true"], denominator: ["true"] } as const;
  return { ...said, id, sides, atMost: 1, measure: "time", seconds: 1 };
};

const builtIn = builtInChecks.map(({ id }) => id);

/** The ids of the checks behind the built-in ones, or why there are none. */
async function added(config: Partial<Config>): Promise<readonly string[] | string> {
  return allChecks({ ...defaultConfig, ...config }).then(
    (checks) => {
      const ids = checks.map(({ id }) => id);
      expect(ids.slice(0, builtIn.length)).toEqual(builtIn);
      return ids.slice(builtIn.length);
    },
    (thrown: unknown) => {
      const { code, message, hint } = toAssayError(thrown, "internal");
      return `${code}: ${message}; ${hint?.slice(0, 35)}`;
    },
  );
}

test("guards stand in the order of their ids, behind the checks that run something", () => {
  const ids: readonly string[] = guards.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  expect(builtIn.slice(-ids.length)).toEqual(ids);
  expect(builtIn.slice(0, 4)).toEqual(["format", "lint", "types", "tests"]);
});

test("a project's own checks come last, of whatever kind they are", async () => {
  expect(await added({})).toEqual([]);
  expect(await added({ checks: [check("a")], parities: [parity("b")], ratios: [ratio("c")] })).toEqual(["a", "b", "c"]);
  for (const config of [{ checks: [check("a")] }, { parities: [parity("a")] }, { ratios: [ratio("a")] }]) {
    expect(await added(config)).toEqual(["a"]);
  }
});

test("a check that is switched on or off has to be one", async () => {
  const unknown =
    'config-invalid: assay.toml: [checks] names "lnt", which is no built-in check; there are format, lint, types, test';
  for (const config of [{ checksOn: ["lint", "lnt"] }, { checksOff: ["lnt"] }])
    expect(await added(config)).toBe(unknown);
  expect(await added({ checksOn: ["repeated-command"], checksOff: ["lint"] })).toEqual([]);
});

test("a check of a project has an id of its own", async () => {
  const taken = 'config-invalid: assay.toml: "lint" is the id of a built-in check; rename it, for example to "project-';
  for (const config of [
    { checks: [check("a"), check("lint")] },
    { parities: [parity("lint")] },
    { ratios: [ratio("lint")] },
  ]) {
    expect(await added(config)).toBe(taken);
  }
});
