import { stringScalar } from "./string-scalar.ts";

/** Only the form is checked here: the resolver checks whether it belongs to this tenant. */
export const EventCursor = stringScalar({
  name: "EventCursor",
  expected: "a cursor that this API returned, as text",
  parse: (text) => (/^[A-Za-z0-9_-]{1,200}$/.test(text) ? text : undefined),
});
