import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { COMPANY } from "../../sandbox/shared/company.ts";
import { camt } from "../helpers/bank-files.ts";
import { complaintsIn, refusalOf, SCRIPTED_FINDINGS } from "../helpers/demo.ts";
import { codeBlock } from "../helpers/documents.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { amountOf } from "../helpers/length.ts";
import { runServiceToEnd, type Service, startService } from "../helpers/service.ts";
import { useDataDir } from "../helpers/use-embedded.ts";

/** The first steps of a new user: `npm start` without settings, then the README's examples. */
let dataDir: Awaited<ReturnType<typeof useDataDir>>;
let service: Service;
beforeAll(async () => {
  dataDir = await useDataDir();
  service = await startService({ env: environment() });
  await firstSyncDone();
}, 300_000);
afterAll(async () => {
  await service.kill();
  await dataDir[Symbol.asyncDispose]();
});

/** Without settings of the service in the long form; in the short one fewer payments, which are most of the work. */
const environment = (): Readonly<Record<string, string>> => ({
  DATA_DIR: dataDir.path,
  PORT: "0",
  ...amountOf<Record<string, string>>({ short: { DEMO_PAYMENTS: "300" }, long: {} }),
});

/** The operation below `<!-- example: NAME -->` in the README or in `docs/`. */
const example = (name: string): string => codeBlock("example", name, "graphql");

/** The JSON below `<!-- output: NAME -->` in the README or in `docs/`: one value on each line, or one value in all. */
function documented(name: string): unknown[] {
  const json = codeBlock("output", name, "json").trim();
  return json.startsWith("{\n") ? [JSON.parse(json)] : json.split("\n").map((line): unknown => JSON.parse(line));
}

