/** One page of a list of the graph. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Cursor of the next page; undefined at the end of the list. */
  readonly next: string | undefined;
}

/**
 * A list of any length, of which only the pages around what is visible are in memory. A page that was dropped is read
 * again by its cursor when it becomes visible.
 */
export interface PagedList<Row> {
  /** Number of rows known so far, and one page more while the list goes on. */
  readonly length: number;
  /** Number of rows in memory. */
  readonly kept: number;
  /** Whether the first page has arrived. */
  readonly isLoaded: boolean;
  readonly error: unknown;
  /** The row; undefined while it is not in memory, or if it no longer belongs to the list. */
  rowAt(index: number): Row | undefined;
  /** Names the visible rows: their pages are loaded, one after the other, and the one after them. */
  show(first: number, last: number): void;
  /** Reads the list again from its beginning. What is known stays until the first page has arrived. */
  restart(): void;
  close(): void;
}

export interface PagedListOptions<Row> {
  /** @param after undefined for the first page */
  readonly load: (after: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>;
  readonly pageSize: number;
  /** Number of pages in memory, at least three. */
  readonly maxPages: number;
  readonly onChange: () => void;
}

interface KnownPage<Row> {
  readonly after: string | undefined;
  readonly count: number;
  /** Undefined after it was dropped. */
  rows: readonly Row[] | undefined;
}

export function createPagedList<Row>({ load, pageSize, maxPages, onChange }: PagedListOptions<Row>): PagedList<Row> {
  const closed = new AbortController();
  let pages: KnownPage<Row>[] = [];
  let next: string | undefined;
  let [isLoaded, isRunning, isRestarting] = [false, false, true];
  let error: unknown;
  let visible = { first: 0, last: 0 };

  /** The page to load now; undefined if everything visible is there. */
  function missing(): number | undefined {
    if (isRestarting) return 0;
    const last = Math.floor(visible.last / pageSize) + 1;
    for (let index = Math.floor(visible.first / pageSize); index <= last; index += 1) {
      if (index < pages.length ? pages[index]?.rows === undefined : next !== undefined)
        return Math.min(index, pages.length);
    }
    return undefined;
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (let index = missing(); index !== undefined && !closed.signal.aborted; index = missing()) {
      const isFirst = isRestarting;
      const after = isFirst ? undefined : index < pages.length ? pages[index]?.after : next;
      isRestarting = false;
      try {
        const page = await load(after, closed.signal);
        if (closed.signal.aborted) return;
        store(isFirst ? "first" : index, after, page);
      } catch (reason) {
        if (closed.signal.aborted) return;
        error = reason;
        if (isFirst) isRestarting = !isLoaded;
        isRunning = false;
        return onChange();
      }
      onChange();
    }
    isRunning = false;
  }

  function store(at: "first" | number, after: string | undefined, page: ListPage<Row>): void {
    error = undefined;
    if (at === "first") [pages, isLoaded] = [[], true];
    const index = at === "first" ? 0 : at;
    if (index >= pages.length) next = page.next;
    pages[index] = { after, count: page.rows.length, rows: page.rows };
    const middle = (visible.first + visible.last) / 2 / pageSize;
    const inMemory = pages.flatMap(({ rows }, position) => (rows === undefined ? [] : [position]));
    const distance = (position: number): number => Math.abs(position + 0.5 - middle);
    const farthestFirst = inMemory
      .filter((position) => position !== index)
      .toSorted((a, b) => distance(b) - distance(a));
    for (const position of farthestFirst.slice(0, Math.max(0, inMemory.length - maxPages))) {
      const dropped = pages[position];
      if (dropped !== undefined) dropped.rows = undefined;
    }
  }

  const known = (): number => {
    const last = pages.at(-1);
    return last === undefined ? 0 : (pages.length - 1) * pageSize + last.count;
  };
  return {
    get length() {
      return known() + (next === undefined ? 0 : pageSize);
    },
    get kept() {
      return pages.reduce((sum, { rows }) => sum + (rows?.length ?? 0), 0);
    },
    get isLoaded() {
      return isLoaded;
    },
    get error() {
      return error;
    },
    rowAt: (index) => pages[Math.floor(index / pageSize)]?.rows?.[index % pageSize],
    show(first, last) {
      visible = { first, last };
      if (error === undefined) void run();
    },
    restart() {
      isRestarting = true;
      error = undefined;
      void run();
    },
    close: () => closed.abort(),
  };
}
