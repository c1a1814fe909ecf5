// What a command line names of the repository: scripts, files, packages, targets.
import { rootDir, type RepoPath } from "../../model/paths.ts";
import type { Mention, Named, RecipeRunner } from "./named-things.ts";
import { pathIn } from "./named-things.ts";
import { shellCommands } from "../commands/shell-commands.ts";

export interface CommandPlace {
  /** Where the commands run. */
  readonly dir: RepoPath;
  /** The line of the file that the first line of the text is. */
  readonly line: number;
  readonly firm: boolean;
  /** A file name without a folder is one of `dir`, and no example. */
  readonly firmNames: boolean;
  /** Paths may also be relative to these. */
  readonly dirs: readonly RepoPath[];
  isDir(path: RepoPath): boolean;
}

const managers = new Set(["npm", "pnpm", "yarn", "bun"]);
const runners = new Set(["npx", "bunx", "pnpx"]);
const wrappers = new Set([
  "sudo",
  "time",
  "nice",
  "env",
  "exec",
  "command",
  "cross-env",
  "xvfb-run",
  "then",
  "do",
  "if",
  "!",
  "else",
  "-",
]);
const interpreters = new Set([
  "node",
  "tsx",
  "ts-node",
  "bash",
  "sh",
  "zsh",
  "source",
  ".",
  "python",
  "python3",
  "deno",
  "nodemon",
  "vite-node",
  "jiti",
  "esno",
  "bun",
]);
const readers = new Set([
  "vitest",
  "jest",
  "eslint",
  "prettier",
  "tsc",
  "mocha",
  "ava",
  "oxlint",
  "biome",
  "playwright",
  "tsup",
  "rollup",
  "esbuild",
  "vue-tsc",
  "c8",
  "nyc",
  "tap",
  "uvu",
  "tape",
]);
/** What these are given may be made by them, or lie elsewhere. */
const makers = new Set([
  "mkdir",
  "touch",
  "echo",
  "printf",
  "git",
  "docker",
  "curl",
  "wget",
  "gh",
  "tar",
  "zip",
  "unzip",
  "ln",
  "ssh",
  "scp",
  "rsync",
  "export",
  "set",
  "grep",
  "sed",
  "brew",
  "apt-get",
  "apt",
  "test",
  "[",
  "[[",
  "which",
  "code",
  "vim",
  "rm",
  "rimraf",
  "find",
]);
/** Words behind which a block is about a project of the reader's. */
const foreign =
  /\b(?:git clone|(?:npm|pnpm|yarn|bun) (?:create|init|dlx create-)|npx create-|bunx create-|degit|mkdir|ssh)\b/;

/** What `npm X` and its relatives do when X is no script. */
const builtins = new Set(
  "access add adduser approve-scripts audit bin bugs bump cache ci completion config constraints create deploy dedupe deprecate diff dist-tag dlx docs doctor edit env exec explain explore fetch find-dupes fund generate-lock-entry get global help hook i import info init install install-test it licenses link list login logout ls node nx org outdated owner pack patch patch-commit pack-apply ping pkg plugin pm prefix profile prune publish query rebuild recursive remove repl repo restart root run run-script runtime sbom search self-update server set setup shrinkwrap star stars start-server store team token tunlink uninstall unlink unplug unpublish unstar up update upgrade upgrade-interactive use version versions view whoami why workspace workspaces x".split(
    " ",
  ),
);
/** Scripts by the names of which no program goes. */
const scriptWords =
  /:|^(?:build|check|ci|coverage|dev|docs?|e2e|fix|format|lint|typecheck|type-check|types|verify|validate|watch|release|start|test|unit|integration|bench|benchmark|prepare|generate|codegen|fmt|preview|storybook|clean)$/;

