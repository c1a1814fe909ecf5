// The cases of one family, in this process, and only with the guards that they are about.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { overChange, type Guard } from "../../src/checks/run-guards.ts";
import type { ChangeContext } from "../../src/model/check.ts";
import type { Config } from "../../src/model/config.ts";
import type { Finding } from "../../src/model/finding.ts";
import { casesOf, type CorpusCase } from "../corpus/case.ts";
import { changeOfCase } from "./change-of-case.ts";

/** By guard. */
type Findings = ReadonlyMap<string, readonly Finding[]>;

/**
 * `guardsOf` gives the guards of the family, and with a configuration those that a project adds itself.
 *
 * What they say of each evasion stands in `golden/`. UPDATE_GOLDEN=1 writes it anew, and a person reads the difference.
 */
export function testCases(family: string, guardsOf: (config: Config) => readonly Guard[]): void {
  const file = fileURLToPath(new URL(`golden/${family}.txt`, import.meta.url));
  const isUpdate = process.env["UPDATE_GOLDEN"] === "1";
  const golden = readGolden(file);
  const now = new Map<string, string>();
  const cases = casesOf(family);
  test.each(cases.map((corpusCase) => [corpusCase.name, corpusCase] as const))("%s", async (_, corpusCase) => {
    const { name, finds, why } = corpusCase;
    const found = await findingsOf(corpusCase, guardsOf);
    const says = shown(found);
    now.set(name, says);
    const expected = isUpdate ? says : (golden.get(name) ?? "");
    expect({ why, finds: [...found.keys()], says }).toEqual({ why, finds, says: expected });
  });
  afterAll(() => {
    // Not all of them need have run.
    const all = cases.map(({ name }) => [name, now.get(name) ?? golden.get(name) ?? ""] as const);
    if (isUpdate) writeGolden(file, all);
  });
}

/** Of the guards that have any. */
async function findingsOf(corpusCase: CorpusCase, guardsOf: (config: Config) => readonly Guard[]): Promise<Findings> {
  const { finds } = corpusCase;
  const context = await changeOfCase(corpusCase);
  const guards = guardsOf(context.workspace.config).filter((guard) =>
    // Other guards may see an evasion as well; an honest change is seen by none that is on.
    finds.length > 0 ? finds.includes(guard.id) : isOn(guard, context),
  );
  const found = new Map<string, readonly Finding[]>();
  for (const guard of guards) {
    const findings = await overChange(guard).inspect(context);
    if (findings.length > 0) found.set(guard.id, findings);
  }
  return found;
}

function isOn({ id, optIn, heedsBaseOnly }: Guard, { workspace }: ChangeContext): boolean {
  const { checksOn, checksOff } = workspace.config;
  return (optIn === undefined || checksOn.includes(id)) && (heedsBaseOnly === true || !checksOff.includes(id));
}

function shown(found: Findings): string {
  const lines = [...found].flatMap(([id, findings]) =>
    findings.map(
      ({ path, line, message }) => `  ${id}: ${[path, line].filter((part) => part !== null).join(":")} ${message}`,
    ),
  );
  return lines.toSorted().join("\n");
}

/** By case: lines that are indented below its name. */
function readGolden(file: string): ReadonlyMap<string, string> {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return new Map(
    text
      .split(/\n(?=\S)/)
      .map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1).trimEnd()]),
  );
}

function writeGolden(file: string, all: readonly (readonly [name: string, says: string])[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const parts = all.filter(([, says]) => says !== "").map(([name, says]) => `${name}\n${says}\n`);
  writeFileSync(file, parts.toSorted().join(""));
}
