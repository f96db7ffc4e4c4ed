const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const LONG_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "\\d{2}:\\d{2}:\\d{2}";

/** The three forms that a recipient must accept. Source: RFC 9110, section 5.6.7. */
const FORMS = [
  new RegExp(`^${DAY}, (\\d{2}) ${MONTH} \\d{4} ${TIME} GMT$`), // IMF-fixdate
  new RegExp(`^${LONG_DAY}, (\\d{2})-${MONTH}-\\d{2} ${TIME} GMT$`), // RFC 850
  new RegExp(`^${DAY} ${MONTH} ([ \\d]\\d) ${TIME} \\d{4}$`), // asctime, implicitly UTC
];

/** Parses an HTTP date to epoch milliseconds, whole seconds; undefined for anything else, including 31 February. */
export function parseHttpDate(text: string): number | undefined {
  const day = FORMS.map((form) => form.exec(text)?.[1]).find((found) => found !== undefined);
  if (day === undefined) return undefined;
  const epochMs = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  // Date.parse converts 31 February to a date in March
  return new Date(epochMs).getUTCDate() === Number(day) ? epochMs : undefined;
}

/**
 * Returns the reference time for times in a response, epoch milliseconds: the response's own `Date`, so that a
 * difference between the two clocks does not matter, or else our clock.
 */
export function answerClockMs(headers: Readonly<Record<string, string>>, nowMs: number): number {
  return parseHttpDate(headers["date"] ?? "") ?? nowMs;
}
