// Optional arguments as NumPy takes them: by place, in an object of options that comes last, or some each way.
import { isOptions, withoutOut } from "./axes.ts";

/** Arguments of these names by place; instead of any of them, an object with those from there on. */
export type Settings<Options extends object, Names extends readonly (keyof Options)[]> = {
  [Place in keyof Names]?: Options[Names[Place] & keyof Options] | Options;
};

/** The arguments by their names. */
export function settingsOf<Options extends object>(
  names: readonly (keyof Options)[],
  args: readonly unknown[],
): Options {
  const settings: Partial<Record<keyof Options, unknown>> = {};
  for (const [place, each] of args.entries()) {
    const name = names[place];
    if (isOptions(each)) Object.assign(settings, withoutOut(each));
    else if (each !== undefined && name !== undefined) settings[name] = each;
  }
  return settings as Options;
}
