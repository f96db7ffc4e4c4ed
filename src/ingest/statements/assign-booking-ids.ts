import { hash } from "node:crypto";
import { entityId } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { Evidence } from "./evidence.ts";
import type { IncomingEntry } from "./match-entries.ts";

export interface NamingInput {
  readonly sourceId: string;
  /** Global id. */
  readonly statementId: string;
  readonly page: number;
  /** Name of the page's copy. */
  readonly copy: string;
  /** Bookings that were never reported before. */
  readonly entries: readonly IncomingEntry[];
}

/**
 * Assigns ids to new bookings, by entry index. An id is derived from the content of the booking, so that the same files
 * give the same ids in whatever order they arrive. Of several equal bookings only the first has this id; the ids of the
 * others also contain their place.
 */
export async function assignBookingIds(tx: Transaction, input: NamingInput): Promise<ReadonlyMap<number, string>> {
  const { sourceId, statementId, page, copy, entries } = input;
  const choices = entries.map((entry) => ({
    entry,
    names: [
      nameOf(entry, []),
      nameOf(entry, [String(entry.entryIndex)]),
      nameOf(entry, [statementId, String(page), String(entry.entryIndex)]),
      nameOf(entry, [statementId, String(page), String(entry.entryIndex), copy]),
    ],
  }));
  const idOf = (name: string): string => entityId(tx.tenantId, sourceId, "BankTransaction", name);
  const ids = new Set(choices.flatMap(({ names }) => names.map(idOf)));
  const rows = await tx.query<{ id: string }>("select id from bank_transactions where id = any($1)", [[...ids]]);
  const taken = new Set(rows.map(({ id }) => id));
  const named = new Map<number, string>();
  for (const { entry, names } of choices) {
    const name = names.find((one) => !taken.has(idOf(one)));
    if (name === undefined) throw new TypeError("an entry that is already stored must not get a new booking id");
    taken.add(idOf(name));
    named.set(entry.entryIndex, name);
  }
  return named;
}

function nameOf({ coreKey, fingerprint, day }: Evidence, place: readonly string[]): string {
  return hash("sha256", [coreKey, fingerprint, day, ...place].join("\0"), "base64url").slice(0, 22);
}
