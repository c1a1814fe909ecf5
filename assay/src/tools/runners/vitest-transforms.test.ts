import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { testHost, testRepository } from "../testing/test-host.ts";
import { transformFlags } from "./vitest-transforms.ts";

/** The flags for runs of such a version in these folders, of which `plugged` has a plugin. */
async function flagsFor(
  version: string,
  dirs: readonly string[],
  kept: string | null = "/kept",
): Promise<readonly string[]> {
  using repository = testRepository({
    "plain/a.test.ts": "",
    "other/a.test.ts": "",
    "plugged/vitest.config.ts": "export default { plugins: [] };",
  });
  using host = testHost();
  const keeping = { ...host, keptTransforms: () => kept };
  return transformFlags(keeping, repository.workspace, dirs.map(repoPath), version);
}

test("modules are kept from the first version that can keep them elsewhere, by the name it has for that", async () => {
  const experimental = ["--experimental.fsModuleCache", "--experimental.fsModuleCachePath=/kept"];
  for (const version of ["4.1.0", "4.1.12", "4.2.0-beta.1"])
    expect(await flagsFor(version, ["plain"])).toEqual(experimental);
  for (const version of ["5.0.0", "5.3.1"])
    expect(await flagsFor(version, ["plain"])).toEqual(["--fsModuleCache", "--fsModuleCachePath=/kept"]);
  for (const version of ["4.0.18", "4", "3.2.4", "3.9", ""]) expect(await flagsFor(version, ["plain"])).toEqual([]);
});

test("none are kept where a plugin has a hand in them, or nobody keeps them", async () => {
  const off = ["--experimental.fsModuleCache=false"];
  expect(await flagsFor("4.1.0", ["plain", "plugged"])).toEqual(off);
  expect(await flagsFor("4.1.0", ["plain", "other"])).not.toEqual(off);
  expect(await flagsFor("4.1.0", [])).toEqual(off);
  expect(await flagsFor("4.1.0", ["plain"], null)).toEqual(off);
  expect(await flagsFor("5.0.0", ["plugged"])).toEqual(["--fsModuleCache=false"]);
});
