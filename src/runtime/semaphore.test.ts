import { expect, test } from "@jest/globals";
import { createSemaphore } from "./semaphore.ts";

const signal = new AbortController().signal;

test("the configured number runs at a time, and the others follow in order of arrival", async () => {
  const slots = createSemaphore(2);
  const begun: number[] = [];
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const all = gates.map((gate, index) =>
    slots.run(() => {
      begun.push(index);
      return gate.promise;
    }, signal),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await all[1];
  gates[0]?.reject(new Error("failed")); // a slot is returned in any case
  await expect(all[0]).rejects.toThrow("failed");
  for (const gate of gates) gate.resolve();
  await Promise.all(all.slice(1));
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test("a waiting caller can be aborted, and takes no slot", async () => {
  const slots = createSemaphore(1);
  const gate = Promise.withResolvers<void>();
  const first = slots.run(() => gate.promise, signal);
  const stop = new AbortController();
  const second = slots.run(() => Promise.resolve("never"), stop.signal);
  const third = slots.run(() => Promise.resolve("third"), signal);
  stop.abort();
  await expect(second).rejects.toMatchObject({ code: "CANCELED" });
  await expect(slots.run(() => Promise.resolve(), stop.signal)).rejects.toMatchObject({ code: "CANCELED" });
  gate.resolve();
  await first;
  expect(await third).toBe("third");
  expect(await slots.run(() => Promise.resolve("fourth"))).toBe("fourth");
});
