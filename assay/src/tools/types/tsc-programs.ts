// Which type-checking runs a repository stands for: from its scripts, else from its tsconfig files.
import { ancestors, isWithin, joinPath, pathInside, rootDir, type RepoPath } from "../../model/paths.ts";
import { declaredDependencies, type Package, type Workspace } from "../../model/workspace.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import type { Invocation } from "../scripts/invocation.ts";
import { invocationsOf } from "../scripts/read-scripts.ts";
import { compilerPackages, type Compiler } from "./tsc-compiler.ts";
import { programFiles, type TsConfig, type TsConfigs } from "./tsconfig.ts";

/** One project as the compiler is given it. */
export interface TsProgram {
  readonly compiler: Compiler;
  /** The package whose compiler is used. */
  readonly dir: RepoPath;
  readonly config: RepoPath;
  /** Does the repository build it with its references (`tsc -b`)? */
  readonly build: boolean;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly evidence: string;
  /** No script speaks of it: that it is a program which type-checks is our guess. */
  readonly guessed: boolean;
}

const table: ArgumentTable = {
  values: new Set(
    "-p --project -t --target -m --module --lib --jsx --outDir --outFile --rootDir --declarationDir --tsBuildInfoFile --types --typeRoots --moduleResolution --customConditions --pretty --noEmit --incremental --skipLibCheck --strict --allowJs --checkJs --emitDeclarationOnly --declaration -d --generateTrace --generateCpuProfile --checkers --builders --locale --baseUrl --moduleSuffixes --moduleDetection --sourceRoot --mapRoot --jsxFactory --jsxFragmentFactory --jsxImportSource --newLine --maxNodeModuleJsDepth --ignoreDeprecations".split(
      " ",
    ),
  ),
  dropped: new Set(
    "-p --project -b --build --outDir --outFile --declarationDir --tsBuildInfoFile --pretty --noEmit --incremental --emitDeclarationOnly --declarationMap --sourceMap --inlineSourceMap --watch -w --preserveWatchOutput -f --force -v --verbose --diagnostics --extendedDiagnostics --generateTrace --listFiles --listEmittedFiles --generateCpuProfile --removeComments --stopBuildOnErrors".split(
      " ",
    ),
  ),
};

const notChecking = [
  "--init",
  "--showConfig",
  "--version",
  "--help",
  "-h",
  "--all",
  "--clean",
  "--dry",
  "--noCheck",
  "--watch",
  "-w",
];

/** A flag is the same in small letters and with one dash. */
const spellings = new Map(
  [...table.values, ...table.dropped, ...notChecking].map((flag) => [flag.replace(/^-+/u, "").toLowerCase(), flag]),
);

function usualSpelling(word: string): string {
  return word.startsWith("-") ? (spellings.get(word.replace(/^-+/u, "").toLowerCase()) ?? word) : word;
}

/** Flags whose value may be left out: `--noEmit` and `--noEmit false` are both in use. */
const optionalValues = new Set(
  "--noEmit --pretty --incremental --skipLibCheck --strict --allowJs --checkJs --emitDeclarationOnly --declaration -d".split(
    " ",
  ),
);

/** How a script calls the compiler; undefined where it calls another program, or does not check a project. */
export function readCompilerCall({
  program,
  args,
  dynamic,
  piped,
}: Invocation):
  | { compiler: Compiler; projects: readonly string[]; build: boolean; emits: boolean; flags: readonly string[] }
  | undefined {
  // What is piped away is not checked but looked through, for an error that is expected, say.
  if (!isCompiler(program) || dynamic || piped) return undefined;
  const words = args.flatMap((written, index) => {
    const word = usualSpelling(written);
    return optionalValues.has(word) && !isOnOrOff(args[index + 1]) ? [word, "true"] : [word];
  });
  const switches = words.filter((word, index) => word.startsWith("-") && isOnOrOff(words[index + 1]));
  const { flags, paths, seen } = readArguments(words, { ...table, values: new Set([...table.values, ...switches]) });
  if (notChecking.some((flag) => seen.has(flag) && seen.get(flag) !== "false")) return undefined;
  const build = seen.has("-b") || seen.has("--build");
  const named = seen.get("-p") ?? seen.get("--project") ?? null;
  // Files on the command line are no project.
  if (!build && paths.length > 0) return undefined;
  const projects = build ? (paths.length > 0 ? paths : ["."]) : [named ?? "."];
  return { compiler: program, projects, build, emits: seen.get("--noEmit") !== "true", flags };
}

function isOnOrOff(word: string | undefined): boolean {
  return word === "true" || word === "false";
}

function isCompiler(program: string): program is Compiler {
  return Object.hasOwn(compilerPackages, program);
}

const checkingScript = /^(?:(?:lint|check|test|ci):)?(?:types?-?checks?|check-?types?|types?|tsc|ts)(?::.*)?$/iu;

/** Scripts that compile what is published. Others that start a compiler do it for reasons of their own. */
const buildingScript =
  /^(?:(?:pre|post)?(?:build|compile|prepare|prepack|prepublishOnly|dist)(?::(?:all|ci|cjs|dts|esm|lib|node|prod|ts|tsc|types?))?|ci|test|lint)$/u;

interface Called extends TsProgram {
  /** A script that is there to check types, rather than to build. */
  readonly checks: boolean;
}

/**
 * The programs of a repository.
 *
 * A script that checks types says it best; in a package without one, any script that compiles; and only where no script
 * of the repository checks types, the `tsconfig.json` of each package that declares a compiler, or whose root does. What
 * a program of the root contains is not run again.
 */
