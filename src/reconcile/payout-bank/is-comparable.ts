import type { FirstDays } from "./first-days.ts";
import type { Item } from "./items.ts";
import { routeById, type Routes } from "./route-rules.ts";

/** True if there is something that the object could belong to: its day is not before all that is known. */
export function isComparable(
  { objectType, route: routeId, currency, lastDay }: Pick<Item, "objectType" | "route" | "currency" | "lastDay">,
  firstDays: FirstDays,
  routes: Routes,
): boolean {
  const { route } = routeById(routes, routeId);
  const first =
    objectType === "Payout"
      ? firstBankDay(firstDays, route.to?.sourceId, route.exchange?.to ?? currency)
      : firstPayoutDay(firstDays, route.id === "" ? undefined : route.from.sourceId);
  return first === undefined || lastDay >= first;
}

/** Undefined: no transaction in the currency is known. */
function firstBankDay({ banks }: FirstDays, sourceId: string | undefined, currency: string): string | undefined {
  const days = sourceId === undefined ? Object.values(banks) : [banks[sourceId] ?? {}];
  return days.flatMap((own) => own[currency] ?? []).toSorted()[0];
}

function firstPayoutDay({ payouts }: FirstDays, sourceId: string | undefined): string | undefined {
  return sourceId === undefined ? Object.values(payouts).toSorted()[0] : payouts[sourceId];
}
