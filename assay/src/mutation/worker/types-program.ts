// A project in the hands of a compiler, of whatever version.

/** A project that is held open while one of its files changes. */
export interface OpenProgram {
  /**
   * What the compiler says of these texts of a file, in files of their own beside it. Undefined where it does not take
   * the text on disk that way, or can not be asked.
   */
  problemsOfCopies(file: string, texts: readonly string[]): readonly (readonly Problem[])[] | undefined;
  /** What the compiler says of a file that reads `text` instead of what is on disk; undefined where the file is not its. */
  problemsOf(file: string, text: string | null): readonly Problem[] | undefined;
  close(): void;
}

export interface Problem {
  readonly code: number;
  readonly text: string;
}

/** That a name is not used any more says nothing about whether the change works. */
const unused = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205]);

export function matters({ code }: Problem): boolean {
  return !unused.has(code);
}
