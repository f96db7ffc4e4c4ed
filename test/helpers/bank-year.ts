import { camt, type EntryText } from "./bank-files.ts";

/** One statement of one account and day, as a file. */
export interface DayFile {
  readonly account: number;
  readonly day: string;
  readonly xml: string;
  readonly entries: number;
  /** Minor units. */
  readonly booked: bigint;
}

const IBANS = ["DE89370400440532013000", "GB82WEST12345698765432"];
const FIRST_DAY = Date.UTC(2023, 0, 2);

const text = (minor: bigint): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  return `${minor < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** A chain of daily statements of each of two accounts, account by account and day by day: the same each time. */
export function* bankYear(days: number, entriesPerDay: number): Generator<DayFile> {
  const balances = [1_000_000n, 50_000n];
  let seed = 7n;
  const next = (below: number): number => {
    seed = (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return Number((seed >> 33n) % BigInt(below));
  };
  for (let index = 0; index < days; index += 1) {
    const day = new Date(FIRST_DAY + index * 86_400_000).toISOString().slice(0, 10);
    for (const [account, iban] of IBANS.entries()) {
      let booked = 0n;
      const entries = Array.from({ length: entriesPerDay }, (_, number): EntryText => {
        // Small amounts, so that identical entries are common; a third of them without any reference.
        const minor = BigInt(1 + next(60)) * 50n;
        const direction = next(2) === 0 ? "CRDT" : "DBIT";
        booked += direction === "CRDT" ? minor : -minor;
        const named =
          next(3) > 0 ? { endToEndId: `E-${account}-${index}-${number}`, text: `order ${next(1_000)}` } : {};
        return { amount: text(minor), direction, booked: day, ...named };
      });
      const opening = balances[account] ?? 0n;
      balances[account] = opening + booked;
      const xml = camt("053.08", [
        {
          id: `ST-${account}-${index}`,
          iban,
          sequence: String(index + 1),
          day,
          opening: text(opening),
          closing: text(opening + booked),
          created: `${day}T21:00:00Z`,
          entries,
        },
      ]);
      yield { account, day, xml, entries: entries.length, booked };
    }
  }
}
