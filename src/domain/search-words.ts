/** Characters that a text is searched by at most: far more than a bank writes, and less than PostgreSQL's text search takes. */
const MAX_CHARACTERS = 200_000;
/** Longer words are found by their beginning. */
const MAX_WORD_LENGTH = 100;

/**
 * The words of a text, in order, in the form in which they are stored and looked for: letters and digits without case and
 * accents. What stands between them only parts them, so that `RF18-5390/0075` is found by each of its parts, and by all.
 */
export function searchWords(text: string): readonly string[] {
  const plain = text
    .slice(0, MAX_CHARACTERS)
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase();
  const words =
    plain
      .slice(0, MAX_CHARACTERS)
      .replaceAll("ß", "ss")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.slice(0, MAX_WORD_LENGTH));
}
