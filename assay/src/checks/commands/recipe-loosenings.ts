// What recipes of make, just, Task, Deno and images no longer verify after a change.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { declaresProgram, isUpgraded, manifestSides, type ManifestSide, type ManifestSides } from "./manifest-sides.ts";
import { folderOf, isImage, isRecipePath, recipesIn, runnerOf, type Recipes } from "./recipe-files.ts";
import { isCovered, lossesOf, type Surroundings } from "./verification-losses.ts";
import { amountOfLine, joined, noVerification, type Amount, type Verification } from "./verifications.ts";
import { amountOfWorkflows } from "./workflow-amounts.ts";

export async function recipeLoosenings(context: ChangeContext): Promise<readonly Loosening[]> {
  const sides = manifestSides(context);
  const found = await Promise.all(
    context.pairs
      .filter(({ change, headText }) => isRecipePath(change.path) && headText !== undefined)
      .map((pair) => looseningsIn(context, sides, pair)),
  );
  return found.flat();
}

type Amounts = ReadonlyMap<string, Amount>;

async function looseningsIn(
  context: ChangeContext,
  sides: ManifestSides,
  pair: FilePair,
): Promise<readonly Loosening[]> {
  const { path } = pair.change;
  const recipes = {
    base: await recipesIn(path, pair.baseText ?? ""),
    head: await recipesIn(path, pair.headText ?? ""),
  };
  const before = amountsOf(recipes.base, sides.base, pair);
  const after = amountsOf(recipes.head, sides.head, pair);
  const ci = isImage(path) ? await amountOfWorkflows(context, sides.head, "head") : joined([]);
  const loosenings = new Map<string, Loosening>();
  for (const name of editedFirst(recipes.base, recipes.head)) {
    const [base, head] = [before.get(name) ?? joined([]), after.get(name)];
    const others = { base: without(before, name), head: without(after, name) };
    const surroundings = surroundingsOf(sides, others, ci, head === undefined);
    for (const { key, says } of lossesOf(base, head ?? joined([]), surroundings)) {
      if (loosenings.has(key)) continue;
      const run = isImage(path) ? path : `${runnerOf(path)} ${name}`;
      const message = `\`${run}\` ${says}; put it back and mend what it finds`;
      loosenings.set(key, { path, line: lineOf(pair.headText ?? "", name), what: `${path} ${name} ${key}`, message });
    }
  }
  return [...loosenings.values()];
}

/** A recipe that needs another one shows that one's loss as well: it is told where it was made. */
function editedFirst(base: Recipes, head: Recipes): readonly string[] {
  const isEdited = (name: string): boolean => JSON.stringify(base.get(name)) !== JSON.stringify(head.get(name));
  return [...base.keys()].toSorted((a, b) => Number(isEdited(b)) - Number(isEdited(a)));
}

function amountsOf(recipes: Recipes, side: ManifestSide, { change }: FilePair): Amounts {
  const place = { side, dir: folderOf(change.path), stopsAtFailure: true };
  const amountOf = (name: string, seen: readonly string[]): Amount => {
    const recipe = recipes.get(name);
    if (recipe === undefined || seen.includes(name)) return joined([]);
    return joined([...recipe.needs.map((need) => amountOf(need, [...seen, name])), amountOfLine(recipe.lines, place)]);
  };
  return new Map([...recipes.keys()].map((name) => [name, amountOf(name, [])]));
}

function without(amounts: Amounts, name: string): Amount {
  return joined([...amounts].filter(([other]) => other !== name).map(([, amount]) => amount));
}

/** Another recipe has to have gained it; one that is gone may have been another name for it. */
function surroundingsOf(
  sides: ManifestSides,
  others: { readonly base: Amount; readonly head: Amount },
  ci: Amount,
  isGone: boolean,
): Surroundings {
  return {
    isBuild: false,
    isElsewhere: (kind, lost) =>
      (isGone && lost.every((each) => isAmong(others.head, each))) ||
      lost.every((each) => isAmong(ci, each)) ||
      isCovered(kind, [noVerification], others.base, others.head),
    isDeclared: (program) => declaresProgram(sides.head, program) || sides.head.folders.length === 0,
    isUpgraded: (program) => isUpgraded(sides, program),
  };
}

function isAmong({ verifications }: Amount, { program }: Verification): boolean {
  return verifications.some((each) => each.program === program);
}

function lineOf(text: string, name: string): number | null {
  const index = text.split("\n").findIndex((line) => {
    const start = line.trimStart().replace(/^["@]/, "");
    return start.startsWith(name) && !/^[\w.-]/.test(start.slice(name.length));
  });
  return index < 0 ? null : index + 1;
}
