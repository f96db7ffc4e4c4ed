const MEBI = 2 ** 20;

/**
 * Limits on the resources that a file may use. Each is far above what banks send and far below what is harmful: a 200
 * MB file of a hundred million tiny elements, or of one huge one, is rejected after its first megabytes.
 */
export const CAMT_LIMITS = {
  /** Nesting depth of elements. The deepest path that the schemas allow has 17. */
  depth: 64,
  /** Attributes of one element, including namespace declarations. */
  attributes: 64,
  /** Characters of an element's or an attribute's name. */
  nameLength: 256,
  /** Characters of one text, attribute, comment, CDATA section or processing instruction. */
  tokenLength: MEBI,
  /** Elements in memory at a time: those of an entry without its details, or of one detail. */
  bufferedElements: 100_000,
  /** Characters of text in memory at a time, as above. */
  bufferedText: 16 * MEBI,
  /** Characters of text in one entry with all its details. */
  entryText: 256 * MEBI,
  /** TxDtls in one entry. */
  details: 100_000,
  statements: 10_000,
  /** Balances of one statement; the same limit applies to its faults. */
  balances: 10_000,
  /** Different Sts texts in one statement: the schemas define four. */
  statuses: 20,
} as const;
