// Texts that the parser must not be given: it runs out of stack on them, and takes the whole process with it.

const mostNested = 1000;

/** Where brackets are nested deeper than anyone writes them; undefined where they are not. What stands in texts and comments counts. */
export function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === openRound || code === openSquare || code === openCurly) {
      if (++depth > mostNested) return at;
    } else if ((code === closeRound || code === closeSquare || code === closeCurly) && depth > 0) depth--;
  }
  return undefined;
}

const [openRound, closeRound, openSquare, closeSquare, openCurly, closeCurly] = [40, 41, 91, 93, 123, 125];
