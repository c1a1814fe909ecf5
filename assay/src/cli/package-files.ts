// Files that ship beside the bundle.
import { fileURLToPath } from "node:url";

/** A page of the documentation, or the program of the report's page. The build puts both next to the bundle. */
export function docsFile(path: string): string {
  return fileURLToPath(new URL(`./docs/${path}`, import.meta.url));
}
