// Progress for whoever reads a pipe: agents pay for each line, and take silence for a hang.

/** Says at intervals how far things are: never more often, and also where nothing new was heard. */
export class Occasional {
  readonly #show: (line: string) => void;
  readonly #started = performance.now();
  #latest = "at work";

  /** The timer keeps no process alive. */
  constructor(show: (line: string) => void, intervalMs: number) {
    this.#show = show;
    setInterval(() => this.#tell(), intervalMs).unref();
  }

  hear(line: string): void {
    this.#latest = line;
  }

  #tell(): void {
    const seconds = Math.round((performance.now() - this.#started) / 1000);
    this.#show(`${this.#latest} (${seconds} s so far)`);
  }
}
