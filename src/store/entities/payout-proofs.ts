import { arrayLiteral } from "../array-literal.ts";
import type { Transaction } from "../database.ts";

/** What is concluded about a payout from its ledger; none of its source's own fields. */
export interface StoredProof {
  readonly payoutId: string;
  /** Null if the source says nothing about the entries of its payouts. */
  readonly state: string | null;
  readonly unexplainedMinor: bigint | null;
  /** Part of it by which the balances after later payouts are too small. */
  readonly balanceErrorMinor: bigint;
}

/** Stores the states of proofs that differ from the stored ones. */
export async function writeProofs(tx: Transaction, proofs: readonly StoredProof[]): Promise<void> {
  if (proofs.length === 0) return;
  await tx.query(
    `with changed as (
       select existing.id, input.state, input.unexplained, input.error
       from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) as input (id, state, unexplained, error)
       join payouts as existing on existing.id = input.id
       where (existing.proof_state, existing.unexplained_minor, existing.balance_error_minor)
         is distinct from (input.state, input.unexplained, input.error)
       order by existing.id for update of existing
     )
     update payouts as existing set proof_state = changed.state, unexplained_minor = changed.unexplained,
       balance_error_minor = changed.error
     from changed where existing.id = changed.id`,
    [
      arrayLiteral(proofs, ({ payoutId }) => payoutId),
      arrayLiteral(proofs, ({ state }) => state),
      arrayLiteral(proofs, ({ unexplainedMinor }) => unexplainedMinor?.toString()),
      arrayLiteral(proofs, ({ balanceErrorMinor }) => balanceErrorMinor.toString()),
    ],
  );
}

/** What the ledger gained from the payout before until this one. */
export interface SettledAmount {
  readonly payoutId: string;
  readonly settledMinor: bigint;
}

/** Stores what the ledger gained until each of these payouts. */
export async function writeSettled(tx: Transaction, settled: readonly SettledAmount[]): Promise<void> {
  if (settled.length === 0) return;
  await tx.query(
    `update payouts as existing set settled_minor = input.settled
     from unnest($1::text[], $2::bigint[]) as input (id, settled) where existing.id = input.id`,
    [
      arrayLiteral(settled, ({ payoutId }) => payoutId),
      arrayLiteral(settled, ({ settledMinor }) => settledMinor.toString()),
    ],
  );
}

/** Discards what was calculated for these payouts, because entries of their time have changed. */
export async function discardSettled(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `with changed as (
       select id from payouts where id = any($1) and settled_minor is not null order by id for update
     )
     update payouts as existing set settled_minor = null from changed where existing.id = changed.id`,
    [ids],
  );
}
