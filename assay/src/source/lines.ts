/** Answers the 1-based line of an offset in `text`. Lines end in `\n`, `\r\n` or a lone `\r`. Built on first use. */
export function lineTable(text: string): (offset: number) => number {
  let ends: readonly number[] | undefined;
  return (offset) => {
    ends ??= lineEnds(text);
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Number(ends[middle]) <= offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function lineEnds(text: string): readonly number[] {
  return [...text.matchAll(/\r\n|[\n\r]/g)].map((match) => match.index + match[0].length);
}
