import { expect, test } from "@jest/globals";
import { createCommitNotifier } from "./commit-notifier.ts";

/** A notifier whose sends end when `answer` is called. */
function setUp(intervalMs: number) {
  const sends: string[][] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  let sent = Promise.withResolvers<void>();
  const notifier = createCommitNotifier({
    intervalMs,
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
  notifier.notify("events", "acme");
  expect(sends).toEqual([["events acme"]]);
  for (const tenant of ["acme", "umbrella", "acme"]) notifier.notify("events", tenant);
  expect(sends).toHaveLength(1);
  answer();
  await untilSent(2);
  expect(sends[1]).toEqual(["events acme", "events umbrella"]);
  notifier.close();
});

test("a failed send does not keep later commits from being announced", async () => {
  const { notifier, sends, answer, untilSent } = setUp(1);
  notifier.notify("events", "acme");
  notifier.notify("events", "umbrella");
  answer(true);
  await untilSent(2);
  expect(sends[1]).toEqual(["events umbrella"]);
  notifier.close();
});

test("nothing is sent after the notifier is closed", async () => {
  const { notifier, sends, answer } = setUp(1);
  notifier.notify("events", "acme");
  notifier.notify("events", "umbrella");
  notifier.close();
  answer();
  await Promise.resolve();
  notifier.notify("events", "other");
  expect(sends).toEqual([["events acme"]]);
});
