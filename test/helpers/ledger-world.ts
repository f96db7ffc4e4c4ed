import type {
  AccountRecord,
  BalanceRecord,
  DisputeRecord,
  DomainRecord,
  LedgerEntryRecord,
  PartyRecord,
  PaymentAttemptRecord,
  PaymentRecord,
  PayoutRecord,
  RefundRecord,
} from "../../src/domain/entities.ts";
import { entityId, type EntityType } from "../../src/domain/ids.ts";
import type { Money } from "../../src/domain/money.ts";
import { FINALITY } from "../../src/domain/version.ts";
import type { Database } from "../../src/store/database.ts";
import type { Observation } from "../../src/store/entities/observation.ts";
import { writeObservations } from "../../src/store/entities/write-observations.ts";

/** Tenant and source of objects. */
export interface Place {
  readonly database: Database;
  readonly tenantId: string;
  readonly sourceId: string;
}

export const euro = (minor: bigint): Money => ({ minor, exponent: 2, currency: "EUR" });

/** Minute `n` of 2026: objects with different numbers have different times. */
export function minute(n: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
}

/** Registers an active source that is polled every five minutes. */
export async function addSource({ database, tenantId, sourceId }: Place, scheduleSeconds: number | null = 300) {
  await database.transaction(tenantId, (tx) =>
    tx.query(
      `insert into sources (tenant_id, id, connector, status, status_since, schedule_seconds, last_success_at)
       values ($1, $2, 'stripe', 'ACTIVE', now(), $3, now())`,
      [tenantId, sourceId, scheduleSeconds],
    ),
  );
}

/** Writes records as a sync would; each call is newer than the previous one. */
export async function putRecords(place: Place, records: readonly DomainRecord[]): Promise<void> {
  const byType = Map.groupBy(records, (record) => record.type);
  const moment = nextMoment();
  await place.database.transaction(place.tenantId, async (tx) => {
    for (const [type, some] of byType) {
      const observations = some.map((record) => observe(place, type, record.externalId, moment, record));
      await writeObservations(tx, type, { observations, requestedAt: undefined });
    }
  });
}

/** Reports the deletion of an object, whether it was ever stored or not. */
export async function tombstoneRecord(place: Place, type: EntityType, externalId: string): Promise<void> {
  const observations = [observe(place, type, externalId, nextMoment(), undefined)];
  await place.database.transaction(place.tenantId, (tx) =>
    writeObservations(tx, type, { observations, requestedAt: undefined }),
  );
}

let moments = 0n;
function nextMoment(): bigint {
  moments += 1n;
  return moments;
}

function observe(
  { tenantId, sourceId }: Place,
  entity: EntityType,
  externalId: string,
  moment: bigint,
  record: DomainRecord | undefined,
): Observation {
  return {
    sourceId,
    entity,
    externalId,
    id: entityId(tenantId, sourceId, entity, externalId),
    record,
    version: { from: moment, until: moment, finality: FINALITY.ordinary },
    sourceUpdatedAt: undefined,
    via: "POLL",
    raw: { rawHash: undefined, deliveryId: undefined, path: "" },
  };
}

const base = (externalId: string, n: number) => ({ externalId, createdAt: minute(n), extensions: {} });

export function partyRecord(n: number): PartyRecord {
  const identifiers = [{ scheme: "stripe.customer", value: `cus_${n}` }];
  return { ...base(`cus_${n}`, n), type: "Party", kind: "PERSON", name: `Payer ${n}`, email: undefined, identifiers };
}

export function accountRecord(n: number): AccountRecord {
  const names = { name: `Account ${n}`, currency: "EUR", ownerExternalId: `cus_${n}`, identifiers: [] };
  return { ...base(`acct_${n}`, n), type: "Account", ownership: "INTERNAL", kind: "PROCESSOR_BALANCE", ...names };
}

export function balanceRecord(n: number): BalanceRecord {
  const externalId = `acct_${n}:available:EUR`;
  const balance = { accountExternalId: `acct_${n}`, kind: "AVAILABLE" as const, money: euro(5000n), asOf: minute(n) };
  return { ...base(externalId, n), type: "Balance", ...balance };
}

