import type { Transaction } from "../../src/store/database.ts";

/** A transaction whose round trips are counted. */
export interface CountedTransaction {
  readonly tx: Transaction;
  /** Number of statements that were sent while no other was under way: those sent meanwhile travel with it. */
  trips(): number;
}

/** Counts the round trips of a transaction's statements. */
export function countRoundTrips(tx: Transaction): CountedTransaction {
  let underWay = 0;
  let trips = 0;
  return {
    tx: {
      ...tx,
      async query(...given) {
        if (underWay === 0) trips += 1;
        underWay += 1;
        try {
          return await tx.query(...given);
        } finally {
          underWay -= 1;
        }
      },
    },
    trips: () => trips,
  };
}
