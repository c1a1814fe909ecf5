// The flags that the repository hands to Node.

/** Hooks that Node would put below ours are registered above it. */
export function withoutLoaders(given: readonly string[]): { args: string[]; loaders: string[] } {
  const args: string[] = [];
  const loaders: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const word = given[index] ?? "";
    const loader = /^--(?:experimental-)?loader(?:=(.*))?$/s.exec(word);
    if (loader === null) args.push(word);
    else loaders.push(loader[1] ?? given[(index += 1)] ?? "");
  }
  return { args, loaders };
}
