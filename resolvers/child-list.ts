import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { PageRequest, Positioned } from "../src/graph/loaders/models.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";

type ChildLoader<Row> = Loader<PageRequest & { readonly parentId: string }, readonly Row[]>;

/**
 * Returns a page of one parent's children. Its cursors are valid for this parent only.
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

/** Maximum number of children in a list that is not a connection: the same as in one page. */
export const ALL_CHILDREN = 100;

/** Returns children in a list that is not a connection. */
export function allChildren<Row>(loader: ChildLoader<Row>, parentId: string): Promise<readonly Row[]> {
  return loader.load({ parentId, limit: ALL_CHILDREN, after: undefined });
}
