import { expect, test } from "vitest";
import type { PlanContext } from "../../model/check.ts";
import { toAssayError } from "../../model/errors.ts";
import type { NameSource, Parity } from "../../model/own-check.ts";
import { repoPath } from "../../model/paths.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import { unaffected } from "../../model/scope.ts";
import { endedWell, testHost } from "../../tools/testing/test-host.ts";
import { contextOf, type Texts, type TextsChange } from "../change/change-of-texts.ts";
import { toParityCheck } from "./own-parity.ts";

const listed = (file: string, pointer: string | null = null): NameSource => ({ file: repoPath(file), pointer });
const printedBy = (...command: readonly string[]): NameSource => ({ command, pointer: null });

const parity: Parity = {
  id: "covers-numpy",
  reference: listed("numpy.txt"),
  covered: listed("ours.txt"),
  allowsExtra: false,
  except: {},
  scopes: null,
  in: ["loop", "gate"],
  message: null,
  remedy: null,
  incident: null,
};

async function contextFor(change: TextsChange, more: Partial<PlanContext> = {}): Promise<PlanContext> {
  const context = await contextOf(change);
  const affected = { ...unaffected, everything: true };
  return { ...context, command: "gate", affected, listed: null, reread: async () => context.diff, ...more };
}

/** What the check says of a change, where a program prints this. */
async function said(
  change: TextsChange,
  config: Partial<Parity> = {},
  printed: Partial<ProcessOutcome> = {},
): Promise<unknown> {
  using host = testHost();
  const check = toParityCheck({ ...parity, ...config });
  const run: Host["run"] = async () => ({ ...endedWell, ...printed });
  const plan = check.kind === "tasks" ? await check.plan(await contextFor(change)) : undefined;
  if (plan?.status !== "planned") return plan?.reason;
  const result = await plan.tasks[0]
    ?.run({ ...host, run })
    .catch((thrown: unknown) => toAssayError(thrown, "internal"));
  if (result instanceof Error) return `${result.code}: ${result.message}`;
  if (result?.status === "failed")
    return result.findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
  return result?.status === "passed" ? result.note : result;
}

const lists = (reference: string, covered: string): Texts => ({ "numpy.txt": reference, "ours.txt": covered });
const now = (reference: string, covered: string): TextsChange => ({ base: {}, head: lists(reference, covered) });

test("where all names are covered it says how many there are", async () => {
  expect(await said(now("sin\ncos\n", "cos\nsin\n"))).toBe("all 2 names of numpy.txt are covered");
  expect(await said(now("sin\ncos\n", "cos\n"), { except: { sin: "later" } })).toContain("numpy.txt are covered");
});

test("a name that is not covered is told with what to do", async () => {
  const change = now("sin\ncos\n", "cos\n");
  expect(await said(change)).toEqual(['ours.txt:null "sin" of numpy.txt is not covered; cover it']);
  expect(await said(change, { message: "write it" })).toEqual([
    'ours.txt:null "sin" of numpy.txt is not covered; write it',
  ]);
  expect(await said(change, { message: "write it", remedy: "ask for it" })).toEqual([
    'ours.txt:null "sin" of numpy.txt is not covered; ask for it',
  ]);
});

test("a name that the reference does not know is told, unless more may be covered", async () => {
  const change = now("sin\n", "sin\ntan\n");
  expect(await said(change)).toEqual([
    'ours.txt:2 "tan" counts as covered, and numpy.txt has no such name; correct it, or set `extra = "allow"`',
  ]);
  expect(await said(change, { allowsExtra: true })).toBe("all 1 names of numpy.txt are covered");
});

test("an exception that excuses nothing is told", async () => {
  expect(await said(now("sin\n", "sin\n"), { except: { sin: "hard" } })).toEqual([
    'assay.toml:null "sin" is covered; remove it from `except`',
  ]);
  expect(await said(now("sin\n", "sin\n"), { except: { tan: "hard" } })).toEqual([
    'assay.toml:null "tan" is not in the reference; remove it from `except`',
  ]);
});

test("a name that is listed twice is told where it stands again", async () => {
  expect(await said(now("sin\ncos\nsin\n", "sin\nsin\ncos\n"))).toEqual([
    'numpy.txt:3 "sin" is in numpy.txt twice; remove one, so that counts are right',
    'ours.txt:2 "sin" is in ours.txt twice; remove one, so that counts are right',
  ]);
});

