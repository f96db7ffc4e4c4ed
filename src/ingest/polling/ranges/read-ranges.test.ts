import { describe, expect, test } from "@jest/globals";
import { partyMessage, at } from "../../../../test/helpers/messages.ts";
import type { ReadMessage } from "../../../connector-api/messages.ts";
import { ServiceError } from "../../../domain/error.ts";
import type { Range } from "./range.ts";
import { createRangeSet, type RangeSet } from "./range-set.ts";
import { readRanges, type ReadRangesOptions } from "./read-ranges.ts";

const NOW = 1_000_000_000;
const PAGE_MS = 100_000;

const newSet = (): RangeSet =>
  createRangeSet({
    walk: undefined,
    isRanged: true,
    oldestMs: 0,
    nowMs: NOW,
    root: { fromMs: 0, toMs: NOW, cursor: undefined },
  });

/** One object every `PAGE_MS`, one per page, named after its time. `onPage` may wait or throw. */
async function* pages(
  { fromMs = 0, toMs = NOW }: Range,
  onPage: (timeMs: number) => Promise<void> | void,
): AsyncGenerator<ReadMessage<unknown>> {
  for (let timeMs = Math.ceil(toMs / PAGE_MS - 1) * PAGE_MS; timeMs >= fromMs; timeMs -= PAGE_MS) {
    await onPage(timeMs);
    yield partyMessage(String(timeMs), "x", at(1n));
    const reached = new Date(timeMs).toISOString();
    yield { type: "checkpoint", cursor: timeMs, progress: undefined, reached, next: "next" };
  }
  yield { type: "checkpoint", cursor: "end", progress: 1 };
}

const LIMITS = { maxMessages: 50, maxAhead: 4 };
const base = (read: ReadRangesOptions["read"]): ReadRangesOptions => ({
  set: newSet(),
  read,
  takeFile: () => Promise.resolve(),
  limits: LIMITS,
  pageSpan: () => ({ name: "read page" }),
  maxReaders: 4,
  signal: AbortSignal.timeout(10_000),
});

/** Takes batches until there are enough, and returns the ids of their records. */
async function take(options: ReadRangesOptions, maxBatches = Infinity) {
  const ids: string[] = [];
  let batches = 0;
  for await (const { messages } of readRanges(options)) {
    for (const message of messages) if (message.type === "record") ids.push(message.record.externalId);
    batches += 1;
    if (batches === maxBatches) break;
  }
  return ids;
}

const everything = Array.from({ length: NOW / PAGE_MS }, (_, page) => String(page * PAGE_MS)).toSorted();

test("several readers read everything, and almost nothing twice", async () => {
  let reads = 0;
  const ids = await take(base((range) => ((reads += 1), pages(range, () => undefined))));
  expect([...new Set(ids)].toSorted()).toEqual(everything);
  expect(reads).toBeGreaterThan(1);
  expect(ids.length).toBeLessThan(everything.length * 1.01);
});

test("readers wait for the consumer of the batches, however many they are", async () => {
  let inside = 0;
  const options = base((range) => pages(range, () => void (inside += 1)));
  const batches = readRanges(options);
  let taken = 0;
  for (let round = 0; round < 50; round += 1) {
    taken += (await batches.next()).value?.messages.length ?? 0;
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    // Each reader has delivered at most one page for which there was no room.
    expect(inside - taken).toBeLessThanOrEqual(LIMITS.maxAhead + options.maxReaders);
  }
  await batches.return();
});

describe("a batch of everything that an upstream sends at once", () => {
  async function collect(read: () => AsyncGenerator<ReadMessage<unknown>>, flags: boolean[]): Promise<void> {
    const set = createRangeSet({
      walk: undefined,
      isRanged: false,
      oldestMs: 0,
      nowMs: NOW,
      root: { fromMs: undefined, toMs: undefined, cursor: undefined },
    });
    for await (const { isLast } of readRanges({ ...base(read), set })) flags.push(isLast);
  }
  async function* page(): AsyncGenerator<ReadMessage<unknown>> {
    yield { type: "checkpoint", cursor: "before", progress: undefined };
    yield partyMessage("1", "x", at(1n));
    yield { type: "checkpoint", cursor: "after", progress: 1 };
  }

  test("is one batch, and known to be the last", async () => {
    const flags: boolean[] = [];
    await collect(page, flags);
    expect(flags).toEqual([true]);
  });

  test("is not the last when the reader fails after it", async () => {
    const flags: boolean[] = [];
    const failing = async function* () {
      yield* page();
      throw new ServiceError("UPSTREAM_UNAVAILABLE", "down");
    };
    await expect(collect(failing, flags)).rejects.toThrow("down");
    expect(flags).toEqual([false]);
  });
});

test("a reader's failure is reported after all results of the other readers", async () => {
  const given: string[] = [];
  const options = base((range) =>
    pages(range, (timeMs) => {
      if (range.id === 1) throw new ServiceError("UPSTREAM_RATE_LIMITED", "too many calls");
      given.push(String(timeMs));
    }),
  );
  const ids: string[] = [];
  const failure = await (async () => {
    for await (const { messages } of readRanges(options)) {
      for (const message of messages) if (message.type === "record") ids.push(message.record.externalId);
    }
  })().catch((reason: unknown) => reason);
  expect(failure).toMatchObject({ code: "UPSTREAM_RATE_LIMITED" });
  expect(ids.toSorted()).toEqual(given.toSorted());
});

describe("no reader continues after the read has ended", () => {
  function counted(signal = AbortSignal.timeout(10_000)) {
    const readers = { open: 0 };
    const read: ReadRangesOptions["read"] = async function* (range, own) {
      readers.open += 1;
      try {
        yield* pages(range, () => own.throwIfAborted());
      } finally {
        readers.open -= 1;
      }
    };
    return { readers, options: { ...base(read), signal } };
  }

  test("because the consumer leaves", async () => {
    const { readers, options } = counted();
    expect((await take(options, 5)).length).toBeGreaterThan(0);
    expect(readers.open).toBe(0);
  });

  test("because it is aborted, which is not a normal end", async () => {
    const controller = new AbortController();
    const { readers, options } = counted(controller.signal);
    const batches = readRanges(options);
    await batches.next();
    controller.abort(new ServiceError("CANCELED", "stopped"));
    await expect(Array.fromAsync(batches)).rejects.toMatchObject({ code: "CANCELED" });
    expect(readers.open).toBe(0);
  });
});
