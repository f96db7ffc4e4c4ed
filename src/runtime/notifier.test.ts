import { expect, test } from "@jest/globals";
import { createNotifier } from "./notifier.ts";

test("wakes all who wait when it fires", async () => {
  const notifier = createNotifier();
  const waiting = [notifier.wait(0), notifier.wait(0)];
  notifier.fire();
  await Promise.all(waiting);
  expect(notifier.count()).toBe(1);
});

test("a firing between the count and the wait is not missed", async () => {
  const notifier = createNotifier();
  const count = notifier.count();
  notifier.fire();
  await notifier.wait(count);
  expect(notifier.count()).toBe(count + 1);
});

test("a wait ends after its time, and when its signal is aborted", async () => {
  const notifier = createNotifier();
  await notifier.wait(0, { ms: 1 });
  const stop = new AbortController();
  const waiting = notifier.wait(0, { signal: stop.signal });
  stop.abort();
  await waiting;
  await notifier.wait(0, { signal: stop.signal });
  expect(notifier.count()).toBe(0);
});
