import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { type TestSandbox, useReceiver, useSandbox } from "./testing.ts";

const made = z.object({ id: z.string() });

async function connect({ control }: TestSandbox, payments = 0): Promise<string> {
  return made.parse(await control("POST", "accounts", { payments })).id;
}

describe("connected accounts of the sandbox", () => {
  test("C11: an object exists for its own account only", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const [one, other] = [await connect(sandbox), await connect(sandbox)];
    const charge = await stripe.charges.create(
      { amount: 1000, currency: "eur", source: "tok_visa" },
      { stripeAccount: one },
    );
    expect(await stripe.charges.retrieve(charge.id, {}, { stripeAccount: one })).toMatchObject({ id: charge.id });
    for (const options of [{}, { stripeAccount: other }])
      await expect(stripe.charges.retrieve(charge.id, {}, options)).rejects.toMatchObject({
        statusCode: 404,
        code: "resource_missing",
      });
    const pendingOf = async (stripeAccount: string) =>
      (await stripe.balance.retrieve({}, { stripeAccount })).pending.map(({ amount }) => amount);
    expect([await pendingOf(one), await pendingOf(other)]).toEqual([[946], []]);
  });

  test("C11: an account that does not exist or has revoked access is refused, and is no longer listed", async () => {
    await using sandbox = await useSandbox();
    const { stripe, control } = sandbox;
    const ids = [await connect(sandbox), await connect(sandbox), await connect(sandbox)];
    const listed = async () =>
      (await stripe.accounts.list({ limit: 2 }).autoPagingToArray({ limit: 10 })).map(({ id }) => id);
    expect(await listed()).toEqual(ids.toReversed());
    await control("POST", `accounts/${ids[1]}`, { access: false });
    for (const stripeAccount of [String(ids[1]), "acct_unknown"])
      await expect(stripe.balance.retrieve({}, { stripeAccount })).rejects.toMatchObject({
        statusCode: 403,
        code: "account_invalid",
      });
    expect(await listed()).toEqual([ids[2], ids[0]]);
  });

  test("C11: events of a connected account name it, and are sent only to endpoints for connected accounts", async () => {
    await using sandbox = await useSandbox();
    const { stripe, control } = sandbox;
    await using own = await useReceiver();
    await using connected = await useReceiver();
    await control("POST", "webhook-endpoints", { url: own.url });
    await control("POST", "webhook-endpoints", { url: connected.url, connect: true, secrets: ["whsec_connect"] });
    const account = await connect(sandbox);
    await stripe.customers.create({ name: "theirs" }, { stripeAccount: account });
    await stripe.customers.create({ name: "ours" });
    await Promise.all([own, connected].map((receiver) => receiver.until(({ length }) => length > 0)));
    const accountsOf = ({ received }: typeof own) =>
      received.map(({ body }) => z.object({ account: z.string().optional() }).parse(JSON.parse(body)).account);
    expect([accountsOf(own), accountsOf(connected)]).toEqual([[undefined], [account]]);
    expect((await stripe.events.list()).data).toHaveLength(1);
    expect((await stripe.events.list({}, { stripeAccount: account })).data).toEqual([
      expect.objectContaining({ account, type: "customer.created" }),
    ]);
  });

  test("C11: the control API reads and changes the world of the requested account", async () => {
    await using sandbox = await useSandbox();
    const account = await connect(sandbox, 20);
    const charges = z.object({ count: z.number() });
    const countOf = async (query: string) =>
      charges.parse(await sandbox.control("GET", `objects?type=charge${query}`)).count;
    expect(await countOf("")).toBe(0);
    expect(await countOf(`&account=${account}`)).toBeGreaterThan(10);
  });
});
