import { afterEach, expect, test } from "@jest/globals";
import type { FeedLagMessage } from "../../connector-api/change-feed.ts";
import { createNotifier } from "../../runtime/notifier.ts";
import { createFeedReporter, type FeedReport, type FeedReporter } from "./feed-reporter.ts";

let reporter: FeedReporter | undefined;
afterEach(() => reporter?.close());

/** A reporter whose reports are collected; changes that are being stored count as a lag after `slowMs`. */
function reporterWith(slowMs: number) {
  const reports: FeedReport[] = [];
  const written = createNotifier();
  reporter = createFeedReporter({
    everyMs: 1,
    slowMs,
    write(report) {
      reports.push(report);
      written.fire();
      return Promise.resolve();
    },
  });
  return {
    reporter,
    /** Waits for a report that fulfills the condition. */
    async report(condition: (report: FeedReport) => boolean): Promise<FeedReport> {
      for (;;) {
        const count = written.count();
        const last = reports.at(-1);
        if (last !== undefined && condition(last)) return last;
        await written.wait(count);
      }
    },
  };
}

const lagOf = (lagMs: number): FeedLagMessage => ({ type: "lag", lagMs, lagBytes: 7n, waitsFor: undefined });

test("changes that are being stored for a long time count as a lag, until they are stored", async () => {
  const { reporter, report } = reporterWith(5);
  reporter.lag(lagOf(0));
  await report(({ lag }) => lag?.lagMs === 0);
  const stored = reporter.storing();
  const slow = await report(({ lag }) => (lag?.lagMs ?? 0) >= 5);
  expect(slow.lag).toMatchObject({ lagBytes: 7n });
  stored();
  await report(({ lag }) => lag?.lagMs === 0);
});

test("changes that are being stored for a long time count as a lag where the upstream states none", async () => {
  const { reporter, report } = reporterWith(5);
  reporter.storing();
  expect((await report(({ lag }) => lag !== undefined)).lag).toMatchObject({ lagBytes: undefined });
});

test("a lag of the upstream that is longer than the time of storing stays", async () => {
  const { reporter, report } = reporterWith(1);
  reporter.storing();
  await report(({ lag }) => lag !== undefined);
  reporter.lag(lagOf(90_000_000));
  expect((await report(({ lag }) => lag?.lagBytes === 7n)).lag).toEqual(lagOf(90_000_000));
});

test("changes that are stored soon are no lag", async () => {
  const { reporter, report } = reporterWith(60_000);
  reporter.storing()();
  reporter.lag(lagOf(3));
  expect((await report(() => true)).lag).toEqual(lagOf(3));
});
