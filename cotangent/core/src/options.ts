// Objects of options, as programs without types may hand them over.

/**
 * What an option may be: a number, one without a fraction, a text, or one of some words. Of `true` the function itself
 * judges the value. `null` stands for what is not given.
 */
export type OptionKind = true | "number" | "integer" | "text" | readonly string[];

/** The names of all options, each with what it may be. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: OptionKind };

/**
 * An option by its kind: another value would count as one of that kind in silence, or as the size of something.
 *
 * @throws TypeError for what is no number, integer or text, and RangeError for a word that is none of those there are.
 */
export function requireKind(name: string, option: string, value: unknown, kind: OptionKind): void {
  if (kind === true || value === undefined || value === null) return;
  if (typeof kind === "object") {
    if (!kind.some((word) => word === value))
      throw new RangeError(`${name}: ${option} is one of ${kind.join(", ")}, not ${shown(value)}`);
  } else if (kind === "text") {
    if (typeof value !== "string") throw new TypeError(`${name}: ${option} is a text, not ${shown(value)}`);
  } else if (typeof value !== "number") {
    throw new TypeError(`${name}: ${option} is a number, not ${typeof value === "string" ? "a text" : shown(value)}`);
  } else if (kind === "integer" && !Number.isInteger(value)) {
    throw new TypeError(`${name}: ${option} ${value} is not an integer`);
  }
}

function shown(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * Options that a function knows. A name that is misspelt would otherwise change nothing, and tell nobody.
 *
 * @throws TypeError for a name that is none of them, for what is no object, and for a value that is not of the option's
 *   kind (RangeError for a word).
 */
export function knownOptions<Options extends object>(
  name: string,
  options: Options,
  names: OptionNames<Options>,
): Options {
  const known = () => Object.keys(names).join(", ");
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${name}: options are an object with ${known()}, not ${options === null ? "null" : shown(options)}`,
    );
  }
  for (const [given, value] of Object.entries(options)) {
    if (!Object.hasOwn(names, given))
      throw new TypeError(`${name}: there is no option "${given}"; there are ${known()}`);
    requireKind(name, given, value, names[given as keyof Options]);
  }
  return options;
}
