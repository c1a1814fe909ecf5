// Keeps facts and resolutions between runs, in one file: a checksum, a line break, then arrays of indexes.
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { rootDir, type RepoPath } from "../model/paths.ts";
import type { OpaqueBy } from "./opaque.ts";
import type { Resolution } from "./resolve.ts";
import { specifierKinds, type ModuleFacts, type Specifier } from "./specifier.ts";

/** One file of the graph. */
export interface Module {
  readonly path: RepoPath;
  /** Null: not to be kept. */
  readonly blob: string | null;
  readonly facts: ModuleFacts;
  /** One for each specifier; undefined where it is not known yet. */
  readonly targets: readonly (Resolution | undefined)[];
}

/** All that resolving depends on, and what came of it. */
export interface Snapshot {
  /** Manifests and tsconfigs with their contents' ids, as one text. */
  readonly configuration: string;
  /** Files of other names that tsconfigs extend; `configuration` covers them. */
  readonly extended: readonly RepoPath[];
  /** Every path of the tree. */
  readonly paths: readonly RepoPath[];
  readonly modules: readonly Module[];
}

/** Changes with the format and with whatever decides about facts and resolutions. */
export const cacheVersion = "modules 6, oxc-parser 0.159.0, oxc-resolver 11.24.2";

interface Stored {
  readonly version: string;
  readonly configuration: string;
  readonly extended: readonly RepoPath[];
  readonly paths: readonly RepoPath[];
  /** Specifiers, reasons and folders. */
  readonly texts: readonly string[];
  readonly blobs: readonly string[];
  readonly numbers: readonly number[];
}

const byCodes: readonly OpaqueBy[] = ["runs", "reads", "locates"];
const targetKinds = ["unknown", "file", "package", "workspace", "builtin", "missing", "computed"] as const;

/** Reads what was kept. A note tells when there was something that could not be used. */
export function loadSnapshot(file: string): { readonly snapshot: Snapshot | null; readonly note: string | null } {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch {
    return { snapshot: null, note: null };
  }
  const body = content.slice(41);
  if (content.slice(0, 40) !== checksum(body)) return { snapshot: null, note: "dropped a damaged module cache" };
  // The checksum vouches for our own writing; the version for its shape.
  const stored = JSON.parse(body) as Stored;
  if (stored.version !== cacheVersion) return { snapshot: null, note: "dropped a module cache of another version" };
  return { snapshot: decode(stored), note: null };
}

