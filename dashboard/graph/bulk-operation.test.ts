import { expect, test } from "@jest/globals";
import { BEGINNING, runBulkOperation, type BulkProgress } from "./bulk-operation.ts";

/** A bulk operation over five items, two by each call; the call after a position can be made to fail. */
function useItems() {
  const calls: (string | null)[] = [];
  const failing = new Set<string>();
  const call = (after: string | null) => {
    calls.push(after);
    if (after !== null && failing.delete(after)) return Promise.reject(new Error("the connection was lost"));
    const from = Number(after ?? 0);
    const end = Math.min(5, from + 2);
    return Promise.resolve({ count: end - from, skipped: 1, endCursor: end === 5 ? null : String(end) });
  };
  return { calls, failing, call };
}
const never = new AbortController().signal;

test("a bulk operation repeats its call from position to position until no more items match, and reports each step", async () => {
  const { call, calls } = useItems();
  const counts: number[] = [];
  const end = await runBulkOperation(call, BEGINNING, never, ({ count }) => void counts.push(count));
  expect(end).toMatchObject({ count: 5, skipped: 3, state: "done", after: null });
  expect(calls).toEqual([null, "2", "4"]);
  expect(counts).toEqual([0, 2, 4, 5]);
});

test("a bulk operation that failed continues from its position, and repeats no call that was answered", async () => {
  const { call, calls, failing } = useItems();
  failing.add("2");
  const failed = await runBulkOperation(call, BEGINNING, never, () => undefined);
  expect(failed).toMatchObject({ count: 2, state: "failed", after: "2", reason: new Error("the connection was lost") });
  const end = await runBulkOperation(call, failed, never, () => undefined);
  expect(end).toMatchObject({ count: 5, state: "done" });
  expect(end.reason).toBeUndefined();
  expect(calls).toEqual([null, "2", "2", "4"]);
});

test("a bulk operation that is stopped ends after the call that runs, and can continue", async () => {
  const { call, calls } = useItems();
  const stopping = new AbortController();
  const onProgress = ({ count }: BulkProgress): void => void (count === 2 && stopping.abort());
  const stopped = await runBulkOperation(call, BEGINNING, stopping.signal, onProgress);
  expect(stopped).toMatchObject({ count: 2, state: "stopped", after: "2" });
  expect((await runBulkOperation(call, stopped, never, () => undefined)).count).toBe(5);
  expect(calls).toEqual([null, "2", "4"]);
});
