import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { StatementKind } from "../../domain/bank.ts";
import { type IncomingEntry, type KnownBooking, matchEntries } from "./match-entries.ts";
import type { StatementScope } from "./scope.ts";

const DAY = "2024-03-05";
const scope = (statementId: string, kind: StatementKind = "STATEMENT", days: readonly [string, string] = [DAY, DAY]) =>
  ({
    statementId,
    kind,
    from: undefined,
    to: undefined,
    firstDay: days[0],
    lastDay: days[1],
    sequence: undefined,
    checks: [],
  }) satisfies StatementScope;

/** An entry of one core key; identical entries have one fingerprint. */
function entry(entryIndex: number, changes: Partial<IncomingEntry> = {}): IncomingEntry {
  return {
    entryIndex,
    coreKey: "core",
    fingerprint: "alike",
    status: "BOOKED",
    booked: DAY,
    day: DAY,
    references: [],
    textKey: undefined,
    ...changes,
  };
}

/** A booking in one message. */
function known(externalId: string, reportedBy: StatementScope, changes: Partial<IncomingEntry> = {}): KnownBooking {
  const { entryIndex, ...evidence } = entry(0, changes);
  return {
    externalId,
    reportedEntries: [{ ...evidence, entryIndex, scope: reportedBy, page: 1, fileId: "other", issuedMs: 0 }],
  };
}

const match = (entries: readonly IncomingEntry[], bookings: readonly KnownBooking[], reportedBy = scope("here")) =>
  Object.fromEntries(
    matchEntries({ entries, known: bookings, scope: reportedBy, page: 1, fileId: "this", issuedMs: 0 }),
  );

const reference = (scheme: string, value: string) => ({ references: [{ scheme, value }] });

describe("matching an entry to a known booking", () => {
  test("each known booking is matched once, so that the number of identical bookings is kept", () => {
    const report = scope("report", "REPORT");
    expect(match([entry(0), entry(1), entry(2)], [known("a", report), known("b", report)])).toEqual({ 0: "a", 1: "b" });
  });

  test("an identical booking of a statement that ended before is another booking", () => {
    const before = scope("before", "STATEMENT", ["2024-03-04", "2024-03-04"]);
    expect(match([entry(0)], [known("a", before)])).toEqual({});
    // An entry that was only pending then may be booked now.
    const pending = { status: "PENDING", booked: undefined, day: "2024-03-04", textKey: "rent" } as const;
    expect(match([entry(0, { fingerprint: "now", textKey: "rent" })], [known("a", before, pending)])).toEqual({
      0: "a",
    });
    expect(match([entry(0, { fingerprint: "now", textKey: "food" })], [known("a", before, pending)])).toEqual({});
  });

  test("a common reference matches entries with different text, and a contradicting reference separates them", () => {
    const report = scope("report", "REPORT");
    const reportedBy = { fingerprint: "stored", textKey: "short", ...reference("entry.endToEndId", "E1") };
    const same = { fingerprint: "now", textKey: "long", ...reference("detail.endToEndId", "E1") };
    expect(match([entry(0, same)], [known("a", report, reportedBy)])).toEqual({ 0: "a" });
    const other = { ...same, textKey: "short", ...reference("entry.endToEndId", "E2") };
    expect(match([entry(0, other)], [known("a", report, reportedBy)])).toEqual({});
  });

  test("the stronger match is made first, in any order of entries", () => {
    const report = scope("report", "REPORT");
    const named = known("named", report, { fingerprint: "named", ...reference("entry.uetr", "U") });
    const bare = known("bare", report);
    const entries = [entry(0), entry(1, { fingerprint: "other", textKey: "x", ...reference("detail.uetr", "U") })];
    expect(match(entries, [named, bare])).toEqual({ 0: "bare", 1: "named" });
  });

  test("two notifications without a reference are two payments", () => {
    const [one, other] = [scope("n1", "NOTIFICATION"), scope("n2", "NOTIFICATION")];
    expect(match([entry(0, { textKey: "t" })], [known("a", one, { textKey: "t" })], other)).toEqual({});
    const named = reference("entry.uetr", "U");
    expect(match([entry(0, named)], [known("a", one, named)], other)).toEqual({ 0: "a" });
  });

  test("two entries of a page are never one booking, and none matches a booking of another page", () => {
    const kind = fc.constantFrom<StatementKind>("STATEMENT", "REPORT", "NOTIFICATION");
    const evidence = fc.record({
      fingerprint: fc.constantFrom("a", "b"),
      status: fc.constantFrom("BOOKED" as const, "PENDING" as const),
      textKey: fc.constantFrom(undefined, "x", "y"),
      references: fc.constantFrom([], [{ scheme: "entry.txId", value: "1" }], [{ scheme: "detail.txId", value: "2" }]),
    });
    const booking = fc.record({
      evidence,
      kind,
      statement: fc.constantFrom("here", "s1", "s2"),
      page: fc.constantFrom(1, 2),
    });
    const property = fc.property(fc.array(evidence), fc.array(booking), kind, (entries, bookings, ownKind) => {
      const all = bookings.map(({ evidence: reportedBy, kind: itsKind, statement, page }, index): KnownBooking => {
        const { entryIndex, ...rest } = entry(index, reportedBy);
        const own = scope(statement, statement === "here" ? ownKind : itsKind);
        return {
          externalId: `k${index}`,
          reportedEntries: [{ ...rest, entryIndex, scope: own, page, fileId: "other", issuedMs: 0 }],
        };
      });
      const found = match(
        entries.map((one, index) => entry(index, one)),
        all,
        scope("here", ownKind),
      );
      const given = Object.values(found);
      expect(new Set(given).size).toBe(given.length);
      const elsewhere = all.filter(
        ({ reportedEntries: [reportedBy] }) => reportedBy?.scope.statementId === "here" && reportedBy.page === 2,
      );
      for (const { externalId } of elsewhere) expect(given).not.toContain(externalId);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
