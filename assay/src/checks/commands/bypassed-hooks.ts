// New ways past git hooks that a change writes down: what commits without them, and what keeps them from being installed.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { nameOf, type RepoPath } from "../../model/paths.ts";
import { isObject } from "../../tools/output/json-output.ts";
import { mayBypassHooks } from "../configuration/config-paths.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { instructionKind } from "../instructions/instruction-files.ts";
import { isImage, isRecipePath } from "./recipe-files.ts";

/** One line that leads past the hooks. */
export interface Bypass {
  readonly path: RepoPath;
  readonly line: number;
  readonly text: string;
  /** As the beginning of a sentence. */
  readonly says: string;
  /** Hooks that are installed by a package script are not there at all. */
  readonly keepsOut: boolean;
}

/** Of what a change brings, what was written nowhere in it before. */
export function newBypasses({ pairs }: ChangeContext): readonly Bypass[] {
  const before = new Set(pairs.flatMap((pair) => bypassesIn(pair, pair.baseText)).map(({ text }) => text));
  return pairs.flatMap((pair) => bypassesIn(pair, pair.headText)).filter(({ text }) => !before.has(text));
}

function bypassesIn({ change }: FilePair, text: string | undefined): readonly Bypass[] {
  const { path } = change;
  if (text === undefined || !mayBypassHooks(text)) return [];
  const keepsOut = isManagerConfig(path);
  return linesOf(path, text).flatMap(([line, number]): readonly Bypass[] => {
    const says = keepsOut ? scriptsOff(path, line) : bypassOf(path, line);
    return says === undefined ? [] : [{ path, line: number, text: line.trim(), says, keepsOut }];
  });
}

type Line = readonly [text: string, number: number];

/** What is run, what is said to people and agents, and what sets the environment of those who commit. */
function linesOf(path: RepoPath, text: string): readonly Line[] {
  const lines = text.split("\n").map((line, index): Line => [line, index + 1]);
  if (nameOf(path) === "package.json") return scriptLines(text, lines);
  return isShell(path) || isPage(path) || environment.test(path) || isManagerConfig(path) ? lines : [];
}

/** What is released is committed by a program, of what was looked at before. */
const releases = /release|publish|version|deploy/i;

/** The lines of a manifest on which its scripts stand. */
function scriptLines(text: string, lines: readonly Line[]): readonly Line[] {
  const scripts = objectIn(text)?.["scripts"];
  if (!isObject(scripts)) return [];
  return Object.entries(scripts).flatMap(([name, script]): readonly Line[] => {
    const at = lines.find(([line]) => line.trimStart().startsWith(`"${name}"`));
    return typeof script === "string" && !releases.test(name) ? [[script, at?.[1] ?? 1]] : [];
  });
}

function isShell(path: RepoPath): boolean {
  const isRun = /\.(?:sh|bash|zsh)$/.test(path) || isRecipePath(path) || instructionKind(path) === "hook";
  return isRun && !isImage(path) && !releases.test(path);
}

/** Other pages may be about the repository of whoever reads them. */
function isPage(path: RepoPath): boolean {
  const kind = instructionKind(path);
  return kind === "agents" || kind === "readme";
}

/** CI is none of these: it commits nothing that a person wrote, and may do without. */
const environment =
  /(?:^|\/)(?:\.env(?:rc|\.[\w.-]+)?|devcontainer\.json|\.?mise(?:\.\w+)?\.toml)$|(?:^|\/)\.(?:claude|vscode|cursor)\/settings(?:\.\w+)?\.json$/;

function isManagerConfig(path: RepoPath): boolean {
  return path === ".npmrc" || path === "pnpm-workspace.yaml";
}

function scriptsOff(path: RepoPath, line: string): string | undefined {
  return /^\s*(?:ignore-scripts\s*(?:$|=\s*["']?(?:true|1))|ignoreScripts:\s+true)/.test(line)
    ? `${path} keeps scripts from being run at an installation, and with them what installs the git hooks`
    : undefined;
}

const variables =
  /\b(HUSKY|LEFTHOOK)["']?\s*[=:]\s*["']?(?:0|false)\b|\b(SKIP_SIMPLE_GIT_HOOKS)["']?\s*[=:]\s*["']?1\b|\b(SKIP)=\S+\s+git\b/;
/** A page may say what is not to be done. */
const forbids =
  /\b(?:never|do not|don['’]?t|must not|should not|may not|not to|avoid\w*|instead of|rather than|cannot|can['’]t)\b[^.;,:]{0,60}$/i;
const forbidden = /^[^.;]{0,40}\b(?:forbidden|not allowed|prohibited|rejected|blocked|never|banned)\b/i;
/** Nowhere, or not set any more. A folder of the repository is how hooks are installed. */
const elsewhere =
  /core\.hooksPath[= ]+(?:["']{2}|["']?(?:\/dev\/null|\/tmp\b|nul\b|none\b))|--unset(?:-all)?\s+core\.hooksPath/i;
const without = /\bgit\b[^&|;]+\b(?:commit|push|merge|rebase|am)\b[^&|;]*\s--no-verify(?![\w-])/;
/**
 * \`git commit -n\` is short for it; \`git push -n\` only tries. Before the letter stand others that take no value: \`-mn\`
 * says "n", and \`-uno\` looks for no new files.
 */
const shortly = /\bgit\b[^&|;]+\bcommit\b[^&|;]*\s-[aeiopqsvz]*n/;

const forms: readonly (readonly [form: RegExp, says: (found: string) => string])[] = [
  [variables, (found) => `\`${found}\` switches the git hooks off`],
  [elsewhere, () => "`core.hooksPath` leads past the git hooks"],
  [without, () => "`--no-verify` leaves the git hooks out"],
  [shortly, () => "`git commit -n` leaves the git hooks out"],
];

/** What is said in it is no option. */
const message = /(?<=\s(?:-\w*m\s*|--message(?:\s+|=)))(?:"[^"]+"|'[^']+')/g;

function bypassOf(path: RepoPath, line: string): string | undefined {
  if (!isPage(path) && /^\s*(?:#|\/\/)/.test(line)) return undefined;
  const spoken = isPage(path) ? line : line.replaceAll(message, "");
  for (const [form, says] of forms) {
    const found = form.exec(spoken);
    if (found === null || (isPage(path) && isForbidden(spoken, found))) continue;
    return says(found.slice(1).find((part) => part !== undefined) ?? "");
  }
  return undefined;
}

function isForbidden(line: string, { index, 0: text }: RegExpExecArray): boolean {
  return forbids.test(line.slice(0, index)) || forbidden.test(line.slice(index + text.length));
}
