import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import type { UseCases } from "../../resolvers/use-cases.ts";
import { createAuditTrail } from "../../src/audit/audit-trail.ts";
import { loadSigningKey } from "../../src/audit/signing-key.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { entityId } from "../../src/domain/ids.ts";
import { newOperationId } from "../../src/domain/operation-id.ts";
import type { PayoutRoute } from "../../src/domain/payout-route.ts";
import { createEvidencePacks, type EvidencePacks } from "../../src/evidence/evidence-packs.ts";
import { countBalances, markComparable } from "../../src/reconcile/balance-chain/count-balances.ts";
import { createDeclaredRoutes } from "../../src/reconcile/payout-bank/declared-routes.ts";
import { createFileRoutes } from "../../src/reconcile/payout-bank/file-routes.ts";
import { createMatchByHand } from "../../src/reconcile/payout-bank/match-by-hand.ts";
import { registerEvidenceRoute } from "../../src/server/evidence.ts";
import { createKeyring } from "../../src/sources/secrets/keyring.ts";
import { completePayouts, linkLines } from "../../src/store/entities/payout-lines.ts";
import { bankTransactionRecord, day } from "../helpers/bank-world.ts";
import { useBrowser } from "../helpers/browser.ts";
import { useDashboardBundle, visitDashboard, type Visit, violationsOn } from "../helpers/dashboard-page.ts";
import { eventually } from "../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";
import {
  accountRecord,
  addSource,
  balanceRecord,
  euro,
  ledgerEntryRecord,
  payoutRecord,
  type Place,
  putRecords,
} from "../helpers/ledger-world.ts";
import { matchEverything } from "../helpers/match-payouts.ts";
import { type TestStore, useStore } from "../helpers/store.ts";

const SECRET = "a secret of thirty-two characters";
const HOSTILE = `"><img src=x onerror="document.title='hacked'">`;
/** More cents than a number of JavaScript has: 2^53 + 1. */
const LARGE = 9_007_199_254_740_993n;
const LARGE_TEXT = "90,071,992,547,409.93 EUR";
const TODAY = "2026-01-20";
const FINDING = newOperationId("Finding", 1);
/** A route of the settings file, of an account that has no payouts. */
const FILE_ROUTE: PayoutRoute = {
  id: "of-the-file",
  from: { sourceId: "stripe-main", accountExternalId: "acct_closed", currency: "EUR" },
  to: { sourceId: "bank", accountExternalId: HOSTILE },
  usualDays: 3,
  holidays: new Set(["2026-12-25"]),
  names: [HOSTILE],
  fee: [{ upTo: undefined, amount: "0.25" }],
  exchange: undefined,
};

let used: Awaited<ReturnType<typeof useBrowser>>;
let bundle: Awaited<ReturnType<typeof useDashboardBundle>>;
let store: TestStore;
let graph: GraphServer;
let stripe: Place;
let bank: Place;
let packs: EvidencePacks;
const broken: unknown[] = [];
/** Requests of comparisons. */
const compared: unknown[] = [];
beforeAll(async () => {
  [used, bundle] = await Promise.all([useBrowser(), useDashboardBundle()]);
  store = await useStore();
  stripe = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  bank = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
  await addPayouts();
  await addComparisons();
  await addBalances();
  await addAuditEntries();
  await addFinding();
  const problems = { random: Math.random, onProblem: (reason: unknown) => void broken.push(reason) };
  const key = await loadSigningKey(store.db, createKeyring(undefined, []));
  packs = createEvidencePacks({ db: store.db, key, days: 1, ...problems });
  packs.start();
  const auditTrail = createAuditTrail({ db: store.db, ...problems });
  const byHand = createMatchByHand({ db: store.db, now: () => Date.parse(TODAY) });
  const declared = createDeclaredRoutes(store.db);
  await createFileRoutes(store.db, new Map([["acme", [FILE_ROUTE]]])).publish();
  const startSync = (_tenantId: string, _sourceId: string, request: unknown) => {
    compared.push(request);
    return Promise.reject(new ServiceError("OVERLOADED", "too many runs of the source wait"));
  };
  const useCases = {
    ...byHand,
    ...declared,
    startSync,
    createEvidencePack: packs.create,
    cancelEvidencePack: packs.cancel,
  };
  graph = await useGraphServer(
    {
      auth: { kind: "secret", secret: SECRET },
      dashboardFolder: bundle.path,
      auditTrail,
      useCases: useCases as unknown as UseCases, // no other one is called
      routes: (app, tools) => registerEvidenceRoute(app, { ...tools, evidencePacks: packs, auditTrail }),
    },
    { connection: store.connection, close: async () => undefined },
  );
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await packs.close(5_000);
  await store[Symbol.asyncDispose]();
  await Promise.all([bundle[Symbol.asyncDispose](), used[Symbol.asyncDispose]()]);
  if (broken.length > 0) throw new AggregateError(broken, "packs could not be written");
});

