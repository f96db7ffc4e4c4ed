import { stringScalar } from "./string-scalar.ts";

/** Only its form is checked here: whether it is this tenant's, the resolver finds out. */
export const EventCursor = stringScalar({
  name: "EventCursor",
  expected: "the text of a cursor that was received",
  parse: (text) => (/^[A-Za-z0-9_-]{1,200}$/.test(text) ? text : undefined),
});
