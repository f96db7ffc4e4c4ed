import { expect, test } from "@jest/globals";
import { startReplicas } from "../../helpers/replica-processes.ts";
import { lastSeconds, watchUntil, type CounterSample, usedShare, watch } from "../../helpers/sandbox-counters.ts";
import { useStore } from "../../helpers/store.ts";
import { startStripe } from "../../helpers/stripe-process.ts";
import { undisturbed } from "../../helpers/undisturbed.ts";

const LIMIT = 100;
const FOREIGN = LIMIT / 2;
const WINDOW_MS = 8_000;

/** Four consecutive seconds in which the replicas used about the part that the foreign consumer leaves. */
function isSettled(sample: CounterSample): boolean {
  const seconds = lastSeconds(sample, 4);
  return seconds.length === 4 && seconds.every((accepted) => Math.abs(accepted - (LIMIT - FOREIGN)) <= 0.1 * FOREIGN);
}

test.each(["none", "ietf"])(
  "four replicas in several processes share a limit with a foreign consumer and use the part that it leaves (headers: %s)",
  async (headers) => {
    await using store = await useStore();
    await using stripe = await startStripe(20);
    const { connection } = store;
    const account = { name: "account", kind: "token-bucket", perSecond: LIMIT, headers };
    await stripe.control("POST", "limits", { limits: [account] });
    const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: LIMIT, replicas: 4, readers: 16 };
    await using replicas = await startReplicas(task);
    replicas.begin();
    await watchUntil("everybody to be at work", stripe, ({ accepted }) => accepted >= LIMIT);

    await stripe.control("POST", "foreign", { perSecond: FOREIGN });
    await watchUntil("the rate to settle", stripe, isSettled);
    const sample = await undisturbed(() => watch(stripe, WINDOW_MS));
    await stripe.control("POST", "foreign", { perSecond: 0 });
    await watchUntil("the rate to be back", stripe, (now) =>
      lastSeconds(now, 2).every((accepted) => accepted >= 0.9 * LIMIT),
    );

    expect(usedShare(sample, LIMIT)).toBeGreaterThanOrEqual(0.8); // 0.98 and more on an idle machine
    expect(sample.peakAcceptedPerSecond + FOREIGN).toBeLessThanOrEqual(1.05 * LIMIT); // its calls are evenly spaced
    expect(sample.refused).toBeLessThanOrEqual(0.02 * (sample.accepted + sample.refused));
  },
);