/** A payout that two credits may be, and whose list of entries is five cents short; a hostile one; and one that arrived. */
async function addPayouts(): Promise<void> {
  const payout = (externalId: string, minor: bigint) => ({
    ...payoutRecord(0),
    externalId,
    amount: euro(minor),
    arrivalDate: day(10),
  });
  const charge = { ...ledgerEntryRecord(1, "PaymentAttempt"), accountExternalId: "acct_0" };
  const [gross, fee] = [LARGE + 995n, 1_000n];
  await putRecords(stripe, [
    payout("po_large", LARGE),
    payout(HOSTILE, 77_700n),
    payout("po_arrived", 12_300n),
    { ...charge, gross: euro(gross), feeMinor: fee, netMinor: gross - fee },
  ]);
  const payoutId = entityId("acme", "stripe-main", "Payout", "po_large");
  await store.db.transaction("acme", async (tx) => {
    await linkLines(tx, [
      { id: entityId("acme", "stripe-main", "LedgerEntry", charge.externalId), payoutId, version: 1n },
    ]);
    await completePayouts(tx, [payoutId]);
  });
  await putRecords(bank, [
    bankTransactionRecord("credit-1", 10, { amount: euro(LARGE), remittance: "first" }),
    bankTransactionRecord("credit-2", 10, { amount: euro(LARGE), remittance: HOSTILE }),
    bankTransactionRecord("credit-3", 10, { amount: euro(12_300n) }),
  ]);
  await matchEverything({ ...stripe, today: TODAY });
}

/** A day that was repaired, one that could not be, and objects without a day. */
async function addComparisons(): Promise<void> {
  const days = [
    ["payments", "2026-01-01", "IN_STEP", null],
    ["payments", "2026-01-02", "REPAIRED", null],
    ["refunds", "2026-01-02", "DIFFERENT", null],
    ["accounts", "-infinity", "NOT_COMPARABLE", HOSTILE],
  ];
  const sums = JSON.stringify([{ currency: "EUR", exponent: 2, minor: String(LARGE), count: 3 }]);
  await store.db.transaction("acme", async (tx) => {
    for (const day of days)
      await tx.query(
        `insert into compared_days (tenant_id, source_id, stream, day, state, reason, run_id, checked_at, our_count,
           our_hash, our_sums, their_count, their_hash, their_sums, missing, repaired)
         values ('acme', 'stripe-main', $1, $2, $3, $4, 'run_1', now(), 3, 'aa', $5, 3, 'aa', $5, 1, 1)`,
        [...day, sums],
      );
    await tx.query(
      `insert into record_differences (tenant_id, source_id, run_id, stream, entity_type, entity_id, external_id, day,
         kind, found_at, problem)
       values ('acme', 'stripe-main', 'run_1', 'refunds', 'Refund', 'ref_1', $1, '2026-01-02', 'MISSING', now(), $1)`,
      [HOSTILE],
    );
  });
}

/** Two balances of a ledger; the second one has 75 cents that no entry explains. */
async function addBalances(): Promise<void> {
  const core = { ...accountRecord(1), externalId: "core", name: HOSTILE, kind: "BANK_ACCOUNT" as const };
  const entry = { ...ledgerEntryRecord(7, undefined), accountExternalId: "core", feeMinor: 0n };
  const at = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const booked = (days: number, minor: bigint) => ({
    ...balanceRecord(1),
    externalId: "core:BOOKED",
    accountExternalId: "core",
    kind: "BOOKED" as const,
    money: euro(minor),
    asOf: at(days),
  });
  await putRecords(bank, [core, { ...entry, createdAt: at(9), gross: euro(LARGE), netMinor: LARGE }, booked(8, LARGE)]);
  await putRecords(bank, [booked(6, LARGE + 75n)]);
  await store.db.transaction("acme", async (tx) => {
    await countBalances(tx, ["bank"]);
    await markComparable(tx, [{ sourceId: "bank", until: new Date().toISOString() }]);
  });
}

