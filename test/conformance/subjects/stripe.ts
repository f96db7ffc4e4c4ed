import { z } from "zod";
import type { RunningSandbox } from "../../../src/sandbox/sandbox.ts";
import { control } from "../sandbox-control.ts";
import type { ObjectKey, Subject } from "../subject.ts";

/** The part of the truth that decides which objects of ours an object of Stripe's stands for. */
const object = z.object({
  id: z.string(),
  payment_intent: z.string().nullish(),
  destination: z.string().nullish(),
});
type StripeObject = z.infer<typeof object>;

const KEYS: Readonly<Record<string, (object: StripeObject) => readonly ObjectKey[]>> = {
  customer: ({ id }) => [`Party:${id}`],
  payment_intent: ({ id }) => [`Payment:${id}`],
  charge: ({ id, payment_intent }) => [`PaymentAttempt:${id}`, ...(payment_intent ? [] : [`Payment:${id}`])],
  refund: ({ id }) => [`Refund:${id}`],
  dispute: ({ id }) => [`Dispute:${id}`],
  payout: ({ id, destination }) => [`Payout:${id}`, ...(destination ? [`Account:${destination}`] : [])],
  balance_transaction: ({ id }) => [`LedgerEntry:${id}`],
};

const objects = z.object({ objects: z.array(object) });
const change = z.object({ objects: z.array(z.object({ type: z.string(), id: z.string() })) });
const changes = z.object({ changes: z.array(change) });
const funds = z.array(z.object({ currency: z.string() }));
const balance = z.object({ available: funds, pending: funds });

async function truth(sandbox: RunningSandbox): Promise<ReadonlySet<ObjectKey>> {
  const keys = new Set<ObjectKey>(["Account:balance", ...(await balanceKeys(sandbox))]);
  for (const [type, keysOf] of Object.entries(KEYS)) {
    const found = objects.parse(await control(sandbox, "GET", `objects?type=${type}`));
    for (const key of found.objects.flatMap(keysOf)) keys.add(key);
  }
  return keys;
}

/** The control API has no balance: it follows from the transactions. */
async function balanceKeys(sandbox: RunningSandbox): Promise<readonly ObjectKey[]> {
  const { available, pending } = balance.parse(await api(sandbox, "GET", "balance"));
  return [
    ...available.map(({ currency }) => `Balance:balance:AVAILABLE:${currency.toUpperCase()}`),
    ...pending.map(({ currency }) => `Balance:balance:PENDING:${currency.toUpperCase()}`),
  ];
}

/** A call as the account's owner. */
async function api(sandbox: RunningSandbox, method: string, path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${String(sandbox.sourceConfig["apiKey"])}` };
  const response = await fetch(`${sandbox.url}/v1/${path}`, { method, headers, signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}

/** What a Stripe account and its sandbox look like to the conformance suite. */
export const subject: Subject = {
  truth,
  async change(sandbox, count) {
    const done = changes.parse(await control(sandbox, "POST", "activity", { count }));
    const changed = done.changes.flatMap((one) => one.objects);
    return new Set(changed.flatMap(({ type, id }) => KEYS[type]?.({ id, payment_intent: "known" }) ?? []));
  },
  async remove(sandbox) {
    const { objects: customers } = objects.parse(await control(sandbox, "GET", "objects?type=customer"));
    const [customer] = customers;
    if (customer === undefined) throw new Error("the sandbox has no customer to delete");
    await api(sandbox, "DELETE", `customers/${customer.id}`);
    return `Party:${customer.id}`;
  },
  async putMalformed(sandbox) {
    const garbled = { id: "cus_garbled", object: "customer", created: "yesterday", email: 5 };
    await control(sandbox, "POST", "objects", {
      type: "customer",
      id: garbled.id,
      created: Math.floor(Date.now() / 1000),
      json: JSON.stringify(garbled),
    });
    return { stream: "customers", externalId: garbled.id };
  },
  withWrongCredential: (config) => ({ ...config, apiKey: "sk_test_wrong" }),
};
