import type { ComparedDayRow, ContentSum, RecordDifferenceRow } from "../src/graph/loaders/models.ts";
import type {
  ComparedDayResolvers,
  RecordDifferenceResolvers,
  SourceCompletenessArgs,
  SourceDifferencesArgs,
} from "./__generated__/types.ts";
import { type Connection, connectionOf } from "./connection.ts";
import type { Context } from "./context.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";

/** Day of the objects without a creation time. */
const UNDATED = "-infinity";

export const ComparedDay: ComparedDayResolvers = {
  day: ({ dayKey }) => (dayKey === UNDATED ? null : dayKey),
  run: ({ runId }, _args, { loaders }) => loadOptional(loaders.syncRunById, runId),
  ours: ({ ourCount, ourHash, ourSums }) => contentOf(ourCount, ourHash, ourSums),
  theirs: ({ theirCount, theirHash, theirSums }) => contentOf(theirCount, theirHash, theirSums),
};

function contentOf(count: bigint | null, hash: string | null, sums: readonly ContentSum[] | null) {
  if (count === null) return null;
  return {
    count,
    hash,
    sums: (sums ?? []).map((sum) => ({
      currency: sum.currency,
      count: sum.count,
      amount: { minor: BigInt(sum.minor), currency: sum.currency, exponent: sum.exponent },
    })),
  };
}

export const RecordDifference: RecordDifferenceResolvers = {
  day: ({ dayKey }) => (dayKey === UNDATED ? null : dayKey),
  entity: ({ entityId }, _args, context) => loadNode(context, { id: entityId }),
  run: ({ runId }, _args, { loaders }) => loadOptional(loaders.syncRunById, runId),
};

/** Returns a page of the compared days of a source. @throws ServiceError INVALID_INPUT | INVALID_CURSOR */
export function comparedDaysOf(
  { id }: { readonly id: string },
  args: SourceCompletenessArgs,
  context: Context,
): Promise<Connection<ComparedDayRow>> {
  const filter = { stream: args.stream ?? undefined, from: args.from ?? undefined, to: args.to ?? undefined };
  return connectionOf(context, {
    scope: { list: `completeness ${id}`, filter },
    page: args,
    load: ({ limit, after }) =>
      context.loaders.comparedDays.load({
        sourceId: id,
        ...filter,
        limit,
        after: after === undefined ? undefined : { day: after.at, stream: after.id },
      }),
    positionOf: ({ dayKey, stream }) => ({ at: dayKey, id: stream }),
  });
}

/** Returns a page of the differences that were found in a source. @throws ServiceError INVALID_INPUT | INVALID_CURSOR */
export function differencesOf(
  { id }: { readonly id: string },
  args: SourceDifferencesArgs,
  context: Context,
): Promise<Connection<RecordDifferenceRow>> {
  const filter = { stream: args.stream ?? undefined, runId: args.runId ?? undefined };
  return connectionOf(context, {
    scope: { list: `differences ${id}`, filter },
    page: args,
    load: ({ limit, after }) =>
      context.loaders.recordDifferences.load({
        sourceId: id,
        ...filter,
        limit,
        after: after === undefined ? undefined : { at: after.at, key: keyOf(after.id) },
      }),
    positionOf: ({ orderedAt, runId, stream, entityId }) => ({
      at: orderedAt,
      id: [runId, stream, entityId].join(" "),
    }),
  });
}

/** Neither ids nor names of streams have spaces. */
function keyOf(id: string): readonly [string, string, string] {
  const [runId = "", stream = "", entityId = ""] = id.split(" ");
  return [runId, stream, entityId];
}
