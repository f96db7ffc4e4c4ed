import { expect, test } from "@jest/globals";
import { startReplicas } from "../../helpers/replica-processes.ts";
import { type CounterSample, usedShare, watch, watchUntil } from "../../helpers/sandbox-counters.ts";
import { useStore } from "../../helpers/store.ts";
import { startStripe } from "../../helpers/stripe-process.ts";
import { undisturbed } from "../../helpers/undisturbed.ts";

const WINDOW_MS = 7_000;
/**
 * Minimum fraction of used permits. The exact fraction depends on the machine, and `npm run bench -- budget` measures
 * it.
 */
const LEAST_USED: Readonly<Record<number, number>> = { 25: 0.8, 100: 0.8, 1_000: 0.3 };

function expectOneBudget(sample: CounterSample, limit: number): void {
  expect(sample.peakPerSecond).toBeLessThanOrEqual(Math.floor(limit * 1.05));
  expect(sample.refused).toBe(0);
  expect(usedShare(sample, limit)).toBeGreaterThanOrEqual(LEAST_USED[limit] ?? 1);
}

test.each([25, 100, 1_000])(
  "four replicas in several processes fully use a limit of %d per second and never exceed it, while one process is killed and one joins",
  async (limit) => {
    await using store = await useStore();
    await using stripe = await startStripe(20);
    const { connection } = store;
    const account = { name: "account", kind: "token-bucket", perSecond: limit };
    await stripe.control("POST", "limits", { limits: [account] });
    const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: limit, replicas: 4, readers: 16 };
    await using replicas = await startReplicas(task);
    replicas.begin();
    const begun = await watchUntil("everybody to be at work", stripe, ({ accepted }) => accepted >= 2 * limit);
    expect(begun.refused).toBe(0);

    const strict = { name: "strict", kind: "sliding-window", quota: Math.floor(limit * 1.05) };
    await stripe.control("POST", "limits", { limits: [account, strict] });
    expectOneBudget(await undisturbed(() => watch(stripe, WINDOW_MS)), limit);

    await stripe.control("POST", "limits", { limits: [account] });
    const replaceOne = () => replicas.replaceOne();
    expectOneBudget(await undisturbed(() => watch(stripe, WINDOW_MS, replaceOne)), limit);
  },
);
