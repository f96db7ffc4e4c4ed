import { describe, expect, test } from "@jest/globals";
import { useSandbox as useCardProcessor } from "../../sandbox/card-processor/testing.ts";
import { useBank } from "../../sandbox/iso20022-bank/testing.ts";
import { useSandbox as usePlaid } from "../../sandbox/plaid/testing.ts";
import { useSandbox as useStripe } from "../../sandbox/stripe/testing.ts";

describe("a control call that a sandbox refuses rejects with the status and the reason (F121)", () => {
  test.each([
    ["Stripe", useStripe],
    ["Plaid", usePlaid],
    ["bank", useBank],
    ["card processor", useCardProcessor],
  ] as const)("%s", async (_name, start) => {
    await using sandbox = await start();
    await expect(sandbox.control("POST", "faults", { latencyMs: true, value: 15 })).rejects.toThrow(
      /^POST faults: 400 .*value/,
    );
    await expect(sandbox.control("POST", "faults", { noSuchFault: true })).rejects.toThrow(/400 .*noSuchFault/);
    await expect(sandbox.control("GET", "nowhere")).rejects.toThrow(/^GET nowhere: 404/);
    await expect(sandbox.control("POST", "faults", { latencyMs: 1 })).resolves.toBeDefined();
  });
});
