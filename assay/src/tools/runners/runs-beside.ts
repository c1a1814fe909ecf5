// Test runs that stand beside the `test` script: nobody has said that they pass on every machine.
import type { Package, Workspace } from "../../model/workspace.ts";
import { startedUse, testScript, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { isRunner } from "../scripts/known-programs.ts";
import { readScript } from "../scripts/read-scripts.ts";

/** Runners of browsers, beside those that are known. */
const browserRunners = new Set(["playwright", "cypress"]);

/**
 * The scripts of a package that run tests which its test script does not, as they are written: `"test:integration":
 * "vitest run -c vitest.integration.config.ts"`. Empty where there is no test script: then nothing is beside it.
 */
export function runsBeside(pkg: Package): readonly string[] {
  const names = new Set(callsBeside(pkg).map(({ script }) => script));
  return Object.entries(pkg.manifest.scripts)
    .filter(([name]) => names.has(name))
    .map(([name, text]) => `"${name}": "${text}"`);
}

/** Those of one runner, as far as they can be read without a shell. */
export function usesBeside(workspace: Workspace, signs: RunnerSigns): readonly RunnerUse[] {
  return workspace.packages.flatMap((pkg) =>
    callsBeside(pkg)
      .filter((call) => signs.startedBy(call) && !call.dynamic)
      .flatMap((call) => startedUse(workspace, pkg, call)),
  );
}

function callsBeside({ manifest }: Package): readonly Invocation[] {
  const own = testScript(manifest);
  const reading = own === undefined ? undefined : readScript(manifest, own);
  if (own === undefined || reading === undefined) return [];
  const runs = reading.invocations;
  // What only a shell can read may run what it names.
  const named = reading.plain ? new Set() : wordsOf(manifest.scripts[own] ?? "");
  return Object.keys(manifest.scripts)
    .filter((name) => name !== own && !named.has(name))
    .flatMap((name) => {
      const calls = readScript(manifest, name)?.invocations.filter(isTestRun) ?? [];
      return calls.filter((call) => call.script === name && !runs.some((run) => covers(run, call)));
    });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/[^\w:.-]+/u));
}

/** Subcommands of runners that run no test. */
const withoutTests = new Set(["bench", "list", "init", "typecheck"]);

function isTestRun(call: Invocation): boolean {
  if (browserRunners.has(call.program)) return ["test", "run"].includes(call.args[0] ?? "");
  return isRunner(call) && !withoutTests.has(call.args[0] ?? "");
}

const subcommands = new Set(["run", "watch", "dev", "related"]);
const choosing = new Set(["--config", "--root", "--rootDir", "--dir", "--roots", "--projects", "--workspace"]);
/** They take a part of what the configuration lists. */
const narrowing = new Set(["--project", "--selectProjects"]);

const longNames: ReadonlyMap<string, string> = new Map([
  ["-c", "--config"],
  ["-r", "--root"],
]);

/** Does the run come to all that the other one does? One that is told where to look comes to no more than that. */
function covers(run: Invocation, other: Invocation): boolean {
  const [own, theirs] = [choiceOf(run), choiceOf(other)];
  const isSame = run.program === other.program && run.cd === other.cd && own.place === theirs.place;
  return isSame && (own.paths.length === 0 || own.paths.join(" ") === theirs.paths.join(" "));
}

/** What chooses among tests. */
function choiceOf({ args }: Invocation): { readonly place: string; readonly paths: readonly string[] } {
  const place: string[] = [];
  const paths: string[] = [];
  for (const [index, word] of args.entries()) {
    const [, written = word, value = args[index + 1] ?? ""] = /^(--?[\w-]+)=(.*)$/.exec(word) ?? [];
    const flag = longNames.get(written) ?? written;
    if (choosing.has(flag)) place.push(`${flag} ${value}`);
    else if (narrowing.has(flag)) paths.push(`${flag} ${value}`);
    else if (!word.startsWith("-") && !mayTakeValue(args[index - 1]) && !subcommands.has(word)) paths.push(word);
  }
  return { place: place.toSorted().join(" "), paths };
}

/** Is what stands behind it perhaps its value, and no path? */
function mayTakeValue(word = ""): boolean {
  return word.startsWith("-") && !word.includes("=") && word !== "--test";
}
