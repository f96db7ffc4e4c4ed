/**
 * Maximum number of characters of a text that is searched: far more than a bank writes, and less than PostgreSQL's text
 * search accepts.
 */
const MAX_CHARACTERS = 200_000;
/** A longer word is indexed by its first characters only. */
const MAX_WORD_LENGTH = 100;

/**
 * Splits a text into its words, in order, in the form in which they are stored and searched: letters and digits without
 * case and accents. All other characters only separate words, so `RF18-5390/0075` is found by each of its parts and by
 * all of them.
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
