import { expect, test } from "vitest";
import { keptRepository } from "./kept-repository.ts";
import { assay, smallPackage, type Outcome } from "./repository.ts";
import { warmAssay } from "./warm-program.ts";

test("a process that has run others answers as one of its own does", async () => {
  const green = keptRepository(smallPackage, { tools: false });
  green.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  const red = keptRepository(smallPackage, { tools: false });
  red.write({ "src/sum.test.ts": "// @ts-nocheck\n" });
  const args = ["gate", "--base", "main", "--only", "guards"];
  for (const repository of [green, red, green]) {
    const [own, warm] = [await assay(repository, ...args), await warmAssay(repository, ...args)];
    expect(untimed(warm)).toEqual(untimed(own));
  }
  expect((await warmAssay(green, ...args)).exitCode).toBe(0);
  expect((await warmAssay(red, ...args)).exitCode).toBe(1);
  const wrong = await warmAssay(green, "gate", "--only", "nothing");
  expect([wrong.exitCode, wrong.envelope.error?.code]).toEqual([2, "usage"]);
});

/** Without what no two runs have in common. */
function untimed({ exitCode, stdout }: Outcome): readonly unknown[] {
  return [exitCode, stdout.replaceAll(/"duration_ms":\d+/g, '"duration_ms":0')];
}
