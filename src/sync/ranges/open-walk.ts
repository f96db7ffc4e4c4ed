import type { z } from "zod";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";
import type { Claim } from "../claim-stream.ts";
import { fence } from "../stream-lease.ts";
import type { Walk } from "./range.ts";
import { createRangeSet, type RangeSet } from "./range-set.ts";
import { dropWalk } from "./store-walk.ts";

export interface OpenWalkOptions {
  readonly db: Database;
  readonly source: Source;
  readonly claim: Claim;
  readonly nowMs: () => number;
}

/**
 * The ranges of a claimed stream: those of the walk that was begun, or one to begin with.
 * @throws ServiceError LEASE_LOST | STORE_UNAVAILABLE
 */
export async function openWalk({ db, source, claim, nowMs }: OpenWalkOptions): Promise<RangeSet> {
  const { connector } = source;
  const { work, lease } = claim;
  const isRanged = connector.streams.some(({ name, ranged }) => name === work.stream && ranged);
  const walk = isRanged ? claim.walk && parseWalk(connector.cursor, claim.walk) : undefined;
  if (walk === undefined && claim.walk !== undefined) {
    await db.transaction(work.tenantId, async (tx) => {
      await fence(tx, lease);
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

/** Undefined when one of its cursors is of another version of the connector: then the walk begins anew. */
function parseWalk(schema: z.ZodType<unknown>, { ranges, next }: Walk): Walk | undefined {
  const isReadable = ({ cursor }: { cursor: unknown }) =>
    cursor === undefined || parseCursor(schema, cursor) !== undefined;
  if (![...ranges, { cursor: next }].every(isReadable)) return undefined;
  return { ranges: ranges.map((range) => ({ ...range, cursor: parseCursor(schema, range.cursor) })), next };
}

/** A cursor of another version of the connector may not parse: then the stream is read from its beginning, never guessed. */
function parseCursor(schema: z.ZodType<unknown>, cursor: unknown): unknown {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(cursor);
  return parsed.success ? parsed.data : undefined;
}
