import type { Account } from "../world/account.ts";
import type { Direction, Entry, References } from "../world/entry.ts";

/** An entry of the world for the expected data: plain, without values that are not checked in any reader. */
export interface EntryTruth {
  readonly key: string;
  readonly account: string;
  readonly direction: Direction;
  readonly minor: bigint;
  readonly exponent: number;
  readonly currency: string;
  readonly status: "BOOK" | "PDNG";
  readonly isReversal: boolean;
  readonly bookedOn: string;
  readonly valueOn: string;
  readonly servicerReference: string | null;
  readonly details: readonly {
    readonly minor: bigint;
    readonly references: References;
    readonly creditorReference: string | null;
  }[];
}

/** Expected data of a real entry, whichever file reports it. */
export function entryTruth(entry: Entry, account: Account): EntryTruth {
  const { key, direction, minor, status, isReversal, bookedOn, valueOn, servicerReference } = entry;
  return {
    key,
    account: account.iban,
    direction,
    minor,
    exponent: account.exponent,
    currency: account.currency,
    status,
    isReversal,
    bookedOn,
    valueOn,
    servicerReference: servicerReference ?? null,
    details: entry.details.map(({ minor: part, references, creditorReference }) => ({
      minor: part,
      references,
      creditorReference: creditorReference ?? null,
    })),
  };
}
