// Optional arguments as NumPy takes them: by place, in an object of options that comes last, or some each way.
import { requireKind, type OptionNames } from "@cotangent/core";
import { isOptions, optionsOf } from "./axes.ts";

/** Arguments of these names by place; instead of any of them, an object with those from there on. */
export type Settings<Options extends object, Names extends readonly (keyof Options)[]> = {
  [Place in keyof Names]?: Options[Names[Place] & keyof Options] | Options;
};

/** The arguments by their names, of which those that may be given by place come first. @throws TypeError for others. */
export function settingsOf<Options extends object>(
  name: string,
  names: OptionNames<Options>,
  args: readonly unknown[],
): Options {
  const places = Object.keys(names);
  const settings: Record<string, unknown> = {};
  for (const [place, each] of args.entries()) {
    const own = places[place];
    if (isOptions(each)) Object.assign(settings, optionsOf(name, each as Options, names));
    else if (each !== undefined && own !== undefined) {
      requireKind(name, own, each, names[own as keyof Options]);
      settings[own] = each;
    }
  }
  return settings as Options;
}
