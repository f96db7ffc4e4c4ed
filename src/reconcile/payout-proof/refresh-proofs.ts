import type { Transaction } from "../../store/database.ts";
import { discardSettled, type StoredProof, writeProofs, writeSettled } from "../../store/entities/payout-proofs.ts";
import type { Proof } from "./decide-proof.ts";
import { sumSettled } from "./find-figures.ts";
import { findProofs } from "./find-proofs.ts";
import { isListed, settlesAt } from "./ledger-sql.ts";
import { exists } from "../../store/queries/exists.ts";

/*
 * Keeps the stored states of proofs up to date, set by set: entries that change affect the payout that lists them and,
 * by the balance, the payouts of their ledger from that time on.
 */

/** Maximum number of payouts in one statement that reads their entries. */
const BATCH_SIZE = 200;
/** Maximum number of batches whose sums are calculated in one round; the next round continues. */
const MAX_BATCHES = 25;

/** Objects that have changed, by global id. */
export interface LedgerChanges {
  readonly entryIds: readonly string[];
  readonly payoutIds: readonly string[];
}

/**
 * Discards the sums that the changes affect.
 * @returns payouts whose state may have changed
 */
export async function discardAffected(tx: Transaction, changes: LedgerChanges): Promise<readonly string[]> {
  const { entryIds, payoutIds } = changes;
  if (entryIds.length === 0 && payoutIds.length === 0) return [];
  const next = await tx.query<{ id: string }>(NEXT_PAYOUTS, [entryIds, payoutIds]);
  const settled = [...new Set([...payoutIds, ...next.map(({ id }) => id)])];
  await discardSettled(tx, settled);
  return settled;
}

/** Times at which a changed entry counts or counted: a change of `available_on` is recorded with the value before. */
const MOMENTS = `
  select entry.account_id, entry.currency, ${settlesAt("entry")} as at
  from ledger_entries as entry where entry.id = any($1)
  union
  select entry.account_id, entry.currency, greatest((change.fields #>> '{available_on,0}')::timestamptz, entry.ordered_at)
  from ledger_entries as entry join entity_changes as change on change.entity_id = entry.id
  where entry.id = any($1) and change.fields ? 'available_on'
  union
  select payout.account_id, payout.currency, payout.ordered_at from payouts as payout where payout.id = any($2)`;

/** The first payout that each moment affects, at it or after it, and the payouts that the entries came from. */
const NEXT_PAYOUTS = `
  with moment as materialized (${MOMENTS})
  select distinct payout.id from moment cross join lateral (
    select later.id from payouts as later
    where later.account_id = moment.account_id and later.currency = moment.currency and later.ordered_at >= moment.at
      and ${exists("later")}
    order by later.ordered_at, later.id limit 2
  ) as payout
  union
  select payout.id from ledger_entries as entry join payouts as payout on payout.id = entry.origin_id
  where entry.id = any($1) and entry.origin_type = 'Payout'`;

/**
 * Calculates the sums that are missing, for sources whose ledger was read completely.
 * @returns payouts whose sum was calculated
 */
export async function settlePayouts(tx: Transaction, wholeSourceIds: readonly string[]): Promise<readonly string[]> {
  const settled: string[] = [];
  if (wholeSourceIds.length === 0) return settled;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const rows = await tx.query<{ id: string }>(UNSETTLED, [wholeSourceIds, BATCH_SIZE]);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) break;
    await writeSettled(tx, await sumSettled(tx, ids));
    settled.push(...ids);
    if (ids.length < BATCH_SIZE) break;
  }
  return settled;
}

const UNSETTLED = `
  select id from payouts as payout where settled_minor is null and amount_minor is not null and account_id is not null
    and source_id = any($1) and ${exists("payout")} order by id limit $2`;

/** Sources with payouts whose sums are missing. */
export async function findUnsettledSources(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct source_id as id from payouts as payout where settled_minor is null and ${exists("payout")}`,
  );
  return rows.map(({ id }) => id);
}

/** Calculates the sums of these payouts again, as far as they were calculated before. */
export async function settleAgain(tx: Transaction, payoutIds: readonly string[]): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `select id from payouts as payout where id = any($1) and settled_minor is not null and ${exists("payout")}`,
    [payoutIds],
  );
  for (const ids of batchesOf(rows.map(({ id }) => id))) await writeSettled(tx, await sumSettled(tx, ids));
}

/**
 * Stores the states of these payouts, and of those after them in their ledgers that depend on the balance.
 * @returns all of them
 */
export async function refreshProofs(tx: Transaction, payoutIds: readonly string[]): Promise<readonly string[]> {
  if (payoutIds.length === 0) return [];
  const rows = await tx.query<DependentRow>(DEPENDENT, [payoutIds]);
  // Oldest first: each batch contains the errors of those before it.
  for (const batch of batchesOf(rows)) await writeProofs(tx, await decideBatch(tx, batch));
  return rows.map(({ id }) => id);
}

interface DependentRow {
  readonly id: string;
  /** True if the entries of the payout are needed; where the balance decides, their sums are stored. */
  readonly reads_lines: boolean;
  readonly [column: string]: unknown;
}

async function decideBatch(tx: Transaction, batch: readonly DependentRow[]): Promise<readonly StoredProof[]> {
  const ids = batch.map(({ id }) => id);
  const withLines = batch.filter((row) => row.reads_lines).map(({ id }) => id);
  const proofs = new Map((await findProofs(tx, ids, withLines)).map((proof) => [proof.payoutId, proof]));
  return ids.map((id) => storedProof(id, proofs.get(id)));
}

/** A list that adds up does not depend on the balance. */
const DEPENDENT = `
  with changed as materialized (
    select * from payouts as payout where id = any($1) and ${exists("payout")}
  ), since as materialized (
    select account_id, currency, min(ordered_at) as ordered_at from changed where account_id is not null
    group by account_id, currency
  )
  select payout.id, ${isListed("payout")} as reads_lines from payouts as payout where payout.id in (
    select id from changed
    union
    select later.id from since cross join lateral (
      select * from payouts as own where own.account_id = since.account_id and own.currency = since.currency
        and own.ordered_at >= since.ordered_at and ${exists("own")} offset 0
    ) as later
    where not ${isListed("later")} or later.proof_state in ('EXPLAINED', 'UNEXPLAINED')
  ) order by payout.ordered_at, payout.id`;

function storedProof(payoutId: string, proof: Proof | undefined): StoredProof {
  return {
    payoutId,
    state: proof?.state ?? null,
    unexplainedMinor: proof?.unexplainedMinor ?? null,
    balanceErrorMinor: proof?.balanceErrorMinor ?? 0n,
  };
}

function batchesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / BATCH_SIZE) }, (_, n) =>
    items.slice(n * BATCH_SIZE, (n + 1) * BATCH_SIZE),
  );
}