export async function findPrograms(configs: TsConfigs): Promise<readonly TsProgram[]> {
  const { workspace } = configs;
  const perPackage = workspace.packages.map((pkg) => ({ pkg, called: calledIn(workspace, pkg) }));
  const anyChecks = perPackage.some(({ called }) => called.some(({ checks }) => checks));
  const programs = perPackage.flatMap(({ called }): readonly TsProgram[] => {
    const checking = called.filter(({ checks }) => checks);
    return checking.length > 0 ? checking : called;
  });
  const withPrograms = new Set(programs.map(({ dir }) => dir));
  const guessed = anyChecks ? [] : guessPrograms(configs, withPrograms);
  return withoutCovered(configs, unique([...programs, ...guessed]), new Set(guessed));
}

function calledIn(workspace: Workspace, pkg: Package): readonly Called[] {
  return invocationsOf(pkg).flatMap((invocation) => {
    const call = readCompilerCall(invocation);
    if (call === undefined) return [];
    const { build, compiler, flags } = call;
    const checks = checkingScript.test(invocation.script) || !call.emits;
    if (!checks && !buildingScript.test(invocation.script)) return [];
    return call.projects.flatMap((project): readonly Called[] => {
      const config = configAt(workspace, pkg.dir, `${invocation.cd}/${project}`.replace(/^\//u, ""));
      if (config === undefined) return [];
      return [
        {
          compiler,
          dir: pkg.dir,
          config,
          build,
          flags,
          env: invocation.env,
          evidence: invocation.evidence,
          guessed: false,
          checks,
        },
      ];
    });
  });
}

function configAt(workspace: Workspace, dir: RepoPath, named: string): RepoPath | undefined {
  const path = pathInside(dir, named);
  if (path === undefined || path.endsWith(".json")) return path;
  return [path, ...ancestors(path)]
    .map((folder) => joinPath(folder, "tsconfig.json"))
    .find((candidate) => workspace.tree.has(candidate));
}

/** Every package's tsconfig, the root's only when it is more than a base for the others. */
function guessPrograms(configs: TsConfigs, known: ReadonlySet<RepoPath>): readonly TsProgram[] {
  const dirs = new Set([rootDir, ...configs.workspace.packages.map((pkg) => pkg.dir)]);
  const found = [...dirs].flatMap((dir) => configIn(configs, dir) ?? []);
  return found
    .filter(({ dir }) => !known.has(dir) && isForCompiler(configs.workspace, dir))
    .filter(
      (config) => config.dir !== rootDir || found.length === 1 || config.namesFiles || config.references.length > 0,
    )
    .map(({ path, dir, references }) => ({
      compiler: "tsc",
      dir,
      config: path,
      build: references.length > 0,
      flags: [],
      env: {},
      evidence: path,
      guessed: true,
    }));
}

/**
 * Where nobody declares a compiler the file is for an editor, or for a runtime that takes TypeScript as it is. Beside
 * components it is for a checker of theirs: to the compiler their imports are errors.
 */
function isForCompiler({ packages, tree }: Workspace, dir: RepoPath): boolean {
  if (tree.files.some(({ path }) => isWithin(dir, path) && /\.(?:astro|svelte|vue)$/u.test(path))) return false;
  const inReach = packages.filter((pkg) => pkg.dir === dir || pkg.dir === rootDir);
  const declares = (name: string): boolean => inReach.some(({ manifest }) => declaredDependencies(manifest).has(name));
  return [compilerPackages.tsc, compilerPackages.tsgo].some(declares);
}

function configIn(configs: TsConfigs, dir: RepoPath): TsConfig | undefined {
  const { tree } = configs.workspace;
  const typescript = joinPath(dir, "tsconfig.json");
  if (tree.has(typescript)) return configs.read(typescript);
  const javascript = joinPath(dir, "jsconfig.json");
  const config = tree.has(javascript) ? configs.read(javascript) : undefined;
  return config?.flags.has("checkJs") === true ? config : undefined;
}

function unique(programs: readonly TsProgram[]): readonly TsProgram[] {
  const byKey = new Map(
    programs.map((program) => [`${program.compiler} ${program.config} ${program.flags.join(" ")}`, program]),
  );
  const built = new Set(programs.filter(({ build }) => build).map(({ config }) => config));
  return [...byKey.values()].filter((program) => program.build || !built.has(program.config));
}

/** The projects that building this one builds: itself and all that it refers to. */
export function closureOf(
  configs: TsConfigs,
  path: RepoPath,
  seen: Map<RepoPath, TsConfig> = new Map(),
): ReadonlyMap<RepoPath, TsConfig> {
  const config = seen.has(path) ? undefined : configs.read(path);
  if (config === undefined) return seen;
  seen.set(path, config);
  for (const reference of config.references) closureOf(configs, reference, seen);
  return seen;
}

/** Leaves out what another program contains: projects that are built with it, and guesses whose files are all in it. */
async function withoutCovered(
  configs: TsConfigs,
  programs: readonly TsProgram[],
  guessed: ReadonlySet<TsProgram>,
): Promise<readonly TsProgram[]> {
  const builds = programs
    .filter(({ build }) => build)
    .map(({ config }) => ({ config, closure: closureOf(configs, config) }));
  const kept = programs.filter(
    ({ config }) => !builds.some((other) => other.config !== config && other.closure.has(config)),
  );
  const ofRoot = kept.find(({ dir, build }) => dir === rootDir && !build);
  const rootConfig = ofRoot && configs.read(ofRoot.config);
  if (rootConfig === undefined || guessed.size === 0) return kept;
  const filesOf = await programFiles(configs.workspace);
  const paths = configs.workspace.tree.files.map((file) => file.path);
  const inRoot = filesOf(rootConfig);
  return kept.filter((program) => {
    const config = guessed.has(program) && program !== ofRoot ? configs.read(program.config) : undefined;
    return config === undefined || !paths.filter(filesOf(config)).every(inRoot);
  });
}
