import { describe, expect, test } from "@jest/globals";
import { rateOf, usePermits, worstSecond } from "../../../test/helpers/permit-workload.ts";
import { createVirtualClock } from "../../../test/helpers/virtual-clock.ts";
import { ServiceError } from "../../domain/error.ts";
import type { BudgetStore } from "./budget-store.ts";
import { createLocalStore } from "./local-store.ts";
import { type JoinShare, wholeShare } from "./share.ts";

const REPLICAS = 4;
const oneOfFour: JoinShare = (member) => ({
  ...wholeShare(member),
  replicas: () => REPLICAS,
  busyReplicas: () => REPLICAS,
});

/** Replicas that share one store, which can be unavailable. */
function useReplicas(rate: number) {
  const clock = createVirtualClock();
  const shared = createLocalStore(clock);
  let isAway = false;
  const away = (): Promise<never> => Promise.reject(new ServiceError("STORE_UNAVAILABLE", "away"));
  const store: BudgetStore = {
    lease: (asks, replicas) => (isAway ? away() : shared.lease(asks, replicas)),
    refuse: (refusals) => (isAway ? away() : shared.refuse(refusals)),
  };
  const replicas = Array.from({ length: REPLICAS }, () => usePermits(rateOf(rate), { clock, store, join: oneOfFour }));
  const granted = (fromMs: number, toMs: number) =>
    replicas.flatMap((replica) => replica.granted).filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  return { clock, replicas, granted, setAway: (value: boolean) => void (isAway = value) };
}

describe("while the store is unavailable (F33)", () => {
  test.each([20, 100])(
    "each replica uses its part of %i a second for the whole outage, and the shared limit afterwards",
    async (rate) => {
      const { clock, replicas, granted, setAway } = useReplicas(rate);
      for (const { keepAsking } of replicas) keepAsking("backfill", "b", 20);
      await clock.advance(4_000);
      setAway(true);
      await clock.advance(30_000);
      setAway(false);
      await clock.advance(10_000); // no replica takes more than its part until all have noticed
      const parts = { before: granted(1_000, 4_000), away: granted(6_000, 34_000), after: granted(40_000, 44_000) };
      expect(parts.before.length).toBeGreaterThanOrEqual(rate * 3 * 0.97);
      expect(parts.away.length).toBeGreaterThanOrEqual(rate * 28 * 0.95);
      expect(parts.after.length).toBeGreaterThanOrEqual(rate * 4 * 0.97);
      // When the store becomes unavailable and available, each replica may have one permit of the other kind left.
      expect(worstSecond(granted(0, 44_000))).toBeLessThanOrEqual(rate * 1.05 + REPLICAS);
      for (const part of Object.values(parts)) expect(worstSecond(part)).toBeLessThanOrEqual(rate * 1.05);
    },
  );

  test("a pause that the upstream requests is kept by the replica that received it (F19)", async () => {
    const { clock, replicas, setAway } = useReplicas(100);
    const [replica] = replicas;
    setAway(true);
    replica?.keepAsking("backfill", "b", 20);
    await clock.advance(1_000);
    const needs = replica?.budget.needsOf({ method: "GET", path: "/" }) ?? [];
    await replica?.budget.applyLimit({
      needs,
      bucket: undefined,
      closeForMs: 5_000,
      reason: "RETRY_AFTER",
      slowDown: true,
    });
    const before = replica?.granted.length;
    await clock.advance(4_999);
    expect(replica?.granted.length).toBe(before);
    setAway(false);
    await clock.advance(6_000);
    expect(replica?.granted.length).toBeGreaterThan((before ?? 0) + 100);
    expect(replica?.closures.length).toBe(1);
  });
});
