import { expect, test } from "@jest/globals";
import { ServiceError } from "../domain/error.ts";
import { whenAborted } from "./abort.ts";
import { keepLease, type KeepLeaseOptions, type LeaseKeeper } from "./keep-lease.ts";

function keep(
  renew: KeepLeaseOptions["renew"],
  { leaseMs = 600_000 }: { readonly leaseMs?: number } = {},
): LeaseKeeper & AsyncDisposable {
  const keeper = keepLease({ renew, renewMs: 2, leaseMs });
  return { ...keeper, [Symbol.asyncDispose]: () => keeper.stop() };
}

test("renews again and again while the lease is ours", async () => {
  const thrice = Promise.withResolvers<void>();
  let renewals = 0;
  await using keeper = keep(() => {
    renewals += 1;
    if (renewals === 3) thrice.resolve();
    return Promise.resolve(undefined);
  });
  await thrice.promise;
  expect(keeper.lost.aborted).toBe(false);
});

test("stops the work when another process has taken over", async () => {
  const cause = new ServiceError("LEASE_LOST", "another process has taken over the file");
  await using keeper = keep(() => Promise.reject(cause));
  await whenAborted(keeper.lost);
  expect(keeper.lost.reason).toMatchObject({ code: "LEASE_LOST", cause });
});

test("stops the work with the reason that a renewal returned", async () => {
  const paused = new ServiceError("CANCELED", "the source was paused");
  await using keeper = keep(() => Promise.resolve(paused));
  await whenAborted(keeper.lost);
  expect(keeper.lost.reason).toBe(paused);
});

test("tolerates missed renewals as long as the lease has not expired", async () => {
  const recovered = Promise.withResolvers<void>();
  let attempts = 0;
  await using keeper = keep(() => {
    attempts += 1;
    if (attempts < 3) return Promise.reject(new ServiceError("STORE_UNAVAILABLE", "away"));
    recovered.resolve();
    return Promise.resolve(undefined);
  });
  await recovered.promise;
  expect(keeper.lost.aborted).toBe(false);
});

test("stops the work when no renewal succeeded until the lease expired", async () => {
  await using keeper = keep(() => Promise.reject(new ServiceError("STORE_UNAVAILABLE", "away")), { leaseMs: 5 });
  await whenAborted(keeper.lost);
  expect(keeper.lost.reason).toMatchObject({ code: "LEASE_LOST" });
});

test("runs one renewal at a time, and none is in flight after it was stopped", async () => {
  const begun = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<undefined>();
  let [inFlight, most] = [0, 0];
  const keeper = keep(async () => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    begun.resolve();
    await answer.promise;
    inFlight -= 1;
    return undefined;
  });
  await begun.promise;
  const stopped = keeper.stop();
  answer.resolve(undefined);
  await stopped;
  expect([inFlight, most]).toEqual([0, 1]);
});
