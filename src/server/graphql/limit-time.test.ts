import { expect, test } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../domain/error.ts";
import { limitTime } from "./limit-time.ts";

const never = (): Promise<never> => new Promise(() => undefined);

test("work that ends in time returns its result, and its signal is not aborted", async () => {
  const parent = new AbortController();
  const signal = await limitTime({ timeoutMs: 1, signal: parent.signal }, (given) => Promise.resolve(given));
  await sleep(20);
  parent.abort();
  expect(signal.aborted).toBe(false);
});

test("work that takes longer gets an aborted signal, and its caller OPERATION_TIMEOUT", async () => {
  let signal: AbortSignal | undefined;
  const limited = limitTime({ timeoutMs: 5, signal: new AbortController().signal }, (given) => {
    signal = given;
    return never();
  });
  await expect(limited).rejects.toMatchObject({
    code: "OPERATION_TIMEOUT",
    publicMessage: "the operation took longer than 0.005 s",
  });
  expect(signal?.aborted).toBe(true);
  expect(signal?.reason).toMatchObject({ code: "OPERATION_TIMEOUT" });
});

test.each([
  ["before the work begins", true],
  ["while it runs", false],
])("a result that is no longer needed %s aborts the work with the reason", async (_name, isEarly) => {
  const parent = new AbortController();
  const reason = new ServiceError("CANCELED", "the client disconnected");
  if (isEarly) parent.abort(reason);
  let signal: AbortSignal | undefined;
  const limited = limitTime({ timeoutMs: 60_000, signal: parent.signal }, (given) => {
    signal = given;
    return never();
  });
  parent.abort(reason);
  await expect(limited).rejects.toBe(reason);
  expect(signal?.reason).toBe(reason);
});

test("the failure of work that nobody waits for is ignored", async () => {
  const failing = Promise.withResolvers<never>();
  const limited = limitTime({ timeoutMs: 1, signal: new AbortController().signal }, () => failing.promise);
  await expect(limited).rejects.toMatchObject({ code: "OPERATION_TIMEOUT" });
  failing.reject(new Error("late")); // an unhandled rejection would end the test run
  await sleep(1);
});
