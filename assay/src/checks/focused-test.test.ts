import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { focusedTest } from "./focused-test.ts";
import { runGuard } from "./run-guards.ts";

/** What the guard says of a file with this test. */
async function said(code: string, path = "a.test.ts"): Promise<readonly string[]> {
  const outcome = await runGuard(focusedTest, await contextOf({ base: {}, head: { [path]: `${code}\n` } }));
  return outcome.status === "failed" ? outcome.findings.map(({ message }) => message.replace(/ runs alone.*/, "")) : [];
}

test("the focus is named as it is written", async () => {
  for (const [code, focus] of [
    ['it.only("adds", run);', "`it.only`"],
    ['describe.concurrent.only("adds", run);', "`describe.only`"],
    ['fit("adds", run);', "`fit`"],
    ['test("adds", { only: true }, run);', "`{ only: true }`"],
  ] as const) {
    expect([code, await said(code)]).toEqual([code, [focus]]);
  }
});

test("a switch that is off, and a name that begins like a focus, are none", async () => {
  for (const code of ['test("adds", { only: false }, run);', 'fitness("adds", run);', 'test("adds only", run);']) {
    expect([code, await said(code)]).toEqual([code, []]);
  }
});
