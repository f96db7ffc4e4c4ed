import { expect, test } from "@jest/globals";
import { charge, intent, paymentMoney, refund } from "../../helpers/stripe-payment.ts";
import { useStripeService } from "../../helpers/stripe-service.ts";

const LOCKED = {
  status: 429,
  body: { error: { code: "lock_timeout", type: "invalid_request_error", message: "This object cannot be accessed" } },
};
const IN_USE = { status: 409, body: { error: { code: "idempotency_key_in_use", type: "idempotency_error" } } };

interface Budgets {
  readonly source: {
    readonly budgets: readonly {
      bucket: string;
      limit: number | null;
      current: number | null;
      lastRefusedAt: string | null;
    }[];
  };
}

test.each([
  ["429 lock_timeout", LOCKED],
  ["409 idempotency_key_in_use", IN_USE],
])("C8: %s, once per read, is read again, and no bucket is slower", async (_name, answer) => {
  await using service = await useStripeService();
  const { account } = service;
  account.put(
    intent({ id: "pi_1", latest_charge: "ch_1" }),
    charge({ id: "ch_1", payment_intent: "pi_1", amount_refunded: 500 }),
    refund({ charge: "ch_1", payment_intent: "pi_1" }),
  );
  const locked = new Set<string>();
  account.intercept(({ pathname, search }) => {
    if (locked.has(pathname + search)) return undefined;
    locked.add(pathname + search);
    return answer;
  });
  expect(await service.sync("FULL")).toBe("SUCCEEDED");
  expect(await service.sync()).toBe("SUCCEEDED");
  expect(await paymentMoney(service, "pi_1")).toMatchObject({ refunded: { amount: "5.00" } });
  expect(locked.size).toBeGreaterThanOrEqual(8);

  const { source } = await service.ask<Budgets>(
    `{ source(id: "stripe-main") { budgets { bucket limit current lastRefusedAt } } }`,
  );
  expect(source.budgets.length).toBeGreaterThan(0);
  for (const { bucket, limit, current, lastRefusedAt } of source.budgets) {
    expect([bucket, current, lastRefusedAt]).toEqual([bucket, limit, null]);
  }
  const runs = await service.query("select status, error_code from sluice.sync_run_streams where attempts > 0");
  expect(runs).toEqual([]);
});

test("C8: a 429 without that code is a rate limit", async () => {
  await using service = await useStripeService();
  const refused = new Set<string>();
  service.account.intercept(({ pathname }) => {
    if (pathname !== "/v1/charges" || refused.has(pathname)) return undefined;
    refused.add(pathname);
    return { status: 429, body: { error: { code: "rate_limit", type: "invalid_request_error" } } };
  });
  expect(await service.sync("FULL")).toBe("SUCCEEDED");
  const { source } = await service.ask<Budgets>(
    `{ source(id: "stripe-main") { budgets { bucket limit current lastRefusedAt } } }`,
  );
  expect(source.budgets.filter(({ lastRefusedAt }) => lastRefusedAt !== null).map(({ bucket }) => bucket)).toEqual(
    expect.arrayContaining(["account", "endpoint/charges"]),
  );
});