export function paymentRecord(n: number, changes: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    ...base(`pi_${n}`, n),
    type: "Payment",
    kind: "PAYIN",
    status: "SUCCEEDED",
    rawStatus: "succeeded",
    amount: euro(1050n),
    capturedMinor: 1050n,
    debtorExternalId: `cus_${n}`,
    creditorExternalId: undefined,
    method: "card",
    description: undefined,
    references: [{ scheme: "stripe.payment_intent", value: `pi_${n}` }],
    ...changes,
  };
}

export function attemptRecord(n: number): PaymentAttemptRecord {
  return {
    ...base(`ch_${n}`, n),
    type: "PaymentAttempt",
    paymentExternalId: `pi_${n}`,
    status: "SUCCEEDED",
    rawStatus: "succeeded",
    amount: euro(1050n),
    capturedMinor: 1050n,
    refundedMinor: 300n,
    method: "card",
    error: undefined,
    payerDetails: undefined,
  };
}

export function refundRecord(n: number, which = 0): RefundRecord {
  return {
    ...base(`re_${n}_${which}`, n + which),
    type: "Refund",
    paymentExternalId: `pi_${n}`,
    attemptExternalId: `ch_${n}`,
    status: "SUCCEEDED",
    rawStatus: "succeeded",
    amount: euro(150n),
    reason: "requested_by_customer",
    failureReason: undefined,
  };
}

export function disputeRecord(n: number): DisputeRecord {
  return {
    ...base(`dp_${n}`, n),
    type: "Dispute",
    paymentExternalId: `pi_${n}`,
    attemptExternalId: `ch_${n}`,
    status: "NEEDS_RESPONSE",
    rawStatus: "needs_response",
    amount: euro(1050n),
    reason: "fraudulent",
    stage: "CHARGEBACK",
    evidenceDueBy: minute(n + 1),
  };
}

export function payoutRecord(n: number): PayoutRecord {
  return {
    ...base(`po_${n}`, n),
    type: "Payout",
    accountExternalId: `acct_${n}`,
    destinationExternalId: `acct_${n}`,
    status: "PAID",
    rawStatus: "paid",
    amount: euro(900n),
    arrivalDate: "2026-01-05",
    failureReason: undefined,
    references: [],
    disclosure: undefined,
  };
}

export function ledgerEntryRecord(n: number, originType: LedgerEntryRecord["originType"]): LedgerEntryRecord {
  const prefix = { PaymentAttempt: "ch", Refund: "re", Dispute: "dp", Payout: "po", none: "xx" }[originType ?? "none"];
  return {
    ...base(`txn_${prefix}_${n}`, n),
    type: "LedgerEntry",
    accountExternalId: `acct_${n}`,
    kind: "PAYMENT",
    rawKind: "charge",
    gross: euro(1050n),
    feeMinor: 50n,
    netMinor: 1000n,
    originType,
    originExternalId: originType === "Refund" ? `re_${n}_0` : `${prefix}_${n}`,
    availableOn: minute(n + 2),
    exchangeRate: undefined,
    description: undefined,
  };
}

/**
 * Objects `from` to `to - 1`: a payment with payer, attempt, two refunds, dispute, payout, account and ledger lines
 * each.
 */
export function ledgerWorld(from: number, to: number): DomainRecord[] {
  return Array.from({ length: to - from }, (_, index) => from + index).flatMap((n) => [
    partyRecord(n),
    accountRecord(n),
    balanceRecord(n),
    paymentRecord(n),
    attemptRecord(n),
    refundRecord(n, 0),
    refundRecord(n, 1),
    disputeRecord(n),
    payoutRecord(n),
    ledgerEntryRecord(n, "PaymentAttempt"),
    ledgerEntryRecord(n, "Refund"),
    ledgerEntryRecord(n, "Dispute"),
    ledgerEntryRecord(n, "Payout"),
  ]);
}
