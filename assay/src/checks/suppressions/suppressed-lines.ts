// Which lines of a file the directives that reach onwards cover, and whether a change made them cover more.
import type { FilePair } from "../../model/check.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { directiveOf, endOf, type Directive } from "./directives.ts";
import { editedBlocks } from "../change/edited-blocks.ts";
import { plainName } from "./rule-names.ts";

/** A directive that covers more than it did. */
export interface Widened {
  /** The first line that it did not cover. */
  readonly line: number;
  readonly name: string;
}

interface Range {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** By aim and rule the lines that are covered. */
type Ranges = ReadonlyMap<string, readonly Range[]>;

/** Lines that stayed as they are, and came under a directive that stood in the file before: its end was moved or taken out. */
export function widened(pair: FilePair): Widened | undefined {
  const { base, head } = pair;
  if (base === undefined || head === undefined) return undefined;
  const after = rangesOf(head);
  if (after.size === 0) return undefined;
  const before = rangesOf(base);
  const blocks = editedBlocks(base.text, head.text);
  const lines = head.text.split(/\r?\n/);
  for (const [key, ranges] of after) {
    const same = before.get(key);
    if (same === undefined) continue;
    const old = [...same, ...(before.get(`${key.split(" ", 1)[0]} `) ?? [])];
    for (const { name, start, end } of ranges) {
      for (let line = start; line <= Math.min(end, lines.length); line++) {
        const baseLine = isCode(lines[line - 1]) ? lineAtBase(blocks, line) : undefined;
        if (baseLine !== undefined && !old.some((range) => range.start <= baseLine && baseLine <= range.end))
          return { line, name };
      }
    }
  }
  return undefined;
}

/** Comments, imports and lone brackets may come to stand anywhere. */
function isCode(line = ""): boolean {
  const code = line.replaceAll(/\/\*.*?\*\//g, "");
  return /\w/.test(code) && !/^\s*(?:\/\/|\/?\*|import\b|\}? from\b)/.test(code);
}

/** The line of the base that an untouched line of the head was; undefined for one that was added or rewritten. */
function lineAtBase(blocks: ReturnType<typeof editedBlocks>, line: number): number | undefined {
  let shift = 0;
  for (const { base, head } of blocks) {
    if (head.start > line) break;
    if (line <= head.end) return undefined;
    shift = base.end - head.end;
  }
  return line + shift;
}

function rangesOf(file: SourceFile): Ranges {
  const ranges = new Map<string, Range[]>();
  const open: { directive: Directive; rule: string; start: number }[] = [];
  const close = ({ directive: { aim, name }, rule, start }: (typeof open)[number], end: number): void => {
    const key = `${aim} ${rule}`;
    ranges.set(key, [...(ranges.get(key) ?? []), { name: `${name} ${rule}`.trimEnd(), start, end }]);
  };
  for (const comment of file.comments) {
    const line = file.lineOf(comment.start);
    const stop = endOf(comment);
    const directive = stop === undefined ? directiveOf(comment) : undefined;
    if (stop !== undefined) {
      for (const one of open.filter(({ directive: { aim }, rule }) => aim === stop.aim && isNamed(rule, stop.rules))) {
        close(one, line);
        open.splice(open.indexOf(one), 1);
      }
    } else if (directive !== undefined) {
      const last = directive.lines === undefined ? Infinity : file.lineOf(comment.end) + directive.lines;
      const rules = directive.rules.length === 0 ? [""] : directive.rules.map(plainName);
      for (const rule of rules) {
        if (directive.lines !== undefined) close({ directive, rule, start: line }, last);
        else if (directive.reach === "onwards") open.push({ directive, rule, start: isForFile(directive) ? 1 : line });
      }
    }
  }
  for (const one of open) close(one, Infinity);
  return ranges;
}

function isNamed(rule: string, rules: readonly string[]): boolean {
  return rules.length === 0 || rules.some((each) => plainName(each) === rule);
}

/** Does it hold for the whole file, wherever it stands? */
function isForFile({ name }: Directive): boolean {
  return /nocheck|noflow|file|-all|^eslint$|^@no/.test(name);
}