/** The mentions of a piece of shell text, in their order. */
export function commandMentions(text: string, place: CommandPlace): readonly Mention[] {
  if (foreign.test(text)) return [];
  const mentions: Mention[] = [];
  const dirs: (RepoPath | undefined)[] = [place.dir];
  for (const { words, line, depth } of shellCommands(text)) {
    while (dirs.length <= depth) dirs.push(dirs.at(-1));
    dirs.length = depth + 1;
    const dir = dirs[depth];
    if (dir === undefined) continue;
    const here = { ...place, dir, line: place.line + line - 1 };
    const command = unwrapped(words);
    if (command[0] === "cd" || command[0] === "pushd") {
      dirs[depth] = command[1] === undefined ? undefined : dirAfter(command[1], here, mentions);
    } else mentions.push(...mentionsOf(command, here));
  }
  return mentions;
}

function dirAfter(target: string, place: CommandPlace, mentions: Mention[]): RepoPath | undefined {
  const path = isLiteral(target) ? pathIn(place.dir, target) : undefined;
  if (path === undefined || path === rootDir || place.isDir(path)) return path;
  mentions.push({ named: pathNamed(target, place), text: `cd ${target}`, line: place.line, firm: false });
  return undefined;
}

/** Without what stands before the program: settings, `sudo`, a prompt. */
function unwrapped(words: readonly string[]): readonly string[] {
  let start = 0;
  while (start < words.length) {
    const word = words[start] ?? "";
    const isBefore = word === "$" || word === "%" || wrappers.has(word) || /^\w+=/.test(word);
    if (!isBefore) break;
    start++;
    if (word === "nice" && words[start] === "-n") start += 2;
  }
  return words.slice(start);
}

function mentionsOf(words: readonly string[], place: CommandPlace): readonly Mention[] {
  const [program = "", ...rest] = words;
  if (managers.has(program)) return ofManager(program, rest, place);
  if (runners.has(program)) return ofTool(rest, place);
  if (program === "make" || program === "gmake") return ofMake(rest, place);
  if (program === "just" || program === "task") return ofRecipe(program, rest, place);
  if (makers.has(program)) return [];
  if (/^(?:run-[sp]|npm-run-all2?)$/.test(program))
    return rest.flatMap((name) => ofManager("npm", ["run", name], place));
  if (program === "concurrently")
    return rest.flatMap((each) => commandMentions(each.replace(/^npm:/, "npm run "), place));
  if (/^\.{0,2}\/|\.(?:sh|[cm]?[jt]s|py)$/.test(program))
    return [...asPath(program, place, place.firm), ...ofArguments(rest, place, false)];
  if (program === "cp" || program === "mv") return rest.slice(0, -1).flatMap((each) => asPath(each, place, false));
  if (interpreters.has(program)) return ofInterpreter(program, rest, place);
  if (!readers.has(program)) return [...ofOptions(program, rest, place), ...ofArguments(rest, place, false)];
  const named: Named = { kind: "command", name: words.join(" ") };
  return [mention(named, words.join(" "), place, false), ...ofArguments(rest, place, true)];
}

/** Options of package managers that take a value. */
const valued = new Set([
  "-w",
  "--workspace",
  "--filter",
  "-F",
  "--prefix",
  "-C",
  "--dir",
  "--cwd",
  "--loglevel",
  "--registry",
]);

interface ManagerOptions {
  readonly words: readonly string[];
  readonly of: string | undefined;
  readonly dir: RepoPath | undefined;
  /** All packages are meant, or several. */
  readonly many: boolean;
}

