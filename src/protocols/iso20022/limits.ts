const MEBI = 2 ** 20;

/**
 * What a file may ask of us. Each is far above what banks send and far below what hurts: a 200 MB file of a hundred
 * million tiny elements, or of one huge one, is refused after its first megabytes.
 */
export const CAMT_LIMITS = {
  /** Elements within elements. The deepest path that the schemas allow has 17. */
  depth: 64,
  /** Of one element, namespace declarations counted too. */
  attributes: 64,
  /** Characters of an element's or an attribute's name. */
  nameLength: 256,
  /** Characters of one text, attribute, comment, CDATA section or processing instruction. */
  tokenLength: MEBI,
  /** Elements held at a time: those of an entry without its details, or of one detail. */
  heldElements: 100_000,
  /** Characters of text held at a time, as above. */
  heldText: 16 * MEBI,
  /** Characters of text in one entry with all its details. */
  entryText: 256 * MEBI,
  /** TxDtls in one entry. */
  details: 100_000,
  statements: 10_000,
  /** Balances of one statement, and likewise its faults. */
  balances: 10_000,
  /** Different Sts texts in one statement: the schemas know four. */
  statuses: 20,
} as const;
