// Finds the script in files that hold TypeScript or JavaScript among other things.

const componentName = /\.(?:vue|svelte|astro|mdx)$/;
// An attribute may hold `>`: `generics="T extends Map<string, number>"`. In a comment there is no script.
const scriptBlock = /<!--[^]*?-->|(<script(?![\w-])(?:"[^"]*"|'[^']*'|[^"'>])*>)([^]*?)<\/script>/gi;
/** Of a script that is data (`application/ld+json`), or that something else than JavaScript is to run. */
const otherType =
  /\stype=(?!["']{2})(?!["']?(?:module|(?:text|application)\/(?:javascript|typescript|babel|jsx|tsx?))["'\s>])/i;
const frontmatter = /^(\s*---\r?\n)([^]*?)\r?\n---/g;
const mdxModuleLine = /()^((?:import|export)\s.*)$/gm;

/** A file with a script inside, of which the imports can be read. */
export function isComponentPath(path: string): boolean {
  return componentName.test(path);
}

/** A component whose script is a program, not lines among prose. */
export function isMarkupWithScript(path: string): boolean {
  return isComponentPath(path) && !path.endsWith(".mdx");
}

/** The scripts of a component as one module; everything else is blanked out, so that lines stay what they are. */
export function scriptOf(path: string, text: string): string {
  const patterns = path.endsWith(".mdx") ? [mdxModuleLine] : [frontmatter, scriptBlock];
  const ranges = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(innerRange));
  let script = "";
  let end = 0;
  for (const range of ranges) {
    if (range.start < end) continue;
    script += blank(text.slice(end, range.start)) + text.slice(range.start, range.end);
    end = range.end;
  }
  return script;
}

function innerRange(match: RegExpExecArray): { start: number; end: number } {
  const [, opening = "", content = ""] = match;
  const inside = otherType.test(opening) ? "" : content;
  const start = match.index + opening.length;
  return { start, end: start + inside.length };
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
