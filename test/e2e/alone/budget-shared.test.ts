import { expect, test } from "@jest/globals";
import { startReplicas } from "../../helpers/replica-processes.ts";
import { type Sight, usedShare, watch, watchUntil } from "../../helpers/sandbox-witness.ts";
import { useStore } from "../../helpers/store.ts";
import { startStripe } from "../../helpers/stripe-process.ts";
import { undisturbed } from "../../helpers/undisturbed.ts";

const WINDOW_MS = 7_000;
/** Of the permits: that they are used at all. How well depends on the machine, and `npm run bench -- budget` judges it. */
const LEAST_USED: Readonly<Record<number, number>> = { 25: 0.8, 100: 0.8, 1_000: 0.3 };

function expectOneBudget(sight: Sight, limit: number): void {
  expect(sight.peakPerSecond).toBeLessThanOrEqual(Math.floor(limit * 1.05));
  expect(sight.refused).toBe(0);
  expect(usedShare(sight, limit)).toBeGreaterThanOrEqual(LEAST_USED[limit] ?? 1);
}

test.each([25, 100, 1_000])(
  "four processes use a limit of %d per second up and never exceed it, while one is killed and one joins as well",
  async (limit) => {
    await using store = await useStore();
    await using stripe = await startStripe(20);
    const { connection } = store;
    const account = { name: "account", kind: "token-bucket", perSecond: limit };
    await stripe.control("POST", "limits", { limits: [account] });
    const task = { connection, baseUrl: stripe.url, apiKey: stripe.apiKey, perSecond: limit, replicas: 1, readers: 16 };
    await using replicas = await startReplicas(4, task);
    replicas.begin();
    const begun = await watchUntil("everybody to be at work", stripe, ({ accepted }) => accepted >= 2 * limit);
    expect(begun.refused).toBe(0);

    const strict = { name: "strict", kind: "sliding-window", quota: Math.floor(limit * 1.05) };
    await stripe.control("POST", "limits", { limits: [account, strict] });
    expectOneBudget(await undisturbed(() => watch(stripe, WINDOW_MS)), limit);

    await stripe.control("POST", "limits", { limits: [account] });
    const whileReplaced = async () => (await Promise.all([watch(stripe, WINDOW_MS), replicas.replaceOne()]))[0];
    expectOneBudget(await undisturbed(whileReplaced), limit);
  },
  90_000,
);
