import { expect, test } from "@jest/globals";
import { createSlots } from "./slots.ts";

const signal = new AbortController().signal;

test("so many run at a time, the others in the order in which they came", async () => {
  const slots = createSlots(2);
  const begun: number[] = [];
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const all = gates.map((gate, index) =>
    slots.run(signal, () => {
      begun.push(index);
      return gate.promise;
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await all[1];
  gates[0]?.reject(new Error("failed")); // a slot is given back in any case
  await expect(all[0]).rejects.toThrow("failed");
  for (const gate of gates) gate.resolve();
  await Promise.all(all.slice(1));
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test("who waits can be told to stop, and takes no slot with it", async () => {
  const slots = createSlots(1);
  const gate = Promise.withResolvers<void>();
  const first = slots.run(signal, () => gate.promise);
  const stop = new AbortController();
  const second = slots.run(stop.signal, () => Promise.resolve("never"));
  const third = slots.run(signal, () => Promise.resolve("third"));
  stop.abort();
  await expect(second).rejects.toMatchObject({ code: "CANCELED" });
  await expect(slots.run(stop.signal, () => Promise.resolve())).rejects.toMatchObject({ code: "CANCELED" });
  gate.resolve();
  await first;
  expect(await third).toBe("third");
  expect(await slots.run(signal, () => Promise.resolve("fourth"))).toBe("fourth");
});
