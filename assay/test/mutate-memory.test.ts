import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

const strong = `import { expect, test } from "vitest";
import { expected } from "./expected.js";
import { sign } from "./sign.ts";

test("signs", () => {
  expect([sign(-1), sign(0), sign(1)]).toEqual(expected);
});
`;

const change = {
  "src/sign.ts": "export function sign(x: number): number {\n  return x < 0 ? -1 : 1;\n}\n",
  "src/expected.js": "export const expected = [-1, 1, 1];\n",
  "src/sign.test.ts": strong,
  "src/other.test.ts":
    'import { test } from "vitest";\nimport { sign } from "./sign.ts";\n\ntest("runs", () => {\n  sign(1);\n});\n',
};

function branch(): TestRepository {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit(change);
  return repository;
}

async function statusNow(repository: TestRepository): Promise<string | undefined> {
  const { envelope } = await assay(repository, "mutate", "--only", "mutation");
  return statusOf(envelope, "mutation");
}

test("what is remembered never hides that tests became weaker, in their own file or in one that they import", async () => {
  const repository = branch();
  expect(await statusNow(repository)).toBe("pass");
  repository.write({ "src/sign.test.ts": strong.replace("toEqual(expected)", "toHaveLength(3)") });
  expect(await statusNow(repository)).toBe("fail");
  repository.write({ "src/sign.test.ts": strong });
  expect(await statusNow(repository)).toBe("pass");
  repository.write({
    "src/expected.js": 'import { expect } from "vitest";\nexport const expected = expect.any(Array);\n',
  });
  expect(await statusNow(repository)).toBe("fail");
});

test("a test that is added beside another kills what survived, and the gate finds the same by itself", async () => {
  const repository = branch();
  repository.write({
    "src/sign.test.ts": strong.replace(", sign(0), sign(1)", ""),
    "src/expected.js": "export const expected = [-1];\n",
  });
  expect(await statusNow(repository)).toBe("fail");
  repository.write({
    "src/other.test.ts": change["src/other.test.ts"]
      .replace("{ test }", "{ expect, test }")
      .replace("sign(1)", "expect(sign(1)).toBe(1)"),
  });
  expect(await statusNow(repository)).toBe("pass");
  const memory = join(repository.root, ".git/assay/memory");
  expect(readdirSync(memory)).toHaveLength(1);
  const fresh = branch();
  const { envelope } = await assay(fresh, "gate", "--only", "mutation");
  expect([statusOf(envelope, "mutation"), existsSync(join(fresh.root, ".git/assay/memory"))]).toEqual(["pass", false]);
});
