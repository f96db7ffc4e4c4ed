import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DomainRecord } from "../../../src/domain/entities.ts";
import { entityId, type EntityType } from "../../../src/domain/ids.ts";
import { checkChanges } from "../../../src/reconcile/invariants/check-changes.ts";
import { checkEverything } from "../../../src/reconcile/invariants/check-everything.ts";
import { INVARIANTS } from "../../../src/reconcile/invariants/invariants.ts";
import type { Source } from "../../../src/sources/source.ts";
import { type Script, scriptedSource } from "../../fakes/scripted-connector.ts";
import {
  accountRecord,
  attemptRecord,
  balanceRecord,
  euro,
  ledgerEntryRecord,
  paymentRecord,
  payoutRecord,
  refundRecord,
} from "../../helpers/ledger-world.ts";
import { at, EMPTY_PAYLOAD } from "../../helpers/messages.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

const ENTITIES = ["Payment", "PaymentAttempt", "Refund", "LedgerEntry", "Account", "Balance", "Payout"] as const;

let engines: SyncEngines;
beforeEach(async () => {
  engines = await useSyncEngines();
});
afterEach(async () => {
  await engines[Symbol.asyncDispose]();
});

/**
 * A source whose whole content is a list of records that the test replaces; each read is newer than the previous one.
 */
async function useSource(fetchable: readonly EntityType[] = []) {
  let records: readonly DomainRecord[] = [];
  let moment = 0n;
  const script: Script = {
    entities: ENTITIES,
    fetchable,
    pages: {
      all: [
        () => {
          moment += 1n;
          const version = at(moment);
          const raw = { payload: EMPTY_PAYLOAD, path: "" };
          const messages = records.map((record) => ({ type: "record", record, version, raw, unknowns: [] }) as const);
          const lines = { payoutExternalId: "po_1", lines: [entry.externalId], isLast: true };
          return [...messages, { type: "payoutLines", ...lines, version } as const];
        },
      ],
    },
  };
  const source = scriptedSource(script);
  const engine = await engines.open(source);
  return {
    source,
    async read(...now: readonly DomainRecord[]) {
      records = now;
      const { runId } = await startRun(engine, { mode: "FULL" });
      expect(await engines.finished(runId)).toBe("SUCCEEDED");
    },
  };
}

const check = (source: Source, confirmAfterMs = 0) =>
  checkChanges({ db: engines.store.db, tenantId: TENANT, sources: registryOf([source]), confirmAfterMs });

const findings = () =>
  engines.query<{ kind: string; open: boolean; evidence: Record<string, unknown> }>(
    "select kind, closed_at is null as open, evidence from findings order by kind",
  );
const openKinds = async () => (await findings()).filter(({ open }) => open).map(({ kind }) => kind);

const payment = paymentRecord(1);
const attempt = attemptRecord(1);
const refunds = [refundRecord(1, 0), refundRecord(1, 1)];
const entry = ledgerEntryRecord(1, "PaymentAttempt");
const account = accountRecord(1);
const balance = balanceRecord(1);
/** With the available 50.00 it is the 10.00 that the ledger has. */
const pendingBalance = {
  ...balance,
  externalId: "acct_1:pending:EUR",
  kind: "PENDING",
  money: euro(-4_000n),
} as const satisfies DomainRecord;
const payout = { ...payoutRecord(1), amount: euro(1_000n) };
/**
 * Objects that keep every rule: 10.50 captured, 3.00 refunded by two refunds of 1.50, 10.00 paid out after a fee of
 * 0.50, an account whose balance is the sum of its ledger.
 */
const SOUND: readonly DomainRecord[] = [payment, attempt, ...refunds, entry, account, balance, pendingBalance, payout];

const replaced = (...changed: readonly DomainRecord[]): readonly DomainRecord[] =>
  SOUND.map(
    (record) =>
      changed.find(({ externalId, type }) => externalId === record.externalId && type === record.type) ?? record,
  );

