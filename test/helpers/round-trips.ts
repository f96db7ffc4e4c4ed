import type { Transaction } from "../../src/store/database.ts";

/** A transaction whose round trips are counted. */
export interface CountedTransaction {
  readonly tx: Transaction;
  /** Number of statements that were sent while no other was in flight: those sent meanwhile travel with it. */
  trips(): number;
}

/** Counts the round trips of a transaction's statements. */
export function countRoundTrips(tx: Transaction): CountedTransaction {
  let inFlight = 0;
  let trips = 0;
  return {
    tx: {
      ...tx,
      async query(...given) {
        if (inFlight === 0) trips += 1;
        inFlight += 1;
        try {
          return await tx.query(...given);
        } finally {
          inFlight -= 1;
        }
      },
    },
    trips: () => trips,
  };
}
