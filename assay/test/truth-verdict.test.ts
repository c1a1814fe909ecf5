// Changes that break something somewhere else: the loop must not be green.
import { renameSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { assay, type Outcome } from "./repository.ts";
import { checkoutAt, install, openNursery, type Checkout } from "./truth-workspace.ts";

const nursery = openNursery();
afterAll(() => nursery.remove(), 60_000);

const brokenCore = { "packages/core/src/value.ts": "export function core(): number {\n  return 9;\n}\n" };

interface Breakage {
  readonly name: string;
  readonly make: (checkout: Checkout) => void;
  /** What the envelope has to say. */
  readonly says: RegExp;
}

const breakages: readonly Breakage[] = [
  {
    name: "an edit that a test three packages away contradicts",
    make: (at) => at.write({ ...brokenCore, "packages/core/src/index.test.ts": "" }),
    says: /app\/src\/index\.test\.ts/,
  },
  {
    name: "an edit that only a package which links to the folder can see",
    make: (at) => at.write(brokenCore),
    says: /linker\/src\/index\.test\.ts/,
  },
  {
    name: "a moved module that others import",
    make: (at) => void at.git("mv", "packages/util/src/two.ts", "packages/util/src/zwei.ts"),
    says: /two\.ts/,
  },
  {
    name: "a rename in case alone",
    make: (at) => void at.git("mv", "packages/lone/src/Lone.ts", "packages/lone/src/lone.ts"),
    says: /Lone\.ts/,
  },
  {
    name: "a shared tsconfig that breaks every package",
    make: (at) => at.write({ "tsconfig.base.json": '{ "compilerOptions": { "noLib": true, "noEmit": true } }\n' }),
    says: /"types","status":"fail"/,
  },
  {
    name: "a deleted package that another needs",
    make: (at) => rmSync(join(at.root, "packages/util"), { recursive: true }),
    says: /util/,
  },
  {
    name: "a generated file with an error in it",
    make: (at) => at.write({ "packages/core/src/made.gen.ts": 'export const made: number = "";\n' }),
    says: /made\.gen\.ts/,
  },
  {
    name: "a symbolic link that leads elsewhere now",
    make(at) {
      unlinkSync(join(at.root, "packages/linker/src/shared"));
      symlinkSync("../../util/src", join(at.root, "packages/linker/src/shared"));
    },
    says: /linker/,
  },
  {
    name: "a folder whose content moved from under its importers",
    make: (at) => renameSync(join(at.root, "packages/util/src"), join(at.root, "packages/util/source")),
    says: /util/,
  },
];

function loop(root: string): Promise<Outcome> {
  return assay({ root }, "loop", "--base", "main");
}

test.concurrent.each(breakages)("$name is not green", async ({ make, says }) => {
  const checkout = nursery.copy();
  install(checkout.root);
  make(checkout);
  const { exitCode, stdout } = await loop(checkout.root);
  expect([exitCode, stdout]).toEqual([1, expect.stringMatching(says)]);
});

test.concurrent("the workspace as it is, with a harmless edit, is green", async () => {
  const checkout = nursery.copy();
  install(checkout.root);
  checkout.write({ "packages/util/src/two.ts": "// Two.\nexport const two = 2;\n" });
  const { exitCode, envelope } = await loop(checkout.root);
  expect([exitCode, envelope.error]).toEqual([0, null]);
});

test.concurrent("two entries of a merge queue that are right alone and wrong together are not green", async () => {
  const checkout = nursery.copy();
  install(checkout.root);
  checkout.write({
    "packages/util/src/three.ts": 'import { two } from "./two.ts";\n\nexport const three = two + 1;\n',
  });
  checkout.write({
    "packages/util/src/three.test.ts":
      'import { expect, test } from "vitest";\nimport { three } from "./three.ts";\n\ntest("three", () => {\n  expect(three).toBe(3);\n});\n',
  });
  checkout.commit();
  checkout.git("switch", "-q", "-c", "queue", "main");
  checkout.git("mv", "packages/util/src/two.ts", "packages/util/src/zwei.ts");
  const index =
    'import { core } from "core";\nimport { two } from "./zwei.ts";\n\nexport const util = (): number => core() + two;\n';
  checkout.write({ "packages/util/src/index.ts": index });
  checkout.commit();
  checkout.git("merge", "-q", "--no-ff", "-m", "queue", "work");
  const { exitCode, stdout } = await loop(checkout.root);
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("three.ts")]);
});

test.concurrent("a worktree whose packages are those of another checkout gives no verdict about its own", async () => {
  const checkout = nursery.copy();
  install(checkout.root);
  const root = nursery.free();
  checkout.git("worktree", "add", "-q", "-b", "linked", root, "main");
  symlinkSync(join(checkout.root, "node_modules"), join(root, "node_modules"));
  checkoutAt(root).write({ ...brokenCore, "packages/core/src/index.test.ts": "" });
  const { exitCode, stdout } = await loop(root);
  expect([exitCode === 0, stdout]).toEqual([false, expect.stringContaining("node_modules/core")]);
});
