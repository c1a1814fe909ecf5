// What a project adds to the checks, from the words of the file to those of the program.
import { repoPath } from "../model/paths.ts";
import type { NameSource, OwnCheck, Parity, ProjectCheck, Ratio, RatioSides } from "../model/own-check.ts";
import type { ConfigFile } from "./config-schema.ts";

type Written<Table extends "check" | "parity" | "ratio"> = ConfigFile[Table][number];

export function toProjectCheck(entry: Written<"check">): ProjectCheck {
  const { command, pattern, files, except, message } = entry;
  if (pattern === undefined) return { ...toOwn(entry), kind: "command", command: command ?? [] };
  return {
    ...toOwn(entry),
    kind: "pattern",
    message: message ?? "",
    patterns: typeof pattern === "string" ? [pattern] : pattern,
    files: files ?? null,
    except: except ?? [],
  };
}

export function toParity(entry: Written<"parity">): Parity {
  return {
    ...toOwn(entry),
    reference: toSource(entry.reference, entry.reference_pointer),
    covered: toSource(entry.covered, entry.covered_pointer),
    allowsExtra: entry.extra === "allow",
    except: entry.except,
  };
}

export function toRatio(entry: Written<"ratio">): Ratio {
  const { at_most: atMost, measure, seconds } = entry;
  return { ...toOwn(entry), sides: sidesOf(entry), atMost, measure, seconds };
}

function sidesOf({ numerator, denominator, command, prepare }: Written<"ratio">): RatioSides {
  if (command !== undefined) return { kind: "revisions", command, prepare: prepare ?? null };
  return { kind: "commands", numerator: numerator ?? [], denominator: denominator ?? [] };
}

function toSource(written: string | readonly string[], pointer: string | undefined): NameSource {
  const place = { pointer: pointer ?? null };
  return typeof written === "string" ? { ...place, file: repoPath(written) } : { ...place, command: written };
}

function toOwn(entry: Written<"check" | "parity" | "ratio">): OwnCheck {
  return {
    id: entry.id,
    scopes: entry.scopes ?? null,
    in: entry.in,
    message: entry.message ?? null,
    remedy: entry.remedy ?? null,
    incident: entry.incident ?? null,
  };
}
