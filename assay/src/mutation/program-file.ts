// Which changed files tests have to be about.
import type { SourceFile } from "../model/source-file.ts";

const materialFolder = /^(?:__\w+__|fixtures?|mocks?|test-?data)$/;
/** `vitest.config.build.ts`. */
const configName = /\.config\.[\w.-]+$/;

/**
 * Is it a part of the program? Not what is there for tests (`__fixtures__/user.ts`), nor configuration, under whatever
 * name.
 */
export function isProgramFile(file: SourceFile | undefined): file is SourceFile {
  if (file?.role !== "source") return false;
  const parts = file.path.split("/");
  return !parts.some((part) => materialFolder.test(part)) && (parts.includes("src") || !configName.test(file.path));
}
