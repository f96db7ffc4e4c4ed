import { decimalText } from "../../shared/decimal.ts";
import { exponentOf, minorOfMoney } from "../world/currencies.ts";
import { fundsOf } from "../world/ledger.ts";
import { KINDS, type Settlement } from "../world/objects.ts";
import type { World } from "../world/world.ts";

/** Expected data for a reader, in an independent form: every amount is text in minor units. */
export function truth(world: World, nowMs: number) {
  return {
    sequence: world.sequence(),
    balances: fundsOf(world, nowMs),
    objects: Object.fromEntries(KINDS.map((kind) => [kind, world.values(kind).toSorted(byId)])),
    sequences: Object.fromEntries(
      KINDS.map((kind) => [kind, Object.fromEntries(world.listed(kind).map(({ id, sequence }) => [id, sequence]))]),
    ),
    put: world
      .everything()
      .filter(({ wire }) => wire !== undefined)
      .map(({ kind, id }) => ({ kind, id })),
  };
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);

/** The settlements as the receiving bank sees them, oldest first, amounts in decimal. */
export function settlementsAtBank(world: World) {
  return { settlements: world.values("Settlement").toSorted(byCreation).map(atBank) };
}

const byCreation = (one: Settlement, other: Settlement): number => (one.createdAt < other.createdAt ? -1 : 1);

function atBank({ id, status, net, arrivalDate, bankReference }: Settlement) {
  const currency = net.currencyCode;
  const amount = decimalText(minorOfMoney(net), exponentOf(currency));
  const word = status.replace("SETTLEMENT_STATUS_", "").toLowerCase();
  return { id, status: word, currency, amount, arrivesOn: arrivalDate, bankReference };
}
