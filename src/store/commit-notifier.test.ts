import { expect, test } from "@jest/globals";
import { createCommitNotifier } from "./commit-notifier.ts";

/** A notifier whose sends end when `answer` is called. */
function setUp(intervalMs: number, lateMs = 1) {
  const sends: string[][] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  let sent = Promise.withResolvers<void>();
  const notifier = createCommitNotifier({
    intervalMs,
    lateMs,
    send(channels, tenantIds) {
      sends.push(channels.map((channel, index) => `${channel} ${tenantIds[index]}`));
      const ended = Promise.withResolvers<void>();
      waiting.push(ended);
      sent.resolve();
      return ended.promise;
    },
  });
  return {
    notifier,
    sends,
    answer: (fail = false) => (fail ? waiting.shift()?.reject(new Error("no")) : waiting.shift()?.resolve()),
    async untilSent(count: number) {
      while (sends.length < count) {
        sent = Promise.withResolvers();
        await sent.promise;
      }
    },
  };
}

test("the first commit is announced at once, those meanwhile together and each tenant once", async () => {
  const { notifier, sends, answer, untilSent } = setUp(1);
  notifier.notify("events", "acme", false);
  expect(sends).toEqual([["events acme"]]);
  for (const tenant of ["acme", "umbrella", "acme"]) notifier.notify("events", tenant, false);
  expect(sends).toHaveLength(1);
  answer();
  await untilSent(2);
  expect(sends[1]).toEqual(["events acme", "events umbrella"]);
  notifier.close();
});

test("a failed send does not keep later commits from being announced", async () => {
  const { notifier, sends, answer, untilSent } = setUp(1);
  notifier.notify("events", "acme", false);
  notifier.notify("events", "umbrella", false);
  answer(true);
  await untilSent(2);
  expect(sends[1]).toEqual(["events umbrella"]);
  notifier.close();
});

test("nothing is sent after the notifier is closed", async () => {
  const { notifier, sends, answer } = setUp(1);
  notifier.notify("events", "acme", false);
  notifier.notify("events", "umbrella", false);
  notifier.close();
  answer();
  await Promise.resolve();
  notifier.notify("events", "other", false);
  expect(sends).toEqual([["events acme"]]);
});

const NEVER_MS = 3_600_000;

test("the commits of background work are announced together after a moment", async () => {
  const { notifier, sends, untilSent } = setUp(NEVER_MS);
  for (const tenant of ["acme", "umbrella", "acme"]) notifier.notify("events", tenant, true);
  expect(sends).toEqual([]);
  await untilSent(1);
  expect(sends).toEqual([["events acme", "events umbrella"]]);
  notifier.close();
});

test("a commit that somebody waits for does not wait for those of background work, and takes them along", async () => {
  const { notifier, sends } = setUp(NEVER_MS, NEVER_MS);
  notifier.notify("events", "polled", true);
  notifier.notify("events", "awaited", false);
  expect(sends).toEqual([["events polled", "events awaited"]]);
  notifier.close();
  const other = setUp(NEVER_MS);
  other.notifier.notify("events", "polled", true);
  await other.untilSent(1);
  other.notifier.notify("events", "awaited", false);
  other.answer();
  await other.untilSent(2); // not after the interval between two that somebody waits for
  expect(other.sends[1]).toEqual(["events awaited"]);
  other.notifier.close();
});
