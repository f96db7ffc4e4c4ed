import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { planMessages } from "../../../sandbox/iso20022-bank/plan/plan.ts";
import { requestOf } from "../../../sandbox/iso20022-bank/plan/request.ts";
import { bytesOf } from "../../../sandbox/iso20022-bank/testing.ts";
import { createWorld, type World } from "../../../sandbox/iso20022-bank/world/world.ts";
import { bankSource, bringFile } from "../../helpers/bank-files.ts";
import { expectBankInvariants } from "../../helpers/bank-invariants.ts";
import { amountOf } from "../../helpers/length.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const DAYS = [0, 1, 2];
let store: TestStore;
let serial = 0;

beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** Each booked entry of the world as a line, in order. */
function truthOf(world: World, oneIban: boolean): readonly string[] {
  const lines = DAYS.flatMap((day) =>
    world.accounts.flatMap((account) =>
      [...world.booked(account, day)].map(
        ({ direction, minor, bookedOn, isReversal }) =>
          `${(oneIban ? world.accounts[0] : account)?.iban} ${account.currency} ${bookedOn} ${direction === "CRDT" ? "+" : "-"}${minor} ${isReversal}`,
      ),
    ),
  );
  return lines.toSorted();
}

async function ledgerOf(sourceId: string): Promise<readonly string[]> {
  const rows = await store.db.read("acme", (tx) =>
    tx.query<{ line: string }>(
      `select concat_ws(' ', accounts.external_id, t.currency, booking_date, (case when direction = 'CREDIT' then '+' else '-' end) || amount_minor, is_reversal::text) as line
       from bank_transactions t join accounts on accounts.id = account_id where t.source_id = $1 and status = 'BOOKED'`,
      [sourceId],
    ),
  );
  return rows.map(({ line }) => line).toSorted();
}

const version = fc.integer({ min: 1, max: 13 });
/** Formats of the bank: the content of the payments is the same in each. */
const dialect = fc.record({
  noEndToEnd: fc.boolean(),
  unsignedBalances: fc.boolean(),
  envelope: fc.boolean(),
  together: fc.boolean(),
  accountId: fc.constantFrom("iban", "iban-in-other"),
  zone: fc.constantFrom(undefined, "Z", "+02:00", "-11:00"),
  encoding: fc.constantFrom("utf-8", "utf-16le"),
  prefix: fc.constantFrom(undefined, "ns1"),
  oneIban: fc.boolean(),
  authorisations: fc.boolean(),
  signedDebits: fc.boolean(),
  charges: fc.constantFrom("records", "total"),
  balanceSubType: fc.constantFrom(undefined, "OWN"),
  reportTotals: fc.constantFrom("none", "booked", "all"),
});
/** Statements of each day, once or twice in any versions, and reports and notifications of some days, in any order. */
const deliveries = fc.record({
  seed: fc.integer({ min: 1, max: 50 }),
  dialect,
  statements: fc.array(version, { minLength: DAYS.length, maxLength: DAYS.length }),
  others: fc.array(
    fc.record({
      kind: fc.constantFrom("camt.052", "camt.053", "camt.054"),
      day: fc.constantFrom(...DAYS),
      version,
      portion: fc.constantFrom(0.3, 0.6),
    }),
    { maxLength: 5 },
  ),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 40, maxLength: 40 }),
});

test("deliveries in any order and version give the bank's ledger: nothing is missing or duplicated (F81)", async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ seed, dialect: written, statements, others, order }) => {
      const world = createWorld({ seed, entriesPerDay: 14 });
      const source = bankSource(`bank-${(serial += 1)}`);
      const requests = [
        ...statements.map((one, day) => ({ kind: "camt.053" as const, days: [day], version: one, dialect: written })),
        ...others.map(({ kind, day, version: one, portion }) => ({
          kind: kind as "camt.052",
          portion,
          days: [day],
          version: one,
          dialect: written,
        })),
      ];
      const files = requests.flatMap((request, number) =>
        planMessages(world, requestOf(request as Parameters<typeof requestOf>[0]), number + 1).map(bytesOf),
      );
      const ranked = files
        .map((bytes, index) => ({ bytes, rank: order[index] ?? 0 }))
        .toSorted((a, b) => a.rank - b.rank);
      for (const { bytes } of ranked) await bringFile(store.db, source, bytes);
      expect(await ledgerOf(source.id)).toEqual(truthOf(world, written.oneIban));
      const open = await store.db.read("acme", (tx) =>
        tx.query("select kind, summary from findings where source_id = $1 and closed_at is null", [source.id]),
      );
      expect(open).toEqual([]);
      await expectBankInvariants((text) => store.db.read("acme", (tx) => tx.query(text, [source.id])));
    }),
    { numRuns: amountOf({ short: 4, long: 40 }), endOnFailure: true },
  );
});
