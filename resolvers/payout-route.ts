import { currencyExponent } from "../src/domain/currency.ts";
import { SOURCE_ID } from "../src/domain/ids.ts";
import { feeProblems, type PayoutRoute as Route, ROUTE_AMOUNT } from "../src/domain/payout-route.ts";
import type {
  DeclarePayoutRouteInput,
  MutationResolvers,
  PayoutRouteFeeStepInput,
  PayoutRouteResolvers,
  QueryResolvers,
} from "./__generated__/types.ts";
import { inputError, requireShortValues } from "./input-error.ts";

export const PayoutRoute: PayoutRouteResolvers = {
  id: ({ route }) => route.id,
  fromSourceId: ({ route }) => route.from.sourceId,
  fromAccount: ({ route }) => route.from.accountExternalId ?? null,
  fromCurrency: ({ route }) => route.from.currency ?? null,
  toSourceId: ({ route }) => route.to?.sourceId ?? "",
  toAccount: ({ route }) => route.to?.accountExternalId ?? null,
  usualDays: ({ route }) => route.usualDays,
  holidays: ({ route }) => [...route.holidays].toSorted(),
  names: ({ route }) => route.names,
  fee: ({ route }) => route.fee.map(({ upTo, amount }) => ({ upToAmount: upTo ?? null, amount })),
  exchangeCurrency: ({ route }) => route.exchange?.to ?? null,
  exchangeBy: ({ route }) => route.exchange?.by ?? null,
  exchangeRounding: ({ route }) => (route.exchange?.by === "LEDGER_ENTRY_RATE" ? route.exchange.rounding : null),
  declaredBy: (one) => (one.origin === "DECLARED" ? one.declaredBy : null),
  declaredAt: (one) => (one.origin === "DECLARED" ? one.declaredAt : null),
  changedAt: (one) => (one.origin === "DECLARED" ? one.changedAt : null),
};

export const payoutRoutes: NonNullable<QueryResolvers["payoutRoutes"]> = (_root, _args, { principal, useCases }) =>
  useCases.findPayoutRoutes(principal.tenantId);

export const declarePayoutRoute: NonNullable<MutationResolvers["declarePayoutRoute"]> = (
  _root,
  { input },
  { principal, useCases },
) => {
  requireShortValues("input", input);
  return useCases.declarePayoutRoute(principal.tenantId, routeOf(input), principal.subject);
};

export const removePayoutRoute: NonNullable<MutationResolvers["removePayoutRoute"]> = (
  _root,
  { id },
  { principal, useCases },
) => useCases.removePayoutRoute(principal.tenantId, id);

const USUAL_DAYS = 5;
const MAX_USUAL_DAYS = 30;
const MAX_NAMES = 20;
const MAX_STEPS = 20;

/** @throws ServiceError INVALID_INPUT */
function routeOf(input: DeclarePayoutRouteInput): Route {
  const { id, fromSourceId, toSourceId } = input;
  if (!SOURCE_ID.test(id))
    throw inputError("input.id", "must be 1 to 64 characters of a-z, 0-9 and -, not - at the ends");
  if (fromSourceId === toSourceId)
    throw inputError("input.toSourceId", "must be another source than input.fromSourceId");
  return {
    id,
    from: {
      sourceId: fromSourceId,
      accountExternalId: nameOf("input.fromAccount", input.fromAccount),
      currency: currencyOf("input.fromCurrency", input.fromCurrency),
    },
    to: { sourceId: toSourceId, accountExternalId: nameOf("input.toAccount", input.toAccount) },
    usualDays: usualDaysOf(input.usualDays ?? USUAL_DAYS),
    holidays: new Set(input.holidays ?? []),
    names: namesOf(input.names ?? []),
    fee: feeOf(input.fee ?? []),
    exchange: exchangeOf(input),
  };
}

function usualDaysOf(days: number): number {
  if (days >= 0 && days <= MAX_USUAL_DAYS) return days;
  throw inputError("input.usualDays", `must be 0 to ${MAX_USUAL_DAYS}, got ${days}`);
}

function nameOf(field: string, value: string | null | undefined): string | undefined {
  if (value === "") throw inputError(field, "must not be empty: null means all accounts");
  return value ?? undefined;
}

function currencyOf(field: string, code: string | null | undefined): string | undefined {
  if (typeof code !== "string") return undefined;
  if (currencyExponent(code) !== undefined) return code;
  throw inputError(field, "must be a currency code of ISO 4217, such as EUR");
}

function namesOf(names: readonly string[]): readonly string[] {
  if (names.length > MAX_NAMES) throw inputError("input.names", `must have at most ${MAX_NAMES} names`);
  for (const [index, name] of names.entries())
    if (name.length < 3 || name.length > 100)
      throw inputError(`input.names[${index}]`, "must have 3 to 100 characters");
  return names;
}

function feeOf(steps: readonly PayoutRouteFeeStepInput[]): Route["fee"] {
  if (steps.length > MAX_STEPS) throw inputError("input.fee", `must have at most ${MAX_STEPS} steps`);
  const fee = steps.map(({ upToAmount, amount }) => ({ upTo: upToAmount ?? undefined, amount }));
  for (const [index, { upToAmount, amount }] of steps.entries())
    for (const [name, value] of Object.entries({ upToAmount, amount }))
      if (typeof value === "string" && !ROUTE_AMOUNT.test(value))
        throw inputError(`input.fee[${index}].${name}`, 'must be a decimal amount such as "0.25"');
  const [problem] = feeProblems(fee);
  if (problem !== undefined) throw inputError(`input.fee[${problem.index}].upToAmount`, problem.expected);
  return fee;
}

function exchangeOf({ exchangeCurrency, exchangeBy, exchangeRounding }: DeclarePayoutRouteInput): Route["exchange"] {
  const to = currencyOf("input.exchangeCurrency", exchangeCurrency);
  const rounding = exchangeRounding ?? undefined;
  if (to === undefined) {
    for (const [name, value] of Object.entries({ exchangeBy, exchangeRounding }))
      if (typeof value === "string")
        throw inputError(`input.${name}`, "must not be set without input.exchangeCurrency");
    return undefined;
  }
  if (exchangeBy === "INSTRUCTED_AMOUNT") {
    if (rounding === undefined) return { by: exchangeBy, to };
    throw inputError("input.exchangeRounding", "must not be set with INSTRUCTED_AMOUNT: nothing is converted");
  }
  if (rounding !== undefined) return { by: "LEDGER_ENTRY_RATE", to, rounding };
  throw inputError("input.exchangeRounding", "is required with input.exchangeCurrency and a rate");
}
