// Loaded by instrumented code, in whatever process it runs: answers which mutant is on, and writes down what happens.
// Imports nothing but Node, because it is built into a file of its own.
import { openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { EndlessLoop, isEndless } from "../switch-runtime.ts";
import type { Control, Fact } from "./facts.ts";

// Captured before any test can put something else in its place.
const write = writeSync;

/** What instrumented code calls. */
export interface Switch {
  is(mutant: number): boolean;
  at(probe: number): void;
  loop(number: number): void;
}

/** Answers what is called once for each instrumented file. `controlFile` holds a `Control`. */
export function open(controlFile: string): (file: number) => Switch {
  const control = JSON.parse(readFileSync(controlFile, "utf8")) as Control;
  const descriptor = openSync(join(control.facts, `${process.pid}-${threadId}`), "a");
  // At once, since a process may be killed, or end without telling anybody.
  const tell = (...fact: Fact): void => void write(descriptor, `${fact.join(" ")}\n`);
  const calls = callsOf(control, tell);
  return (file) => {
    tell("loaded", file);
    return calls;
  };
}

/** Fewer are within what any loop may do. */
const leastTold = 1024;

function callsOf({ mutant: active, rounds: usual }: Control, tell: (...fact: Fact) => void): Switch {
  const reached: boolean[] = [];
  const executed: boolean[] = [];
  const rounds: number[] = [];
  let isHit = false;
  return {
    is(mutant) {
      if (mutant === active) {
        if (!isHit) tell("hit");
        isHit = true;
        return true;
      }
      if (reached[mutant] !== true) {
        reached[mutant] = true;
        tell("reached", mutant);
      }
      return false;
    },
    at(probe) {
      if (executed[probe] === true) return;
      executed[probe] = true;
      tell("executed", probe);
    },
    loop(number) {
      const count = (rounds[number] ?? 0) + 1;
      rounds[number] = count;
      // Told at each power of two.
      if (active === null && count >= leastTold && (count & (count - 1)) === 0) tell("rounds", number, 2 * count);
      if (active !== null && isEndless(count, usual[number] ?? 0)) {
        tell("stopped");
        throw new EndlessLoop(`A loop was still going after ${count} rounds`);
      }
    },
  };
}
