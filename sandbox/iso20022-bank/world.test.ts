import { describe, expect, test } from "@jest/globals";
import { creditorReferenceOf, ibanOf, mod97 } from "../shared/check-digits.ts";
import { businessDay } from "./world/calendar.ts";
import { ENTRY_KINDS, type Entry } from "./world/entry.ts";
import { createWorld, signed } from "./world/world.ts";

const withoutKey = ({ key: _key, ...entry }: Entry): string =>
  JSON.stringify(entry, (_name, value: unknown) => (typeof value === "bigint" ? String(value) : value));

describe("the world of the bank", () => {
  test("is the same for the same seed, and differs for another seed", () => {
    const describeWorld = (seed: number): string[] => {
      const world = createWorld({ seed });
      return world.accounts.flatMap((account) => [...world.booked(account, 7)].map(withoutKey));
    };
    expect(describeWorld(5)).toEqual(describeWorld(5));
    expect(describeWorld(5)).not.toEqual(describeWorld(6));
  });

  test("does not depend on which days were requested before", () => {
    const queried = createWorld({ seed: 3 });
    const [account] = queried.accounts;
    if (account === undefined) throw new Error("no account");
    expect([...queried.booked(account, 30)].length).toBeGreaterThan(0);
    expect(queried.opening(account, 12)).toBe(createWorld({ seed: 3 }).opening(account, 12));
  });

  test("each day's opening balance is the previous one plus the booked entries", () => {
    const world = createWorld({ seed: 2 });
    for (const account of world.accounts) {
      let balance = account.openingMinor;
      for (let day = 0; day < 25; day += 1) {
        expect(world.opening(account, day)).toBe(balance);
        for (const entry of world.booked(account, day)) balance += signed(entry);
      }
    }
  });

  test("an entry that is pending on one day is booked on the next, unchanged except for its status", () => {
    const world = createWorld({ seed: 1, entriesPerDay: 100 });
    for (const account of world.accounts) {
      const pending = [...world.pending(account, 4)];
      const next = new Map([...world.booked(account, 5)].map((entry) => [entry.key, entry]));
      expect(pending.length).toBeGreaterThan(0);
      for (const entry of pending) {
        expect(next.get(entry.key)).toEqual({ ...entry, status: "BOOK", bookedAt: "05:30:00" });
        expect(entry.bookedOn).toBe(businessDay(5));
      }
    }
  });

  test("contains every kind of entry, twins with and without references, and repeated references", () => {
    const world = createWorld({ seed: 1, entriesPerDay: 200 });
    const [account] = world.accounts;
    if (account === undefined) throw new Error("no account");
    const entries = Array.from({ length: 30 }, (_, day) => [...world.booked(account, day)]).flat();
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(ENTRY_KINDS));
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    const twins = [...Map.groupBy(entries, withoutKey).values()].filter((group) => group.length > 1);
    expect(twins.some(([one]) => one?.servicerReference === undefined)).toBe(true);
    expect(twins.some(([one]) => one?.servicerReference !== undefined)).toBe(true);
    const byReference = Map.groupBy(entries, ({ servicerReference }) => servicerReference ?? "");
    const differing = [...byReference].filter(
      ([reference, group]) => reference !== "" && new Set(group.map(withoutKey)).size > 1,
    );
    expect(differing.length).toBeGreaterThan(0);
    const salaries = entries.filter(({ kind }) => kind === "salary-batch");
    expect(salaries[0]?.batch?.count).toBeGreaterThanOrEqual(200);
  });

  test("details add up to their entry, at exponents 0, 2 and 3", () => {
    const world = createWorld({ seed: 9, currencies: ["JPY", "EUR", "BHD"], entriesPerDay: 60 });
    for (const account of world.accounts)
      for (let day = 0; day < 20; day += 1)
        for (const { details, minor } of world.booked(account, day)) {
          expect(minor).toBeGreaterThan(0n);
          const sum = details.reduce((total, detail) => total + detail.minor, 0n);
          expect(sum).toBe(details.length === 0 ? 0n : minor);
        }
  });
});

describe("check digits", () => {
  test("equal those of the published examples", () => {
    expect(ibanOf("DE", "370400440532013000")).toBe("DE89370400440532013000");
    expect(ibanOf("GB", "WEST12345698765432")).toBe("GB82WEST12345698765432");
    expect(creditorReferenceOf("539007547034")).toBe("RF18539007547034");
  });

  test("are valid for every account", () => {
    for (let seed = 1; seed <= 30; seed += 1)
      for (const { iban } of createWorld({ seed }).accounts) expect(mod97(iban.slice(4) + iban.slice(0, 4))).toBe(1);
  });
});
