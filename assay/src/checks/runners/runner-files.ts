// Where test runners and coverage tools are configured, and what these files amount to on one side of a change.
import { dirOf, joinPath, nameOf, pathInside, type RepoPath } from "../../model/paths.ts";
import { isSourcePath } from "../../source/role.ts";
import { placesIn, type RunnerPlace } from "../configuration/config-paths.ts";
import {
  possibleConfig,
  fieldOf,
  fromData,
  type ReadModule,
  type PossibleConfig,
} from "../configuration/possible-config.ts";
import { type Side } from "../change/sides.ts";

/** What a configuration amounts to, and the file that says so; undefined where there is none. */
export async function valueAt(
  side: Side,
  place: RunnerPlace,
): Promise<{ readonly path: RepoPath; readonly value: PossibleConfig } | undefined> {
  for (const path of filesOf(side, place)) {
    const value = await readValue(side, path, 0);
    const own = value && sectionOf(value, place, path);
    if (own !== undefined) return { path, value: own };
  }
  return undefined;
}

/** The file that a runner takes first comes first. */
function filesOf({ paths }: Side, place: RunnerPlace): readonly RepoPath[] {
  const own = [...paths].filter(
    (path) =>
      dirOf(path) === place.dir &&
      nameOf(path) !== "package.json" &&
      placesIn(path).some(({ runner, variant }) => runner === place.runner && variant === place.variant),
  );
  const first = own.toSorted((a, b) => Number(nameOf(a).startsWith("vite.")) - Number(nameOf(b).startsWith("vite.")));
  const manifest = joinPath(place.dir, "package.json");
  return place.variant === "" && paths.has(manifest) ? [...first, manifest] : first;
}

/** The part of a file that the runner reads. Vite's own settings are of no interest. */
function sectionOf(
  value: PossibleConfig,
  { runner, variant }: RunnerPlace,
  path: RepoPath,
): PossibleConfig | undefined {
  if (nameOf(path) === "package.json") return fieldOf(value, runner);
  if (runner === "bun") return fieldOf(value, "test");
  if (runner === "deno") return testsOfDeno(value);
  if (runner === "vitest" && variant === "workspace")
    return { kind: "object", fields: new Map([["test", listed(value)]]) };
  if (!nameOf(path).startsWith("vite.")) return value;
  const test = fieldOf(value, "test");
  return test && { kind: "object", fields: new Map([["test", test]]) };
}

/** What is left out of everything is left out of the tests. */
function testsOfDeno(value: PossibleConfig): PossibleConfig {
  const test = fieldOf(value, "test");
  const excluded = [fieldOf(value, "exclude"), test && fieldOf(test, "exclude")].filter((each) => each !== undefined);
  const exclude: PossibleConfig = {
    kind: "list",
    items: excluded.flatMap((each) => ("items" in each ? each.items : [])),
  };
  const include = test && fieldOf(test, "include");
  return {
    kind: "object",
    fields: new Map([["exclude", exclude], ...(include ? [["include", include] as const] : [])]),
  };
}

function listed(projects: PossibleConfig): PossibleConfig {
  return { kind: "object", fields: new Map([["projects", projects]]) };
}

const deepestImport = 3;

async function readValue(side: Side, path: RepoPath, depth: number): Promise<PossibleConfig | undefined> {
  const text = side.read(path);
  if (text === undefined || depth > deepestImport) return undefined;
  if (isSourcePath(path)) {
    const { parseSource } = await import("../../source/parse.ts");
    const read: ReadModule = async (specifier) => {
      const found = locate(side, dirOf(path), specifier);
      return found && readValue(side, found, depth + 1);
    };
    return possibleConfig(parseSource(path, text), read);
  }
  return fromData(await parseData(path, text));
}

function locate({ paths }: Side, dir: RepoPath, specifier: string): RepoPath | undefined {
  const endings = ["", ".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
  const names = [...endings.map((ending) => specifier + ending), specifier.replace(/\.([cm]?)js$/, ".$1ts")];
  return names.map((name) => pathInside(dir, name)).find((path) => path !== undefined && paths.has(path));
}

async function parseData(path: RepoPath, text: string): Promise<unknown> {
  try {
    if (path.endsWith(".toml")) return (await import("smol-toml")).parse(text);
    if (/\.ya?ml$/.test(path)) return (await import("yaml")).parse(text);
    // What has no ending is YAML or JSON, and all JSON is YAML.
    if (path.endsWith("rc")) return (await import("yaml")).parse(text);
    const value: unknown = (await import("jsonc-parser")).parse(text, [], { allowTrailingComma: true });
    return value;
  } catch {
    return undefined;
  }
}
