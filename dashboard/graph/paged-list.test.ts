import { expect, test } from "@jest/globals";
import { createPagedList } from "./paged-list.ts";

const PAGE = 10;

/** A list over rows 0 to `count` - 1, and the cursors that were read. */
function useList(count: number, maxPages = 3) {
  const source = { count, isFailing: false };
  const reads: (string | undefined)[] = [];
  const list = createPagedList<number>({
    load(after) {
      reads.push(after);
      if (source.isFailing) return Promise.reject(new Error("refused"));
      const first = after === undefined ? 0 : Number(after) + 1;
      const rows = Array.from({ length: Math.min(PAGE, source.count - first) }, (_, index) => first + index);
      const last = rows.at(-1) ?? 0;
      return Promise.resolve({ rows, next: last < source.count - 1 ? String(last) : undefined });
    },
    pageSize: PAGE,
    maxPages,
    onChange: () => undefined,
  });
  const settled = () => new Promise((done) => setImmediate(done));
  return { list, reads, source, settled };
}

test("the first pages are read at once, and the list is longer than what is known", async () => {
  const { list, reads, settled } = useList(95);
  expect(list.isLoaded).toBe(false);
  list.show(0, 8);
  await settled();
  expect([reads, list.length, list.rowAt(3)]).toEqual([[undefined, "9"], 30, 3]);
});

test("scrolled from end to end, every row is there when it is visible, and few are in memory", async () => {
  const { list, settled } = useList(95);
  for (const first of [...Array.from({ length: 87 }, (_, index) => index), 60, 30, 0]) {
    list.show(first, first + 8);
    await settled();
    const visible = Array.from({ length: 8 }, (_, index) => list.rowAt(first + index));
    expect(visible).toEqual(visible.map((_, index) => first + index));
    expect(list.kept).toBeLessThanOrEqual(3 * PAGE);
  }
  expect(list.length).toBe(95);
});

test("a restart replaces the list, and keeps the rows until then", async () => {
  const { list, source, settled } = useList(95);
  list.show(0, 8);
  await settled();
  source.count = 4;
  list.restart();
  expect(list.rowAt(8)).toBe(8);
  await settled();
  expect([list.length, list.rowAt(8), list.rowAt(3)]).toEqual([4, undefined, 3]);
});

test("an empty list is loaded and has no rows", async () => {
  const { list, settled } = useList(0);
  list.show(0, 8);
  await settled();
  expect([list.isLoaded, list.length]).toEqual([true, 0]);
});

test("a failure ends the loading until the next restart", async () => {
  const { list, reads, source, settled } = useList(95);
  source.isFailing = true;
  list.show(0, 8);
  await settled();
  list.show(1, 9);
  await settled();
  expect([reads.length, String(list.error), list.isLoaded]).toEqual([1, "Error: refused", false]);
  source.isFailing = false;
  list.restart();
  await settled();
  expect([list.error, list.rowAt(0)]).toEqual([undefined, 0]);
});
