// What git hooks no longer verify after a change.
import type { ChangeContext } from "../../model/check.ts";
import { rootDir, type RepoPath } from "../../model/paths.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { installsHooks } from "../configuration/config-paths.ts";
import { newBypasses } from "./bypassed-hooks.ts";
import { hookText, hooksOf, type Hook } from "./hook-amounts.ts";
import {
  declaresProgram,
  isUpgraded,
  rangesOf,
  manifestSides,
  type ManifestSide,
  type ManifestSides,
} from "./manifest-sides.ts";
import { isCovered, lossesOf } from "./verification-losses.ts";
import { amountOfLine, isSameAmount, joined, type Amount, type Verification } from "./verifications.ts";
import { amountOfWorkflows } from "./workflow-amounts.ts";

/** `path`: the file of the change that they are laid to. */
export async function hookLoosenings(context: ChangeContext, path: RepoPath): Promise<readonly Loosening[]> {
  const sides = manifestSides(context);
  const [before, after] = [await hooksOf(context, sides.base, "base"), await hooksOf(context, sides.head, "head")];
  return [
    ...(await lostHooks(context, sides, { before, after }, path)),
    ...notInstalled(sides, before, path),
    ...(await bypassed(context, sides, before)),
  ];
}

/** Where there are hooks to go past. What CI verifies as well may be left to it. */
async function bypassed(context: ChangeContext, sides: ManifestSides, before: Hooks): Promise<readonly Loosening[]> {
  const found = before.size === 0 || isTakenOut(sides) ? [] : newBypasses(context);
  if (found.length === 0) return [];
  const all = joined([...before.values()].map(({ amount }) => amount));
  const isLeft = isRunBy(await amountOfWorkflows(context, sides.head, "head"), all.verifications);
  const isInstalled = installed(sides.base).length > 0;
  return found
    .filter(({ keepsOut }) => !keepsOut || (isInstalled && !isLeft))
    .map(({ path, line, says }) => ({
      path,
      line,
      what: `${path} ${says.replaceAll("`", "")}`,
      message: `${says}; let them run, and mend what they find`,
    }));
}

function isTakenOut(sides: ManifestSides): boolean {
  return (
    installers.some((name) => declares(sides.base, name)) && !installers.some((name) => declares(sides.head, name))
  );
}

const installers = [
  "husky",
  "lefthook",
  "simple-git-hooks",
  "yorkie",
  "@evilmartians/lefthook",
  "pre-commit",
  "lint-staged",
  "nano-staged",
];

type Hooks = ReadonlyMap<string, Hook>;

async function lostHooks(
  context: ChangeContext,
  sides: ManifestSides,
  { before, after }: { before: Hooks; after: Hooks },
  path: RepoPath,
): Promise<readonly Loosening[]> {
  if (isTakenOut(sides)) return [];
  const loosenings: Loosening[] = [];
  const changed = [...before].filter(([hook, { amount }]) => !isSameAmount(amount, amountOf(after, hook)));
  if (changed.length === 0) return [];
  const ci = await amountOfWorkflows(context, sides.head, "head");
  const text = hookText(context, sides.head);
  for (const [hook, base] of changed) {
    const others = (hooks: Hooks): Amount =>
      joined([...hooks].filter(([name]) => name !== hook).map(([, { amount }]) => amount));
    const losses = lossesOf(base.amount, amountOf(after, hook), {
      isBuild: false,
      isElsewhere: (kind, lost) =>
        (!isEmptied(after.get(hook)) &&
          !isLeftIn(text, base, lost, sides.base) &&
          (isRunBy(ci, lost) || ci.strangers.length > 0)) ||
        isCovered(kind, lost, others(before), others(after)),
      isDeclared: (program) => declaresProgram(sides.head, program),
      isUpgraded: (program) => isUpgraded(sides, program),
    });
    for (const { key, says } of losses) {
      loosenings.push({
        path,
        line: null,
        what: `${hook} ${key}`,
        message: `hook "${hook}" ${says}; put it back and mend what it finds`,
      });
    }
  }
  return loosenings;
}

function amountOf(hooks: Hooks, name: string): Amount {
  return hooks.get(name)?.amount ?? joined([]);
}

function isRunBy({ verifications }: Amount, lost: readonly Verification[]): boolean {
  return lost.every(({ program }) => verifications.some((each) => each.program === program));
}

/** A hook that does nothing, or is not there any more, leaves nothing in its place. */
function isEmptied(hook: Hook | undefined): boolean {
  return hook === undefined || (hook.amount.verifications.length === 0 && hook.amount.strangers.length === 0);
}

/** Is what ran still written there, as a comment or behind an exit? Then it was not left to CI. */
function isLeftIn(text: string, { lines }: Hook, lost: readonly Verification[], side: ManifestSide): boolean {
  const place = { side, dir: rootDir, stopsAtFailure: true };
  return lines.some((line) => {
    if (!text.includes(line.trim())) return false;
    const { verifications } = amountOfLine(line, place);
    return verifications.some(({ program }) => lost.some((each) => each.program === program));
  });
}

function declares(side: ManifestSide, name: string): boolean {
  return rangesOf(side, name).length > 0;
}

/** Hooks are there, and the script that puts them in place is not. */
function notInstalled(sides: ManifestSides, before: Hooks, path: RepoPath): readonly Loosening[] {
  const [script] = installed(sides.base);
  const isLeft = installed(sides.head).length > 0 || !installers.some((name) => declares(sides.head, name));
  if (script === undefined || isLeft || before.size === 0) return [];
  return [
    {
      path,
      line: null,
      what: `${script} hooks`,
      message: `script "${script}" no longer installs the git hooks; put it back`,
    },
  ];
}

function installed(side: ManifestSide): readonly string[] {
  const scripts = Object.entries(side.scriptsIn(rootDir) ?? {});
  return scripts
    .filter(([name, line]) => /^(?:prepare|postinstall|install)$/.test(name) && installsHooks(line))
    .map(([name]) => name);
}
