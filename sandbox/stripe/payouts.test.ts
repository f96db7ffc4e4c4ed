import { expect, test } from "@jest/globals";
import { z } from "zod";
import { useSandbox } from "./testing.ts";

const made = z.object({ id: z.string() });

test("C7: a negative balance is debited from the bank account by a negative payout", async () => {
  await using sandbox = await useSandbox();
  const { stripe, control } = sandbox;
  const charge = await stripe.charges.create({ amount: 10_000, currency: "eur", source: "tok_visa" });
  // The funds of the charge are pending, those of its refund are debited at once.
  await stripe.refunds.create({ charge: charge.id });
  const { id } = made.parse(await control("POST", "payouts", { currency: "eur" }));
  const payout = await stripe.payouts.retrieve(id);
  expect(payout).toMatchObject({ amount: -10_000, currency: "eur", automatic: true, status: "pending" });
  const own = await stripe.balanceTransactions.list({ source: id });
  expect(own.data.map(({ amount }) => amount)).toEqual([10_000]);
  const { available } = await stripe.balance.retrieve();
  expect(available).toEqual([expect.objectContaining({ currency: "eur", amount: 0 })]);
});

test("C12: the lines of an automatic payout are listed once it is reconciled, with an event of its own", async () => {
  await using sandbox = await useSandbox();
  const { stripe, control } = sandbox;
  const charge = await stripe.charges.create({ amount: 10_000, currency: "eur", source: "tok_visa" });
  await stripe.refunds.create({ charge: charge.id });
  const { id } = made.parse(await control("POST", "payouts", { currency: "eur" }));
  expect((await stripe.payouts.retrieve(id)).reconciliation_status).toBe("in_progress");
  expect((await stripe.balanceTransactions.list({ payout: id })).data).toEqual([]);
  await control("POST", `payouts/${id}`, { step: "advance" });
  const lines = (await stripe.balanceTransactions.list({ payout: id })).data;
  expect(lines.map(({ amount }) => amount)).toEqual([10_000, -10_000]); // its own, and the refund
  const [event] = (await stripe.events.list({ type: "payout.reconciliation_completed" })).data;
  expect(event?.data.object).toMatchObject({ id, reconciliation_status: "completed" });
});

test("a repayment of a loan and a reserve are lines of the next payout, and a negative balance is carried", async () => {
  await using sandbox = await useSandbox();
  const { stripe, control } = sandbox;
  const book = (kind: string, amount: number) => control("POST", "movements", { kind, currency: "eur", amount });
  await book("correction", 10_000);
  await book("loanRepayment", 1_500);
  await book("reserveHold", 2_000);
  const { id } = made.parse(await control("POST", "payouts", { currency: "eur" }));
  expect(await stripe.payouts.retrieve(id)).toMatchObject({ amount: 6_500 });
  await control("POST", `payouts/${id}`, { step: "advance" });
  const lines = (await stripe.balanceTransactions.list({ payout: id })).data;
  expect(lines.map(({ type, net }) => [type, net])).toEqual(
    expect.arrayContaining([
      ["anticipation_repayment", -1_500],
      ["reserve_hold", -2_000],
      ["payout", -6_500],
    ]),
  );
  await book("fee", 40);
  const { available } = await stripe.balance.retrieve();
  expect(available).toEqual([expect.objectContaining({ currency: "eur", amount: -40 })]);
});
