// Lets modules that are evaluated anew define their custom elements anew: a page has each name once and for all.

interface Registry {
  define(name: string, ...rest: readonly unknown[]): unknown;
  get(name: string): unknown;
}

/** By registry: the names that runs before this one have given away. */
const takenIn = new WeakMap<object, Set<string>>();

/** What is defined so far stays until it is defined again. What one run defines twice is as wrong as ever. */
export function freeElementNames(): void {
  const scope: unknown = globalThis;
  const { customElements: registry } = scope as { readonly customElements?: Registry };
  if (registry === undefined) return;
  const taken = takenIn.get(registry) ?? releasing(registry);
  for (const name of namesIn(registry)) taken.add(name);
}

function releasing(registry: Registry): Set<string> {
  const taken = new Set<string>();
  const define = registry.define.bind(registry);
  registry.define = (name, ...rest) => {
    if (taken.delete(name)) forget(registry, name);
    return define(name, ...rest);
  };
  takenIn.set(registry, taken);
  return taken;
}

function namesIn(registry: Registry): readonly string[] {
  const names = [...mapsOf(registry).flatMap((map) => Array.from(map.keys())), ...listsOf(registry).flat().map(nameOf)];
  return names.filter((name) => typeof name === "string").filter((name) => registry.get(name) !== undefined);
}

function forget(registry: Registry, name: string): void {
  const known = registry.get(name);
  for (const map of mapsOf(registry)) for (const key of [name, known]) map.delete(key);
  for (const list of listsOf(registry)) {
    const place = list.findIndex((definition) => nameOf(definition) === name);
    if (place >= 0) list.splice(place, 1);
  }
}

/** Where happy-dom keeps them. */
function mapsOf(registry: object): readonly Map<unknown, unknown>[] {
  return hiddenIn(registry).filter((value) => value instanceof Map);
}

/** Where jsdom keeps them. */
function listsOf(registry: object): readonly unknown[][] {
  return hiddenIn(registry)
    .map((value) => (value instanceof Object && definitionsKey in value ? value[definitionsKey] : null))
    .filter((value) => Array.isArray(value));
}

const definitionsKey = "_customElementDefinitions";

function hiddenIn(registry: object): readonly unknown[] {
  return Object.getOwnPropertySymbols(registry).map((key): unknown => Reflect.get(registry, key));
}

function nameOf(definition: unknown): unknown {
  return definition instanceof Object && "name" in definition ? definition.name : undefined;
}
