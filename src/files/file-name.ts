/** Longest name of a file; of a member of an archive twice that. */
export const MAX_NAME_CHARACTERS = 200;

/** A name from outside as it may be stored and shown: no control characters, no half surrogate pairs, not endless. */
export function storableName(name: string, maxCharacters = MAX_NAME_CHARACTERS): string {
  return shownText(name).slice(0, maxCharacters).toWellFormed(); // the cut may have halved a pair
}

/** A text from outside, every control character in it replaced. */
export function shownText(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}/gu, "\u{fffd}");
}
