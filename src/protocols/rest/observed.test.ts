import { describe, expect, test } from "@jest/globals";
import { observedVersion } from "./observed.ts";

const SENT = 1_700_000_000_123;
const DATE = "Sun, 22 Nov 2026 17:24:24 GMT";
const DATE_MS = BigInt(Date.UTC(2026, 10, 22, 17, 24, 24));

describe("observedVersion", () => {
  test("ranges from the upstream's Date minus the duration of the exchange to the end of that second, on the upstream's clock", () => {
    expect(observedVersion({ headers: { date: DATE }, sentAtMs: SENT, durationMs: 80.2 })).toEqual({
      from: DATE_MS - 81n,
      until: DATE_MS + 999n,
    });
  });

  test.each([undefined, "", "now", "2026-11-22T17:24:24Z", "0", "Sun, 31 Feb 2027 17:24:24 GMT"])(
    "is the time of the exchange on our clock with Date %j",
    (date) => {
      const headers: Record<string, string> = date === undefined ? {} : { date };
      expect(observedVersion({ headers, sentAtMs: SENT, durationMs: 80.2 })).toEqual({
        from: BigInt(SENT),
        until: BigInt(SENT) + 81n,
      });
    },
  );
});
