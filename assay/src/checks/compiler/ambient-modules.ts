// Modules that are declared without a body: whatever is imported from them is `any`.
import type { ChangeContext } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { declaredDependencies } from "../../model/workspace.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { mayDeclareModule } from "../configuration/config-paths.ts";
import { isFixture } from "../change/hand-written.ts";

/** New ones for names that files were typed by before: a pattern for whole packages, or a package that TypeScript imports. */
export function ambientModules(context: ChangeContext): readonly Loosening[] {
  const { pairs } = context;
  const known = new Set(
    pairs
      .flatMap(({ base, baseText }) => (base && mayDeclareModule(baseText) ? bodiless(base) : []))
      .map(({ name }) => name),
  );
  return pairs.flatMap(({ change: { path }, head, headText }) => {
    if (isFixture(path) || !mayDeclareModule(headText) || head === undefined) return [];
    const fresh = bodiless(head).filter(({ name }) => !known.has(name) && (isWide(name) || wasTyped(context, name)));
    return fresh.map(({ name, start }) => ({
      path,
      line: head.lineOf(start),
      what: `${path} module ${name}`,
      message: `declares the module "${name}" without a body, so all that is imported from it is \`any\`; use its types`,
    }));
  });
}

function bodiless({ program }: SourceFile): readonly { readonly name: string; readonly start: number }[] {
  return program.body.flatMap((statement) =>
    statement.type === "TSModuleDeclaration" && statement.id.type === "Literal" && !statement.body
      ? [{ name: statement.id.value, start: statement.start }]
      : [],
  );
}

/** A pattern for files of one ending is how bundlers' modules are declared. */
function isWide(name: string): boolean {
  return name.includes("*") && !/\*\.[\w-]+(?:\.[\w-]+)*$|\?[\w*]+$/.test(name);
}

/** Was it declared as a dependency, and imported where the compiler looks, before? */
function wasTyped({ pairs, workspace }: ChangeContext, name: string): boolean {
  const [pkg = ""] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? [];
  const isDeclared = workspace.packages.some(({ manifest }) => declaredDependencies(manifest).has(pkg));
  if (!isDeclared) return false;
  const isImport = (text: string | undefined): boolean =>
    text?.includes(`from "${name}"`) === true || text?.includes(`from '${name}'`) === true;
  const changed = new Set(pairs.map(({ change }) => change.path));
  return (
    pairs.some(({ change, baseText }) => isTypeScript(change.previousPath ?? change.path) && isImport(baseText)) ||
    workspace.tree.files.some(
      ({ path }) => isTypeScript(path) && !changed.has(path) && isImport(workspace.readText(path)),
    )
  );
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path) && !path.endsWith(".d.ts");
}
