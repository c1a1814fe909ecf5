import type { ChangeCheck, FilePair } from "../model/check.ts";
import { notApproved } from "./configuration/approvals.ts";
import { mayConfigureBuild, mayConfigureCompiler, mayDeclareModule } from "./configuration/config-paths.ts";

/**
 * Flags a compiler configuration that sees less than it did at the base: a strict option off, files out of the program,
 * a project out of the references, a package's types replaced by a file of the repository or by nothing, a build
 * of Next.js that ignores errors of types.
 *
 * An error that the compiler no longer looks for is an error nobody is told of. What counts is what the files amount to
 * with everything they extend, so that one may write the same in another way.
 *
 * Not seen: options that decide what code means (`target`, `lib`, `types`), presets of packages beyond their names, and
 * flags on a command line.
 */
export const loosenedCompiler: ChangeCheck = {
  id: "loosened-compiler",
  kind: "change",
  summary: "The TypeScript compiler is configured to see less",
  in: ["loop", "gate"],

  async inspect(context) {
    if (!context.pairs.some(mayConcernCompiler)) return [];
    const { compilerLoosenings } = await import("./compiler/compiler-loosenings.ts");
    return notApproved(context, "loosened-compiler", await compilerLoosenings(context));
  },
};

function mayConcernCompiler(pair: FilePair): boolean {
  return mayConfigureCompiler(pair) || mayDeclareModule(pair.headText) || mayConfigureBuild(pair.change.path);
}
