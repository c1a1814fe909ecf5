// What package scripts no longer verify after a change.
import type { ChangeContext } from "../../model/check.ts";
import { dirOf, isWithin, nameOf, rootDir, type RepoPath } from "../../model/paths.ts";
import { isSourcePath, roleOf } from "../../source/role.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { lostFiles } from "./file-reach.ts";
import { declaresProgram, isUpgraded, manifestSides, type ManifestSide, type ManifestSides } from "./manifest-sides.ts";
import { laxerProject, otherConfigs, withoutMissingConfig } from "./other-config.ts";
import { commandOf, isCovered, lossesOf, type Surroundings } from "./verification-losses.ts";
import {
  amountOfScript,
  isSameAmount,
  joined,
  noVerification,
  type Amount,
  type Verification,
} from "./verifications.ts";
import { amountOfWorkflows } from "./workflow-amounts.ts";

export async function scriptLoosenings(context: ChangeContext): Promise<readonly Loosening[]> {
  const sides = manifestSides(context);
  const loosenings: Loosening[] = [];
  let known: Promise<Ends> | undefined;
  const ci = (): Promise<Ends> => (known ??= ciOf(context, sides));
  for (const manifest of changedManifests(context))
    loosenings.push(...(await looseningsIn(context, sides, ci, manifest)));
  return loosenings;
}

interface ManifestChange {
  readonly path: RepoPath;
  readonly baseDir: RepoPath;
  readonly text: string;
}

/** Manifests whose scripts changed; all that are there where a shell script did. */
function changedManifests(context: ChangeContext): readonly ManifestChange[] {
  const { pairs, workspace } = context;
  if (pairs.some(({ change: { path }, baseText }) => path.endsWith(".sh") && baseText !== undefined)) {
    return workspace.packages.flatMap(({ dir }) => {
      const at = manifestPath(context, dir);
      return at === undefined ? [] : [{ path: at, baseDir: dir, text: workspace.readText(at) ?? "" }];
    });
  }
  return pairs.flatMap(({ change: { path, previousPath }, baseText, headText }): readonly ManifestChange[] => {
    if (nameOf(path) !== "package.json" || baseText === undefined || headText === undefined) return [];
    return [{ path, baseDir: dirOf(previousPath ?? path), text: headText }];
  });
}

function manifestPath({ workspace }: ChangeContext, dir: RepoPath): RepoPath | undefined {
  return workspace.tree.files.find(({ path }) => nameOf(path) === "package.json" && dirOf(path) === dir)?.path;
}

async function looseningsIn(
  context: ChangeContext,
  sides: ManifestSides,
  ci: () => Promise<Ends>,
  change: ManifestChange,
): Promise<readonly Loosening[]> {
  const { path, baseDir, text } = change;
  const dir = dirOf(path);
  const before = sides.base.scriptsIn(baseDir) ?? {};
  const after = sides.head.scriptsIn(dir) ?? {};
  // A script that calls another one shows that one's loss as well: it is told where it was made.
  const names = Object.keys(before).toSorted((a, b) => Number(before[a] === after[a]) - Number(before[b] === after[b]));
  const loosenings = new Map<string, Loosening>();
  if (isAbandoned(context, dir)) return [];
  for (const name of names) {
    const base = withoutMissingConfig(amountOfScript(sides.base, baseDir, name), (at) => sides.base.read(at));
    const head = amountOfScript(sides.head, dir, name);
    const isGone = !(name in after);
    if (base.verifications.length === 0 || isSameAmount(base, head) || (isGone && isForPeople(name))) continue;
    const others = { base: elsewhereThan(sides.base, baseDir, name), head: elsewhereThan(sides.head, dir, name) };
    const surroundings = surroundingsOf(sides, others, await ci(), { name, isGone });
    const losses = lossesOf(base, head, surroundings);
    const paths = context.workspace.tree.files.map((file) => file.path);
    const unseen = isGone
      ? []
      : [
          ...(await lostFiles(context, base, head, others.head)),
          ...otherConfigs(base, head, paths),
          ...laxerProject(base, head, (at) => sides.head.read(at)),
        ];
    for (const { key, says } of [...losses, ...unseen]) {
      if (before[name] === after[name] && loosenings.has(key)) continue;
      const told = isGone ? `is gone, and nothing ${says.replace(/^no longer /, "")} in its place` : says;
      const message = `script "${name}" ${told}; put it back and mend what it finds`;
      loosenings.set(`${loosenings.has(key) ? name : ""}${key}`, {
        path,
        line: lineOf(text, name),
        what: `${path} ${name} ${key}`,
        message,
      });
    }
  }
  return [...loosenings.values()];
}

