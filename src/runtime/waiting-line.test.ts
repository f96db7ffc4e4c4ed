import { expect, test } from "@jest/globals";
import { createWaitingLine } from "./waiting-line.ts";

const { signal } = new AbortController();

test("values go to the waiters in their order of arrival, and to nobody when none waits", async () => {
  const line = createWaitingLine<number>();
  expect(line.serve(0)).toBe(false);
  const all = [line.wait(signal), line.wait(signal)];
  expect(line.length()).toBe(2);
  expect([line.serve(1), line.serve(2), line.serve(3)]).toEqual([true, true, false]);
  expect(await Promise.all(all)).toEqual([1, 2]);
});

test("a waiter whose signal is aborted leaves with the signal's reason, and takes no value", async () => {
  const line = createWaitingLine<number>();
  const stop = new AbortController();
  const reason = new Error("stopped");
  const leaving = line.wait(stop.signal);
  const staying = line.wait(signal);
  stop.abort(reason);
  await expect(leaving).rejects.toBe(reason);
  await expect(line.wait(stop.signal)).rejects.toBe(reason);
  line.serve(1);
  expect(await staying).toBe(1);
});

test("a value that was handed over before the abort is not lost", async () => {
  const line = createWaitingLine<number>();
  const stop = new AbortController();
  const served = line.wait(stop.signal);
  line.serve(1);
  stop.abort();
  expect(await served).toBe(1);
});
