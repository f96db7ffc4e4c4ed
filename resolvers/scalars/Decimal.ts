import { stringScalar } from "./string-scalar.ts";

export const Decimal = stringScalar({
  name: "Decimal",
  expected: "a decimal number as text, such as 10.50",
  parse: (text) => (/^-?\d{1,40}(\.\d{1,40})?$/.test(text) ? text : undefined),
});