/** The last source of the package is gone. */
function isAbandoned({ pairs, workspace }: ChangeContext, dir: RepoPath): boolean {
  const isEmptied = pairs.some(
    ({ change }) => change.kind === "deleted" && isWithin(dir, change.path) && isSourcePath(change.path),
  );
  if (!isEmptied) return false;
  return !workspace.tree.files.some(
    ({ path }) => isWithin(dir, path) && isSourcePath(path) && ["source", "test"].includes(roleOf(path)),
  );
}

/** Scripts that a person runs while working: what they judge is judged under another name as well. */
function isForPeople(name: string): boolean {
  return /(?:^|[:.-])(?:watch|dev|ui|fix|update|debug|start|u|w|snapshots?)$/.test(name);
}

function elsewhereThan(side: ManifestSide, dir: RepoPath, name: string): Amount {
  const own = Object.keys(side.scriptsIn(dir) ?? {}).filter((each) => each !== name);
  const amounts = own.map((each) => amountOfScript(side, dir, each));
  const root = dir === "" ? [] : Object.keys(side.scriptsIn(rootDir) ?? {});
  return joined([...amounts, ...root.map((each) => amountOfScript(side, rootDir, each))]);
}

/** The same amounts before and after the change. */
interface Ends {
  readonly base: Amount;
  readonly head: Amount;
}

async function ciOf(context: ChangeContext, sides: ManifestSides): Promise<Ends> {
  const [base, head] = await Promise.all([
    amountOfWorkflows(context, sides.base, "base"),
    amountOfWorkflows(context, sides.head, "head"),
  ]);
  return { base, head };
}

/** Where CI runs it, CI decides. Elsewhere a script has to have gained it; one that is gone may have been another name for it. */
function surroundingsOf(sides: ManifestSides, others: Ends, ci: Ends, script: ScriptState): Surroundings {
  const newInCi = ci.head.strangers.some((stranger) => !ci.base.strangers.includes(stranger));
  const inCi = new Set(ci.base.verifications.map(commandOf));
  const stillInCi = new Set(ci.head.verifications.map(commandOf));
  return {
    isBuild: !script.isGone && /build|bundle|compile/.test(script.name),
    isElsewhere: (kind, lost) => {
      const lostInCi = lost.filter((each) => inCi.has(commandOf(each)));
      if (newInCi) return true;
      if (lostInCi.length > 0) return isCovered(kind, lostInCi, ci.base, ci.head);
      if (lost.every((each) => stillInCi.has(commandOf(each)))) return true;
      return (
        (script.isGone && lost.every((each) => hasProgram(others.head, each))) ||
        isCovered(kind, [noVerification], others.base, others.head)
      );
    },
    isDeclared: (program) => declaresProgram(sides.head, program),
    isUpgraded: (program) => isUpgraded(sides, program),
  };
}

interface ScriptState {
  readonly name: string;
  readonly isGone: boolean;
}

/** Runs the same program for the same end? A compiler that writes files checks fewer of them. */
function hasProgram({ verifications }: Amount, { program, kinds }: Verification): boolean {
  return verifications.some(
    (each) => each.program === program && each.kinds.includes("build") === kinds.includes("build"),
  );
}

function lineOf(text: string, script: string): number | null {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.includes('"scripts"'));
  const index = lines.findIndex((line, at) => at >= start && line.trimStart().startsWith(`${JSON.stringify(script)}:`));
  return index >= 0 ? index + 1 : start >= 0 ? start + 1 : null;
}
