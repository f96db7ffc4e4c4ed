import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CheckpointMessage } from "../../../connector-api/messages.ts";
import type { Range, RangeCheckpoint, Walk } from "./range.ts";
import { progressOf } from "./range.ts";
import { createRangeSet, type RangeCommit, type RangeSet } from "./range-set.ts";

const SECOND = 1_000;
const NOW = 4_000 * SECOND;
const PAGE = 3;
const ROOT = { fromMs: undefined, toMs: undefined, cursor: undefined };
const BASE = { root: ROOT, walk: undefined, isRanged: true, oldestMs: 0, nowMs: NOW };

const at = (timeMs: number) => new Date(timeMs).toISOString();
const checkpoint = (reachedMs: number, cursor: unknown = reachedMs): CheckpointMessage<unknown> => ({
  type: "checkpoint",
  cursor,
  progress: undefined,
  reached: at(reachedMs),
  next: "next",
});
const last = (cursor: unknown): CheckpointMessage<unknown> => ({ type: "checkpoint", cursor, progress: 1 });

/** An upstream that lists newest first, in seconds, as Stripe does; a position is the number of items before it. */
function upstreamOf(seconds: readonly number[]) {
  const items = seconds.toSorted((a, b) => b - a);
  return {
    items,
    /** A connector's report after the page at `cursor` of a range, and the items of the page. */
    page({ fromMs = -Infinity, toMs = Infinity }: Range, cursor: number | undefined, walkId: number) {
      const places = items.flatMap((second, place) =>
        second * SECOND >= fromMs && second * SECOND < toMs && place >= (cursor ?? 0) ? [place] : [],
      );
      const found = places.slice(0, PAGE);
      const after = (found.at(-1) ?? -1) + 1;
      const reached = ((items[after - 1] ?? 0) + 1) * SECOND;
      const message: CheckpointMessage<unknown> =
        places.length > PAGE
          ? { type: "checkpoint", cursor: after, progress: undefined, reached: at(reached), next: `since ${walkId}` }
          : last(`since ${walkId}`);
      return { found, after, message };
    },
  };
}

interface Reader {
  readonly range: Range;
  cursor: number | undefined;
  readonly walkId: number;
  found: boolean;
}

/** A store and a process that reads into it, which may be killed at any time. */
function createModel(seconds: readonly number[]) {
  const upstream = upstreamOf(seconds);
  const committed = new Set<number>();
  let walk: Walk | undefined;
  let end: unknown;
  let walkIds = 0;
  let earliest = Infinity;
  let set: RangeSet;
  let readers: Reader[];
  let queue: { readonly found: readonly number[]; readonly noted: RangeCheckpoint; readonly walkId: number }[];

  function restart(): void {
    set = createRangeSet({ ...BASE, walk });
    [readers, queue] = [[], []];
  }

  function write({ ranges, next, cursor, isOver }: RangeCommit): void {
    const blocked = new Map(walk?.ranges.map((range) => [range.id, range]));
    for (const range of ranges) blocked.set(range.id, range);
    if (ranges.length > 0) walk = { ranges: [...blocked.values()], next: walk?.next ?? next };
    if (isOver) walk = undefined;
    if (isOver || ranges.length === 0) end = cursor;
  }

  restart();
  return {
    restart,
    begin(): boolean {
      const range = set.take();
      // A cursor of a walk is a position in this upstream.
      if (range) readers.push({ range, cursor: range.cursor as number | undefined, walkId: walkIds++, found: false });
      return range !== undefined;
    },
    read(pick: number): boolean {
      const reader = readers[pick % Math.max(1, readers.length)];
      if (reader === undefined) return false;
      const { found, after, message } = upstream.page(reader.range, reader.cursor, reader.walkId);
      reader.cursor = after;
      reader.found ||= found.length > 0;
      const noted = set.note(reader.range.id, message, reader.found);
      queue.push({ found, noted, walkId: reader.walkId });
      if (noted.status !== "OPEN" || message.next === undefined) readers = readers.filter((other) => other !== reader);
      return true;
    },
    commit(count: number): boolean {
      const batch = queue.splice(0, count);
      if (batch.length === 0) return false;
      for (const place of batch.flatMap(({ found }) => found)) committed.add(place);
      earliest = Math.min(earliest, ...batch.map(({ walkId }) => walkId));
      write(set.commit(batch.map(({ noted }) => noted)));
      return true;
    },
    /** Items that are neither stored nor covered by the stored ranges: lost. */
    lost(): number[] {
      if (walk === undefined && end === undefined) return []; // everything still has to be read
      return upstream.items.flatMap((second, place) => {
        const isLeft = (walk?.ranges ?? []).some(
          ({ fromMs = -Infinity, toMs = Infinity, cursor, status }) =>
            status === "OPEN" &&
            second * SECOND >= fromMs &&
            second * SECOND < toMs &&
            place >= ((cursor as number | undefined) ?? 0), // a position in this upstream
        );
        return committed.has(place) || isLeft ? [] : [place];
      });
    },
    /** Ranges next to each other, newest first, as [from, to]. */
    bounds: () =>
      (walk?.ranges ?? [])
        .map(({ fromMs = -Infinity, toMs = Infinity }) => [fromMs, toMs] as const)
        .toSorted(([a], [b]) => b - a),
    isOver: () => walk === undefined && end !== undefined,
    /** Returns whether the next read continues no later than the first walk that was partly stored. */
    goesOnInTime: () => Number(/^since (\d+)$/.exec(String(end))?.[1]) <= earliest,
  };
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: "begin" } as const) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("read" as const), pick: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("commit" as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: "restart" } as const) },
);
/** Bursts in one second, long silences and an even flow. */
const seconds = fc.array(fc.oneof(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 3_900, max: 3_910 })), {
  maxLength: 80,
});