/** For each rule, one change to the valid objects that violates it, and the evidence that the finding must have. */
const BREACHES: readonly {
  readonly kind: string;
  readonly records: readonly DomainRecord[];
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Rules that the same change also violates. */
  readonly besides?: readonly string[];
}[] = [
  {
    kind: "PAYMENT_REFUNDED_ABOVE_CAPTURED",
    records: replaced({ ...attempt, refundedMinor: 1_100n }),
    evidence: { captured: "10.50 EUR", refunded: "11.00 EUR" },
    besides: ["PAYMENT_REFUNDS_DIFFER"],
  },
  {
    kind: "PAYMENT_CAPTURED_DIFFERS",
    records: replaced({ ...payment, capturedMinor: 1_040n }),
    evidence: { captured: "10.40 EUR", capturedByAttempts: "10.50 EUR" },
  },
  {
    kind: "PAYMENT_REFUNDS_DIFFER",
    records: replaced({ ...refundRecord(1, 1), status: "FAILED", rawStatus: "failed" }),
    evidence: { refunded: "3.00 EUR", sumOfRefunds: "1.50 EUR", refunds: 2 },
  },
  {
    kind: "PAYMENT_STATUS_CONTRADICTS_CAPTURED",
    records: replaced({ ...payment, status: "CANCELED", rawStatus: "canceled" }),
    evidence: { status: "CANCELED", captured: "10.50 EUR" },
  },
  {
    kind: "REFUND_CONTRADICTS_PAYMENT",
    records: replaced({ ...refundRecord(1, 1), amount: { minor: 150n, exponent: 2, currency: "USD" } }),
    evidence: { amount: "1.50 USD", paymentCurrency: "EUR" },
  },
  {
    kind: "LEDGER_ENTRY_NOT_BALANCED",
    records: replaced({ ...entry, feeMinor: 49n }),
    evidence: { gross: "10.50 EUR", fee: "0.49 EUR", net: "10.00 EUR" },
    besides: ["PAYOUT_LINES_DIFFER"],
  },
  {
    kind: "PAYOUT_LINES_DIFFER",
    records: replaced({ ...payout, amount: euro(1_001n) }),
    evidence: { amount: "10.01 EUR", sumOfLines: "10.00 EUR", lines: 1, unexplained: "0.01 EUR" },
  },
  {
    kind: "ACCOUNT_CURRENCY_CONTRADICTS_BALANCES",
    records: replaced({ ...balance, money: { minor: 1n, exponent: 2, currency: "USD" } }),
    evidence: { currency: "EUR", balanceCurrencies: "USD" },
  },
  {
    kind: "BALANCE_CHAIN_BROKEN",
    records: replaced({ ...pendingBalance, money: euro(-3_900n) }),
    evidence: { currency: "EUR", difference: "1.00 EUR" },
  },
];

describe("rules over stored objects", () => {
  test("consistent objects open no finding", async () => {
    const { source, read } = await useSource();
    await read(...SOUND);
    await check(source);
    expect(await findings()).toEqual([]);
    expect(await engines.query("select 1 as row from unconfirmed_breaches")).toEqual([]);
  });

  test.each(BREACHES)(
    "$kind: a violation opens a finding with its evidence, which closes when the object is consistent again",
    async ({ kind, records, evidence, besides = [] }) => {
      const { source, read } = await useSource();
      await read(...SOUND);
      await read(...records);
      await check(source);
      expect(await openKinds()).toEqual([kind, ...besides].toSorted());
      expect((await findings()).find((finding) => finding.kind === kind)?.evidence).toMatchObject(evidence);
      await read(...SOUND);
      await check(source);
      expect(await openKinds()).toEqual([]);
      const announced = await engines.query<{ kind: string }>(
        "select kind from events where kind in ('FindingOpened', 'FindingClosed') order by seq",
      );
      expect(announced.map((event) => event.kind)).toEqual([
        ...[kind, ...besides].map(() => "FindingOpened"),
        ...[kind, ...besides].map(() => "FindingClosed"),
      ]);
    },
  );

  test("every rule about objects of processors has a case above", () => {
    const others = ["STATEMENT_ENTRIES_MISSING", "STATEMENT_TRANSACTIONS_DIFFER", "BANK_TRANSACTION_WITHOUT_ENTRY"];
    expect([...BREACHES.map(({ kind }) => kind), ...others].toSorted()).toEqual(
      INVARIANTS.map(({ kind }) => kind).toSorted(),
    );
  });

  test("the full check finds a violation that no event announced", async () => {
    const { source, read } = await useSource();
    await read(...SOUND);
    await check(source);
    await engines.query("update payment_attempts set refunded_minor = 5000");
    await check(source);
    expect(await openKinds()).toEqual([]);
    const checked = await checkEverything({ db: engines.store.db, tenantId: TENANT }, new AbortController().signal);
    expect(checked).toBe(SOUND.length - 3); // attempts and balances are checked with their payment and account
    await check(source);
    expect(await openKinds()).toEqual(["PAYMENT_REFUNDED_ABOVE_CAPTURED", "PAYMENT_REFUNDS_DIFFER"]);
  });

  test("an event about an object that does not exist opens a finding", async () => {
    const { source, read } = await useSource();
    await read(...SOUND);
    await engines.query("delete from refunds where external_id = 're_1_1'");
    await check(source);
    const [finding] = (await findings()).filter(({ kind }) => kind === "EVENT_WITHOUT_OBJECT");
    expect(finding?.evidence).toMatchObject({ id: entityId(TENANT, "main", "Refund", "re_1_1") });
  });
});

