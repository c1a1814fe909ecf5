// Texts of the repository in messages, which have little room.

/** The beginning of a text, where it is longer than `most` characters. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** The end of it: paths end in what tells them apart. */
export function shortenedPath(path: string, most: number): string {
  return path.length > most ? `…${path.slice(1 - most)}` : path;
}
