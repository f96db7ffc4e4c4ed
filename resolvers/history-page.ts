import type { ObjectChangeModel } from "../src/graph/loaders/models.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";

/** A page of the changes of one object. */
export interface HistoryModel {
  readonly entityId: string;
  readonly page: Connection<ObjectChangeModel>;
}

/**
 * Returns a page of a synced object's changes, newest first. Its cursors are valid for this object only.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export async function historyOf(
  { id }: { readonly id: string },
  args: Pick<PageArguments, "first" | "after">,
  context: Context,
): Promise<HistoryModel> {
  const page = await connectionOf(context, {
    scope: { list: `history ${id}`, filter: {} },
    page: args,
    load: ({ limit, after }) =>
      context.loaders.historyByEntity.load({
        id,
        limit,
        beforeRevision: after === undefined ? undefined : Number(after.at),
      }),
    positionOf: ({ revision }) => ({ at: `${revision}`, id }),
  });
  return { entityId: id, page };
}
