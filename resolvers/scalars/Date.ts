import { isCalendarDate } from "./DateTime.ts";
import { stringScalar } from "./string-scalar.ts";

export const DateScalar = stringScalar({
  name: "Date",
  expected: "a calendar date as text, such as 2026-11-22, of the years 0001 to 9999",
  // PostgreSQL has no year 0.
  parse: (text) => (/^(?!0000)\d{4}-\d\d-\d\d$/.test(text) && isCalendarDate(text) ? text : undefined),
});
