import type pg from "pg";
import { ServiceError } from "../../../domain/error.ts";
import type { TextRow } from "../database/connection.ts";
import type { Lsn } from "../database/lsn.ts";
import { lsnOf, type SlotPosition } from "../database/position.ts";
import { readCatalogDigest } from "./catalog.ts";
import { createSlot, dropSlot } from "./create-slot.ts";
import { historyGap } from "./history.ts";
import { identifyServer } from "./identify.ts";
import { readSlot, type SlotState } from "./slot-state.ts";

/** Where to begin, in a slot that exists. */
export interface OpenedSlot {
  readonly startAt: Lsn;
  /** What the positions of this slot have in common. */
  readonly history: Omit<SlotPosition, "lsn">;
  /** Why changes after the stored position are missing; undefined: none are. */
  readonly gap: string | undefined;
  /** End of the server's log when the slot was opened. */
  readonly end: Lsn;
}

export interface OpenSlotOptions {
  /** A replication connection. */
  readonly client: pg.Client;
  readonly slot: string;
  readonly publications: readonly string[];
  readonly position: SlotPosition | undefined;
}

/**
 * Finds the slot, or creates it, and compares it with the stored position. A slot that can no longer send what comes
 * after that position is replaced.
 * @throws ServiceError UPSTREAM_REJECTED for a database or a slot that cannot be followed, UPSTREAM_UNAVAILABLE while
 *   another process creates the slot, or the error of `pg`
 */
export async function openSlot(options: OpenSlotOptions): Promise<OpenedSlot> {
  const { client, slot, position, publications } = options;
  const server = await identifyServer(client);
  const version = await requireFollowable(client);
  const catalog = await readCatalogDigest(client, publications);
  const history = { systemId: server.systemId, timeline: server.timeline, catalog };
  const create = async (gap: string | undefined): Promise<OpenedSlot> => {
    if (position !== undefined) await historyGap({ client, position, server, slot, confirmedTo: 0n }); // it may throw
    return { startAt: await createSlot(client, slot, version), history, gap, end: server.flushedTo };
  };
  const state = await readSlot(client, slot);
  if (state === undefined) {
    return await create(position === undefined ? undefined : `the replication slot "${slot}" was dropped`);
  }
  requireOurs(slot, state);
  if (state.lostBecause !== undefined) {
    await dropSlot(client, slot);
    return await create(`the replication slot "${slot}" was invalidated by the server (${state.lostBecause})`);
  }
  const confirmedTo = requireCreated(slot, state);
  if (position === undefined) return { startAt: confirmedTo, history, gap: undefined, end: server.flushedTo };
  const gap =
    (await historyGap({ client, position, server, slot, confirmedTo })) ??
    (position.catalog === catalog ? undefined : CATALOG_GAP);
  const stored = lsnOf(position);
  const startAt = stored > confirmedTo && stored <= server.flushedTo ? stored : confirmedTo;
  return { startAt, history, gap, end: server.flushedTo };
}

/** The stored rows may be without a column, or without the rows of a table, and no change in the stream states it. */
export const CATALOG_GAP =
  "the publication, or the columns, partitions or replica identity of a published table, were changed";

const VERSIONS = { oldest: 140_000 };

/** @returns the number that the server states as `server_version_num`: 180004 for 18.4 */
async function requireFollowable(client: pg.Client): Promise<number> {
  const { rows } = await client.query<TextRow>(
    "select current_setting('server_version_num') as version, pg_is_in_recovery() as standby",
  );
  const version = Number(rows[0]?.["version"]);
  if (version < VERSIONS.oldest) {
    throw rejected("the version of the database is too old", "PostgreSQL 14 or later is required to follow changes");
  }
  if (rows[0]?.["standby"] === "t") {
    throw rejected("the database is a standby", "changes are followed on the primary server: connect to that one");
  }
  return version;
}

function requireOurs(slot: string, state: SlotState): void {
  const problem =
    state.plugin !== "pgoutput"
      ? `is used with ${state.plugin ?? "physical replication"}, not with pgoutput`
      : state.isTemporary
        ? "is temporary, and would be lost with its session"
        : state.isTwoPhase
          ? "sends transactions when they are prepared, before they are committed"
          : undefined;
  if (problem === undefined) return;
  throw rejected(
    "the replication slot belongs to another program",
    `the replication slot "${slot}" ${problem}: choose another name, or drop it with SELECT pg_drop_replication_slot('${slot}')`,
  );
}

function requireCreated(slot: string, { confirmedTo, activePid }: SlotState): Lsn {
  if (confirmedTo !== undefined) return confirmedTo;
  throw new ServiceError("UPSTREAM_UNAVAILABLE", "the replication slot is being created", {
    detail: `process ${activePid ?? "(ended)"} of the database is creating the replication slot "${slot}"`,
  });
}

function rejected(meaning: string, detail: string): ServiceError {
  return new ServiceError("UPSTREAM_REJECTED", meaning, { detail });
}
