import { addBusinessDays, addDays, type FeeStep, type PayoutRoute } from "../../domain/payout-route.ts";
import { searchWords } from "../../domain/search-words.ts";
import { entityId } from "../../domain/ids.ts";
import type { FirstDays } from "./first-days.ts";
import { type Arrival, type ExpectedPayout, type ResidueKind, unitsOf } from "./model.ts";

/** Days before the expected arrival from which a transaction may be the arrival. */
export const EARLY_DAYS = 2;
/** Days after it within which one without a reference may be, on a route with fewer usual days. */
const LATE_DAYS = 7;
/** Days after it within which one that contains a reference may be. */
export const NAMED_LATE_DAYS = 90;

/** A route with its names and accounts in the form in which they are compared. */
export interface PreparedRoute {
  readonly route: PayoutRoute;
  readonly toAccountId: string | undefined;
  readonly fromAccountId: string | undefined;
  /** Words of each name, with a space before, between and after them. */
  readonly phrases: readonly string[];
  readonly fee: readonly { readonly upTo: bigint | undefined; readonly units: bigint }[];
}

/** The routes of a tenant. */
export interface Routes {
  readonly declared: readonly PreparedRoute[];
  readonly byId: ReadonlyMap<string, PreparedRoute>;
  /** Connector of each source, whose name identifies transactions where no names are declared. */
  readonly connectors: ReadonlyMap<string, string>;
}

/** What the results depend on besides what is stored. */
export interface MatchContext {
  readonly routes: Routes;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly firstDays: FirstDays;
  /** False while a source is read for the first time. */
  readonly firstReadsOver: boolean;
}

const DEFAULT_ROUTE: PayoutRoute = {
  id: "",
  from: { sourceId: "", accountExternalId: undefined, currency: undefined },
  to: undefined,
  usualDays: 5,
  holidays: new Set(),
  names: [],
  fee: [],
  exchange: undefined,
};
/** Route of payouts for which none is declared: to any account of another source. */
export const DEFAULT = prepare("", DEFAULT_ROUTE);

export function prepareRoutes(
  tenantId: string,
  routes: readonly PayoutRoute[],
  connectors: ReadonlyMap<string, string>,
): Routes {
  const declared = routes.map((route) => prepare(tenantId, route));
  return { declared, byId: new Map(declared.map((one) => [one.route.id, one])), connectors };
}

function prepare(tenantId: string, route: PayoutRoute): PreparedRoute {
  const { from, to } = route;
  const accountOf = (sourceId: string, externalId: string | undefined): string | undefined =>
    externalId === undefined ? undefined : entityId(tenantId, sourceId, "Account", externalId);
  return {
    route,
    fromAccountId: accountOf(from.sourceId, from.accountExternalId),
    toAccountId: to === undefined ? undefined : accountOf(to.sourceId, to.accountExternalId),
    phrases: route.names.map(phraseOf),
    fee: route.fee.map(preparedStep),
  };
}

function preparedStep({ upTo, amount }: FeeStep): { upTo: bigint | undefined; units: bigint } {
  return { upTo: upTo === undefined ? undefined : unitsOf(upTo), units: unitsOf(amount) ?? 0n };
}

/** Words of a text, with a space before, between and after them. */
export function phraseOf(text: string): string {
  return ` ${searchWords(text).join(" ")} `;
}

/** Returns the first declared route of a payout, or the default one. */
export function routeOfPayout(
  routes: Routes,
  payout: { readonly sourceId: string; readonly accountId: string | null; readonly currency: string },
): PreparedRoute {
  return (
    routes.declared.find(
      ({ route: { from }, fromAccountId }) =>
        from.sourceId === payout.sourceId &&
        (fromAccountId === undefined || fromAccountId === payout.accountId) &&
        (from.currency === undefined || from.currency === payout.currency),
    ) ?? DEFAULT
  );
}

export function routeById(routes: Routes, id: string): PreparedRoute {
  return routes.byId.get(id) ?? DEFAULT;
}

/** True if the transaction was booked where the route ends. */
export function endsAt(
  { route: { to }, toAccountId }: PreparedRoute,
  arrival: Pick<Arrival, "sourceId" | "accountId">,
): boolean {
  if (to === undefined) return true;
  return to.sourceId === arrival.sourceId && (toAccountId === undefined || toAccountId === arrival.accountId);
}

/** True if the transaction was booked where the payout may arrive, in its currency and direction. */
export function canArriveAs(routes: Routes, payout: ExpectedPayout, arrival: Arrival): boolean {
  const route = routeById(routes, payout.route);
  return (
    payout.sourceId !== arrival.sourceId &&
    payout.currency === arrival.currency &&
    payout.direction === arrival.direction &&
    endsAt(route, arrival) &&
    (arrival.exchange === undefined || convertsTo(route, arrival.exchange.bookedCurrency))
  );
}

