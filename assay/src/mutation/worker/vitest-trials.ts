// Which trials one worker of vitest's is given, and what is said of a file that is run in several projects.
import type { Said, SessionEvent, Trial, TrialsJob } from "./protocol.ts";
import type { Say } from "./serve.ts";

export interface Share {
  readonly file: string;
  readonly trials: readonly Trial[];
}

/** Where there are more, several workers have done with them sooner; and what was loaded for each stays in memory. */
const mostShared = 16;

/** Which trials are tried in one worker. The last come first: whatever one hands on to the next is another thing than before. */
export function sharesOf({ trials, shared }: TrialsJob): readonly Share[] {
  if (!shared) return trials.map((trial) => ({ file: trial.file, trials: [trial] }));
  const byFile = new Map<string, Trial[]>();
  for (const trial of trials.toReversed()) byFile.set(trial.file, [...(byFile.get(trial.file) ?? []), trial]);
  return [...byFile].flatMap(([file, own]) =>
    Array.from({ length: Math.ceil(own.length / mostShared) }, (_, index) => {
      return { file, trials: own.slice(index * mostShared, (index + 1) * mostShared) };
    }),
  );
}

/** Of a file that belongs to several projects what failed counts, else what reached the mutant most. `timesOf`: in how many it is run. */
export function sayCombined(say: Say, timesOf: (file: string) => number | undefined): (said: Said) => void {
  const heard = new Map<string, (SessionEvent & { readonly kind: "tried" })[]>();
  return ({ event, worker }) => {
    if (event.kind !== "tried") return say(event, worker);
    const key = JSON.stringify([event.mutant, event.file]);
    const runs = [...(heard.get(key) ?? []), event];
    heard.set(key, runs);
    const isLast = runs.length === timesOf(event.file);
    const failed = runs.find(({ outcome }) => outcome !== "passed");
    const decisive = failed ?? runs.toSorted((a, b) => (b.hits ?? 0) - (a.hits ?? 0))[0];
    if (isLast && decisive) say(decisive, worker);
  };
}
