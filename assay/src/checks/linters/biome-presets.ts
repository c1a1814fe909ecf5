// Configurations of Biome that another one of the same repository extends.
import { dirOf, joinPath, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import type { Side } from "../change/sides.ts";
import { objectIn } from "../configuration/json-texts.ts";

/** The text of what `extends` names, where it is a file of this repository. */
export type PresetReader = (name: string) => string | undefined;

/** Reads for the configuration at `path`. */
export function biomePresets(side: Side, path: RepoPath): PresetReader {
  return (name) => {
    const places = name.startsWith(".") ? [pathInside(dirOf(path), name)] : placesOfPackage(side, name);
    return places.map((place) => place && side.read(place)).find((text) => text !== undefined);
  };
}

function placesOfPackage(side: Side, name: string): readonly RepoPath[] {
  const manifests = [...side.paths].filter(
    (path) => nameOf(path) === "package.json" && !path.includes("node_modules/"),
  );
  return manifests.flatMap((path) => {
    const manifest = objectIn(side.read(path));
    const own = manifest?.["name"];
    if (typeof own !== "string" || (name !== own && !name.startsWith(`${own}/`))) return [];
    const below = name.slice(own.length + 1);
    const names = below === "" ? ["biome.json", "biome.jsonc"] : [below, `${below}.json`, `${below}.jsonc`];
    return names.map((file) => joinPath(dirOf(path), file));
  });
}