function ofManager(program: string, all: readonly string[], place: CommandPlace): readonly Mention[] {
  const { words, of, dir, many } = managerOptions(program, all, place);
  if (all.includes("--if-present") || dir === undefined || all.includes("--help")) return [];
  const packages = of === undefined ? [] : [mention({ kind: "package", name: of }, of, place, place.firm)];
  const here = { ...place, dir };
  const [first = "", second, ...rest] = words;
  const behind = words.includes("--") ? ofArguments(words.slice(words.indexOf("--") + 1), here, false) : [];
  const script = (name: string | undefined, firm: boolean): readonly Mention[] =>
    name === undefined || many || !isLiteral(name) || /[./\\]/.test(name)
      ? []
      : [
          mention(
            { kind: "script", name, dir, of },
            `${program} ${first === name ? "" : "run "}${name}`,
            place,
            firm && place.firm,
          ),
        ];
  if (first === "run" && program === "bun" && /\.[cm]?[jt]sx?$/.test(second ?? ""))
    return asPath(second ?? "", here, place.firm);
  if (first === "run" || first === "run-script") return [...packages, ...script(second, true), ...behind];
  if (first === "exec" || first === "dlx" || first === "x")
    return [...packages, ...ofTool([second ?? "", ...rest], here)];
  if (program === "yarn" && first === "workspace") {
    const named = mention({ kind: "package", name: second ?? "" }, second ?? "", place, place.firm);
    const name = rest[0] === "run" ? rest[1] : rest[0];
    return second === undefined
      ? []
      : [named, ...ofManager("yarn", ["-w", second, ...(name === undefined ? [] : ["run", name])], here).slice(1)];
  }
  if (program === "npm") {
    const isScript = ["test", "t", "tst", "stop"].includes(first);
    return [...packages, ...script(isScript ? (first === "stop" ? "stop" : "test") : undefined, true), ...behind];
  }
  if (first === "" || first.startsWith("-") || builtins.has(first)) return packages;
  if (program === "bun" && (first === "test" || first === "build"))
    return [...packages, ...ofArguments(words.slice(1), here, true)];
  if (program === "bun" && /\.[cm]?[jt]sx?$/.test(first)) return asPath(first, here, place.firm);
  return [...packages, ...script(first, scriptWords.test(first)), ...ofArguments(words.slice(1), here, false)];
}

function managerOptions(program: string, all: readonly string[], place: CommandPlace): ManagerOptions {
  const words: string[] = [];
  let of: string | undefined;
  let dir: RepoPath | undefined = place.dir;
  let many = false;
  for (let index = 0; index < all.length; index++) {
    const raw = all[index] ?? "";
    if (raw === "--") return { words: [...words, ...all.slice(index)], of, dir, many };
    const [flag = "", joined] = raw.startsWith("--") ? raw.split(/=(.*)/s) : [raw];
    const isRoot = flag === "--workspace-root" || (flag === "-w" && program === "pnpm");
    if (isRoot) dir = rootDir;
    else if (valued.has(flag)) {
      const value = joined ?? all[++index] ?? "";
      if (flag === "--prefix" || flag === "-C" || flag === "--dir" || flag === "--cwd")
        dir = isLiteral(value) ? pathIn(place.dir, value) : undefined;
      else if (["-w", "--workspace", "--filter", "-F"].includes(flag)) {
        // A pattern, a folder or a range of commits names several packages.
        if (/^@?[\w-][\w./-]*$/.test(value) && !value.includes("...")) of = value;
        else many = true;
      }
    } else if (
      flag === "-r" ||
      flag === "--recursive" ||
      flag === "-ws" ||
      flag === "--workspaces" ||
      flag === "workspaces"
    )
      many = true;
    else if (!raw.startsWith("-")) words.push(raw);
  }
  return { words, of, dir, many };
}

function ofTool(words: readonly string[], place: CommandPlace): readonly Mention[] {
  const start = words.findIndex((each) => !each.startsWith("-"));
  const tool = words[start];
  if (tool === undefined || !isLiteral(tool)) return [];
  const name = tool === "tsc" ? "typescript" : tool;
  // What is not declared is fetched, so that only what was declared can be missed.
  const named: Named = { kind: "tool", name };
  const after = words.slice(start);
  return [mention(named, `npx ${tool}`, place, false), ...mentionsOf(after, place)];
}

function ofMake(words: readonly string[], place: CommandPlace): readonly Mention[] {
  const at = words.indexOf("-C");
  const dir = at < 0 ? place.dir : pathIn(place.dir, words[at + 1] ?? "");
  if (dir === undefined || words.includes("-f")) return [];
  return words
    .filter((word, index) => /^[\w-][\w./-]*$/.test(word) && !word.startsWith("-") && (at < 0 || index !== at + 1))
    .map((name) => mention({ kind: "target", name, dir, run: "make" }, `make ${name}`, place, place.firm));
}

