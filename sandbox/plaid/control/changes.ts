import { z } from "zod";
import type { Activity } from "../world/activity.ts";
import { decimalOf, unitsOf } from "../world/amounts.ts";
import { postPending } from "../world/posting.ts";
import { dayOf } from "../world/seed.ts";
import type { World } from "../world/world.ts";

const transactionBody = z.strictObject({ json: z.string() });
const amount = z.string().regex(/^-?\d+(\.\d{1,8})?$/u);
const driftBody = z.strictObject({ accountId: z.string(), amount });
const pendingBody = z.strictObject({ accountId: z.string(), amount });
const postingsBody = z.strictObject({ pendingId: z.string(), amounts: z.array(amount).min(1).max(100) });
const institutionBody = z.strictObject({ id: z.string().min(1) });
const transactionIdBody = z.strictObject({ id: z.string().optional() });

/** Adds a transaction given as `json`, which responses contain unchanged, and makes Plaid read the bank. */
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

/** Adds a pending transaction with this amount; positive: money leaves the account. */
export function addPending(world: World, activity: Activity, body: unknown) {
  const { accountId, amount: decimal } = pendingBody.parse(body);
  if (world.findAccount(accountId) === undefined) return undefined;
  const day = dayOf(Date.now());
  const units = unitsOf(decimal);
  const { id } = world.add({
    accountId,
    units,
    literal: decimalOf(units),
    pending: true,
    pendingId: null,
    day,
    authorizedDay: day,
    merchant: 0,
    isRenamed: false,
    isRemoved: false,
    raw: undefined,
  });
  activity.update(0);
  return { id };
}

/**
 * Posts a pending transaction as one or more, each of which names it as `pending_transaction_id`: banks do so for an
 * order that is shipped in parts. Another call with the same id adds further ones.
 */
export function postAs(world: World, activity: Activity, body: unknown) {
  const { pendingId, amounts } = postingsBody.parse(body);
  const pending = world.find(pendingId);
  if (pending?.pending !== true || pending.raw !== undefined) return undefined;
  const [, ...ids] = postPending(world, pending, amounts.map(unitsOf), Date.now());
  activity.update(0);
  return { ids };
}

/** Removes a posted transaction, as when a bank reverses an incorrect posting: the given one, or any. */
export function removeOne(world: World, activity: Activity, body: unknown) {
  const { id } = transactionIdBody.parse(body);
  const found = world
    .transactions()
    .find((one) => !one.isRemoved && !one.pending && one.raw === undefined && (id === undefined || one.id === id));
  if (found === undefined) return undefined;
  world.remove(found.id);
  activity.update(0);
  return { id: found.id };
}

/** Makes the bank's balance differ from the one that Plaid has, until Plaid reads the bank. */
export function drift(world: World, body: unknown) {
  const { accountId, amount } = driftBody.parse(body);
  if (world.findAccount(accountId) === undefined) return undefined;
  world.setState({ drift: { ...world.state().drift, [accountId]: String(unitsOf(amount)) } });
  world.commit();
  return { accountId, amount };
}

/** Closes an account: Plaid no longer lists it, and its transactions remain. */
export function closeAccount(world: World, id: string) {
  if (!world.accounts().some((account) => account.id === id)) return undefined;
  world.setState({ closed: [...world.state().closed, id] });
  world.commit();
  return { id, closed: true };
}

/** Moves the Item to another institution, whose rules apply from now on. */
export function setInstitution(world: World, body: unknown) {
  const { id } = institutionBody.parse(body);
  world.setState({ institutionId: id });
  world.commit();
  return { id };
}
