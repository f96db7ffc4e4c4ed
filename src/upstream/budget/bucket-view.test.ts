import { describe, expect, test } from "@jest/globals";
import { BucketView } from "./bucket-view.ts";
import type { LeaseGrant } from "./budget-store.ts";

const grant = (part: Partial<LeaseGrant>): LeaseGrant => ({
  bucket: "calls",
  immediate: 0,
  turns: 0,
  startMs: 0,
  intervalMs: 100,
  askAgainMs: 0,
  closedUntilMs: -Infinity,
  rate: 10,
  ...part,
});

/** Requests single permits at the given times, and returns which of them were granted. */
const takenAt = (view: BucketView, ...times: readonly number[]): readonly number[] =>
  times.filter((nowMs) => {
    const isOpen = view.isOpen(nowMs, 1);
    if (isOpen) view.take(1);
    return isOpen;
  });

describe("the permits that a replica has of a bucket", () => {
  test("are used in the order of their due times, from any lease", () => {
    const view = new BucketView("calls", 10);
    view.add(grant({ turns: 3, startMs: 1_000 }), 900);
    view.add(grant({ turns: 2, startMs: 1_050 }), 900);
    expect(takenAt(view, 998, 1_000, 1_040, 1_050, 1_060, 1_100, 1_150, 1_200, 1_300)).toEqual([
      1_000, 1_050, 1_100, 1_150, 1_200,
    ]);
  });

  test("are available at once when they are out of turn", () => {
    const view = new BucketView("calls", 10);
    view.add(grant({ turns: 1, startMs: 1_000, immediate: 2 }), 500);
    expect(takenAt(view, 500, 500, 500, 1_000)).toEqual([500, 500, 1_000]);
  });

  test("expire when they were not used in time, so that they do not crowd the next ones", () => {
    const view = new BucketView("calls", 10);
    view.add(grant({ turns: 3, startMs: 1_000 }), 1_000);
    expect(view.leased(1_199)).toBe(1);
    expect(takenAt(view, 1_198, 1_200, 1_201)).toEqual([1_200]);
  });

  test("of a limit per minute are kept while the store's response is under way, a second apart from the next", () => {
    const everyFourSeconds = new BucketView("calls", 0.25);
    everyFourSeconds.add(grant({ turns: 2, startMs: 1_000, intervalMs: 4_000 }), 1_100);
    expect(takenAt(everyFourSeconds, 1_390, 5_401, 5_500)).toEqual([1_390]);
    const everySecond = new BucketView("calls", 0.97);
    everySecond.add(grant({ turns: 2, startMs: 1_000, intervalMs: 1_030 }), 1_000);
    expect(takenAt(everySecond, 1_031, 2_055)).toEqual([2_055]);
  });

  test("are kept until they suffice for the heaviest call, and no longer", () => {
    const view = new BucketView("calls", 10);
    view.expect(3, 1);
    view.add(grant({ turns: 2, startMs: 1_000 }), 1_000);
    expect([view.isOpen(1_100, 3), view.leased(1_200)]).toEqual([false, 2]);
    view.add(grant({ turns: 1, startMs: 1_200 }), 1_200);
    expect(view.isOpen(1_200, 3)).toBe(true);
    expect(view.leased(1_600)).toBe(0);
  });

  test("a weighted call takes its permits together, and is sent when the first is due", () => {
    const view = new BucketView("calls", 10);
    view.expect(3, 1);
    view.add(grant({ turns: 4, startMs: 1_000 }), 900);
    expect([view.isOpen(990, 3), view.isOpen(1_000, 3), view.isOpen(1_000, 5)]).toEqual([false, true, false]);
    view.take(3);
    expect(view.nextDueMs(1_000)).toBe(1_300);
  });

  test("are unavailable while the bucket is closed, including earlier and late leases (F19)", () => {
    const view = new BucketView("calls", 10);
    view.add(grant({ turns: 5, startMs: 1_000 }), 900);
    view.close(1_250);
    view.close(1_100);
    view.add(grant({ turns: 1, startMs: 1_050, immediate: 1 }), 1_000);
    expect([view.leased(1_000), view.nextDueMs(1_000), view.closedUntilMs]).toEqual([2, 1_300, 1_250]);
  });

  test("are low at half a block, or when they do not suffice for a call", () => {
    const view = new BucketView("calls", 10);
    view.add(grant({ turns: 4, startMs: 1_000 }), 900);
    expect([view.runsLow(900, 1), view.runsLow(900, 5)]).toEqual([false, true]);
    view.take(2);
    expect(view.runsLow(900, 1)).toBe(true);
  });
});
