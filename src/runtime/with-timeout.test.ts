import { expect, test } from "@jest/globals";
import { waitAtMost, withTimeout } from "./with-timeout.ts";

const never = new Promise<never>(() => undefined);

test("work that ends in time gives its own result or failure", async () => {
  expect(await withTimeout(60_000, Promise.resolve("done"), () => "late")).toBe("done");
  await expect(withTimeout(60_000, Promise.reject(new Error("failed")), () => "late")).rejects.toThrow("failed");
});

test("work that takes longer gives the result or the error of the timeout", async () => {
  expect(await withTimeout<string>(1, never, () => "late")).toBe("late");
  const refuse = () => {
    throw new Error("too late");
  };
  await expect(withTimeout(1, never, refuse)).rejects.toThrow("too late");
});

test("a failure of the work after the timeout is ignored", async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  expect(await withTimeout(1, promise, () => "late")).toBe("late");
  reject(new Error("failed afterwards")); // an unhandled rejection would end the process
  await expect(promise).rejects.toThrow("failed afterwards");
});

test("a wait with a limit ends with the work, its failure, or the time", async () => {
  await waitAtMost(60_000, Promise.resolve("done"));
  await waitAtMost(1, never);
  await expect(waitAtMost(60_000, Promise.reject(new Error("failed")))).rejects.toThrow("failed");
});
