import type { ChangeCheck, Sighting } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";
import type { SourceFile } from "../model/source-file.ts";
import { anyPlaces, mayEscape } from "./type-escapes/any-places.ts";
import { givenUpSchemas } from "./type-escapes/given-up-schemas.ts";
import { givenUpTypes } from "./type-escapes/given-up-types.ts";
import { servesTests } from "./type-escapes/serves-tests.ts";
import { handWritten } from "./change/hand-written.ts";
import { aliasFinder, type AliasFinder } from "./type-escapes/imported-aliases.ts";
import { newFindings } from "./change/new-findings.ts";

/** A file that had this many has its own opinion of `any`, in which one more is no news. */
const habit = 4;

/**
 * Flags types that are given up: `any` in annotations, return types, type arguments and index signatures, its aliases,
 * `Function`, and the same in JSDoc of JavaScript that is type-checked; annotations that became `object` or `{}`, and schemas
 * (of zod, valibot, typebox, joi) that said what a value has to be and take anything.
 *
 * What is `any` is not checked, and neither is what it touches: the type checker stays green whatever the code does.
 *
 * A bound (`T extends (...args: any[]) => any`), the arguments of a function that is only handed on, and the
 * implementation below overloads are no escapes.
 *
 * Not seen: `any` that is inferred (`JSON.parse`) or comes from another package's types, one more in a file that had four
 * at the base, and in JSDoc a `Function` that is called by another name only.
 */
export const anyType: ChangeCheck = {
  id: "any-type",
  kind: "change",
  summary: "A type is given up for `any`",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = await handWritten(context);
    const aliasesFor = aliasFinder(context);
    // What configures the checking of JavaScript is read for changes of JavaScript only.
    const jsdoc = pairs.some(({ change }) => isScript(change))
      ? await import("./type-escapes/jsdoc-any.ts")
      : undefined;
    const inspect = (file: SourceFile): Iterable<Sighting> => {
      if ((file.role !== "source" && file.role !== "declaration") || servesTests(file)) return [];
      return isScript(file) ? (jsdoc?.jsdocPlaces(file, context.workspace) ?? []) : escapesIn(file, aliasesFor(file));
    };
    const findings = newFindings(pairs, inspect);
    const habitual = new Set<string>();
    for (const { change, base } of pairs) {
      if (findings.some(({ path }) => path === change.path) && base && [...inspect(base)].length >= habit)
        habitual.add(change.path);
    }
    return [
      ...findings.filter(({ path }) => path === null || !habitual.has(path)),
      ...pairs.flatMap(givenUpTypes),
      ...pairs.flatMap(givenUpSchemas),
    ];
  },
};

function isScript({ path }: { readonly path: RepoPath }): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

function escapesIn(file: SourceFile, imported: ReturnType<AliasFinder>): Iterable<Sighting> {
  return imported.size > 0 || mayEscape.test(file.text) ? anyPlaces(file, imported) : [];
}
