import { StringDecoder } from "node:string_decoder";

const keptBytes = 64 * 1024 * 1024;

/** Keeps the first bytes of a stream, which may be endless, as text. */
export class OutputBuffer {
  truncated = false;
  readonly #decoder = new StringDecoder("utf8");
  #text = "";
  #room: number;

  constructor(limit = keptBytes) {
    this.#room = limit;
  }

  push(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#room);
    if (kept.length < chunk.length) this.truncated = true;
    this.#room -= kept.length;
    this.#text += this.#decoder.write(kept);
  }

  /** To be asked for once, at the end. */
  text(): string {
    return this.#text + this.#decoder.end();
  }
}