describe("with any interleaving of readers, commits and crashes", () => {
  test("the stored records and the remaining ranges cover everything exactly once", () => {
    fc.assert(
      fc.property(seconds, fc.array(step, { maxLength: 120 }), (made, steps) => {
        const model = createModel(made);
        const check = () => {
          expect(model.lost()).toEqual([]);
          const bounds = model.bounds();
          for (const [index, [, to]] of bounds.entries()) expect(to).toBe(bounds[index - 1]?.[0] ?? Infinity);
          expect([undefined, -Infinity]).toContain(bounds.at(-1)?.[0]);
        };
        for (const one of steps) {
          if (model.isOver()) break;
          if (one.do === "begin") model.begin();
          else if (one.do === "read") model.read(one.pick);
          else if (one.do === "commit") model.commit(one.count);
          else model.restart();
          check();
        }
        if (!model.isOver()) model.restart();
        for (let rounds = 0; !model.isOver(); rounds += 1) {
          if (rounds > 500) throw new Error("does not come to an end");
          while (model.begin());
          while (model.read(rounds));
          while (model.commit(2));
          check();
        }
        expect(model.lost()).toEqual([]);
        expect(model.goesOnInTime()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a range set", () => {
  test("is not split before its reader has reported its position, when little is left, or when the stream has no ranges", () => {
    const set = createRangeSet(BASE);
    expect(set.take()).toMatchObject({ id: 0 });
    expect(set.take()).toBeUndefined();
    set.note(0, checkpoint(3_900 * SECOND), true); // a page of 100 s, with 39 pages remaining
    expect(set.take()).toMatchObject({ id: 1, fromMs: undefined, toMs: 1_950 * SECOND });
    set.note(0, checkpoint(2_200 * SECOND), true); // a page of 1,700 s
    expect(set.take()).toBeUndefined();
    const whole = createRangeSet({ ...BASE, isRanged: false });
    whole.take();
    whole.note(0, checkpoint(3_900 * SECOND), true);
    expect(whole.take()).toBeUndefined();
  });

  test("ends a range at the beginning of its older half when that half was taken", () => {
    const set = createRangeSet(BASE);
    set.take();
    set.note(0, checkpoint(3_900 * SECOND), true);
    set.take();
    expect(set.note(0, checkpoint(1_951 * SECOND), true).status).toBe("OPEN");
    expect(set.note(0, checkpoint(1_950 * SECOND), true).status).toBe("DONE");
  });

  test("reaches the end of years without data in few calls", () => {
    const YEAR = 365 * 86_400 * SECOND;
    const nowMs = 16 * YEAR;
    const firstMs = nowMs - 90 * 86_400 * SECOND;
    const set = createRangeSet({ ...BASE, nowMs });
    set.take();
    set.note(0, checkpoint(nowMs - 3_600 * SECOND), true);
    let empty = 0;
    for (let range = set.take(); range !== undefined && (range.toMs ?? 0) <= firstMs; range = set.take()) {
      const noted = set.note(range.id, last("the end"), false);
      expect(noted.status).toBe("EMPTY");
      empty += 1;
    }
    expect(empty).toBe(6);
  });

  test("continues where the first walk's checkpoint is, also when that walk restarted in the middle", () => {
    const set = createRangeSet(BASE);
    set.take();
    const first = set.note(0, { ...checkpoint(3_900 * SECOND), next: "early" }, true);
    const older = set.take();
    const again = set.note(0, { ...checkpoint(3_990 * SECOND), next: "late" }, true);
    const rest = [set.note(0, last("late"), true), set.note(older?.id ?? 0, last("later still"), true)];
    expect(set.commit([first, again])).toMatchObject({ isOver: false, cursor: undefined, next: "early" });
    expect(set.commit(rest)).toMatchObject({ isOver: true, cursor: "early" });
  });

  test("keeps the cursor of a read that is not a walk as the stream's own", () => {
    const set = createRangeSet(BASE);
    set.take();
    const noted = set.note(0, { type: "checkpoint", cursor: "page 1", progress: 0.25 }, true);
    expect(set.commit([noted])).toEqual({
      ranges: [],
      next: undefined,
      cursor: "page 1",
      isOver: false,
      progress: 0.25,
    });
    expect(set.end(0, true)).toBeUndefined();
    expect(set.take()).toBeUndefined();
  });
});

test.each<[string, readonly Partial<Range>[], number]>([
  ["nothing is read", [{}], 0],
  ["a half is read", [{ reachedMs: NOW / 2 }], 0.5],
  [
    "an older half was empty",
    [
      { fromMs: NOW / 2, reachedMs: (NOW * 3) / 4 },
      { toMs: NOW / 2, status: "EMPTY" },
    ],
    0.5,
  ],
  ["an older half is read", [{ fromMs: NOW / 2 }, { toMs: NOW / 2, status: "DONE" }], 0.5],
  ["the upstream's clock is ahead", [{ reachedMs: NOW * 2 }], 0],
  [
    "all is read",
    [
      { fromMs: NOW / 2, status: "DONE" },
      { toMs: NOW / 2, status: "DONE" },
    ],
    1,
  ],
])("reports its progress when %s", (_when, ranges, progress) => {
  const whole = {
    fromMs: undefined,
    toMs: undefined,
    cursor: undefined,
    reachedMs: undefined,
    status: "OPEN",
  } as const;
  expect(
    progressOf(
      ranges.map((range, id) => ({ ...whole, id, ...range })),
      { oldestMs: 0, nowMs: NOW },
    ),
  ).toBe(progress);
});
