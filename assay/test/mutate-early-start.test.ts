// Which processes `assay mutate` starts: each program of Node's writes its own line.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptFolder } from "./kept-repository.ts";
import { assayWith, gitRepository, smallPackage, statusOf } from "./repository.ts";

const change = {
  "src/sign.ts": "export function sign(x: number): number {\n  return x < 0 ? -1 : 1;\n}\n",
  "src/sign.test.ts":
    'import { expect, test } from "vitest";\nimport { sign } from "./sign.ts";\n\ntest("signs", () => {\n  expect([sign(-1), sign(0), sign(1)]).toEqual([-1, 1, 1]);\n});\n',
};

test("vitest is started where something is to be tried, and nothing at all where everything is as it was left", async () => {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit(change);
  const log = join(keptFolder(), "started");
  const note = join(keptFolder(), "note.cjs");
  writeFileSync(note, `require("node:fs").appendFileSync(${JSON.stringify(log)}, process.argv[1] + "\\n");\n`);
  const started = async (): Promise<readonly [string | undefined, boolean]> => {
    const env = { NODE_OPTIONS: `--require ${note}` };
    const { envelope } = await assayWith(repository, { env }, "mutate", "--base", "main", "--only", "mutation");
    const programs = readFileSync(log, "utf8");
    rmSync(log);
    expect(programs).toContain("cli.js");
    return [statusOf(envelope, "mutation"), programs.includes("mutation-vitest.js")];
  };
  expect(await started()).toEqual(["pass", true]);
  expect(await started()).toEqual(["pass", false]);
  repository.write({
    "src/sign.test.ts": change["src/sign.test.ts"].replace("toEqual([-1, 1, 1])", "toHaveLength(3)"),
  });
  expect(await started()).toEqual(["fail", true]);
  expect(await started()).toEqual(["fail", false]);
  // Neither belongs to the change nor is reached by it: only what it depends on tells.
  repository.write({ "vitest.config.ts": "export default { test: { include: ['src/**/*.test.ts'] } };\n" });
  expect(await started()).toEqual(["fail", true]);
});
