import type { ChildListName, ChildPage, Positioned } from "../src/graph/loaders/models.ts";
import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { Loaders } from "../src/graph/loaders/index.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";
import { requireListFilter } from "./list-filter.ts";
import { positionOf } from "./root-list.ts";

interface ChildListArguments extends PageArguments {
  readonly filter?: object | null | undefined;
  readonly orderBy?: string | null | undefined;
}

/** Row of a list of children. */
type ChildRow<Name extends ChildListName> =
  Loaders[Name] extends Loader<ChildPage, readonly (infer Row extends Positioned)[]> ? Row : never;
type RowsOf<Name extends ChildListName> = Loader<ChildPage, readonly ChildRow<Name>[]>;

/**
 * Returns a page of one parent's children. Its cursors are valid for this parent only.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export async function childList<Name extends ChildListName>(
  context: Context,
  args: ChildListArguments,
  {
    list,
    parentId,
    children,
  }: {
    /** Type and field: `Payment.refunds`. */
    readonly list: string;
    readonly parentId: string;
    /** Loader of the children. */
    readonly children: Name;
  },
): Promise<Connection<ChildRow<Name>>> {
  const filter = args.filter ?? undefined;
  if (filter !== undefined) await requireListFilter(context, filter);
  const { [children]: loader, [`${children}Count` as const]: counter } = context.loaders;
  const rows: RowsOf<Name> = loader as never; // of this list
  return connectionOf(context, {
    scope: { list: `${list} ${parentId}`, filter: filter ?? {}, order: args.orderBy ?? undefined },
    page: args,
    order: args.orderBy ?? undefined,
    load: (request) => rows.load({ ...request, parentId, filter }),
    count: () => counter.load({ parentId, filter }),
    positionOf,
  });
}

/** Maximum number of children in a list that is not a connection: the same as in one page. */
export const ALL_CHILDREN = 100;

/** Returns children in a list that is not a connection. */
export function allChildren<Row>(
  loader: Loader<{ readonly parentId: string; readonly limit: number; readonly after: undefined }, readonly Row[]>,
  parentId: string,
): Promise<readonly Row[]> {
  return loader.load({ parentId, limit: ALL_CHILDREN, after: undefined });
}
