import type { z } from "zod";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { StreamClaim } from "./claim-stream.ts";
import { leasedStreams } from "./stream-lease.ts";
import type { Walk } from "./ranges/range.ts";
import { createRangeSet, type RangeSet } from "./ranges/range-set.ts";
import { dropWalk } from "./ranges/store-walk.ts";

export interface OpenWalkOptions {
  readonly db: Database;
  readonly source: Source;
  readonly claim: StreamClaim;
  readonly nowMs: () => number;
}

/**
 * Returns the ranges of a claimed stream: those of the walk that was begun, or one to begin with.
 * @throws ServiceError LEASE_LOST | STORE_UNAVAILABLE
 */
export async function openWalk({ db, source, claim, nowMs }: OpenWalkOptions): Promise<RangeSet> {
  const { connector } = source;
  const { work, lease } = claim;
  const isRanged = connector.streams.some(({ name, ranged }) => name === work.stream && ranged);
  const walk = claim.walk && parseWalk(connector.cursor, claim.walk);
  if (walk === undefined && claim.walk !== undefined) {
    await db.transaction(work.tenantId, async (tx) => {
      await leasedStreams.extend(tx, lease);
      await dropWalk(tx, work);
    });
  }
  return createRangeSet({
    walk,
    isRanged,
    oldestMs: connector.oldest === undefined ? 0 : Date.parse(connector.oldest),
    nowMs: nowMs(),
    root: {
      fromMs: work.range && Date.parse(work.range.from),
      toMs: work.range && Date.parse(work.range.to),
      cursor: parseCursor(connector.cursor, claim.cursor),
    },
  });
}

/**
 * Parses a walk; undefined if one of its cursors belongs to another version of the connector: then the walk restarts.
 */
function parseWalk(schema: z.ZodType<unknown>, { ranges, next }: Walk): Walk | undefined {
  const isReadable = ({ cursor }: { cursor: unknown }) =>
    cursor === undefined || parseCursor(schema, cursor) !== undefined;
  if (![...ranges, { cursor: next }].every(isReadable)) return undefined;
  return { ranges: ranges.map((range) => ({ ...range, cursor: parseCursor(schema, range.cursor) })), next };
}

/**
 * Parses a cursor. A cursor of another version of the connector may not parse: then the stream is read from its
 * beginning, never from a guessed position.
 */
function parseCursor(schema: z.ZodType<unknown>, cursor: unknown): unknown {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(cursor);
  return parsed.success ? parsed.data : undefined;
}
