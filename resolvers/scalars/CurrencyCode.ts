import { currencyExponent } from "../../src/domain/currency.ts";
import { stringScalar } from "./string-scalar.ts";

export const CurrencyCode = stringScalar({
  name: "CurrencyCode",
  expected: "an ISO 4217 code in upper case, such as EUR",
  parse: (text) => (currencyExponent(text) === undefined ? undefined : text),
  // Code that a source uses for a currency that is in no standard, such as BTC.
  show: (text) => (/^[A-Za-z0-9]{2,16}$/.test(text) ? text : undefined),
});
