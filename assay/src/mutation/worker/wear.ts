// When a process has taken so much memory that another one takes its place: what was loaded for one mutant, and nobody
// uses any more, is not always given back.

/** With what assay holds itself this stays below 1 GiB. */
const mostBytes = 768 * 2 ** 20;
/** Where the tests need as much from the start, another process would soon be there again. */
const mostGrowth = 384 * 2 ** 20;

// Captured before any test can put a fake in its place.
const residentBytes = process.memoryUsage.rss.bind(process.memoryUsage);

/** `resident`: how many bytes the process holds. */
export function openWear(resident: () => number = residentBytes): Wear {
  let atFirst: number | undefined;
  return {
    begin: () => void (atFirst ??= resident()),
    get isWorn() {
      return atFirst !== undefined && resident() > Math.max(mostBytes, atFirst + mostGrowth);
    },
  };
}

export interface Wear {
  /** To be called once the first test file has run; from then on the process is watched. */
  begin(): void;
  readonly isWorn: boolean;
}
