import type { ObjectMessage } from "../../connector-api/messages.ts";
import type { EntityType } from "../../domain/ids.ts";
import { ServiceError } from "../../domain/error.ts";
import type { CompareStreamOptions } from "../../ingest/polling/compare-stream.ts";
import type { RunRange } from "../../ingest/runs/run.ts";
import type { ComparisonPlan } from "./comparison-plan.ts";

/** Records that are committed together. Beyond it, the connector waits for the commit. */
const BATCH = 1_000;
/** Greatest number of records without a checkpoint between them. */
const MAX_BATCH = 5_000;

/** Part of a listing between two commits. */
export interface ListedPart {
  /** Messages about objects of the compared types that belong to the range. */
  readonly messages: readonly ObjectMessage[];
  /** True if an item without a readable id was among them. */
  readonly hasUnreadable: boolean;
  /** Cursor from which the listing continues after a restart; undefined: from where it was. */
  readonly cursor: unknown;
  readonly pages: number;
  readonly progress: number | undefined;
}

/**
 * Lists the objects of a stream that were created in a range, from the upstream, in the backfill lane and one call after
 * the other. A stream that cannot be read by range is read as a whole, and what was created outside of the range is
 * left out.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* listStream(
  options: CompareStreamOptions,
  plan: ComparisonPlan,
  range: RunRange,
  cursor: unknown,
): AsyncGenerator<ListedPart, void> {
  const types = new Set(plan.types.map(({ type }) => type));
  const collector = createCollector(types, range);
  for await (const message of open(options, plan, range, cursor)) {
    if (message.type === "file") throw new ServiceError("INTERNAL", "a stream of files was listed to be compared");
    if (message.type === "record" || message.type === "tombstone" || message.type === "malformed")
      collector.add(message);
    if (message.type === "checkpoint") collector.checkpoint(message.cursor, message.progress);
    if (collector.isFull(message.type === "checkpoint")) yield collector.take();
  }
  yield collector.take();
}

function open(
  { source, claim, nowMs, signal }: CompareStreamOptions,
  { isRanged }: ComparisonPlan,
  range: RunRange,
  cursor: unknown,
) {
  const parsed = cursor === undefined ? undefined : source.connector.cursor.safeParse(cursor);
  return source.connector.read({
    config: source.config,
    client: source.client("backfill"),
    stream: claim.work.stream,
    cursor: parsed?.success === true ? parsed.data : undefined,
    range: isRanged ? range : undefined,
    nowMs: nowMs(),
    signal,
  });
}

function createCollector(types: ReadonlySet<EntityType>, { from, to }: RunRange) {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  let messages: ObjectMessage[] = [];
  let hasUnreadable = false;
  let cursor: unknown;
  let progress: number | undefined;
  let pages = 0;

  function isInRange(message: ObjectMessage): boolean {
    if (message.type !== "record" || message.record.createdAt === undefined) return true;
    const createdMs = Date.parse(message.record.createdAt);
    return createdMs >= fromMs && createdMs < toMs;
  }

  return {
    add(message: ObjectMessage): void {
      const type = message.type === "record" ? message.record.type : message.entity;
      if (message.type === "malformed" && message.externalId === undefined) hasUnreadable = true;
      else if (types.has(type) && isInRange(message)) messages.push(message);
    },
    checkpoint(at: unknown, share: number | undefined): void {
      pages += 1;
      cursor = at;
      progress = share ?? progress;
    },
    isFull: (isCheckpoint: boolean): boolean => messages.length >= (isCheckpoint ? BATCH : MAX_BATCH),
    take(): ListedPart {
      const part = { messages, hasUnreadable, cursor, pages, progress };
      [messages, hasUnreadable, cursor, pages] = [[], false, undefined, 0];
      return part;
    },
  };
}