/** Rows of two tenants; each text of the first one is hostile. */
async function addAuditEntries(): Promise<void> {
  const body = (tenant: string, n: number) => ({
    operation: `op_${n}`,
    phase: "COMPLETE",
    action: n % 2 === 0 ? "mutation.pauseSource" : "mutation.resumeSource",
    principal: { kind: "TOKEN", subject: tenant === "acme" ? HOSTILE : tenant, scopes: ["sync"] },
    arguments: { id: HOSTILE },
    outcome: n % 2 === 0 ? "SUCCEEDED" : "REFUSED",
    ...(n % 2 === 1 && { errorCode: "FORBIDDEN" }),
    subject: { type: "SOURCE", id: HOSTILE },
  });
  for (const tenant of ["acme", "umbrella"])
    for (let n = 0; n < 60; n += 1)
      await store.db.transaction(tenant, (tx) =>
        tx.query("insert into audit_entries (tenant_id, body) values ($1, $2)", [
          tenant,
          JSON.stringify(body(tenant, n)),
        ]),
      );
}

/** Evidence with a link to an object, an amount, and a table of two rows. */
const FACTS = {
  id: entityId("acme", "bank", "Account", "core"),
  currency: "EUR",
  difference: "1234567.89",
  movements: [
    { day: "2026-01-02", payout: entityId("acme", "stripe-main", "Payout", "po_large"), difference: "-0.05 EUR" },
    { day: "2026-01-03", text: HOSTILE },
  ],
};

async function addFinding(): Promise<void> {
  await store.db.transaction("acme", (tx) =>
    tx.query(
      `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
       values ('acme', $1, 'bank', 'BALANCE_CHAIN_BROKEN', 'FORMAT_MISMATCH', $2, $3, 'Look at it.', now() - interval '1 hour')`,
      [FINDING, `Broken ${HOSTILE}`, JSON.stringify(FACTS)],
    ),
  );
}

/** Arguments of all calls of a mutation, as the audit trail has them. */
async function auditedArguments(mutation: string): Promise<readonly unknown[]> {
  const rows = await store.db.read("acme", (tx) =>
    tx.query<{ arguments: unknown }>(
      "select body::jsonb -> 'arguments' as arguments from audit_entries where action = $1 and outcome = 'SUCCEEDED' order by sequence",
      [`mutation.${mutation}`],
    ),
  );
  return rows.map((row) => row.arguments);
}

