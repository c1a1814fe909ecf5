import type { ChangeCheck, ChangeContext, FilePair } from "../model/check.ts";
import type { Finding } from "../model/finding.ts";
import type { RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { isFunction } from "../source/functions.ts";
import { isAmongTests, isSourcePath, roleOf } from "../source/role.ts";
import { descendants, type Node } from "../source/walk.ts";
import { expectedAnswers, type ExpectedAnswer } from "./answers/expected-answers.ts";
import { specialCasesOf, wholeAnswers, type SpecialCase } from "./answers/special-cases.ts";
import { isTelling, keyOf, valueOf } from "./answers/values.ts";
import { handWritten } from "./change/hand-written.ts";
import { shortened } from "./change/shortened.ts";
import { moduleWorlds } from "./imports/module-world.ts";

/**
 * Flags a special case that was written for a test: the change makes the program answer one value in so many words, and a
 * test that was there before asks for that value and wants that answer.
 *
 * The test is green, and every other value gets the answer that was wrong.
 *
 * Left alone is a case that comes with its test, as those of a new feature do, one that the file spoke of before, and
 * values that stand in any program: small numbers, short words, yes and no.
 *
 * Not seen: an answer that is computed from the test's value, and one that is read from a file.
 */
export const hardCodedAnswer: ChangeCheck = {
  id: "hard-coded-answer",
  kind: "change",
  summary: "The program answers what a test asks, and only that",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    const users = await usersOfNewModules(context, pairs);
    const candidates = pairs.flatMap((pair) => tellingCases(pair, users.get(pair.change.path) ?? []));
    if (candidates.length === 0) return [];
    const before = new Set(pairs.flatMap(({ base }) => (base?.role === "source" ? writtenIn(base) : [])));
    return candidates.flatMap((each) => judged(withoutOld(each, before), context));
  },
};

/** Cases of a file, and the functions that may give them. */
interface Candidate {
  readonly file: SourceFile;
  readonly cases: readonly SpecialCase[];
  readonly names: ReadonlySet<string>;
}

/** `users`: what a new module is imported by. One that nothing from before imports comes with its tests. */
function tellingCases({ base, head }: FilePair, users: readonly SourceFile[]): readonly Candidate[] {
  if (!isSource(head) || (!base && users.length === 0)) return [];
  const special = specialCasesOf(head, users).filter(({ inputs }) => inputs.length > 1 || inputs.some(isTelling));
  const whole = base ? wholeAnswers(base, head).filter(({ output }) => isTelling(output)) : [];
  const cases = [...special, ...whole];
  const names = new Set([head, ...users].flatMap((file) => Array.from(namesIn(file))));
  return cases.length === 0 ? [] : [{ file: head, cases, names }];
}

function isSource(file: SourceFile | undefined): file is SourceFile {
  return file?.role === "source" && !isAmongTests(file.path);
}

/** By new module: the sources that were there before and that import it now. */
async function usersOfNewModules(
  context: ChangeContext,
  pairs: readonly FilePair[],
): Promise<ReadonlyMap<RepoPath, readonly SourceFile[]>> {
  const users = new Map<RepoPath, SourceFile[]>();
  for (const { base, head } of pairs) if (!base && isSource(head)) users.set(head.path, []);
  if (users.size === 0) return users;
  const { createResolver } = await import("../source/resolve.ts");
  const { head: world } = await moduleWorlds(context, createResolver(context.workspace));
  for (const { base, head } of pairs) {
    if (base?.role !== "source" || !head) continue;
    for (const statement of head.program.body) {
      if (statement.type !== "ImportDeclaration") continue;
      const { paths } = world.targetOf(head.path, statement.source.value, "import");
      for (const path of paths) users.get(world.fileAt(path) ?? path)?.push(head);
    }
  }
  return users;
}

/** Without the cases of which a changed file wrote all values before. */
function withoutOld(candidate: Candidate, before: ReadonlySet<string>): Candidate {
  const isOld = ({ inputs, output }: SpecialCase) => [...inputs, output].every((value) => before.has(value));
  return { ...candidate, cases: candidate.cases.filter((each) => !isOld(each)) };
}

function writtenIn({ program }: SourceFile): readonly string[] {
  return [...descendants(program)].flatMap((node) => valueOf(node) ?? keysOf(node));
}

/** A key is written as a word. */
function keysOf(node: Node): readonly string[] {
  const key = node.type === "Property" && !node.computed ? keyOf(node.key) : undefined;
  return key === undefined ? [] : [key];
}

/** Of functions and methods: the one that a test calls need not be the one that answers. */
function namesIn({ program }: SourceFile): ReadonlySet<string> {
  const names = [...descendants(program)].flatMap((node) => {
    if (node.type === "FunctionDeclaration") return node.id?.name ?? [];
    const [named, value] =
      node.type === "VariableDeclarator"
        ? [node.id, node.init]
        : node.type === "MethodDefinition" || node.type === "PropertyDefinition" || node.type === "Property"
          ? [node.key, node.value]
          : [];
    return isFunction(value) && named?.type === "Identifier" ? named.name : [];
  });
  return new Set(names);
}

function judged({ file, cases, names }: Candidate, context: ChangeContext): readonly Finding[] {
  if (cases.length === 0) return [];
  const words = [...names];
  const values = cases.flatMap(({ inputs, output }) => (inputs.length === 0 ? [output] : inputs).map(plainText));
  const mayAsk = (text: string) => [words, values].every((list) => list.some((each) => text.includes(each)));
  const answers = formerTests(context, mayAsk).flatMap((test) =>
    expectedAnswers(test, names).map((answer) => ({ test, answer })),
  );
  return cases.flatMap((special) => {
    const asked = answers.find(({ answer }) => isFor(special, answer));
    if (!asked) return [];
    const message = `answers ${shown(special)} in so many words, as ${asked.test.path} wants; make it right for other values too`;
    return [{ path: file.path, line: file.lineOf(special.node.start), message }];
  });
}

/** A part of a value that stands wherever it is written. */
function plainText(value: string): string {
  return /[\w.-]+/.exec(value)?.[0] ?? value;
}

function isFor({ inputs, output }: SpecialCase, { given, beside }: ExpectedAnswer): boolean {
  return inputs.every((input) => given.has(input)) && beside.has(output);
}

/** Files of tests as they were before the change. */
function formerTests(context: ChangeContext, mayAsk: (text: string) => boolean): readonly SourceFile[] {
  const { pairs, workspace } = context;
  const changed = new Set(pairs.map(({ change }) => change.path));
  const edited = pairs.flatMap(({ base }) => (base?.role === "test" && mayAsk(base.text) ? [base] : []));
  const others = workspace.tree.files.flatMap(({ path, symlink }) => {
    if (symlink || changed.has(path) || roleOf(path) !== "test" || !isSourcePath(path)) return [];
    return mayAsk(workspace.readText(path) ?? "") ? (context.parse(path) ?? []) : [];
  });
  return [...edited, ...others];
}

function shown({ inputs, output }: SpecialCase): string {
  return shortened(`${inputs.length === 0 ? "everything" : inputs.join(" and ")} with ${output}`, 60);
}
