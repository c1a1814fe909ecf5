// Modules among the sources that only tests use.
import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf } from "./repository.ts";

const helper =
  'import { expect } from "vitest";\nexport const same = (a: number, b: number) => expect(a).toBe(b);\nexport const sum = (a: number) => a + 1;\n';

test("a helper of tests is neither mutated nor asked for a changed test; new code that nothing uses yet is", async () => {
  const repository = gitRepository({
    ...smallPackage,
    "src/one.ts": "export const one = () => 1;\n",
    "src/same.ts": helper,
    "src/one.test.ts":
      'import { test } from "vitest";\nimport { one } from "./one.ts";\nimport { same } from "./same.ts";\ntest("one", () => same(one(), 1));\n',
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/same.ts": helper.replace("a + 1", "a + 2") });
  const changed = await assay(repository, "mutate", "--only", "mutation", "untested-change");
  expect(changed.envelope.result.checks).toMatchObject([
    { id: "mutation", status: "skip", details: [expect.stringMatching(/left out: \d+ test-support$/)] },
    { id: "untested-change", status: "skip" },
  ]);
  repository.commit({ "src/two.ts": "export const two = () => 2;\n" });
  const { envelope } = await assay(repository, "mutate", "--only", "mutation", "untested-change");
  expect([statusOf(envelope, "mutation"), statusOf(envelope, "untested-change")]).toEqual(["fail", "fail"]);
});