/** Keeps a snapshot for the next run. A folder that can not be written is no error: the next run reads again. */
export function saveSnapshot(file: string, snapshot: Snapshot): void {
  const body = JSON.stringify(encode(snapshot));
  const temporary = `${file}.${process.pid}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, `${checksum(body)}\n${body}`);
    renameSync(temporary, file);
  } catch {
    discard(temporary);
  }
}

function discard(file: string): void {
  try {
    rmSync(file);
  } catch {
    // There is none.
  }
}

function encode({ configuration, extended, paths, modules }: Snapshot): Stored {
  const texts = interner<string>([]);
  const places = interner(paths);
  const blobs: string[] = [];
  const numbers: number[] = [];
  for (const { path, blob, facts, targets } of modules) {
    if (blob === null) continue;
    blobs.push(blob);
    numbers.push(places.indexOf(path), facts.specifiers.length, facts.opaque.length);
    for (const [index, { text, kind, line }] of facts.specifiers.entries()) {
      const target = encodeTarget(targets[index], places, texts);
      numbers.push(texts.indexOf(text), specifierKinds.indexOf(kind), line, ...target);
    }
    for (const { by, what } of facts.opaque) numbers.push(byCodes.indexOf(by), texts.indexOf(what));
  }
  return { version: cacheVersion, configuration, extended, paths, texts: texts.all(), blobs, numbers };
}

function encodeTarget(
  target: Resolution | undefined,
  places: Interner<RepoPath>,
  texts: Interner<string>,
): readonly [number, number] {
  const kind = targetKinds.indexOf(target?.kind ?? "unknown");
  if (target?.kind === "file") return [kind, places.indexOf(target.path)];
  if (target?.kind === "package") return [kind, texts.indexOf(target.name)];
  return [kind, target && "dir" in target ? texts.indexOf(target.dir) : kind];
}

function decode({ configuration, extended, paths, texts, blobs, numbers }: Stored): Snapshot {
  const resolutions = new Map<string, Resolution | undefined>();
  let at = 0;
  const next = (): number => numberAt(numbers, at++);
  const target = (): Resolution | undefined => {
    const kind = next();
    const value = next();
    // Most files are imported more than once: one object does for all.
    const key = `${kind} ${value}`;
    if (!resolutions.has(key)) resolutions.set(key, decodeTarget(kind, value, paths, texts));
    return resolutions.get(key);
  };
  const modules = blobs.map((blob): Module => {
    const path = paths[next()] ?? rootDir;
    const specifierCount = next();
    const opaqueCount = next();
    const firstSpecifier = at;
    const targets: (Resolution | undefined)[] = [];
    for (let index = 0; index < specifierCount; index++) {
      at += specifierFields;
      targets.push(target());
    }
    const opaque = Array.from({ length: opaqueCount }, () => {
      return { by: byCodes[next()] ?? "runs", what: texts[next()] ?? "" };
    });
    const facts = new KeptFacts({ texts, numbers }, firstSpecifier, specifierCount, opaque);
    return { path, blob, facts, targets };
  });
  return { configuration, extended, paths, modules };
}

/** Text, kind and line; the two numbers of a target follow. */
const specifierFields = 3;
const targetFields = 2;

/** Of most modules nobody asks which words they import by: a change concerns a few. */
class KeptFacts implements ModuleFacts {
  readonly opaque: ModuleFacts["opaque"];
  readonly #stored: Pick<Stored, "texts" | "numbers">;
  readonly #first: number;
  readonly #count: number;
  #specifiers: readonly Specifier[] | undefined;

  constructor(stored: Pick<Stored, "texts" | "numbers">, first: number, count: number, opaque: ModuleFacts["opaque"]) {
    this.opaque = opaque;
    this.#stored = stored;
    this.#first = first;
    this.#count = count;
  }

  get specifiers(): readonly Specifier[] {
    return (this.#specifiers ??= Array.from({ length: this.#count }, (_, index) => this.#specifierAt(index)));
  }

  #specifierAt(index: number): Specifier {
    const { texts, numbers } = this.#stored;
    const at = this.#first + index * (specifierFields + targetFields);
    return {
      text: texts[numberAt(numbers, at)] ?? "",
      kind: specifierKinds[numberAt(numbers, at + 1)] ?? "import",
      line: numberAt(numbers, at + 2),
    };
  }
}

function numberAt(numbers: readonly number[], at: number): number {
  return Number(numbers[at]);
}

function decodeTarget(
  kind: number,
  value: number,
  paths: readonly RepoPath[],
  texts: readonly string[],
): Resolution | undefined {
  const text = texts[value] ?? "";
  const name = targetKinds[kind] ?? "unknown";
  if (name === "unknown") return undefined;
  if (name === "file") return { kind: name, path: paths[value] ?? rootDir };
  if (name === "builtin" || name === "computed") return { kind: name };
  return name === "package" ? { kind: name, name: text } : { kind: name, dir: text as RepoPath };
}

function checksum(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

interface Interner<T> {
  all(): readonly T[];
  indexOf(value: T): number;
}

/** Numbers values, the known ones and then others in order of first sight. */
function interner<T>(known: readonly T[]): Interner<T> {
  const places = new Map(known.map((value, index) => [value, index]));
  return {
    all: () => [...places.keys()],
    indexOf(value) {
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      return place;
    },
  };
}