/** Names of the fields at every level; a list counts by its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Completed messages of a subscription, until `isComplete` is true. */
async function follow(query: string, isComplete: (events: readonly Record<string, unknown>[]) => boolean) {
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql/ws`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const events: Record<string, unknown>[] = [];
  try {
    for await (const { data, errors } of client.iterate<{ syncEvents: Record<string, unknown> }>({ query })) {
      if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
      events.push(data.syncEvents);
      if (isComplete(events)) return events;
    }
    throw new Error("the subscription ended");
  } finally {
    await client.dispose();
  }
}

async function firstSyncDone(): Promise<void> {
  await eventually("the first sync", () => /stripe-demo: done|Already synced/.test(service.output()), 180_000);
}

/** Waits until everything is shown: the bank of the demo has many files, one after the other. */
async function everythingDisplayed(): Promise<void> {
  await eventually("the last lines", () => service.output().includes("A query to paste"), 300_000);
}

test("says how it starts, where it can be used, and how the first sync goes on, in this order", async () => {
  await everythingDisplayed();
  const output = service.output();
  const places = [
    /^ +\d+\.\d s {2}Sluice \d+\.\d+\.\d+ starts the demo$/m,
    /^ +\d+\.\d s {2}PostgreSQL \S+, embedded, started$/m,
    /^ +\d+\.\d s {2}database schema: \d+ migrations applied$/m,
    /^ +\d+\.\d s {2}sandboxes of card-processor, iso20022-bank, plaid, stripe, postgres-ledger$/m,
    /^ +\d+\.\d s {2}sources card-processor-demo, iso20022-bank-demo, plaid-demo, stripe-demo, postgres-ledger-demo$/m,
    new RegExp(`^ +\\d+\\.\\d s {2}listening on ${service.url}$`, "m"),
    new RegExp(`^ready ${service.url}$`, "m"),
    new RegExp(`^ {2}GraphiQL +${service.url}/graphql +in a browser$`, "m"),
    new RegExp(`^ {2}subscriptions +${service.url.replace("http", "ws")}/graphql/ws`, "m"),
    new RegExp(`^ {2}health +${service.url}/readyz$`, "m"),
    new RegExp(`^ {2}metrics +${service.url}/metrics$`, "m"),
    new RegExp(`^ {2}webhooks +${service.url}/webhooks/plaid-demo$`, "m"),
    new RegExp(`^ +${service.url}/webhooks/stripe-demo$`, "m"),
    new RegExp(`^ {2}files +${service.url}/files/iso20022-bank-demo +by PUT$`, "m"),
    /^ {2}sandboxes +http:\S+ +card-processor$/m,
    /^ +postgres:\S+ +postgres-ledger$/m,
    /^ {2}First sync:$/m,
  ].map((line) => output.search(line));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}, 330_000);

test("shows the first sync of every source, and nothing that a newcomer would have to think about", async () => {
  await everythingDisplayed();
  expect(service.output()).toMatch(/^ {2}stripe-demo: done, [\d,]+ records in \d+\.\d s$/m);
  expect(service.output()).toMatch(/^ {2}card-processor-demo: done, [\d,]+ records in \d+\.\d s$/m);
  expect(service.output()).toMatch(/^ {2}postgres-ledger-demo: done, [\d,]+ records in \d+\.\d s$/m);
  expect(service.output()).toMatch(/^ {2}plaid-demo: done, [\d,]+ records in \d+\.\d s$/m);
  expect(service.output()).toMatch(/^ {2}iso20022-bank-demo: done, [\d,]+ files in \d+\.\d s$/m);
  expect(complaintsIn(service.output())).toEqual([]);
}, 330_000);

test("shows the bank's statements as documented, and accepts an uploaded file", async () => {
  await firstSyncDone();
  const answer = await eventually("a bank's statement behind another one", async () => {
    const { data, errors } = await askGraph<{ statements: { nodes: Record<string, unknown>[] } }>(
      service.url,
      example("statements"),
    );
    expect(errors).toBeUndefined();
    const isWhole = data?.statements.nodes.length === 1 && !/null|\[\]/.test(JSON.stringify(data));
    return isWhole ? data : undefined;
  });
  const nodeOf = (value: unknown) => shapeOf((value as typeof answer)?.statements.nodes[0]); // both answer the same query
  const readme = (documented("statements")[0] as { data: unknown }).data; // only its shape is checked
  expect(nodeOf(readme)).toEqual(nodeOf(answer));
  const put = (body: string) => fetch(`${service.url}/files/iso20022-bank-demo`, { method: "PUT", body });
  expect((await put(camt("053.08", [{ id: "BY-HAND", entries: [{ amount: "1.00" }] }]))).status).toBe(201);
  expect((await put("<a/>")).status).toBe(422);
  const sample = await put(readFileSync("docs/examples/statement.xml", "utf8"));
  expect(sample.status).toBe(201);
  expect(await sample.json()).toMatchObject({
    outcome: "STORED",
    statements: [{ statementId: "EXAMPLE-2026-001-1", entries: 2, booked: 2 }],
    transactions: { created: 2 },
    quarantined: 0,
  });
});

test("answers the curl query of the README", async () => {
  await firstSyncDone();
  const [, query] = /-d '(.*)'/.exec(codeBlock("example", "curl", "sh")) ?? [];
  const response = await fetch(`${service.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: query ?? "",
  });
  expect(await response.json()).toEqual({
    data: { payments: { nodes: [expect.objectContaining({ externalId: expect.any(String) }), expect.anything()] } },
  });
});

test("shows webhooks as documented, and replays them", async () => {
  await firstSyncDone();
  const webhooks = await eventually("a delivery that is applied", async () => {
    const answer = await askGraph<{ deliveries: { nodes: unknown[] } }>(service.url, example("webhooks"));
    expect(answer.errors).toBeUndefined();
    return answer.data?.deliveries.nodes.length === 1 ? answer : undefined;
  });
  expect(shapeOf(webhooks)).toEqual(shapeOf(documented("webhooks")[0]));
  expect(webhooks).toMatchObject({
    data: { source: { webhooks: { url: `${service.url}/webhooks/stripe-demo`, isVerified: true } } },
  });
  const replay = await askGraph<{ replayDeliveries: { count: number } }>(service.url, example("replay"));
  expect(shapeOf(replay)).toEqual(shapeOf(documented("replay")[0]));
  expect(replay.data?.replayDeliveries.count).toBeGreaterThan(0);
});

