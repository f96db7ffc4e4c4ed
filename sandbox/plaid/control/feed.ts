import { createHash } from "node:crypto";
import { z } from "zod";
import type { Activity } from "../world/activity.ts";
import { decimalOf, unitsOf } from "../world/amounts.ts";
import type { Draft } from "../world/transaction.ts";
import type { World } from "../world/world.ts";

const feedBody = z.strictObject({
  movements: z.array(
    z.strictObject({
      /** Identifies the movement at the bank. */
      key: z.string().min(1),
      iban: z.string(),
      /** Decimal number; negative for a debit. */
      amount: z.string().regex(/^-?\d+(\.\d{1,8})?$/u),
      isPending: z.boolean(),
      day: z.iso.date(),
      name: z.string(),
      text: z.string(),
    }),
  ),
});
type Movement = z.infer<typeof feedBody>["movements"][number];

/**
 * Takes what the bank shows of the accounts that it also reports: new movements are added, pending ones that are booked
 * are posted, known ones are left as they are. Movements of other accounts are ignored. All of it is one reading of the
 * bank.
 */
export function feed(world: World, activity: Activity, body: unknown) {
  const added = feedBody.parse(body).movements.filter((movement) => take(world, movement)).length;
  if (added > 0) activity.update(0);
  return { added };
}

function take(world: World, movement: Movement): boolean {
  const account = world.accounts().find(({ iban }) => iban === movement.iban);
  const [pendingId, postedId] = [idOf(`${movement.key} pending`), idOf(movement.key)];
  if (account === undefined || world.find(postedId) !== undefined) return false;
  const pending = world.find(pendingId);
  if (movement.isPending && pending !== undefined) return false;
  if (pending !== undefined && !pending.isRemoved) world.remove(pendingId);
  const draft = draftOf(movement, { accountId: account.id, pendingId: pending === undefined ? null : pendingId });
  world.add({ ...draft, authorizedDay: pending?.day ?? movement.day }, movement.isPending ? pendingId : postedId);
  return true;
}

const idOf = (key: string): string => `txn${createHash("sha256").update(key).digest("hex").slice(0, 28)}`;

/** At Plaid money that leaves is positive. */
function draftOf(movement: Movement, from: Pick<Draft, "accountId" | "pendingId">): Draft {
  const units = -unitsOf(movement.amount);
  return {
    ...from,
    units,
    literal: decimalOf(units),
    pending: movement.isPending,
    day: movement.day,
    authorizedDay: movement.day,
    merchant: 0,
    about: { name: movement.name, text: movement.text },
    isRenamed: false,
    isRemoved: false,
    raw: undefined,
  };
}
