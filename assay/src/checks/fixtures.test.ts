import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Config } from "../model/config.ts";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { guards } from "./index.ts";
import { runGuard } from "./run-guards.ts";

// They end in `.txt`, since they are wrong on purpose and tools that look at all sources must not read them as such.
const folder = new URL("fixtures/", import.meta.url);

/** What surrounds the fixtures of a guard: `repository.json` beside them. */
interface Repository {
  readonly files?: Texts;
  readonly config?: Partial<Config>;
}

for (const guard of guards) {
  const dir = new URL(`${guard.id}/`, folder);
  const repository = readRepository(dir);
  for (const name of cases(dir)) {
    test(`${guard.id} finds in ${name} what its comments say`, async () => {
      const head = readFileSync(new URL(name, dir), "utf8");
      const path = pathOf(head, name);
      const context = await contextOf({
        base: { ...repository.files, ...readBase(dir, name, path) },
        head: { ...repository.files, [path]: head },
        ...(repository.config && { config: repository.config }),
      });
      const outcome = await runGuard(guard, context);
      const lines = outcome.status === "failed" ? outcome.findings.map(({ line }) => line ?? 1) : [];
      expect(lines.toSorted((a, b) => a - b)).toEqual(expectedLines(head));
      for (const { message } of outcome.status === "failed" ? outcome.findings : []) {
        expect(message.length).toBeLessThan(200);
      }
    });
  }
}

/** Lines with the comment `finds`, once for each time it stands there. */
function expectedLines(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => Array.from(line.matchAll(/\/\* finds \*\//g), () => index + 1));
}

/** A fixture lies at `src/<name>` unless its first line says `// at: some/other/path.ts`, or `#` for `//`. */
function pathOf(text: string, name: string): string {
  return /^(?:\/\/|#) at: (\S+)/.exec(text)?.[1] ?? `src/${name.replace(/\.txt$/, "")}`;
}

function cases(dir: URL): readonly string[] {
  return readdirSync(dir).filter((name) => name.endsWith(".txt") && !name.includes(".base."));
}

function readBase(dir: URL, name: string, path: string): Texts {
  const file = new URL(name.replace(/(\.\w+\.txt)$/, ".base$1"), dir);
  return existsSync(file) ? { [path]: readFileSync(file, "utf8") } : {};
}

function readRepository(dir: URL): Repository {
  const file = new URL("repository.json", dir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Repository) : {};
}
