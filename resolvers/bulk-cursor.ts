import type { BulkPosition } from "../src/graph/loaders/models.ts";
import type { Context } from "./context.ts";

/** A bulk mutation of several calls: its cursors are valid for no other one. */
export interface BulkMutation {
  /** Name of the mutation. */
  readonly mutation: string;
  readonly filter: object;
}

const scopeOf = ({ principal }: Context, { mutation, filter }: BulkMutation) => ({
  tenantId: principal.tenantId,
  list: mutation,
  filter,
});

/** Returns the position of a bulk mutation as opaque text. */
export function encodeBulkCursor(
  context: Context,
  bulk: BulkMutation,
  position: BulkPosition | undefined,
): string | null {
  if (position === undefined) return null;
  const { at, id, until } = position;
  return context.cursors.encodeListCursor(scopeOf(context, bulk), { at, id: `${id} ${until}` });
}

/** @throws ServiceError INVALID_CURSOR */
export function decodeBulkCursor(
  context: Context,
  bulk: BulkMutation,
  text: string | null | undefined,
): BulkPosition | undefined {
  if (text === null || text === undefined) return undefined;
  const { at, id } = context.cursors.decodeListCursor(scopeOf(context, bulk), text);
  const end = id.indexOf(" "); // no id contains one, and the text of a time does
  return { at, id: id.slice(0, end), until: id.slice(end + 1) };
}
