// What holds a backtick or a dollar is no comment for us: inside of a template it would be text with code in it.
const lineComments = /^[ \t]*(?:\/\*[^`$]*?\*\/|\/\/[^`$\r\n]+)/gm;

/** Does the pattern occur outside of comments that begin a line? The cheap half of the question is asked first. */
export function testCode(pattern: RegExp, text: string): boolean {
  return pattern.test(text) && pattern.test(text.replace(lineComments, ""));
}
