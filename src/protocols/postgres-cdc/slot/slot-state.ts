import type pg from "pg";
import { z } from "zod";
import { type Lsn, parseLsn } from "../database/lsn.ts";
import { quoteLiteral } from "../database/quote.ts";

const lsn = z.string().transform(parseLsn).nullable();

/** Source: PostgreSQL manual, "pg_replication_slots"; what newer servers add is optional. */
const slotRow = z.object({
  plugin: z.string().nullable(),
  slot_type: z.string(),
  database: z.string().nullable(),
  temporary: z.boolean(),
  active_pid: z.int().nullable(),
  restart_lsn: lsn,
  confirmed_flush_lsn: lsn,
  wal_status: z.string().nullable(),
  safe_wal_size: z.number().nullable(),
  two_phase: z.boolean(),
  invalidation_reason: z.string().nullish(),
});

/** A replication slot as the server describes it. */
export interface SlotState {
  /** Output plugin; undefined: a physical slot. */
  readonly plugin: string | undefined;
  readonly database: string | undefined;
  readonly isTemporary: boolean;
  readonly isTwoPhase: boolean;
  /** Process of the server that uses it; undefined: none. */
  readonly activePid: number | undefined;
  /** The log is retained from here on; undefined: no more. */
  readonly retainedFrom: Lsn | undefined;
  /** Transactions whose commit record begins before it are not sent again. */
  readonly confirmedTo: Lsn | undefined;
  /** Why the server can no longer send from it; undefined: it can. */
  readonly lostBecause: string | undefined;
  /** Bytes that can still be written before the slot may be lost; undefined: no limit is set. */
  readonly safeBytes: bigint | undefined;
}

/** Returns the state of a slot; undefined if there is none of this name. @param client a connection of either kind */
export async function readSlot(client: pg.Client, name: string): Promise<SlotState | undefined> {
  const { rows } = await client.query<{ slot: string }>(
    `select to_jsonb(s) as slot from pg_catalog.pg_replication_slots s where s.slot_name = ${quoteLiteral(name)}`,
  );
  return rows[0] === undefined ? undefined : slotState(slotRow.parse(JSON.parse(rows[0].slot)));
}

function slotState(row: z.infer<typeof slotRow>): SlotState {
  return {
    plugin: row.plugin ?? undefined,
    database: row.database ?? undefined,
    isTemporary: row.temporary,
    isTwoPhase: row.two_phase,
    activePid: row.active_pid ?? undefined,
    retainedFrom: row.restart_lsn ?? undefined,
    confirmedTo: row.confirmed_flush_lsn ?? undefined,
    lostBecause: row.invalidation_reason ?? (row.wal_status === "lost" ? "wal_removed" : undefined),
    safeBytes: row.safe_wal_size === null ? undefined : BigInt(row.safe_wal_size),
  };
}
