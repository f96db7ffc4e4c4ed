import type { Positioned, RootList } from "../src/graph/loaders/models.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";
import { requireListFilter } from "./list-filter.ts";

interface RootListArguments<Filter> extends PageArguments {
  readonly filter?: Filter | null | undefined;
  readonly orderBy?: string | null | undefined;
}

/**
 * Returns a page of a root list, which has the name of its field.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export async function rootList<Filter extends object, Row extends Positioned>(
  context: Context,
  args: RootListArguments<Filter>,
  list: string,
  { page, count }: RootList<Filter | Record<never, never>, Row>,
): Promise<Connection<Row>> {
  const filter = args.filter ?? {};
  await requireListFilter(context, filter);
  return connectionOf(context, {
    scope: { list, filter, order: args.orderBy ?? undefined },
    page: args,
    order: args.orderBy ?? undefined,
    load: (request) => page(filter, request),
    count: () => count(filter),
    positionOf,
  });
}

/** Returns the position of a row in its list. */
export function positionOf({ orderedAt, orderKey, id }: Positioned): { readonly at: string; readonly id: string } {
  return { at: orderKey ?? orderedAt, id };
}