async function visit(scope: string, options: Partial<Parameters<typeof visitDashboard>[0]> = {}): Promise<Visit> {
  const jwt = new SignJWT({ tenant: "acme", scope, sub: "ada" })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("1h");
  const token = await jwt.sign(new TextEncoder().encode(SECRET));
  return visitDashboard({ browser: used.browser, url: graph.url, token, ...options });
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${String(target)}`);
}

test("a payout is matched by hand and the match is undone, by the keyboard alone", async () => {
  await using opened = await visit("read sync");
  const { page } = opened;
  await opened.open("reconciliation");
  await tabTo(page, page.getByRole("link", { name: "po_large" }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Payout po_large" }).waitFor();
  await tabTo(page, page.getByRole("checkbox", { name: "first" }));
  await page.keyboard.press("Space");
  await page.getByText(`1 chosen; the difference to ${LARGE_TEXT} is 0.00 EUR`).waitFor();
  await tabTo(page, page.getByRole("button", { name: "Match the chosen…" }));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter"); // refused without a reason
  expect(await page.getByRole("dialog").count()).toBe(1);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.type(`remittance advice ${HOSTILE}`);
  await page.keyboard.press("Enter");
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByText("The parts are exactly the amount.").waitFor();
  const decisions = details.getByRole("region", { name: "Decisions" });
  await decisions.getByText("Matched by hand applies").waitFor();
  await decisions.getByText(`remittance advice ${HOSTILE}`).waitFor();
  await decisions.getByText("By ada").waitFor();
  await tabTo(page, decisions.getByRole("link", { name: "credit-1" }));
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("link", { name: "po_large" }).waitFor({ state: "detached" }); // no longer open
  await tabTo(page, decisions.getByRole("button", { name: "Undo…" }));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter"); // refused without a reason
  expect(await page.getByRole("dialog").count()).toBe(1);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.type("the wrong credit");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "po_large" }).waitFor();
  await details.getByText("Nothing is matched.").waitFor();
  await decisions.getByText("Matched by hand undone").waitFor();
  await decisions.getByText(/^By ada .*; undone by ada /).waitFor();
  expect(await decisions.getByRole("button", { name: "Undo…" }).count()).toBe(0);
  expect(await page.evaluate("document.activeElement?.textContent")).toBe("Payout po_large");
  expect(await auditedArguments("undoMatchDecision")).toMatchObject([{ reason: "the wrong credit" }]);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await details.waitFor({ state: "detached" });
  expect(await page.locator("main img").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

test("a match is declared wrong, and that decision is undone", async () => {
  await using opened = await visit("read sync");
  const { page } = opened;
  await opened.open("reconciliation?result=MATCHED");
  await page.getByRole("link", { name: "po_arrived" }).click();
  await page.getByRole("button", { name: "Unmatch…" }).click();
  await page.getByLabel("Reason").fill("another customer's money");
  await page.getByRole("button", { name: "Unmatch", exact: true }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByText("Nothing is matched.").waitFor();
  const decisions = details.getByRole("region", { name: "Decisions" });
  await decisions.getByText("Declared not to belong together applies").waitFor();
  await decisions.getByText("another customer's money").waitFor();
  await decisions.getByRole("button", { name: "Undo…" }).click();
  await page.getByLabel("Reason").fill("the same customer");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await decisions.getByText("Declared not to belong together undone").waitFor();
  await details.getByText("The parts are exactly the amount.").waitFor();
  expect(opened.complaints).toEqual([]);
});

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
] as const)(
  "in %s the list, the sum and the proof violate no rule, are exact, and offer no decision without the scope sync",
  async (_name, options) => {
    await using opened = await visit("read", options);
    const { page } = opened;
    await opened.open("reconciliation");
    await page.getByLabel("Money at stake").getByText("90,071,992,548,186.93 EUR").waitFor();
    await page.getByRole("link", { name: "po_large" }).click();
    const proof = page.getByLabel("Proof of the payout");
    await proof.getByText("90,071,992,547,419.88 EUR").waitFor(); // payments before fees
    await proof.getByText("−10.00 EUR").waitFor();
    await proof.getByRole("row", { name: "Unknown residue" }).getByText("0.05 EUR").waitFor();
    await page.getByRole("region", { name: "Proposals" }).getByText("several candidates").first().waitFor();
    await page.getByRole("region", { name: "Candidates" }).getByText("first").waitFor();
    for (const decision of ["Match…", "Match the chosen…", "Unmatch…"])
      expect(await page.getByRole("button", { name: decision }).count()).toBe(0);
    expect(await page.getByRole("checkbox").count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(await page.locator("main img").count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  },
);

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
] as const)("in %s the days of a source and a broken chain violate no rule, and are exact", async (_name, options) => {
  await using opened = await visit("read", options);
  const { page } = opened;
  const details = page.getByRole("complementary", { name: "Details" });
  await opened.open("reconciliation?tab=completeness&source=stripe-main&month=2026-01");
  await page.getByRole("link", { name: "accounts, undated: cannot be compared" }).waitFor();
  await page.getByRole("link", { name: "payments, 2026-01-02: differed and was repaired" }).click();
  await details.getByText(`3 objects · ${LARGE_TEXT}`).first().waitFor();
  await page.getByRole("table").last().getByText("missing").waitFor();
  expect(await page.getByRole("button", { name: "Compare…" }).count()).toBe(0);
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);

  await opened.open("reconciliation?tab=balances");
  const row = page.getByRole("row", { name: HOSTILE });
  await row.getByText("broken").waitFor();
  await row.getByText("0.75 EUR").waitFor();
  await row.getByRole("link", { name: HOSTILE }).click();
  await details.getByText("an entry of this amount is missing here").waitFor();
  await details.getByText("90,071,992,547,410.68 EUR").first().waitFor();
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  const all = await page.getByRole("row").count();
  await opened.open("reconciliation?tab=balances&chain=BROKEN");
  await row.getByText("broken").waitFor();
  await eventually("only the broken chain to be listed", async () => (await page.getByRole("row").count()) === 2);
  expect(all).toBeGreaterThan(2);
  expect(await violationsOn(page)).toEqual([]);

  await opened.open("reconciliation?tab=routes");
  await page.getByRole("row", { name: "of-the-file" }).waitFor();
  for (const change of ["New route…", "Change…", "Remove…"])
    expect(await page.getByRole("button", { name: change }).count()).toBe(0);
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  expect(await page.locator("main img").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

test("an admin declares a route of payouts, changes and removes it; that of the settings file is displayed and not offered for a change", async () => {
  await using opened = await visit("read admin");
  const { page } = opened;
  await opened.open("reconciliation?tab=routes");
  const ofFile = page.getByRole("row", { name: "of-the-file" });
  await ofFile.getByText("the settings file").waitFor();
  await ofFile.getByText("0.25 EUR").waitFor();
  expect(await ofFile.getByRole("button").count()).toBe(0);

  await tabTo(page, page.getByRole("button", { name: "New route…" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Name \(/).fill("of-the-graph");
  await dialog.getByLabel("Payouts of").selectOption("stripe-main");
  await dialog.getByLabel("Arrive at").selectOption("stripe-main");
  await dialog.getByLabel(/^Usual days/).fill("2");
  await dialog.getByLabel(/^Names, one per line/).fill("Stripe, Ltd.\nSTRIPE");
  await dialog.getByRole("button", { name: "Add a fee" }).click();
  await dialog.getByLabel(/^Transfers up to/).fill("1000");
  await dialog.getByLabel("Fee", { exact: true }).fill("0.25");
  await dialog.getByRole("button", { name: "Add a step" }).click();
  await dialog.getByLabel("Fee", { exact: true }).last().fill("1.00");
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Declare" }).click();
  await dialog.getByRole("alert").getByText("input.toSourceId must be another source").waitFor();
  expect(await dialog.getByLabel(/^Names, one per line/).inputValue()).toBe("Stripe, Ltd.\nSTRIPE"); // what was typed stays
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByLabel("Arrive at").selectOption("bank");
  await dialog.getByRole("button", { name: "Declare" }).click();
  const row = page.getByRole("row", { name: "of-the-graph" });
  await row.getByText("2 business days").waitFor();
  await row.getByText("Stripe, Ltd. · STRIPE").waitFor();
  await row.getByText("0.25 up to 1000, 1.00 above").waitFor();
  await row.getByText("ada").waitFor();

  await row.getByRole("button", { name: "Change…" }).click();
  await dialog.getByLabel(/^Usual days/).fill("4");
  await dialog.getByRole("button", { name: "Remove step 2" }).click();
  await dialog.getByRole("button", { name: "Change", exact: true }).click();
  await row.getByText("4 business days").waitFor();
  await row.getByText("0.25 up to 1000", { exact: true }).waitFor();
  const [, changed] = (await auditedArguments("declarePayoutRoute")) as { input: Record<string, unknown> }[];
  expect(changed?.input).toMatchObject({ id: "of-the-graph", usualDays: 4, names: ["Stripe, Ltd.", "STRIPE"] });

  await row.getByRole("button", { name: "Remove…" }).click();
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await row.waitFor({ state: "detached" });
  expect(await auditedArguments("removePayoutRoute")).toEqual([{ id: "of-the-graph" }]);
  expect(await page.locator("main img").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

test("a comparison is requested for the chosen days, and a refusal leaves what was entered", async () => {
  await using opened = await visit("read sync");
  const { page } = opened;
  await opened.open("reconciliation?tab=completeness&source=stripe-main");
  await page.getByText("No day of this month was compared.").waitFor();
  await page.getByRole("button", { name: "Compare…" }).click();
  await page.getByLabel("First day (UTC)").fill("2026-01-03");
  await page.getByLabel("Last day (UTC)").fill("2026-01-05");
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByText("too many runs of the source wait").waitFor();
  expect(await page.getByLabel("First day (UTC)").inputValue()).toBe("2026-01-03");
  expect(compared).toMatchObject([
    { mode: "RECONCILE", range: { from: "2026-01-03T00:00:00.000Z", to: "2026-01-06T00:00:00.000Z" } },
  ]);
});

test("an admin makes an evidence pack and downloads it, with the token in no URL; others read what is needed", async () => {
  await using reader = await visit("read sync");
  await reader.open("reconciliation?tab=evidence");
  await reader.page.getByText("Evidence needs the scope admin.").waitFor();

  await using opened = await visit("read admin");
  const { page } = opened;
  await opened.open("reconciliation?tab=evidence");
  await page.getByText("No evidence pack is stored.").waitFor();
  await page.getByRole("button", { name: "New evidence pack…" }).click();
  await page.getByLabel("First day (UTC)").fill("2026-01-01");
  await page.getByLabel("Last day (UTC)").fill("2026-01-31");
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Make it" }).click();
  const row = page.getByRole("row", { name: "2026-01-01 to 2026-02-01" });
  await row.getByText("ready").waitFor();
  expect(await violationsOn(page)).toEqual([]);
  const saved = page.waitForEvent("download");
  await row.getByRole("button", { name: "Download" }).click();
  const bytes = await readFile(await (await saved).path());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(await row.locator("code").textContent());
  const token: string = await page.evaluate("sessionStorage.getItem('sluice.token')");
  expect(opened.requested.some((url) => url.includes("/evidence/"))).toBe(true);
  expect(opened.requested.filter((url) => url.includes(token))).toEqual([]);
  expect(opened.complaints).toEqual([]);
});

test("an admin makes an evidence pack of a finding; it is not offered to others", async () => {
  await using reader = await visit("read sync");
  await reader.open("findings");
  await reader.page.getByRole("heading", { name: `Broken ${HOSTILE}` }).waitFor();
  await reader.page.getByText("1,234,567.89 EUR").waitFor();
  const movements = reader.page.getByRole("table", { name: "Movements" });
  expect(await movements.getByRole("columnheader").allTextContents()).toEqual(["Day", "Payout", "Difference", "Text"]);
  await movements.getByRole("row", { name: "2026-01-02" }).getByText("−0.05 EUR").waitFor();
  await movements.getByRole("cell", { name: HOSTILE }).waitFor();
  await movements.getByRole("link").click();
  await reader.page.getByRole("heading", { name: "Payout po_large" }).waitFor();
  await reader.open("findings");
  await reader.page.getByRole("link", { name: FACTS.id }).click();
  await reader.page.waitForURL(/\/graphql#query=/);
  await reader.open("findings");
  expect(await reader.page.getByRole("button", { name: "Make an evidence pack" }).count()).toBe(0);

  await using opened = await visit("read admin");
  const { page } = opened;
  await opened.open("findings");
  const heading = page.getByRole("heading", { name: `Broken ${HOSTILE}` });
  const card = page.getByRole("article").filter({ has: heading });
  await tabTo(page, card.getByRole("button", { name: "Make an evidence pack" }));
  await page.keyboard.press("Enter");
  await page.getByText("The evidence pack is being written.").waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await card.getByRole("link", { name: "Evidence packs" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "a finding" }) });
  await row.getByText("ready").waitFor();
  await row.getByRole("link", { name: "a finding" }).click();
  await heading.waitFor();
  expect(await page.locator("main img").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
] as const)(
  "in %s an admin reads the audit trail of the own tenant, by filter and page, by the keyboard",
  async (_name, options) => {
    await using opened = await visit("read admin", options);
    const { page } = opened;
    const table = page.getByRole("group", { name: "Table of the audit trail" });
    await opened.open("reconciliation?tab=audit&action=pauseSource");
    await table.getByText("pauseSource").first().waitFor();
    expect(await table.getByText("resumeSource").count()).toBe(0);
    await tabTo(page, page.getByLabel("Mutation"));
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("resumeSource");
    await page.keyboard.press("Enter");
    await table.getByText("refused").first().waitFor();
    await page.getByLabel("Outcome").selectOption("SUCCEEDED");
    await page.getByText("No rows match.").waitFor();
    await opened.open(`reconciliation?tab=audit&who=${encodeURIComponent(HOSTILE)}`);
    await tabTo(page, table.getByRole("link").first());
    await page.keyboard.press("Enter");
    const details = page.getByRole("complementary", { name: "Details" });
    await details
      .getByRole("listitem")
      .filter({ hasText: `id ${HOSTILE}` })
      .waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByRole("button", { name: "Newest" }).waitFor();
    await table.getByRole("link", { name: "1", exact: true }).waitFor();
    expect(await table.getByText("umbrella").count()).toBe(0);
    expect(await page.locator("main img").count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  },
);

test("the audit trail and evidence are not offered without the scope admin", async () => {
  await using reader = await visit("read sync");
  await reader.open("reconciliation");
  await reader.page.getByRole("link", { name: "Balances" }).waitFor();
  for (const view of ["Evidence", "Audit trail"])
    expect(await reader.page.getByRole("link", { name: view }).count()).toBe(0);
  await reader.open("reconciliation?tab=audit");
  await reader.page.getByText("The audit trail needs the scope admin.").waitFor();
});
