import type { ListCount, ListPosition, PageRequest } from "../src/graph/loaders/models.ts";
import type { Context, ListScope } from "./context.ts";
import { inputError } from "./input-error.ts";

/** Maximum number of items of one page: the size of a screen, and of one batch of the loaders. */
export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Paging arguments as received; an explicit null means the default. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Number of items of a list, which is counted if one of its fields is selected. */
export interface CountOnRequest {
  readonly load: () => Promise<ListCount>;
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
  readonly totalCount: CountOnRequest | null;
}

export interface ConnectionRequest<Row> {
  /** Identity of the list, with its filter: its cursors are valid for no other. */
  readonly scope: Omit<ListScope, "tenantId">;
  readonly page: PageArguments;
  /** Order of the list, by its name in the SDL. Default: the list's own order. */
  readonly order?: string | undefined;
  readonly load: (page: PageRequest) => Promise<readonly Row[]>;
  readonly positionOf: (row: Row) => ListPosition;
  /** Undefined for a list that is not counted. */
  readonly count?: (() => Promise<ListCount>) | undefined;
}

/**
 * Reads one page of a list, and one more item, which shows whether there is another page.
 * @throws ServiceError INVALID_INPUT naming the argument | INVALID_CURSOR
 */
export async function connectionOf<Row>(context: Context, request: ConnectionRequest<Row>): Promise<Connection<Row>> {
  const scope = { ...request.scope, tenantId: context.principal.tenantId };
  const { size, isFromEnd } = pageSize(request.page);
  const decode = (text: string | null | undefined): ListPosition | undefined =>
    typeof text === "string" ? context.cursors.decodeListCursor(scope, text) : undefined;
  const [after, before] = [decode(request.page.after), decode(request.page.before)];
  const rows = await request.load({ limit: size + 1, after, before, isFromEnd, order: request.order });
  const isLonger = rows.length > size;
  const content = {
    nodes: isFromEnd ? rows.slice(-size) : rows.slice(0, size),
    hasNextPage: before !== undefined || (isLonger && !isFromEnd),
    hasPreviousPage: after !== undefined || (isLonger && isFromEnd),
    count: request.count,
  };
  return new Page(content, (row) => context.cursors.encodeListCursor(scope, request.positionOf(row)));
}

interface PageContent<Row> {
  readonly nodes: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly count: (() => Promise<ListCount>) | undefined;
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

  get totalCount(): CountOnRequest | null {
    const { count } = this.#content;
    if (count === undefined) return null;
    let counted: Promise<ListCount> | undefined;
    return { load: () => (counted ??= count()) };
  }

  get pageInfo(): Connection<Row>["pageInfo"] {
    const { nodes } = this;
    const cursorOf = this.#cursorOf;
    return {
      hasNextPage: this.#content.hasNextPage,
      hasPreviousPage: this.#content.hasPreviousPage,
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

/** Returns the size of the requested page, and whether it is the last one. */
function pageSize({ first, last }: PageArguments): { readonly size: number; readonly isFromEnd: boolean } {
  const isFromEnd = typeof last === "number";
  if (isFromEnd && typeof first === "number") throw inputError("last", "must not be combined with first");
  const size = last ?? first ?? DEFAULT_PAGE_SIZE;
  if (size >= 1 && size <= MAX_PAGE_SIZE) return { size, isFromEnd };
  throw inputError(isFromEnd ? "last" : "first", `must be between 1 and ${MAX_PAGE_SIZE}, got ${size}`);
}