describe("a violation is confirmed only when no change is pending", () => {
  const broken = replaced({ ...refundRecord(1, 1), status: "FAILED", rawStatus: "failed" });

  test("not before it has lasted for the settling time", async () => {
    const { source, read } = await useSource();
    await read(...broken);
    await check(source, 3_600_000);
    await check(source, 3_600_000); // a second check at the same time confirms nothing
    expect(await openKinds()).toEqual([]);
    await check(source);
    expect(await openKinds()).toEqual(["PAYMENT_REFUNDS_DIFFER"]);
  });

  test.each([
    [
      "an earlier delivery is pending",
      `insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at)
       values ('acme', 'dlv_1', 'main', 'k', 'h', now() - interval '1 hour', 'PENDING', now())`,
      "delete from deliveries",
    ],
    [
      "an earlier run has not ended",
      `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, event_seq, created_at)
       values ('acme', 'run_1', 'main', 'FULL', 'REQUEST', 'RUNNING', 0, now() - interval '1 hour')`,
      "delete from sync_runs where id = 'run_1'",
    ],
    [
      "a part is waiting for a refetch",
      `insert into refetches (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
       select 'acme', id, 'main', 'Refund', external_id, now() from refunds where external_id = 're_1_0'`,
      "delete from refetches",
    ],
  ])("not while %s", async (_title, begin, end) => {
    const { source, read } = await useSource();
    await read(...broken);
    await engines.query(begin);
    await check(source);
    expect(await openKinds()).toEqual([]);
    await engines.query(end);
    await check(source);
    expect(await openKinds()).toEqual(["PAYMENT_REFUNDS_DIFFER"]);
  });

  test("not for a rule that needs objects of a stream that was never read completely", async () => {
    const { source, read } = await useSource();
    await read(...broken);
    await engines.query("update stream_states set last_success_at = null");
    await check(source);
    expect(await openKinds()).toEqual([]);
  });

  test("then the compared objects are fetched again, if the source can fetch them by id", async () => {
    const { source, read } = await useSource(["Payment", "Refund"]);
    await read(...broken);
    const { confirmed, refetchSourceIds } = await check(source);
    expect(confirmed.map(({ invariant }) => invariant.kind)).toEqual(["PAYMENT_REFUNDS_DIFFER"]);
    expect([...refetchSourceIds]).toEqual(["main"]);
    const requested = await engines.query<{ id: string }>("select external_id as id from refetches order by 1");
    expect(requested.map(({ id }) => id)).toEqual(["pi_1", "re_1_0", "re_1_1"]);
  });

  test("two concurrent processes confirm it once", async () => {
    const { source, read } = await useSource();
    await read(...broken);
    await Promise.all([check(source), check(source), check(source)]);
    const opened = await engines.query("select 1 as row from events where kind = 'FindingOpened'");
    expect(opened).toHaveLength(1);
  });
});

test("amounts in the evidence have the digits of their currency", async () => {
  const { source, read } = await useSource();
  const yen = (minor: bigint) => ({ minor, exponent: 0, currency: "JPY" });
  await read(paymentRecord(2, { amount: yen(500n), capturedMinor: 400n }), {
    ...attemptRecord(2),
    amount: yen(500n),
    capturedMinor: 500n,
    refundedMinor: 0n,
  });
  await check(source);
  expect((await findings())[0]?.evidence).toMatchObject({ captured: "400 JPY", capturedByAttempts: "500 JPY" });
  expect(euro(1n).exponent).toBe(2);
});
