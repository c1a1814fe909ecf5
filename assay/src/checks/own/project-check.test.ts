import { expect, test } from "vitest";
import type { Check, PlanContext } from "../../model/check.ts";
import type { CommandCheck } from "../../model/own-check.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import { unaffected } from "../../model/scope.ts";
import { planContext, scopeOf } from "../../tools/testing/plan-context.ts";
import { endedWell, testHost, testRepository } from "../../tools/testing/test-host.ts";
import { toCheck } from "./project-check.ts";

const audit: CommandCheck = {
  id: "audit",
  kind: "command",
  command: ["npm", "run", "audit it"],
  scopes: null,
  in: ["loop", "gate"],
  message: null,
  remedy: null,
  incident: null,
};

/** What the check says when its command ends like this. */
async function said(outcome: Partial<ProcessOutcome>, config: Partial<CommandCheck> = {}): Promise<unknown> {
  using repository = testRepository({});
  using host = testHost();
  const check = toCheck({ ...audit, ...config });
  const run: Host["run"] = async (command) => {
    expect(command).toEqual({ file: "npm", args: ["run", "audit it"], cwd: repository.root });
    return { ...endedWell, ...outcome };
  };
  const plan = await planOf(check, planContext(repository.workspace));
  if (plan?.status !== "planned") return plan?.reason;
  const [task] = plan.tasks;
  const result = await task?.run({ ...host, run });
  if (result?.status === "failed") return result.findings.map(({ message }) => message);
  if (result?.status === "errored") return result.error.message;
  return result?.status === "deferred" ? result : result?.status;
}

async function planOf(check: Check, context: PlanContext): ReturnType<Extract<Check, { kind: "tasks" }>["plan"]> {
  if (check.kind !== "tasks") throw new Error("it plans nothing");
  return check.plan(context);
}

test("exit code 0 passes, and whatever else the command may judge by fails with its last lines", async () => {
  expect(await said({})).toBe("passed");
  expect(await said({ exitCode: 1, stdout: "first\n\n  second\n" })).toEqual(["first", "  second"]);
  expect(await said({ exitCode: 125, stdout: " \n", stderr: "only here\n" })).toEqual(["only here"]);
  expect(await said({ exitCode: 2 })).toEqual(["exit code 2 and no output"]);
  const many = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  expect(await said({ exitCode: 1, stdout: many.join("\n") })).toEqual(many.slice(-8));
});

test("what the project says of it comes first", async () => {
  const many = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  const outcome = { exitCode: 1, stdout: many.join("\n") };
  const message = "a licence is not allowed";
  const remedy = "take another package";
  expect(await said(outcome, { message })).toEqual([message, ...many.slice(-7)]);
  expect(await said(outcome, { message, remedy })).toEqual([`${message}; ${remedy}`, ...many.slice(-7)]);
  expect(await said(outcome, { remedy })).toEqual([`audit fails; ${remedy}`, ...many.slice(-7)]);
});

test("a command that can not be run has judged nothing", async () => {
  expect(await said({ exitCode: 126 })).toBe("`npm run audit it` could not run: exit code 126");
  expect(await said({ exitCode: 127 })).toBe("`npm run audit it` could not run: exit code 127");
  expect(await said({ exitCode: null, signal: "SIGKILL" })).toBe("`npm run audit it` could not run: SIGKILL");
  expect(await said({ exitCode: null, spawnError: "ENOENT" })).toBe("`npm run audit it` could not run: ENOENT");
  expect(await said({ exitCode: null, timedOut: true })).toEqual({ status: "deferred", remaining: "npm run audit it" });
});

test("it runs where one of its scopes is affected, or everything is", async () => {
  using repository = testRepository({});
  const check = toCheck({ ...audit, scopes: ["core", "cli"] });
  const planned = async (more: Partial<PlanContext>): Promise<boolean> =>
    (await planOf(check, planContext(repository.workspace, more))).status === "planned";
  expect(await planned({})).toBe(false);
  expect(await planned({ scope: scopeOf({ expanded: ["cli"] }) })).toBe(true);
  expect(await planned({ scope: scopeOf({ expanded: ["other"] }) })).toBe(false);
  expect(await planned({ affected: { ...unaffected, everything: true } })).toBe(true);
});

test("it is explained by what it says of itself", () => {
  const page = (config: Partial<CommandCheck>): string | undefined => toCheck({ ...audit, ...config }).page;
  expect(page({})).toBe(
    '# audit\n\nRuns `npm run "audit it"`: it fails where that exits with a code from 1 to 125.\n\n' +
      "A check of this project's own, from assay.toml: assay loop, assay gate; every scope.\n",
  );
  expect(
    page({
      message: " a licence is not allowed ",
      remedy: "Ask first!",
      incident: " It cost us. ",
      scopes: ["core", "cli"],
    }),
  ).toBe(
    '# audit\n\na licence is not allowed.\n\nRuns `npm run "audit it"`: it fails where that exits with a code from 1 to 125.\n\n' +
      "## What to do\n\nAsk first!\n\n## What taught it\n\nIt cost us.\n\n" +
      "A check of this project's own, from assay.toml: assay loop, assay gate; core, cli.\n",
  );
  expect(toCheck(audit).summary).toMatch(/^Runs `npm/);
  expect(toCheck({ ...audit, message: "a licence is not allowed" }).summary).toBe("a licence is not allowed");
});
