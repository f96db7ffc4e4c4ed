/** Maximum length of a file's name; twice that for a member of an archive. */
export const MAX_NAME_CHARACTERS = 200;

/**
 * Converts an external name into a form that may be stored and displayed: no control characters, no unpaired
 * surrogates, limited length.
 */
export function storableName(name: string, maxCharacters = MAX_NAME_CHARACTERS): string {
  return printableText(name).slice(0, maxCharacters).toWellFormed(); // the cut may have split a surrogate pair
}

/** Replaces every control character in an external text. */
export function printableText(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}/gu, "\u{fffd}");
}
