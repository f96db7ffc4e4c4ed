import type {
  DeclarePayoutRouteInput,
  PayoutRouteRoundingInput,
  PayoutRoutesQuery,
} from "../../../operations/__generated__/operations.ts";

export type PayoutRoute = PayoutRoutesQuery["payoutRoutes"][number];

/** One step of a fee, as typed. */
export interface FeeStepForm {
  /** Empty: without a limit. */
  readonly upToAmount: string;
  readonly amount: string;
}

/** A route of payouts as a form has it: text, empty where nothing is set. */
export interface RouteForm {
  readonly id: string;
  readonly fromSourceId: string;
  readonly fromAccount: string;
  readonly fromCurrency: string;
  readonly toSourceId: string;
  readonly toAccount: string;
  readonly usualDays: string;
  /** One day in a line. */
  readonly holidays: string;
  /** One name in a line: a name may contain a comma. */
  readonly names: string;
  readonly fee: readonly FeeStepForm[];
  readonly exchangeCurrency: string;
  readonly exchangeRounding: PayoutRouteRoundingInput;
}

export const EMPTY_ROUTE: RouteForm = {
  id: "",
  fromSourceId: "",
  fromAccount: "",
  fromCurrency: "",
  toSourceId: "",
  toAccount: "",
  usualDays: "5",
  holidays: "",
  names: "",
  fee: [],
  exchangeCurrency: "",
  exchangeRounding: "HALF_UP",
};

/** Returns the form of a declared route, for a change. */
export function formOf(route: PayoutRoute): RouteForm {
  return {
    id: route.id,
    fromSourceId: route.fromSourceId,
    fromAccount: route.fromAccount ?? "",
    fromCurrency: route.fromCurrency ?? "",
    toSourceId: route.toSourceId,
    toAccount: route.toAccount ?? "",
    usualDays: String(route.usualDays),
    holidays: route.holidays.join("\n"),
    names: route.names.join("\n"),
    fee: route.fee.map(({ upToAmount, amount }) => ({ upToAmount: upToAmount ?? "", amount })),
    exchangeCurrency: route.exchangeCurrency ?? "",
    exchangeRounding: route.exchangeRounding ?? EMPTY_ROUTE.exchangeRounding,
  };
}

/** Returns the input of `declarePayoutRoute`. @throws Error if the usual days are no whole number */
export function inputOf(form: RouteForm): DeclarePayoutRouteInput {
  const exchangeCurrency = codeOf(form.exchangeCurrency);
  return {
    id: form.id,
    fromSourceId: form.fromSourceId,
    fromAccount: valueOf(form.fromAccount),
    fromCurrency: codeOf(form.fromCurrency),
    toSourceId: form.toSourceId,
    toAccount: valueOf(form.toAccount),
    usualDays: daysOf(form.usualDays),
    holidays: linesOf(form.holidays),
    names: linesOf(form.names),
    fee: form.fee
      .filter(({ upToAmount, amount }) => upToAmount !== "" || amount !== "")
      .map(({ upToAmount, amount }) => ({ upToAmount: valueOf(upToAmount), amount })),
    exchangeCurrency,
    exchangeRounding: exchangeCurrency === null ? null : form.exchangeRounding,
  };
}

/** Returns the fee in words, in the currency of the payouts if the route names one. */
export function feeText({ fee, fromCurrency }: Pick<PayoutRoute, "fee" | "fromCurrency">): string {
  const money = (amount: string): string => (fromCurrency === null ? amount : `${amount} ${fromCurrency}`);
  return fee
    .map(({ upToAmount, amount }, index) => {
      if (upToAmount !== null) return `${money(amount)} up to ${money(upToAmount)}`;
      return index === 0 ? money(amount) : `${money(amount)} above`;
    })
    .join(", ");
}

const valueOf = (text: string): string | null => (text === "" ? null : text);
const codeOf = (text: string): string | null => valueOf(text.toUpperCase());
const linesOf = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));

function daysOf(text: string): number | null {
  if (text === "") return null;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new Error("The usual days must be a whole number, 0 to 30.");
}