/** Only the first word is a recipe: what follows may be given to it. */
function ofRecipe(run: RecipeRunner, [name = ""]: readonly string[], place: CommandPlace): readonly Mention[] {
  const { dir } = place;
  return /^[\w-][\w:-]*$/.test(name) && !name.startsWith("-")
    ? [mention({ kind: "target", name, dir, run }, `${run} ${name}`, place, false)]
    : [];
}

/** Options that a program is given. They are missed where they were there. */
function ofOptions(program: string, words: readonly string[], place: CommandPlace): readonly Mention[] {
  return words.flatMap((word) => {
    const [option = ""] = word.split("=");
    if (!/^--[a-z][\w-]+$/i.test(option) || !isLiteral(option)) return [];
    const name = `${program} ${option}`;
    return [mention({ kind: "option", name, program, option, dir: place.dir }, name, place, false)];
  });
}

/** The first word that is no option is the program; the options before it may load files. */
function ofInterpreter(program: string, words: readonly string[], place: CommandPlace): readonly Mention[] {
  const rest =
    program === "deno" || program === "bun"
      ? words.filter((word) => word !== "run" && word !== "test" && word !== "task")
      : words;
  if (/^(?:-e|--eval|-p|--print|-c|-m)$/.test(rest.find((word) => word.startsWith("-")) ?? "")) return [];
  const run = program === "node" ? rest.indexOf("--run") : -1;
  if (run >= 0) return ofManager("npm", ["run", rest[run + 1] ?? ""], place);
  if (rest[0]?.startsWith("--") && rest.includes("--test")) return ofArguments(rest, place, true);
  const index = rest.findIndex(
    (word, at) =>
      !word.startsWith("-") &&
      !/^(?:-r|--require|--import|--loader|--env-file|-C|--conditions|--config)$/.test(rest[at - 1] ?? ""),
  );
  const file = rest[index];
  const main =
    file !== undefined && /\.[\w]+$/.test(file) && program !== "source" && program !== "."
      ? asPath(file, place, place.firm && (place.firmNames || file.includes("/")))
      : [];
  return [
    ...ofArguments(rest.slice(0, Math.max(0, index)), place, true),
    ...main,
    ...(main.length > 0 && file !== undefined ? ofOptions(file, rest.slice(index + 1), place) : []),
    ...ofArguments(rest.slice(index + 1), place, false),
  ];
}

const output =
  /^(?:-o|--out\w*|--output.*|--dest|--outdir|-d|--write|--report\w*|--cache\w*|--tag|-t|--token|--ref|--branch)$/i;

function ofArguments(words: readonly string[], place: CommandPlace, firm: boolean): readonly Mention[] {
  return words.flatMap((word, index) => {
    const [flag = "", value] = word.startsWith("-") ? word.split(/=(.*)/s) : ["", word];
    if (value === undefined || output.test(flag) || output.test(words[index - 1] ?? "")) return [];
    const looksLikePath = /\/[^/]*\.\w{1,5}$|^\.{1,2}\/\S|^[\w@.-]+(?:\/[\w@.-]+)+\/?$/.test(value);
    const hasEnding = /\.\w{1,5}$/.test(value);
    return looksLikePath ? asPath(value, place, firm && place.firm && hasEnding) : [];
  });
}

function asPath(word: string, place: CommandPlace, firm: boolean): readonly Mention[] {
  if (!isLiteral(word) || /^(?:[a-z][\w+.-]*:|\/|~|@)/i.test(word) || word.includes("node_modules")) return [];
  return [mention(pathNamed(word, place), word, place, firm)];
}

function pathNamed(path: string, { dir, dirs }: CommandPlace): Named {
  return { kind: "path", path, dirs: [dir, ...dirs], reach: "exact" };
}

function mention(named: Named, text: string, { line }: CommandPlace, firm: boolean): Mention {
  return { named, text, line, firm };
}

/** Nothing that a shell or a reader would put something else for. */
function isLiteral(word: string): boolean {
  return word !== "" && !/[<>{}()*?$|`"'\\[\]…!,=]|\.{3}|%/.test(word);
}
