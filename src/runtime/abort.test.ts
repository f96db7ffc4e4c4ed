import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../domain/error.ts";
import { abortReason, pauseUnlessAborted, unlessAborted, whenAborted } from "./abort.ts";

const never = new Promise<never>(() => undefined);

describe("the reason of an aborted signal", () => {
  test("is the ServiceError that the signal was aborted with", () => {
    const error = new ServiceError("LEASE_LOST", "taken over");
    expect(abortReason(AbortSignal.abort(error))).toBe(error);
  });

  test("is CANCELED with the original reason as its cause for any other reason", () => {
    const signal = AbortSignal.abort("stopped");
    expect(abortReason(signal)).toMatchObject({ code: "CANCELED", cause: "stopped" });
  });
});

describe("waiting for an abort", () => {
  test("ends when the signal is aborted, and at once when it already was", async () => {
    const stop = new AbortController();
    const waiting = whenAborted(stop.signal);
    stop.abort();
    await waiting;
    await whenAborted(stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });
});

describe("work unless aborted", () => {
  test("gives its own result or failure while the signal is not aborted", async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
    await expect(unlessAborted(Promise.reject(new Error("failed")), signal)).rejects.toThrow("failed");
  });

  test("throws the signal's own reason when it is aborted first, or was aborted before", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const waiting = unlessAborted(never, stop.signal);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(unlessAborted(never, stop.signal)).rejects.toBe(reason);
  });
});

describe("a pause", () => {
  test("ends after its time, or without an error when the signal is aborted", async () => {
    const stop = new AbortController();
    await pauseUnlessAborted(1, stop.signal);
    const long = pauseUnlessAborted(2 ** 31 - 1, stop.signal);
    stop.abort();
    await long;
    expect(stop.signal.aborted).toBe(true);
  });
});
