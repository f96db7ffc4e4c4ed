import type pg from "pg";
import { ServiceError } from "../../../domain/error.ts";
import { formatLsn, type Lsn } from "../database/lsn.ts";
import { lsnOf, type SlotPosition } from "../database/position.ts";
import type { ServerIdentity } from "./identify.ts";
import { readSwitchPoint } from "./timeline.ts";

export interface HistoryOptions {
  /** A replication connection. */
  readonly client: pg.Client;
  readonly position: SlotPosition;
  readonly server: ServerIdentity;
  readonly slot: string;
  readonly confirmedTo: Lsn;
}

/**
 * Returns why the slot does not continue at the stored position; undefined if it does. The slot never confirms what was
 * not stored, so one that is ahead of the position was moved by somebody else, or made after the position.
 * @throws ServiceError UPSTREAM_REJECTED if the server's log ends before what was stored: versions of stored objects
 *   would be newer than everything it sends; UPSTREAM_UNAVAILABLE while that is so for a promoted replica
 */
export async function historyGap(options: HistoryOptions): Promise<string | undefined> {
  const { position, server, slot, confirmedTo } = options;
  const stored = lsnOf(position);
  const parted = await whereParted(options);
  if (parted !== undefined) {
    if (stored > server.flushedTo)
      throw parted.isDescendant ? notThereYet(position, server) : shorterLog(position, server);
    return parted.reason;
  }
  if (confirmedTo > stored) {
    return `the replication slot "${slot}" is at ${formatLsn(confirmedTo)}, after the stored position ${position.lsn}: it was recreated, or another program uses it`;
  }
  return undefined;
}

/** Why the histories differ. */
interface Parting {
  readonly reason: string;
  /** True if the server's history began as the one that was followed, so that its log grows beyond the stored position. */
  readonly isDescendant: boolean;
}

async function whereParted({ client, position, server }: HistoryOptions): Promise<Parting | undefined> {
  const unrelated = (reason: string): Parting => ({ reason, isDescendant: false });
  if (position.systemId !== server.systemId) {
    return unrelated(
      `the database is another cluster (${server.systemId}) than the one that was followed (${position.systemId})`,
    );
  }
  if (position.timeline === server.timeline) {
    return lsnOf(position) > server.flushedTo
      ? unrelated(
          `the log of the database ends at ${formatLsn(server.flushedTo)}, before the stored position ${position.lsn}: it was restored from a backup`,
        )
      : undefined;
  }
  const switchPoint = await readSwitchPoint(client, server.timeline, position.timeline);
  if (switchPoint !== undefined && lsnOf(position) <= switchPoint) return undefined;
  const from = switchPoint === undefined ? "" : `: it continued from ${formatLsn(switchPoint)}`;
  return {
    reason: `a replica was promoted (timeline ${position.timeline} to ${server.timeline}) that did not have everything up to the stored position ${position.lsn}${from}`,
    isDescendant: switchPoint !== undefined,
  };
}

/** What is read before the log has passed the stored position would be older than the stored objects. */
function notThereYet(position: SlotPosition, server: ServerIdentity): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "a replica without the last changes was promoted", {
    detail: `the log of the promoted database is at ${formatLsn(server.flushedTo)}: it is followed, and everything is read again, as soon as it has passed the stored position ${position.lsn}`,
  });
}

function shorterLog(position: SlotPosition, server: ServerIdentity): ServiceError {
  return new ServiceError("UPSTREAM_REJECTED", "the database has another history than the one that was followed", {
    detail: `the log of the database ends at ${formatLsn(server.flushedTo)}, but objects were stored up to ${position.lsn}: it was restored or replaced, and its changes cannot be ordered after them. Connect it as a new source`,
  });
}
