import type { Loader } from "../src/loaders/define-loader.ts";
import type { PageRequest, Positioned } from "../src/loaders/models.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";

type ChildLoader<Row> = Loader<PageRequest & { readonly parentId: string }, readonly Row[]>;

/**
 * A page of one parent's children. Its cursors fit this parent only.
 * @param list type and field: `Payment.refunds`
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export function childList<Row extends Positioned>(
  context: Context,
  page: PageArguments,
  { list, parentId, loader }: { readonly list: string; readonly parentId: string; readonly loader: ChildLoader<Row> },
): Promise<Connection<Row>> {
  return connectionOf(context, {
    scope: { list: `${list} ${parentId}`, filter: {} },
    page,
    load: (request) => loader.load({ ...request, parentId }),
    positionOf: ({ orderedAt, id }) => ({ at: orderedAt, id }),
  });
}

/** Children that are no connection at most: as many as one page may have. */
export const ALL_CHILDREN = 100;

/** Children that are no connection. */
export function allChildren<Row>(loader: ChildLoader<Row>, parentId: string): Promise<readonly Row[]> {
  return loader.load({ parentId, limit: ALL_CHILDREN, after: undefined });
}
