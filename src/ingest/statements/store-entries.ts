import { quarantine, type Quarantined } from "../apply/quarantine.ts";
import type { EntryMessage } from "../../connector-api/files.ts";
import type { StatementPart } from "../../domain/bank.ts";
import type { StatementRecord } from "../../domain/entities.ts";
import { entityId } from "../../domain/ids.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { evidenceOf } from "./evidence.ts";
import { findKnown, findOwn, sequenceOf } from "./find-known.ts";
import { type IncomingEntry, matchEntries } from "./match-entries.ts";
import { findRevisable } from "./find-revisable.ts";
import { matchRevised } from "./match-revised.ts";
import { assignBookingIds } from "./assign-booking-ids.ts";
import type { EntryPlace } from "./pending-after-booking.ts";
import type { StatementScope } from "./scope.ts";
import { issuedMsOf, partVersion, entryVersion } from "./entry-version.ts";
import { copyName, type PageCopy } from "./page-copy.ts";
import { referenceKeysOf, type StrongReference } from "./reference-keys.ts";
import { storeDetails, storeEntryOccurrences, type MatchedEntry } from "./store-entry-occurrences.ts";
import { transactionRecord } from "./transaction-record.ts";
import { writeRecords } from "./write-records.ts";

export interface StoreEntriesInput {
  readonly sourceId: string;
  readonly contentHash: string;
  readonly part: StatementPart;
  readonly record: StatementRecord;
  readonly copy: PageCopy;
  readonly items: readonly EntryMessage[];
}

export interface StoredEntries {
  readonly events: readonly NewEvent[];
  readonly created: number;
  readonly known: number;
  readonly quarantined: number;
  /**
   * Global ids of the transactions of the entries, whether they were known before, and whether they are booked here.
   */
  readonly transactions: readonly { readonly id: string; readonly isKnown: boolean; readonly isBooked: boolean }[];
}

type Readable = Extract<EntryMessage, { readonly entry: object }>;

/** Stores some entries of a page: each as the booking that it was matched to, malformed ones in quarantine. */
export async function storeEntries(tx: Transaction, input: StoreEntriesInput): Promise<StoredEntries> {
  const { sourceId, items, record, part, copy } = input;
  const { statementId } = copy;
  const readable = items.filter((item): item is Readable => item.entry !== undefined);
  const evidence = readable.map((item): IncomingEntry => ({
    ...evidenceOf(part.account.externalId, item.entry, record.lastDay),
    entryIndex: item.index,
  }));
  const page = { ...copy, sourceId, kind: part.kind };
  const strong = new Map(
    readable.map((item, index) => [item.index, referenceKeysOf(item.entry, evidence[index]?.references ?? [])]),
  );
  const issuedMs = issuedMsOf(partVersion(part, input.contentHash));
  const known = await matchAll(tx, { copy, scope: scopeOf(statementId, record), issuedMs, evidence, strong });
  const added = evidence.filter(({ entryIndex }) => !known.has(entryIndex));
  const names = await assignBookingIds(tx, { ...page, copy: copyName(copy), entries: added });
  const matchedEntries = readable.map((item, index): MatchedEntry => {
    const externalId = known.get(item.index) ?? names.get(item.index);
    const own = evidence[index];
    if (externalId === undefined || own === undefined)
      throw new TypeError("every entry must have a known or a new booking id");
    return {
      evidence: own,
      entry: item.entry,
      externalId,
      transactionId: entityId(tx.tenantId, sourceId, "BankTransaction", externalId),
      version: entryVersion(part, item.entry.status, input.contentHash),
      strongReferences: strong.get(item.index) ?? [],
    };
  });
  const events = await writeRecords(
    tx,
    input,
    matchedEntries.map(({ entry, externalId, version }, index) => ({
      version,
      path: readable[index]?.path ?? "",
      record: transactionRecord(entry, {
        externalId,
        accountExternalId: part.account.externalId,
        statementExternalId: record.externalId,
        lastDay: record.lastDay,
      }),
    })),
  );
  await storeEntryOccurrences(tx, page, matchedEntries);
  await storeDetails(tx, statementId, matchedEntries);
  const faulty = items.flatMap((item) => (item.entry === undefined ? [quarantinedOf(item, input)] : []));
  const quarantineEvents = await quarantine(tx, { sourceId, runId: undefined }, faulty);
  return {
    events: [...events, ...quarantineEvents],
    created: added.length,
    known: known.size,
    quarantined: faulty.length,
    transactions: matchedEntries.map(({ transactionId: id, evidence: { entryIndex, status } }) => ({
      id,
      isKnown: known.has(entryIndex),
      isBooked: status === "BOOKED",
    })),
  };
}

interface MatchAllInput extends EntryPlace {
  readonly copy: PageCopy;
  readonly evidence: readonly IncomingEntry[];
  /** Strong references by entry index. */
  readonly strong: ReadonlyMap<number, readonly StrongReference[]>;
}

/** Finds bookings that were reported before, by entry index. */
async function matchAll(
  tx: Transaction,
  { copy, scope, issuedMs, evidence, strong }: MatchAllInput,
): Promise<ReadonlyMap<number, string>> {
  const own = await findOwn(tx, copy, evidence);
  const others = evidence.filter(({ entryIndex }) => !own.has(entryIndex));
  const known = await findKnown(tx, copy, others);
  const place = { scope, issuedMs, page: copy.page, fileId: copyName(copy) };
  const matched = new Map(own);
  const taken = new Set<string>();
  for (const [key, entries] of bookedFirst(others)) {
    const free = (known.get(key) ?? []).filter(({ externalId }) => !taken.has(externalId));
    for (const [index, externalId] of matchEntries({ ...place, entries, known: free })) {
      matched.set(index, externalId);
      taken.add(externalId);
    }
  }
  const left = others.filter(({ entryIndex }) => !matched.has(entryIndex));
  const revised = await findRevisable(tx, copy, left, strong);
  const free = revised.filter(({ externalId }) => !taken.has(externalId));
  return new Map([...matched, ...matchRevised({ ...place, entries: left, strong, known: free })]);
}

/**
 * Groups entries by core key. A booking that was pending with another amount is known under both amounts: the entry
 * that books it comes before one that may be another pending payment.
 */
function bookedFirst(entries: readonly IncomingEntry[]): readonly (readonly [string, readonly IncomingEntry[]])[] {
  const groups = [...Map.groupBy(entries, ({ coreKey }) => coreKey)];
  const isBooked = (group: readonly IncomingEntry[]): boolean => group.some(({ status }) => status === "BOOKED");
  return [...groups.filter(([, group]) => isBooked(group)), ...groups.filter(([, group]) => !isBooked(group))];
}

function scopeOf(statementId: string, record: StatementRecord): StatementScope {
  const { kind, from, to, firstDay, lastDay, checks } = record;
  const sequence = sequenceOf(record.electronicSequence ?? record.legalSequence);
  return { statementId, kind, from, to, firstDay, lastDay, sequence, checks };
}

function quarantinedOf(
  { path, fault }: Extract<EntryMessage, { readonly fault: object }>,
  { contentHash }: StoreEntriesInput,
): Quarantined {
  return {
    message: {
      type: "malformed",
      entity: "BankTransaction",
      externalId: undefined,
      path: fault.path,
      problem: fault.problem,
      raw: { payload: { bytes: NO_BYTES, mediaType: "application/xml" }, path },
    },
    raw: { rawHash: contentHash, deliveryId: undefined, path },
  };
}

/** The file contains the bytes. */
const NO_BYTES = new Uint8Array();
