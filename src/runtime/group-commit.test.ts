import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../domain/error.ts";
import { createGroupCommit } from "./group-commit.ts";

/** A commit that ends when the test decides. */
function controlled() {
  const begun: { items: readonly number[]; end: () => void; fail: (reason: unknown) => void }[] = [];
  const waiters: (() => void)[] = [];
  return {
    begun,
    commit: (items: readonly number[]): Promise<readonly string[]> =>
      new Promise((resolve, reject) => {
        begun.push({ items, end: () => resolve(items.map((item) => `stored ${item}`)), fail: reject });
        for (const wake of waiters.splice(0)) wake();
      }),
    async nth(count: number) {
      while (begun.length < count) await new Promise<void>((resolve) => void waiters.push(resolve));
      const last = begun[count - 1];
      if (last === undefined) throw new Error("it has begun");
      return last;
    },
  };
}

const overloaded = () => new ServiceError("OVERLOADED", "too many are waiting", { retryAfterMs: 5_000 });
const LIMITS = {
  maxWaiting: 5,
  maxWaitingSize: 100,
  maxQueueMs: 10_000,
  maxWaitMs: 10_000,
  overloaded,
  timedOut: () => new ServiceError("STORE_UNAVAILABLE", "no answer in time"),
};
const OPTIONS = { sizeOf: () => 1, maxBatch: 3, maxBatchSize: 100, limits: LIMITS };

describe("group commit", () => {
  test("commits deliveries together that arrive during a commit, and resolves each one separately", async () => {
    const { commit, nth, begun } = controlled();
    const group = createGroupCommit({ ...OPTIONS, commit });
    const first = group.add(1);
    const one = await nth(1);
    const others = [2, 3, 4, 5].map((item) => group.add(item));
    expect([group.waiting(), group.committing()]).toEqual([4, 1]);
    one.end();
    expect(await first).toBe("stored 1");
    (await nth(2)).end();
    (await nth(3)).end();
    expect(await Promise.all(others)).toEqual(["stored 2", "stored 3", "stored 4", "stored 5"]);
    expect(begun.map(({ items }) => items)).toEqual([[1], [2, 3, 4], [5]]);
    await group.drained();
    expect([group.waiting(), group.committing()]).toEqual([0, 0]);
  });

  test("limits bytes too: of one commit, and of all waiting deliveries (F58)", async () => {
    const { commit, nth, begun } = controlled();
    const group = createGroupCommit({
      ...OPTIONS,
      sizeOf: (item: number) => item,
      limits: { ...LIMITS, maxWaitingSize: 210 },
      commit,
    });
    const all = [group.add(1)];
    const one = await nth(1);
    all.push(...[60, 40, 30, 80].map((item) => group.add(item)));
    await expect(group.add(1)).rejects.toMatchObject({ code: "OVERLOADED", retryAfterMs: 5_000 });
    one.end();
    (await nth(2)).end();
    (await nth(3)).end();
    (await nth(4)).end();
    await Promise.all(all);
    expect(begun.map(({ items }) => items)).toEqual([[1], [60, 40], [30], [80]]);
    const large = group.add(200);
    (await nth(5)).end();
    expect(await large).toBe("stored 200");
  });

  test("rejects the callers of the failed batch, and only them", async () => {
    const { commit, nth } = controlled();
    const group = createGroupCommit({ ...OPTIONS, commit });
    const first = group.add(1);
    (await nth(1)).fail(new ServiceError("STORE_UNAVAILABLE", "away"));
    const second = group.add(2);
    await expect(first).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    (await nth(2)).end();
    expect(await second).toBe("stored 2");
  });

  test("refuses deliveries above the limit of waiting ones (F58)", async () => {
    const { commit, nth } = controlled();
    const group = createGroupCommit({ ...OPTIONS, commit });
    const first = group.add(0);
    const one = await nth(1);
    const waiting = [1, 2, 3, 4, 5].map((item) => group.add(item));
    await expect(group.add(6)).rejects.toMatchObject({ code: "OVERLOADED", retryAfterMs: 5_000 });
    one.end();
    (await nth(2)).end();
    (await nth(3)).end();
    expect(await Promise.all([first, ...waiting])).toHaveLength(6);
  });

  test("lets no caller wait longer than the limit, for a commit to begin or to end", async () => {
    const { commit, nth } = controlled();
    const group = createGroupCommit({ ...OPTIONS, commit, limits: { ...LIMITS, maxQueueMs: 50, maxWaitMs: 50 } });
    const first = group.add(1);
    const stuck = await nth(1);
    const second = group.add(2);
    await expect(second).rejects.toMatchObject({ code: "OVERLOADED" });
    await expect(first).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    stuck.end();
    await group.drained();
    const third = group.add(3);
    (await nth(2)).end();
    expect(await third).toBe("stored 3");
  });

  test("on request, refuses the waiting deliveries but not those that are being committed", async () => {
    const { commit, nth } = controlled();
    const group = createGroupCommit({ ...OPTIONS, commit });
    const first = group.add(1);
    const one = await nth(1);
    const second = group.add(2);
    group.refuseWaiting(overloaded());
    await expect(second).rejects.toMatchObject({ code: "OVERLOADED" });
    one.end();
    expect(await first).toBe("stored 1");
  });

  test("commits the halves separately when one item may have caused the failure, so that only this one fails", async () => {
    const batches: (readonly number[])[] = [];
    const group = createGroupCommit({
      sizeOf: () => 1,
      maxBatchSize: 100,
      isOfOneItem: ({ code }) => code === "INVALID_INPUT",
      commit(items: readonly number[]) {
        batches.push(items);
        if (items.includes(3)) return Promise.reject(new ServiceError("INVALID_INPUT", "3 is wrong"));
        return Promise.resolve(items.map((item) => `stored ${item}`));
      },
    });
    const all = await Promise.allSettled([1, 2, 3, 4].map((item) => group.add(item)));
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(batches).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
    await group.drained();
  });

  test("rejects nothing for waiting too long or in too large a number when it has no limits", async () => {
    const { commit, nth, begun } = controlled();
    const group = createGroupCommit({ sizeOf: () => 1, maxBatchSize: 4, commit });
    const first = group.add(0);
    const one = await nth(1);
    const others = [1, 2, 3, 4, 5, 6].map((item) => group.add(item));
    one.end();
    (await nth(2)).end();
    (await nth(3)).end();
    expect(await Promise.all([first, ...others])).toHaveLength(7);
    expect(begun.map(({ items }) => items.length)).toEqual([1, 4, 2]);
  });
});
