/**
 * Returns the candidate that was probably meant by a misspelt word: at most a third of its letters differ, capitals do
 * not matter. Undefined: none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const given = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(given, candidate.toLowerCase());
    const isNear = distance <= Math.max(1, Math.floor(Math.max(given.length, candidate.length) / 3));
    if (isNear && distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Returns `; did you mean "stripe"?`, or an empty text if no candidate is near. */
export function didYouMean(word: unknown, candidates: Iterable<string>): string {
  const meant = typeof word === "string" ? nearest(word, candidates) : undefined;
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}

/** Number of letters to add, remove, replace or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? Infinity) + 1,
        (current[column - 1] ?? Infinity) + 1,
        (last[column - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? Infinity;
}
