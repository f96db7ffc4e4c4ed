import { isCalendarDate } from "./DateTime.ts";
import { stringScalar } from "./string-scalar.ts";

export const DateScalar = stringScalar({
  name: "Date",
  expected: "a calendar date as text, such as 2026-11-22",
  parse: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && isCalendarDate(text) ? text : undefined),
});
