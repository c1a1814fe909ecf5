// Schemas that said what a value has to be, and take anything now.
import type { FilePair } from "../../model/check.ts";
import type { Finding } from "../../model/finding.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { descendants, walk, type Node } from "../../source/walk.ts";

/** Of schemas that keep their name: a part is `any`, and there is less than before of what is no `any`. */
export function givenUpSchemas({ base, head }: FilePair): readonly Finding[] {
  if (base?.role !== "source" || head?.role !== "source" || !takesAnything.test(head.text)) return [];
  const before = schemasIn(base);
  return [...schemasIn(head)].flatMap(([name, now]): readonly Finding[] => {
    const was = before.get(name);
    if (was === undefined || now.open === undefined || was.opens >= now.opens || was.closed <= now.closed) return [];
    const message = `the schema \`${name}\` takes anything where it said what has to be there; say it, and mend what does not fit`;
    return [{ path: head.path, line: head.lineOf(now.open.start), message }];
  });
}

const takesAnything = /\.[aA]ny\(/;
const libraries = /^(?:zod(?:\/.*)?|valibot|joi|@hapi\/joi|@sinclair\/typebox|typebox)$/;

interface Schema {
  readonly opens: number;
  /** Everything else that the library is asked for. */
  readonly closed: number;
  readonly open: Node | undefined;
}

/** By the names of the constants that they are given to. */
function schemasIn(file: SourceFile): ReadonlyMap<string, Schema> {
  const roots = new Set(
    file.program.body.flatMap((statement) =>
      statement.type === "ImportDeclaration" && libraries.test(statement.source.value)
        ? statement.specifiers.map(({ local }) => local.name)
        : [],
    ),
  );
  const found = new Map<string, Schema>();
  if (roots.size === 0) return found;
  walk(file.program, {
    enter(node) {
      if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier" || node.init === null) return;
      const names = [...descendants(node.init)].flatMap((inner) => {
        const name = askedOf(inner, roots);
        return name === undefined ? [] : [{ name, inner }];
      });
      const opens = names.filter(({ name }) => /^any$/i.test(name));
      found.set(node.id.name, { opens: opens.length, closed: names.length - opens.length, open: opens[0]?.inner });
    },
  });
  return found;
}

/** `string` of `z.string()`. */
function askedOf(node: Node, roots: ReadonlySet<string>): string | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const { object, property } = node.callee;
  return object.type === "Identifier" && roots.has(object.name) && property.type === "Identifier"
    ? property.name
    : undefined;
}
