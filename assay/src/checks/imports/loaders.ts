// Which calls load, find or run something by its name, whatever the function is called in the file.
import {
  givesModule,
  importName,
  loadOf,
  memberName,
  moduleName,
  resultName,
  type Load,
} from "../../source/loading-calls.ts";
import { passedOn } from "../../source/passed-on.ts";
import type { Node } from "../../source/walk.ts";
import { onceForEachName, type Meaning } from "./name-meanings.ts";
import type { PossibleTexts } from "./possible-texts.ts";

/** Says what a call of a function does with its arguments; undefined where it loads nothing. */
export function createLoads(texts: PossibleTexts): (callee: Node) => Load | undefined {
  const ground: Ground = { texts, once: onceForEachName() };
  return (callee) => loadBy(callee, ground);
}

interface Ground {
  readonly texts: PossibleTexts;
  readonly once: ReturnType<typeof onceForEachName<string>>;
}

function loadBy(callee: Node, ground: Ground): Load | undefined {
  for (const name of fullNames(callee, ground)) {
    const load = loadOf(name);
    if (load !== undefined) return load;
  }
  return undefined;
}

/**
 * The names of a function, back to a global or a module: `fork` of `import { fork as go } from "node:child_process"` is
 * `child_process.fork`, and what `createRequire(…)` gave is `module.createRequire()`.
 */
function fullNames(node: Node, ground: Ground): readonly string[] {
  const { texts } = ground;
  const below = (next: Node): readonly string[] => fullNames(next, ground);
  const passed = passedOn(node);
  if (passed) return passed.flatMap(below);
  if (node.type === "Identifier") return ofIdentifier(node.name, ground);
  if (node.type === "MetaProperty") return [`${node.meta.name}.${node.property.name}`];
  if (node.type === "ImportExpression") return texts.textsOf(node.source).map(moduleName);
  if (node.type === "MemberExpression") {
    const literal = !node.computed && node.property.type === "Identifier" ? [node.property.name] : undefined;
    const properties = literal ?? texts.textsOf(node.property);
    return below(node.object).flatMap((object) => properties.map((property) => memberName(object, property)));
  }
  if (node.type !== "CallExpression") return [];
  return below(node.callee).flatMap((name) => {
    const loaded = givesModule(name) ? node.arguments[0] : undefined;
    return loaded ? texts.textsOf(loaded).map(moduleName) : [resultName(name)];
  });
}

function ofIdentifier(name: string, ground: Ground): readonly string[] {
  const meanings = ground.texts.names.meaningsOf(name);
  if (meanings.length === 0) return [name];
  const names = (meaning: Meaning): readonly string[] => {
    if (meaning.kind === "imported") return [importName(meaning.from, meaning.name)];
    if (meaning.kind === "value") return fullNames(meaning.node, ground);
    if (meaning.kind === "item") return [];
    return fullNames(meaning.of, ground).map((object) => memberName(object, meaning.name));
  };
  return ground.once(name, () => [...new Set(meanings.flatMap(names))]);
}
