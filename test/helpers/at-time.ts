import type { Transaction } from "../../src/store/database.ts";

/** The transaction, in which `now()` is another time: what its statements find if nothing else happens until then. */
export function atTime(tx: Transaction, epochMs: number): Transaction {
  const time = `to_timestamp(${epochMs / 1_000})`;
  return { ...tx, query: (text, values) => tx.query(text.replaceAll(/\bnow\(\)/g, time), values) };
}