test("answers the README's first query", async () => {
  await firstSyncDone();
  const { data, errors } = await askGraph<{ payments: { edges: { node: Record<string, unknown> }[] } }>(
    service.url,
    example("query"),
  );
  const [firstNode, readmeNode] = [{ data }, documented("query")[0]].map(
    (answer) => shapeOf((answer as { data?: typeof data }).data?.payments.edges[0]?.node), // both are answers to the same query
  );
  // A guest pays without a customer, and few payments are refunded: these fields differ from payment to payment.
  const varying = { refunds: null, debtor: null };
  expect({ ...Object(firstNode), ...varying }).toEqual({ ...Object(readmeNode), ...varying });
  expect(errors).toBeUndefined();
  expect(data?.payments.edges).toHaveLength(2);
  expect(data?.payments.edges[0]?.node).toMatchObject({
    externalId: expect.stringMatching(/^(?:pi|ch|pay|tr)_/),
    amount: { amount: expect.stringMatching(/^\d+(\.\d+)?$/), currency: expect.stringMatching(/^[A-Z]{3}$/) },
    freshness: { isStale: false },
  });
});

test("fetches a fresh object as documented, and reports why when it cannot", async () => {
  await firstSyncDone();
  const query = example("fresh");
  const fresh = await askGraph(service.url, query);
  expect(shapeOf(fresh)).toEqual(shapeOf(documented("fresh")[0]));
  expect(fresh).toMatchObject({ data: { account: { freshness: { isStale: false, staleReason: null } } } });
  await askGraph(service.url, 'mutation { pauseSource(id: "stripe-demo") { status } }');
  const stale = await askGraph(service.url, query.replace("maxAge: 5", "maxAge: 0"));
  await askGraph(service.url, 'mutation { resumeSource(id: "stripe-demo") { status } }');
  expect(shapeOf(stale)).toEqual(shapeOf(documented("stale")[0]));
  expect(stale).toMatchObject({ data: { account: { freshness: { isStale: true, staleReason: "SOURCE_PAUSED" } } } });
});

test("sends the README's first subscription: a position, then changes as they happen", async () => {
  const events = await follow(example("subscription"), (all) => all.length >= 3);
  const [position, change] = documented("subscription").map((line) =>
    Object.keys((line as { data: { syncEvents: object } }).data.syncEvents),
  );
  expect([Object.keys(events[0] ?? {}), Object.keys(events[1] ?? {})]).toEqual([position, change]);
  expect(events[0]).toMatchObject({ __typename: "StreamPosition", cursor: expect.any(String) });
  expect(events[1]).toMatchObject({
    __typename: "EntityChanged",
    change: expect.stringMatching(/^(CREATED|UPDATED|DELETED)$/),
  });
});

test("a subscription after a mutation's cursor misses nothing of its run", async () => {
  const started = await askGraph<{ startSync: { cursor: string; run: { id: string } } }>(
    service.url,
    `mutation { startSync(input: { sourceId: "stripe-demo", streams: ["balance"], mode: FULL, idempotencyKey: "demo-1" }) { cursor run { id } } }`,
  );
  const { cursor, run } = started.data?.startSync ?? { cursor: "", run: { id: "" } };
  const again = await askGraph<{ startSync: { cursor: string; run: { id: string } } }>(
    service.url,
    `mutation { startSync(input: { sourceId: "stripe-demo", streams: ["balance"], mode: FULL, idempotencyKey: "demo-1" }) { cursor run { id } } }`,
  );
  expect(again.data?.startSync.run.id).toBe(run.id);
  const events = await follow(
    `subscription { syncEvents(after: "${cursor}", filter: { runIds: ["${run.id}"] }) { __typename ... on RunFinished { run { id status } } } }`,
    (all) => all.at(-1)?.["__typename"] === "RunFinished",
  );
  expect(events[0]).toMatchObject({ __typename: "StreamPosition" });
  expect(events[1]).toMatchObject({ __typename: "RunStarted" });
  expect(events.at(-1)).toMatchObject({ run: { id: run.id, status: "SUCCEEDED" } });
});

