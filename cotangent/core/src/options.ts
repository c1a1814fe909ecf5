// Objects of options, as programs without types may hand them over.

/** The names of all options of a kind. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: true };

/**
 * Options that a function knows. A name that is misspelt would otherwise change nothing, and tell nobody.
 *
 * @throws TypeError for a name that is none of them, and for what is no object.
 */
export function knownOptions<Options extends object>(
  name: string,
  options: Options,
  names: OptionNames<Options>,
): Options {
  const known = () => Object.keys(names).join(", ");
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const what = Array.isArray(options) ? "a list" : String(options);
    throw new TypeError(`${name}: options are an object with ${known()}, not ${what}`);
  }
  for (const given of Object.keys(options)) {
    if (!Object.hasOwn(names, given))
      throw new TypeError(`${name}: there is no option "${given}"; there are ${known()}`);
  }
  return options;
}
