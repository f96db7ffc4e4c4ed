import { quarantine, type Quarantined } from "../apply/quarantine.ts";
import type { EntryMessage } from "../connector-api/files.ts";
import type { StatementPart } from "../domain/bank.ts";
import type { StatementRecord } from "../domain/entities.ts";
import { entityId } from "../domain/ids.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { evidenceOf } from "./evidence.ts";
import { findKnown, sequenceOf } from "./find-known.ts";
import { type IncomingEntry, type Match, matchEntries } from "./match-entries.ts";
import type { StatementScope } from "./scope.ts";
import { sightingVersion } from "./sighting-version.ts";
import { pageOf } from "./statement-key.ts";
import { storeDetails, storeSightings, type Told } from "./store-sightings.ts";
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
  const matches = await matchAll(tx, input, { accountId, statementId }, evidence);
  const told = readable.map((item, index): Told => {
    const match = matches.get(item.index);
    const own = evidence[index];
    if (match === undefined || own === undefined) throw new TypeError("every entry is matched");
    return {
      evidence: own,
      entry: item.entry,
      externalId: match.externalId,
      transactionId: entityId(tx.tenantId, sourceId, "BankTransaction", match.externalId),
      isNew: match.isNew,
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
  const page = { sourceId, accountId, statementId, kind: part.kind, page: pageOf(part), fileId: input.fileId };
  await storeSightings(tx, page, told);
  await storeDetails(tx, statementId, told);
  const faulty = items.flatMap((item) => (item.entry === undefined ? [quarantinedOf(item, input)] : []));
  const parked = await quarantine(tx, { sourceId, runId: undefined }, faulty);
  const created = told.filter(({ isNew }) => isNew).length;
  return { events: [...events, ...parked], created, known: told.length - created, quarantined: faulty.length };
}

async function matchAll(
  tx: Transaction,
  { part, record, fileId }: StoreEntriesInput,
  ids: { readonly accountId: string; readonly statementId: string },
  evidence: readonly IncomingEntry[],
): Promise<ReadonlyMap<number, Match>> {
  const known = await findKnown(tx, ids.accountId, evidence);
  const scope = scopeOf(ids.statementId, record);
  const byKey = Map.groupBy(evidence, ({ coreKey }) => coreKey);
  const matches = [...byKey].flatMap(([key, entries]) =>
    matchEntries({ entries, known: known.get(key) ?? [], scope, page: pageOf(part), fileId }),
  );
  return new Map(matches.map((match) => [match.entryIndex, match]));
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
