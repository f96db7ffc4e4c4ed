import type { Transaction } from "../../store/database.ts";

/** The changes of a tenant that are to be checked next. */
export interface Changes {
  /** Number of the last event that was checked before. */
  readonly after: bigint;
  /** Number of the last of these events. */
  readonly through: bigint;
  /** Global ids of the objects that changed. */
  readonly entityIds: readonly string[];
  readonly hasMore: boolean;
}

/** Maximum number of events of one round. */
const MAX_EVENTS = 5_000;

/**
 * Reads the changes since the last round; undefined when another process is checking them. Events that were deleted
 * before they were checked are skipped: the nightly check of everything covers their objects.
 */
export async function lockChanges(tx: Transaction): Promise<Changes | undefined> {
  await tx.query("insert into invariant_progress (tenant_id, checked_seq) values ($1, 0) on conflict do nothing", [
    tx.tenantId,
  ]);
  const [progress] = await tx.query<{ after: bigint }>(
    "select checked_seq as after from invariant_progress for update skip locked",
  );
  if (progress === undefined) return undefined;
  const rows = await tx.query<{ seq: bigint; id: string | null }>(
    "select seq, entity_id as id from events where seq > $1 order by seq limit $2",
    [progress.after, MAX_EVENTS],
  );
  return {
    after: progress.after,
    through: rows.at(-1)?.seq ?? progress.after,
    entityIds: [...new Set(rows.flatMap(({ id }) => id ?? []))],
    hasMore: rows.length === MAX_EVENTS,
  };
}

/** Records that the changes are checked, in the transaction that checked them. */
export async function advanceProgress(tx: Transaction, { after, through }: Changes): Promise<void> {
  if (through === after) return;
  await tx.query("update invariant_progress set checked_seq = $1", [through]);
}
