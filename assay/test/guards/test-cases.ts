// The cases of one family, in this process, and only with the guards that they are about.
import { expect, test } from "vitest";
import { overChange, type Guard } from "../../src/checks/run-guards.ts";
import type { ChangeContext } from "../../src/model/check.ts";
import type { Config } from "../../src/model/config.ts";
import { casesOf, type CorpusCase } from "../corpus/case.ts";
import { changeOfCase } from "./change-of-case.ts";

/** `guardsOf` gives the guards of the family, and with a configuration those that a project adds itself. */
export function testCases(family: string, guardsOf: (config: Config) => readonly Guard[]): void {
  test.each(casesOf(family).map((corpusCase) => [corpusCase.name, corpusCase] as const))(
    "%s",
    async (_, corpusCase) => {
      const { finds, why } = corpusCase;
      expect({ why, found: await failing(corpusCase, guardsOf) }).toEqual({ why, found: finds });
    },
  );
}

async function failing(
  corpusCase: CorpusCase,
  guardsOf: (config: Config) => readonly Guard[],
): Promise<readonly string[]> {
  const { finds } = corpusCase;
  const context = await changeOfCase(corpusCase);
  const guards = guardsOf(context.workspace.config).filter((guard) =>
    // Other guards may see an evasion as well; an honest change is seen by none that is on.
    finds.length > 0 ? finds.includes(guard.id) : isOn(guard, context),
  );
  const findings = await Promise.all(guards.map((guard) => overChange(guard).inspect(context)));
  return guards.filter((_, index) => findings[index]?.length !== 0).map(({ id }) => id);
}

function isOn({ id, optIn, heedsBaseOnly }: Guard, { workspace }: ChangeContext): boolean {
  const { checksOn, checksOff } = workspace.config;
  return (optIn === undefined || checksOn.includes(id)) && (heedsBaseOnly === true || !checksOff.includes(id));
}
