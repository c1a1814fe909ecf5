import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { launchersAmong } from "./launchers.ts";
import { temporaryFolder } from "./testing/project.ts";

function launches(text: string): boolean {
  const file = join(temporaryFolder("assay-launchers-"), "source.ts");
  writeFileSync(file, text);
  return launchersAmong([file]).length > 0;
}

test.each([
  ["new Piscina({ filename: new URL('./worker.ts', import.meta.url).href })", true],
  ["new Worker(new URL(\n  `../worker.mjs`,\n  import.meta.url,\n))", true],
  ["new Pool(new URL('./worker.js',import.meta.url))", true],
  ["fork(require.resolve('./child'))", true],
  ['const path = import.meta.resolve("../child.js");', true],
  ["new Worker(join(__dirname, 'deep', 'worker.js'))", true],
  ["run(`${import.meta.dirname}/child.cts`)", true],
  ["new Worker('./src/worker.js')", true],
  ["fork( __filename, [])", true],
  ["new Worker(new URL(import.meta.url))", true],
  ["new Worker(import.meta.filename)", true],
  ["spawn('git', ['status'])", false],
  ["readFileSync(new URL('../package.json', import.meta.url))", false],
  ["new URL('worker.ts', base)", false],
  ["require.resolve('typescript')", false],
  ["join(__dirname, 'data'); const name = 'a.js';", false],
  ["new Worker(options.path)", false],
  ["pitchfork('hay')", false],
])("%s gives a process or worker a module of its own: %s", (text, expected) => {
  expect(launches(text)).toBe(expected);
});

test("those that are not there are none", () => {
  expect(launchersAmong([join(temporaryFolder("assay-launchers-"), "gone.ts")])).toEqual([]);
});