test("who shortens the reference has not covered more", async () => {
  const settings = { "assay.toml": '[[parity]]\nid = "covers-numpy"\nreference = "numpy.txt"\n' };
  const base = { ...settings, ...lists("sin\ncos\ntan\n", "sin\n") };
  const head = { ...settings, ...lists("sin\n", "sin\n") };
  const told = (name: string): string =>
    `numpy.txt:null "${name}" was in the reference and is not any more; put it back, or let a person approve that [reference ${name}]`;
  expect(await said({ base, head })).toEqual([told("cos"), told("tan")]);
  const approval =
    '[[approval]]\ncheck = "covers-numpy"\nwhat = "reference cos"\nreason = "It is deprecated upstream."\n';
  expect(await said({ base: { ...base, "assay-approvals.toml": approval }, head })).toEqual([told("tan")]);
  expect(
    await said({ base: { ...base, "assay.toml": settings["assay.toml"].replace("covers", "other") }, head }),
  ).toContain("all 1");
  expect(await said({ base: { ...base, "assay.toml": "not toml" }, head })).toContain("all 1");
  expect(
    await said({ base: { ...base, "assay.toml": settings["assay.toml"].replace("numpy.txt", "../numpy.txt") }, head }),
  ).toContain("all 1");
  const json = {
    ...base,
    "numpy.json": '{ "names": ["sin", "cos"] }',
    "assay.toml": settings["assay.toml"].replace('numpy.txt"', 'numpy.json"\nreference_pointer = "/names"'),
  };
  expect(await said({ base: json, head })).toEqual([told("cos")]);
  expect(await said({ base: { ...json, "numpy.json": "no json" }, head })).toContain("all 1");
});

test("a program may print the names", async () => {
  const config = { covered: printedBy("node", "list.js", "--all names") };
  expect(await said(now("sin\n", ""), config, { stdout: "sin\n" })).toBe("all 1 names of numpy.txt are covered");
  expect(await said(now("sin\n", ""), config, { stdout: '["cos"]' })).toEqual([
    'null:null "sin" of numpy.txt is not covered; cover it',
    'null:null "cos" counts as covered, and numpy.txt has no such name; correct it, or set `extra = "allow"`',
  ]);
  const failed = 'tool-failed: `node list.js "--all names"`';
  expect(await said(now("sin\n", ""), config, { stdout: " \n" })).toBe(`${failed} prints nothing`);
  expect(await said(now("sin\n", ""), config, { exitCode: 3, stderr: "no such file\n" })).toBe(
    `${failed} did not list names: exit code 3: no such file`,
  );
  expect(await said(now("sin\n", ""), config, { exitCode: null, signal: "SIGKILL" })).toBe(
    `${failed} did not list names: SIGKILL`,
  );
  expect(await said(now("sin\n", ""), config, { exitCode: null, spawnError: "ENOENT" })).toBe(
    `${failed} did not list names: ENOENT`,
  );
  expect(await said(now("sin\n", ""), config, { stdout: "sin", truncated: true })).toContain("more than 64 MiB");
  const late = { status: "deferred", remaining: 'node list.js "--all names"' };
  expect(await said(now("sin\n", ""), config, { exitCode: null, timedOut: true })).toEqual(late);
  expect(await said(now("", "sin\n"), { reference: config.covered }, { exitCode: null, timedOut: true })).toEqual(late);
});

test("a list that is not there stops the check", async () => {
  expect(await said({ base: {}, head: { "ours.txt": "sin\n" } })).toBe(
    "tool-failed: numpy.txt is not there, is no text or leads out of the repository",
  );
});

test("it runs where everything, one of its scopes, a list or a program that prints one is affected", async () => {
  const isPlanned = async (
    config: Partial<Parity>,
    change: TextsChange,
    more: Partial<PlanContext> = {},
  ): Promise<boolean> => {
    const check = toParityCheck({ ...parity, ...config });
    const context = await contextFor(change, { affected: unaffected, ...more });
    return check.kind === "tasks" && (await check.plan(context)).status === "planned";
  };
  const none = { base: {}, head: {} };
  const scope = { scopes: ["core"] };
  expect(await isPlanned({}, none)).toBe(false);
  expect(await isPlanned({}, none, { affected: { ...unaffected, everything: true } })).toBe(true);
  expect(await isPlanned(scope, none)).toBe(false);
  const { scope: all } = await contextFor(none);
  expect(await isPlanned(scope, none, { scope: { ...all, expanded: ["core"] } })).toBe(true);
  for (const path of ["numpy.txt", "ours.txt"]) {
    expect(await isPlanned(scope, { base: {}, head: { [path]: "sin\n" } })).toBe(true);
    expect(
      await isPlanned(scope, { base: { [path]: "sin\n" }, head: { "b.txt": "sin\n" }, renames: { "b.txt": path } }),
    ).toBe(true);
  }
  expect(await isPlanned(scope, { base: {}, head: { "c.txt": "sin\n" } })).toBe(false);
  const printed = { covered: printedBy("node", "/usr/list.js", "list.js") };
  expect(await isPlanned(printed, none)).toBe(true);
  expect(await isPlanned({ ...scope, ...printed }, none)).toBe(false);
  expect(
    await isPlanned({ ...scope, ...printed }, none, {
      affected: { ...unaffected, whole: new Map([[repoPath("list.js"), "it"]]) },
    }),
  ).toBe(true);
});
