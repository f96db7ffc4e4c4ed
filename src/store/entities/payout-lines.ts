import type { Transaction } from "../database.ts";

/** A ledger entry in a list of what a payout paid out. */
export interface PayoutLine {
  /** Global id of the ledger entry. */
  readonly id: string;
  /** Global id of the payout. */
  readonly payoutId: string;
  /** Version of the list: the newest list that contains an entry wins. */
  readonly version: bigint;
}

/** Records by which payout ledger entries were paid out. @returns ids of the entries that changed */
export async function linkLines(tx: Transaction, lines: readonly PayoutLine[]): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(LINK, [
    lines.map(({ id }) => id),
    lines.map(({ payoutId }) => payoutId),
    lines.map(({ version }) => version.toString()),
  ]);
  return rows.map(({ id }) => id);
}

/** Records that all lines of payouts are present. @returns ids of the payouts of which it was not known */
export async function completePayouts(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(COMPLETE, [ids]);
  return rows.map(({ id }) => id);
}

/** Rows are locked in the order of their ids, as everywhere. */
const LINK = `
  with input as (
    select distinct on (id) * from unnest($1::text[], $2::text[], $3::bigint[]) as input (id, payout_id, version)
    order by id, version desc
  ), changed as (
    select existing.id, input.payout_id, input.version
    from input join ledger_entries as existing on existing.id = input.id
    where existing.payout_id is distinct from input.payout_id
      and (existing.payout_version is null or existing.payout_version <= input.version)
    order by existing.id for update of existing
  )
  update ledger_entries as existing set payout_id = changed.payout_id, payout_version = changed.version
  from changed where existing.id = changed.id returning existing.id`;

const COMPLETE = `
  with changed as (
    select id from payouts where id = any($1) and lines_known_at is null order by id for update
  )
  update payouts as existing set lines_known_at = now() from changed where existing.id = changed.id
  returning existing.id`;