/** True if payouts of the route arrive in this currency by their instructed amounts. */
function convertsTo({ route: { exchange } }: PreparedRoute, currency: string): boolean {
  return exchange?.by === "INSTRUCTED_AMOUNT" && exchange.to === currency;
}

/** A converted transaction as the bank reports it. */
interface ConvertedEntry extends Pick<Arrival, "sourceId" | "accountId"> {
  readonly bookedCurrency: string;
  readonly instructedCurrency: string;
}

/**
 * True if the transaction is compared by its instructed amount: a declared route says that payouts of this currency arrive
 * in it so. It depends on nothing but the routes and the transaction, so that it has one amount for all payouts.
 */
export function isComparedByInstructedAmount({ declared }: Routes, entry: ConvertedEntry): boolean {
  return declared.some(
    (one) =>
      convertsTo(one, entry.bookedCurrency) &&
      (one.route.from.currency === undefined || one.route.from.currency === entry.instructedCurrency) &&
      one.route.from.sourceId !== entry.sourceId &&
      endsAt(one, entry),
  );
}

/** True if it may be the arrival without a reference: by its day, and by a declared name. */
export function isPossibleArrival(routes: Routes, payout: ExpectedPayout, arrival: Arrival): boolean {
  const { phrases } = routeById(routes, payout.route);
  return (
    arrival.day <= payout.lastDay &&
    canArriveAs(routes, payout, arrival) &&
    (phrases.length === 0 || containsOneOf(arrival.text, phrases)) &&
    arrival.day >= addDays(payout.day, -EARLY_DAYS) // last, because it costs most
  );
}

/** True if it may be one of several parts: sums are equal by chance more often, so that a name is always required. */
export function isPossiblePart(routes: Routes, payout: ExpectedPayout, arrival: Arrival): boolean {
  if (!isPossibleArrival(routes, payout, arrival)) return false;
  const { phrases } = routeById(routes, payout.route);
  if (phrases.length > 0) return true;
  const connector = routes.connectors.get(payout.sourceId);
  return connector !== undefined && arrival.text.includes(phraseOf(connector));
}

function containsOneOf(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text.includes(phrase));
}

/** Returns the declared route whose names a transaction contains; undefined if none. */
export function recognizedRoute(routes: Routes, arrival: Arrival): PreparedRoute | undefined {
  const { exchange } = arrival;
  return routes.declared.find(
    (one) =>
      endsAt(one, arrival) &&
      (exchange === undefined || convertsTo(one, exchange.bookedCurrency)) &&
      containsOneOf(arrival.text, one.phrases),
  );
}

/** True if a transaction contains the name of the connector of another source. */
export function namesConnector({ connectors }: Routes, arrival: Arrival): boolean {
  return [...connectors].some(
    ([sourceId, connector]) => sourceId !== arrival.sourceId && arrival.text.includes(phraseOf(connector)),
  );
}

/** Fee of a transfer of this amount; 0 if none is declared for it. */
export function feeOf({ fee }: PreparedRoute, units: bigint): bigint {
  return fee.find(({ upTo }) => upTo === undefined || units <= upTo)?.units ?? 0n;
}

/** Returns the amounts that payouts may have together if this amount arrived in one transfer. */
export function totalsBefore(route: PreparedRoute, arrived: bigint): readonly bigint[] {
  const withFee = route.fee
    .map(({ units }) => arrived + units)
    .filter((total) => feeOf(route, total) === total - arrived);
  return [...new Set([arrived, ...withFee])];
}

/** Returns how the difference between payouts and transactions is explained. */
export function residueKindOf(
  { route: { exchange } }: PreparedRoute,
  residue: bigint,
  arrivals: readonly Pick<Arrival, "exchange">[],
): ResidueKind | undefined {
  if (residue !== 0n) return "FEE";
  return exchange?.by === "LEDGER_ENTRY_RATE" || isConverted(arrivals) ? "EXCHANGE" : undefined;
}

/** True if the bank has converted one of the transactions. */
export function isConverted(arrivals: readonly Pick<Arrival, "exchange">[]): boolean {
  return arrivals.some(({ exchange }) => exchange !== undefined);
}

/** Dates by which a payout that is expected on this day is matched. */
export function datesOf({ route }: PreparedRoute, day: string): { readonly lastDay: string; readonly dueOn: string } {
  const dueOn = addBusinessDays(day, route.usualDays, route.holidays);
  const latest = addDays(day, LATE_DAYS);
  return { lastDay: dueOn > latest ? dueOn : latest, dueOn };
}

/** Greatest number of days between a payout and a transaction that may be its arrival without a reference. */
export function reachOf({ declared }: Routes): number {
  const late = declared.map(({ route }) => Math.ceil((route.usualDays * 7) / 5) + 2 + route.holidays.size);
  return EARLY_DAYS + Math.max(LATE_DAYS, ...late);
}
