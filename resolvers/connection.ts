import type { ListPosition, PageRequest } from "../src/loaders/models.ts";
import type { Context, ListScope } from "./context.ts";
import { inputError } from "./input-error.ts";

/** Items of one page at most: what a screen shows, and what a batch of loaders reads at once. */
export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Paging arguments as they come; an explicit null means the default. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page as Relay wants it. */
export interface Connection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface ConnectionRequest<Row> {
  /** Which list, and with which filter: its cursors fit no other. */
  readonly scope: Omit<ListScope, "tenantId">;
  readonly page: PageArguments;
  readonly load: (page: PageRequest) => Promise<readonly Row[]>;
  readonly positionOf: (row: Row) => ListPosition;
}

/**
 * Reads one page of a list, and one item more, which tells whether there is another page.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export async function connectionOf<Row>(context: Context, request: ConnectionRequest<Row>): Promise<Connection<Row>> {
  const scope = { ...request.scope, tenantId: context.principal.tenantId };
  const size = pageSize(request.page.first);
  const { after: text } = request.page;
  const after = typeof text === "string" ? context.cursors.decodeListCursor(scope, text) : undefined;
  const rows = await request.load({ limit: size + 1, after });
  const nodes = rows.slice(0, size);
  const cursorOf = (row: Row): string => context.cursors.encodeListCursor(scope, request.positionOf(row));
  return {
    edges: nodes.map((node) => edgeOf(node, cursorOf)),
    nodes,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== undefined,
      get startCursor() {
        return cursorOfOptional(nodes.at(0), cursorOf);
      },
      get endCursor() {
        return cursorOfOptional(nodes.at(-1), cursorOf);
      },
    },
  };
}

/** The cursor is made when it is asked for: a MAC for each item would be wasted on those who read `nodes`. */
function edgeOf<Row>(node: Row, cursorOf: (row: Row) => string): { readonly cursor: string; readonly node: Row } {
  return {
    node,
    get cursor() {
      return cursorOf(node);
    },
  };
}

function cursorOfOptional<Row>(row: Row | undefined, cursorOf: (row: Row) => string): string | null {
  return row === undefined ? null : cursorOf(row);
}

function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE_SIZE;
  if (size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw inputError("first", `must be between 1 and ${MAX_PAGE_SIZE}, got ${size}`);
}
