import type { PageRequest, Positioned } from "../src/graph/loaders/models.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";
import { requireShortValues } from "./input-error.ts";

interface RootListArguments<Filter> extends PageArguments {
  readonly filter?: Filter | null | undefined;
}

/**
 * Returns a page of a root list, which has the name of its field.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export function rootList<Filter extends object, Row extends Positioned>(
  context: Context,
  args: RootListArguments<Filter>,
  list: string,
  load: (filter: Filter | Record<never, never>, page: PageRequest) => Promise<readonly Row[]>,
): Promise<Connection<Row>> {
  const filter = args.filter ?? {};
  requireShortValues("filter", filter);
  return connectionOf(context, {
    scope: { list, filter },
    page: args,
    load: (page) => load(filter, page),
    positionOf: ({ orderedAt, id }) => ({ at: orderedAt, id }),
  });
}
