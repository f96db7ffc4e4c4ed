import type { ListPosition, PageRequest } from "../src/graph/loaders/models.ts";
import type { Context, ListScope } from "./context.ts";
import { inputError } from "./input-error.ts";

/** Maximum number of items of one page: the size of a screen, and of one batch of the loaders. */
export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Paging arguments as received; an explicit null means the default. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page in the form of the Relay specification. */
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
  /** Identity of the list, with its filter: its cursors are valid for no other. */
  readonly scope: Omit<ListScope, "tenantId">;
  readonly page: PageArguments;
  readonly load: (page: PageRequest) => Promise<readonly Row[]>;
  readonly positionOf: (row: Row) => ListPosition;
}

/**
 * Reads one page of a list, and one more item, which shows whether there is another page.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export async function connectionOf<Row>(context: Context, request: ConnectionRequest<Row>): Promise<Connection<Row>> {
  const scope = { ...request.scope, tenantId: context.principal.tenantId };
  const size = pageSize(request.page.first);
  const { after: text } = request.page;
  const after = typeof text === "string" ? context.cursors.decodeListCursor(scope, text) : undefined;
  const rows = await request.load({ limit: size + 1, after });
  const nodes = rows.slice(0, size);
  const page = { nodes, isFirst: after === undefined, hasMore: rows.length > size };
  return new Page(page, (row) => context.cursors.encodeListCursor(scope, request.positionOf(row)));
}

interface PageContent<Row> {
  readonly nodes: readonly Row[];
  readonly isFirst: boolean;
  readonly hasMore: boolean;
}

/**
 * A page whose items with cursors, and whose cursors, are made on request: a MAC for each item would be wasted on clients
 * that read `nodes`. A class, because objects with accessors of their own are slow to make, and lists in lists have many.
 */
class Page<Row> implements Connection<Row> {
  readonly nodes: readonly Row[];
  readonly #content: PageContent<Row>;
  readonly #cursorOf: (row: Row) => string;

  constructor(content: PageContent<Row>, cursorOf: (row: Row) => string) {
    this.nodes = content.nodes;
    this.#content = content;
    this.#cursorOf = cursorOf;
  }

  get edges(): Connection<Row>["edges"] {
    return this.nodes.map((node) => edgeOf(node, this.#cursorOf));
  }

  get pageInfo(): Connection<Row>["pageInfo"] {
    const { nodes } = this;
    const cursorOf = this.#cursorOf;
    return {
      hasNextPage: this.#content.hasMore,
      hasPreviousPage: !this.#content.isFirst,
      get startCursor() {
        return cursorOfOptional(nodes.at(0), cursorOf);
      },
      get endCursor() {
        return cursorOfOptional(nodes.at(-1), cursorOf);
      },
    };
  }
}

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
