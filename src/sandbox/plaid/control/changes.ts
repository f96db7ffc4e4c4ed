import { z } from "zod";
import type { Activity } from "../world/activity.ts";
import { unitsOf } from "../world/amounts.ts";
import { dayOf } from "../world/seed.ts";
import type { World } from "../world/world.ts";

const transactionBody = z.strictObject({ json: z.string() });
const driftBody = z.strictObject({ accountId: z.string(), amount: z.string().regex(/^-?\d+(\.\d{1,8})?$/u) });

/** Puts a transaction that is written in `json` into the answers as it is, and lets Plaid read the bank. */
export function putTransaction(world: World, activity: Activity, body: unknown) {
  const raw = transactionBody.parse(body).json;
  const { transaction_id: id } = z.object({ transaction_id: z.string() }).parse(JSON.parse(raw));
  const day = dayOf(Date.now());
  const draft = {
    accountId: "",
    units: 0n,
    literal: "0",
    pending: false,
    pendingId: null,
    day,
    authorizedDay: day,
    merchant: 0,
    isRenamed: false,
    isRemoved: false,
    raw,
  };
  if (world.find(id) === undefined) world.add(draft, id);
  else world.change(id, draft);
  activity.update(0);
  return { id };
}

/** Removes a posted transaction, as when a bank takes back what it booked by mistake. */
export function removeOne(world: World, activity: Activity) {
  const found = world.transactions().find((one) => !one.isRemoved && !one.pending && one.raw === undefined);
  if (found === undefined) return undefined;
  world.remove(found.id);
  activity.update(0);
  return { id: found.id };
}

/** Lets the bank's balance differ from the one that Plaid has, until Plaid reads the bank. */
export function drift(world: World, body: unknown) {
  const { accountId, amount } = driftBody.parse(body);
  if (world.findAccount(accountId) === undefined) return undefined;
  world.setState({ drift: { ...world.state().drift, [accountId]: String(unitsOf(amount)) } });
  world.commit();
  return { accountId, amount };
}

/** Closes an account: Plaid shows it no more, and its transactions stay. */
export function closeAccount(world: World, id: string) {
  if (!world.accounts().some((account) => account.id === id)) return undefined;
  world.setState({ closed: [...world.state().closed, id] });
  world.commit();
  return { id, closed: true };
}
