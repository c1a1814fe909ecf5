// What git hooks no longer verify after a change.
import type { ChangeContext } from "../model/check.ts";
import { rootDir, type RepoPath } from "../model/paths.ts";
import type { Loosening } from "./approvals.ts";
import { installsHooks } from "./config-paths.ts";
import { hooksOf } from "./hook-amounts.ts";
import { isUpgraded, rangesOf, manifestSides, type ManifestSide, type ManifestSides } from "./manifest-sides.ts";
import { isCovered, lossesOf } from "./verification-losses.ts";
import { isSameAmount, joined, type Amount } from "./verifications.ts";
import { amountOfWorkflows } from "./workflow-amounts.ts";

/** `path`: the file of the change that they are laid to. */
export async function hookLoosenings(context: ChangeContext, path: RepoPath): Promise<readonly Loosening[]> {
  const sides = manifestSides(context);
  const [before, after] = [await hooksOf(context, sides.base, "base"), await hooksOf(context, sides.head, "head")];
  return [...(await lostHooks(context, sides, { before, after }, path)), ...notInstalled(sides, before, path)];
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

type Hooks = ReadonlyMap<string, Amount>;

async function lostHooks(
  context: ChangeContext,
  sides: ManifestSides,
  { before, after }: { before: Hooks; after: Hooks },
  path: RepoPath,
): Promise<readonly Loosening[]> {
  const isTakenOut =
    installers.some((name) => declares(sides.base, name)) && !installers.some((name) => declares(sides.head, name));
  if (isTakenOut) return [];
  const loosenings: Loosening[] = [];
  const changed = [...before].filter(([hook, base]) => !isSameAmount(base, after.get(hook) ?? joined([])));
  const ci = changed.length === 0 ? joined([]) : await amountOfWorkflows(context, sides.head, "head");
  for (const [hook, base] of changed) {
    const head = after.get(hook) ?? joined([]);
    const others = (hooks: Hooks): Amount =>
      joined([...hooks].filter(([name]) => name !== hook).map(([, amount]) => amount));
    const losses = lossesOf(base, head, {
      isBuild: false,
      isElsewhere: (kind, lost) =>
        ci.verifications.some(({ kinds }) => kinds.includes(kind)) ||
        ci.strangers.length > 0 ||
        isCovered(kind, lost, others(before), others(after)),
      isDeclared: (program) => declares(sides.head, program),
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
