/** The known name that was probably meant, the first of equally near ones; undefined when none is close. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(2, name.length / 3);
  const [best] = Array.from(known, (candidate) => ({
    candidate,
    distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
  }))
    .filter(({ candidate, distance }) => distance <= limit && distance < candidate.length)
    .toSorted((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** A sentence for a hint: the name that was probably meant, else what there is to choose from. */
export function suggestion(name: string, known: Iterable<string>, what: string): string {
  const names = [...known];
  const near = nearest(name, names);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (names.length === 0) return `There are no ${what}.`;
  const shown = names.slice(0, 12).join(", ");
  return `Known ${what}: ${shown}${names.length > 12 ? ", …" : ""}.`;
}

/** Insertions, deletions and replacements that turn one string into the other. */
function editDistance(a: string, b: string): number {
  let distance = b.length;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const letter of a) {
    let diagonal = Infinity;
    distance = Infinity;
    row = row.map((above, column) => {
      const replaced = diagonal + (letter === b[column - 1] ? 0 : 1);
      diagonal = above;
      distance = Math.min(replaced, above + 1, distance + 1);
      return distance;
    });
  }
  return distance;
}
