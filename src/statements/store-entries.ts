import { quarantine, type Quarantined } from "../apply/quarantine.ts";
import type { EntryMessage } from "../connector-api/files.ts";
import type { StatementPart } from "../domain/bank.ts";
import type { StatementRecord } from "../domain/entities.ts";
import { entityId } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { evidenceOf } from "./evidence.ts";
import { findKnown, sequenceOf } from "./find-known.ts";
import { type IncomingEntry, matchEntries } from "./match-entries.ts";
import { nameBookings } from "./name-bookings.ts";
import type { StatementScope } from "./scope.ts";
import { sightingVersion } from "./sighting-version.ts";
import { pageOf } from "./statement-key.ts";
import { storeDetails, storeSightings, type TellingPage, type Told } from "./store-sightings.ts";
import { transactionRecord } from "./transaction-record.ts";
import { writeRecords } from "./write-records.ts";

export interface StoreEntriesInput {
  readonly sourceId: string;
  readonly fileId: string;
  readonly contentHash: string;
  readonly part: StatementPart;
  readonly record: StatementRecord;
  readonly items: readonly EntryMessage[];
}

export interface StoredEntries {
  readonly events: readonly NewEvent[];
  readonly created: number;
  readonly known: number;
  readonly quarantined: number;
}

type Readable = Extract<EntryMessage, { readonly entry: object }>;

/** Stores some entries of a page: each as the booking that it is, faulty ones in quarantine. */
export async function storeEntries(tx: Transaction, input: StoreEntriesInput): Promise<StoredEntries> {
  const { sourceId, items, record, part } = input;
  const accountId = entityId(tx.tenantId, sourceId, "Account", part.account.externalId);
  const statementId = entityId(tx.tenantId, sourceId, "Statement", record.externalId);
  const readable = items.filter((item): item is Readable => item.entry !== undefined);
  const evidence = readable.map((item): IncomingEntry => ({
    ...evidenceOf(part.account.externalId, item.entry, record.lastDay),
    entryIndex: item.index,
  }));
  const page = { sourceId, accountId, statementId, kind: part.kind, page: pageOf(part), fileId: input.fileId };
  const known = await matchAll(tx, page, scopeOf(statementId, record), evidence);
  const added = evidence.filter(({ entryIndex }) => !known.has(entryIndex));
  const names = await nameBookings(tx, { ...page, entries: added });
  const told = readable.map((item, index): Told => {
    const externalId = known.get(item.index) ?? names.get(item.index);
    const own = evidence[index];
    if (externalId === undefined || own === undefined) throw new TypeError("every entry is known or named");
    return {
      evidence: own,
      entry: item.entry,
      externalId,
      transactionId: entityId(tx.tenantId, sourceId, "BankTransaction", externalId),
      version: sightingVersion(part, item.entry.status, input.contentHash),
    };
  });
  const events = await writeRecords(
    tx,
    input,
    told.map(({ entry, externalId, version }, index) => ({
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
  await storeSightings(tx, page, told);
  await storeDetails(tx, statementId, told);
  const faulty = items.flatMap((item) => (item.entry === undefined ? [quarantinedOf(item, input)] : []));
  const parked = await quarantine(tx, { sourceId, runId: undefined }, faulty);
  return { events: [...events, ...parked], created: added.length, known: known.size, quarantined: faulty.length };
}

/** Bookings that were told before, by entry index. */
async function matchAll(
  tx: Transaction,
  telling: TellingPage,
  scope: StatementScope,
  evidence: readonly IncomingEntry[],
): Promise<ReadonlyMap<number, string>> {
  const known = await findKnown(tx, telling, evidence);
  const { page, fileId } = telling;
  const byKey = Map.groupBy(evidence, ({ coreKey }) => coreKey);
  return new Map(
    [...byKey].flatMap(([key, entries]) => [
      ...matchEntries({ entries, known: known.get(key) ?? [], scope, page, fileId }),
    ]),
  );
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

/** The file has them. */
const NO_BYTES = new Uint8Array();
