/**
 * A small upstream in a process of its own: many accounts in the format of Plaid or Stripe, each with its own
 * credential and a handful of objects. It records when each account is read, and counts the calls above its limits.
 * The source's id is part of the credential, so that nothing has to be registered.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { ACCESS_TOKEN_PREFIX, API_KEY_PREFIX, type AccountReport } from "./upstream-client.ts";

interface Account {
  readonly id: string;
  /** Number of transactions. */
  size: number;
  /** Time of each poll's first call. */
  polls: number[];
  lastCallMs: number;
  /** Times of the calls of the last minute, by bucket. */
  readonly recent: Map<string, number[]>;
}

interface Limit {
  readonly calls: number;
  readonly withinMs: number;
}

/** Limits of each account. They are those of the connectors' documentation. */
const LIMITS: Readonly<Record<string, Limit>> = {
  "/item/get": { calls: 15, withinMs: 60_000 },
  "/accounts/get": { calls: 15, withinMs: 60_000 },
  "/accounts/balance/get": { calls: 5, withinMs: 60_000 },
  "/transactions/sync": { calls: 50, withinMs: 60_000 },
  stripe: { calls: 25, withinMs: 1_000 },
};
/** Part of a limit that may be exceeded: see the promise of the budgets. */
const TOLERANCE = 1.05;
const FIRST_TRANSACTIONS = 3;
const CUSTOMERS = 2;

const accounts = new Map<string, Account>();
let firstSize = FIRST_TRANSACTIONS;
let delayMs = 0;
let calls = 0;
let overLimit = 0;

function accountOf(id: string): Account {
  const existing = accounts.get(id);
  if (existing !== undefined) return existing;
  const created: Account = { id, size: firstSize, polls: [], lastCallMs: 0, recent: new Map() };
  accounts.set(id, created);
  return created;
}

function count(account: Account, bucket: string): void {
  const nowMs = Date.now();
  calls += 1;
  account.lastCallMs = nowMs;
  const limit = LIMITS[bucket];
  if (limit === undefined) return;
  const recent = (account.recent.get(bucket) ?? []).filter((atMs) => atMs > nowMs - limit.withinMs);
  recent.push(nowMs);
  account.recent.set(bucket, recent);
  if (recent.length > Math.ceil(limit.calls * TOLERANCE)) overLimit += 1;
}

function beginPoll(account: Account): void {
  account.polls.push(Date.now());
}

const time = (): string => new Date().toISOString();
const currency = { iso_currency_code: "EUR", unofficial_currency_code: null };

function plaidAccounts({ id, size }: Account): object {
  const balances = { available: size, current: size, limit: null, ...currency };
  const names = { name: "Checking", official_name: null, mask: "0000" };
  return { accounts: [{ account_id: `${id}-account`, balances, ...names, type: "depository", subtype: "checking" }] };
}

/** Fields that Plaid always sends: one that is missing would open a finding of each source. */
const DOCUMENTED = {
  pending_transaction_id: null,
  account_owner: null,
  authorized_date: null,
  authorized_datetime: null,
  datetime: null,
  payment_channel: "other",
  transaction_code: null,
  payment_meta: {
    reference_number: null,
    ppd_id: null,
    payee: null,
    by_order_of: null,
    payer: null,
    payment_method: null,
    payment_processor: null,
    reason: null,
  },
};

function plaidTransaction({ id }: Account, index: number): object {
  return {
    transaction_id: `${id}-t${index}`,
    account_id: `${id}-account`,
    amount: index + 1,
    ...currency,
    pending: false,
    date: "2026-11-01",
    name: `Transaction ${index}`,
    ...DOCUMENTED,
  };
}

function plaidAnswer(path: string, account: Account, cursor: string): object | undefined {
  const { id, size } = account;
  switch (path) {
    case "/item/get":
      beginPoll(account);
      return { item: { item_id: id, error: null }, status: { transactions: { last_successful_update: time() } } };
    case "/accounts/get":
    case "/accounts/balance/get":
      return plaidAccounts(account);
    case "/transactions/sync": {
      const from = Number(cursor === "" ? "0" : cursor);
      const added = Array.from({ length: size - from }, (_, index) => plaidTransaction(account, from + index));
      return { added, modified: [], removed: [], next_cursor: String(size), has_more: false };
    }
    default:
      return undefined;
  }
}

function stripeAnswer(path: string, account: Account): object {
  if (path === "/v1/balance") {
    beginPoll(account);
    return { object: "balance", available: [{ amount: 100, currency: "eur" }], pending: [], livemode: false };
  }
  const list = { object: "list", url: path, has_more: false };
  if (path !== "/v1/customers") return { ...list, data: [] };
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => ({
    id: `cus_${account.id.replaceAll("-", "")}${index}`,
    object: "customer",
    created: 1_790_000_000 + index,
    name: `Customer ${index}`,
    livemode: false,
    metadata: {},
  }));
  return { ...list, data: customers };
}

const bodySchema = z.object({
  access_token: z.string().default(""),
  cursor: z.string().default(""),
  /** Of the control call that delays responses. */
  ms: z.number().default(0),
});
type Body = z.infer<typeof bodySchema>;

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  return bodySchema.parse(chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString()));
}

async function answerTo(request: IncomingMessage): Promise<object | undefined> {
  const { pathname } = new URL(request.url ?? "/", "http://upstream");
  const body = await read(request);
  if (pathname.startsWith("/control/")) return control(pathname, body);
  if (delayMs > 0) await pause(delayMs);
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (key?.startsWith(API_KEY_PREFIX)) {
    const account = accountOf(key.slice(API_KEY_PREFIX.length));
    count(account, "stripe");
    return stripeAnswer(pathname, account);
  }
  const account = accountOf(body.access_token.slice(ACCESS_TOKEN_PREFIX.length));
  count(account, pathname);
  return plaidAnswer(pathname, account, body.cursor);
}

function control(path: string, body: Body): object {
  switch (path) {
    case "/control/grow":
      firstSize += 1;
      for (const account of accounts.values()) account.size += 1;
      break;
    case "/control/delay":
      delayMs = body.ms;
      break;
    case "/control/accounts":
      return { accounts: [...accounts.values()].map(reportOf) };
  }
  const begun = [...accounts.values()].filter(({ polls }) => polls.length > 0).length;
  const lastCallMs = Math.max(0, ...[...accounts.values()].map((account) => account.lastCallMs));
  return { calls, overLimit, begun, lastCallMs };
}

function reportOf({ id, size, polls, lastCallMs }: Account): AccountReport {
  return { id, transactions: size, polls, lastCallMs };
}

function send(response: ServerResponse, answer: object | undefined): void {
  const error = { error_type: "INVALID_REQUEST", error_code: "NOT_FOUND" };
  response.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer ?? error));
}

const server = createServer((request, response) => {
  answerTo(request).then(
    (answer) => send(response, answer),
    (reason: unknown) => response.destroy(reason instanceof Error ? reason : undefined), // the caller has gone
  );
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") process.stdout.write(`http://127.0.0.1:${address?.port}\n`);
});
process.stdin.resume().once("end", () => process.exit(0)); // ends with the process that started it