describe("GraphiQL", () => {
  test("is served by our own process alone, and opens with the demo's first query", async () => {
    const response = await fetch(`${service.url}/graphql`, { headers: { accept: "text/html" } });
    expect(response.headers.get("content-type")).toMatch(/text\/html/);
    const page = await response.text();
    expect(page).toContain("query FirstPayments {");
    const loaded = [...page.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, link = ""]) => link);
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.filter((link) => !/^(\/graphiql\/|data:,$)/.test(link))).toEqual([]);
  });
});

test("metrics count the demo's work", async () => {
  await firstSyncDone();
  const text = await (await fetch(`${service.url}/metrics`)).text();
  expect(text).toMatch(
    /sluice_upstream_calls_total\{connector="stripe",source="stripe-demo",lane="backfill",outcome="ok"\} [1-9]/,
  );
});

describe("one company", () => {
  const SLOW_MS = 300_000;
  interface Reference {
    readonly scheme: string;
    readonly value: string;
  }
  interface Account {
    readonly currency: string;
    readonly owner: { readonly name: string } | null;
    readonly identifiers: readonly Reference[];
  }
  interface Payout {
    readonly amount: { readonly amount: string; readonly currency: string };
    readonly arrivalDate: string;
    readonly destination: Account;
    readonly bankTransaction: {
      readonly bankTransaction: {
        readonly direction: string;
        readonly amount: { readonly amount: string };
        readonly account: Account;
      };
    } | null;
  }
  interface Statement {
    readonly lastDay: string;
    readonly isBalanced: boolean;
    readonly account: Account;
    readonly links: readonly { readonly state: string }[];
  }

  const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  const identifier = ({ identifiers }: Account, scheme: string) =>
    identifiers.find((one) => one.scheme === scheme)?.value;

  /** All objects of a list, page by page. */
  async function everything<T>(list: string, args: string, fields: string): Promise<T[]> {
    const found: T[] = [];
    for (let after = "null"; after !== "";) {
      const { data, errors } = await askGraph<
        Record<string, { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string } }>
      >(
        service.url,
        `{ ${list}(first: 50, after: ${after}, ${args}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
      );
      expect(errors).toBeUndefined();
      const page = data?.[list];
      found.push(...(page?.nodes ?? []));
      after = page?.pageInfo.hasNextPage === true ? JSON.stringify(page.pageInfo.endCursor) : "";
    }
    return found;
  }

  const bankStatements = () =>
    everything<Statement>(
      "statements",
      'filter: { sourceIds: ["iso20022-bank-demo"], kind: [STATEMENT] }',
      "lastDay isBalanced account { currency owner { name } identifiers { scheme value } } links { state }",
    );
  /** Statements of the company, once those of its main account reach up to yesterday. */
  const companyStatements = async () => {
    await everythingDisplayed(); // all files have been read: a look at all statements costs much
    return await eventually(
      "yesterday's statement",
      async () => {
        const all = (await bankStatements()).filter(({ account }) => account.owner?.name === COMPANY.name);
        return all.some(({ lastDay, account }) => lastDay === dayBefore(1) && account.currency === "EUR") && all;
      },
      SLOW_MS,
    );
  };

  test("has statements of every day up to yesterday, balanced and continuous, but for the scripted one", async () => {
    await firstSyncDone();
    const statements = await companyStatements();
    expect(
      statements
        .map(({ lastDay }) => lastDay)
        .toSorted()
        .at(-1),
    ).toBe(dayBefore(1));
    const main = statements.filter(({ account }) => account.currency === "EUR");
    expect(new Set(main.map(({ lastDay }) => lastDay)).size).toBeGreaterThanOrEqual(90);
    const wrong = statements.filter(({ isBalanced }) => !isBalanced);
    expect(wrong.filter(({ account, lastDay }) => account.currency !== "EUR" || lastDay !== dayBefore(1))).toEqual([]);
    const states = new Set(statements.flatMap(({ links }) => links.map(({ state }) => state)));
    expect([...states].toSorted()).toEqual(["CONTINUOUS", "FIRST"]);
  }, 480_000);

  test("is paid out to its accounts: every payout that is old enough has arrived, but for one", async () => {
    await companyStatements();
    // Matching follows what was read by some seconds.
    const old = await eventually(
      "every payout but one to arrive",
      async () => {
        const paid = await everything<Payout>(
          "payouts",
          "filter: { status: [PAID] }",
          `amount { amount currency } arrivalDate destination { currency identifiers { scheme value } }
           bankTransaction { bankTransaction { direction amount { amount } account { currency owner { name } identifiers { scheme value } } } }`,
        );
        const due = paid.filter(({ arrivalDate }) => arrivalDate < dayBefore(4));
        return due.filter(({ bankTransaction }) => bankTransaction === null).length <= 1 && due;
      },
      SLOW_MS,
    );
    expect(old.length).toBeGreaterThan(amountOf({ short: 50, long: 80 }));
    const lost = old.filter(({ bankTransaction }) => bankTransaction === null);
    expect(lost.map(({ amount }) => amount.currency)).toEqual(["GBP"]);
    for (const { amount, destination, bankTransaction } of old) {
      if (bankTransaction === null) continue;
      const { direction, account, ...arrived } = bankTransaction.bankTransaction;
      expect([direction, arrived.amount.amount]).toEqual([
        amount.amount.startsWith("-") ? "DEBIT" : "CREDIT",
        amount.amount.replace("-", ""),
      ]);
      expect([account.currency, account.owner?.name]).toEqual([amount.currency, COMPANY.name]);
      expect(`****${identifier(account, "iban")?.slice(-4)}`).toBe(identifier(destination, "masked"));
    }
    expect(shapeOf((await askGraph(service.url, example("company"))).errors)).toBe("undefined");
  }, 480_000);

  test("has the accounts of its account feed at its bank: owner, currency and the end of the IBAN are the same", async () => {
    await companyStatements();
    const fed = await everything<Account & { readonly extensions: readonly { name: string; value: string }[] }>(
      "accounts",
      'filter: { sourceIds: ["plaid-demo"], kind: BANK_ACCOUNT }',
      "currency owner { name } identifiers { scheme value } extensions { name value }",
    );
    const banks = await everything<Account>(
      "accounts",
      'filter: { sourceIds: ["iso20022-bank-demo"] }',
      "currency owner { name } identifiers { scheme value }",
    );
    expect(fed.map(({ currency }) => currency).toSorted()).toEqual(["EUR", "USD"]);
    for (const account of fed) {
      const same = banks.find((one) => one.currency === account.currency && one.owner?.name === COMPANY.name);
      expect(identifier(account, "masked")).toBe(`****${same && identifier(same, "iban")?.slice(-4)}`);
      const official = account.extensions.find(({ name }) => name === "plaid.officialName")?.value;
      expect(official).toBe(`${same?.owner?.name}, business account ${same?.currency}`);
    }
  }, 480_000);

  test("keeps books in a core database, with an account for each of its bank accounts, which is followed", async () => {
    const books = await everything<Account>(
      "accounts",
      'filter: { sourceIds: ["postgres-ledger-demo"] }',
      "currency owner { name } identifiers { scheme value }",
    );
    const ibans = books.flatMap((account) => identifier(account, "iban") ?? []);
    expect(ibans.toSorted()).toEqual(COMPANY.accounts.map(({ iban }) => iban).toSorted());
    const feed = await askGraph<{ source: { status: string; feed: { state: string } } }>(
      service.url,
      '{ source(id: "postgres-ledger-demo") { status feed { state } } }',
    );
    expect(feed.data?.source).toEqual({ status: "ACTIVE", feed: { state: "FOLLOWING" } });
    const { data } = await eventually("a payment that was followed", async () => {
      const answer = await askGraph<{
        payments: { nodes: readonly { externalId: string; freshness: { via: string } }[] };
      }>(
        service.url,
        '{ payments(first: 1, filter: { sourceIds: ["postgres-ledger-demo"] }) { nodes { externalId freshness { via } } } }',
      );
      return answer.data?.payments.nodes[0]?.freshness.via === "CDC" && answer;
    });
    expect(data?.payments.nodes[0]?.externalId).toMatch(/^tr_\d{9}$/);
  }, 480_000);

  test("suffers the scripted faults, which show where the documents say, and stays healthy", async () => {
    interface Faults {
      readonly stripe: { webhooks: { lastRefusedAt: string | null; failureRate: number; parked: number } };
      readonly deliveries: { nodes: { deliveryKey: string; errorCode: string }[] };
      readonly quarantinedRecords: { nodes: { externalId: string; path: string }[] };
      readonly findings: { nodes: { kind: string; closedAt: string | null }[] };
      readonly bank: { status: string; budgets: { lastRefusedAt: string | null }[] };
    }
    const faults = await eventually(
      "all faults",
      async () => {
        const { data, errors } = await askGraph<Faults>(service.url, example("faults"));
        expect(errors).toBeUndefined();
        return data?.bank.budgets.some(({ lastRefusedAt }) => lastRefusedAt !== null) && data;
      },
      360_000,
    );
    expect(faults.stripe.webhooks).toMatchObject({ lastRefusedAt: expect.any(String), parked: 1 });
    expect(faults.stripe.webhooks.failureRate).toBeGreaterThan(0);
    expect(faults.deliveries.nodes).toMatchObject([
      { deliveryKey: expect.stringMatching(/^evt_unreadable_/), errorCode: "DELIVERY_MALFORMED" },
    ]);
    expect(faults.quarantinedRecords.nodes).toMatchObject([{ externalId: "txn_scripted_fault", path: "amount" }]);
    // Refused calls come last, so the statement is right again.
    expect(faults.findings.nodes.find(({ kind }) => kind === "STATEMENT_NOT_CLOSED")?.closedAt).not.toBeNull();
    const scripted = faults.findings.nodes.map(({ kind }) => kind).filter((kind) => SCRIPTED_FINDINGS.includes(kind));
    expect(scripted.toSorted()).toEqual(SCRIPTED_FINDINGS);
    expect((await companyStatements()).filter(({ isBalanced }) => !isBalanced)).toEqual([]);
    expect(faults.bank.status).toBe("ACTIVE");
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  }, 480_000);
});

test("C51: a second demo in the same data folder prints the first one's address and ends, and the first one is not disturbed", async () => {
  const before = complaintsIn(service.output());
  const second = await runServiceToEnd({ env: environment() });
  expect(second.output).toMatch(refusalOf(service.url, service.pid));
  expect(second.code).toBe(1);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  expect(complaintsIn(service.output())).toEqual(before);
});

test("ends with Ctrl-C, and a second start continues with the synced data", async () => {
  await everythingDisplayed();
  const ids = `{ payments(first: 100, filter: { createdTo: "2026-01-01T00:00:00Z" }) { edges { node { id } } } sources { edges { node { id } } } }`;
  const before = await askGraph(service.url, ids);
  expect(await service.stop("SIGINT")).toBe(0);
  service = await startService({ env: environment() });
  expect(await askGraph(service.url, ids)).toEqual(before);
  await firstSyncDone();
  expect(complaintsIn(service.output())).toEqual([]);
}, 240_000);
