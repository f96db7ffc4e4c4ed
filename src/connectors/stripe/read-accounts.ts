import type { ReadInput } from "../../connector-api/connector.ts";
import type { CheckpointMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { readable, unlisted, unreadable } from "./account-findings.ts";
import { type AccountPlaces, cursorOf, isComplete, placesOf } from "./account-places.ts";
import { scopedTo } from "./account-scope.ts";
import type { StripeConfig } from "./config.ts";
import type { AccountCursor, StripeCursor } from "./cursor.ts";
import { merged } from "./merge.ts";
import { readPages } from "./paging.ts";
import type { PageMessages } from "./pass.ts";
import { listedWire } from "./wire/list.ts";

/** Input of a read of one account: the key's own, unless another one is named. */
export interface AccountRead extends Omit<ReadInput<StripeConfig, StripeCursor>, "cursor"> {
  readonly account?: string;
  readonly cursor: AccountCursor | undefined;
}
export type ReadAccount = (read: AccountRead) => AsyncGenerator<PageMessages, void>;

type PlatformRead = ReadInput<StripeConfig, StripeCursor>;

/** Maximum accounts that are read concurrently: each has two pages in memory. */
const MAX_RUNNING = 4;
/**
 * Number of accounts without changes that share one checkpoint: a checkpoint names every account, so one per account
 * would be too many.
 */
const QUIET_ACCOUNTS = 50;
/** This many consecutive failing accounts mean that the accounts are not the cause. */
const MAX_FAILURES = 5;

/**
 * Reads a stream of all accounts: first the connected ones, then the key's own, because only that read is a walk that
 * others may share (see `ReadInput.isPart`). Each account has a cursor of its own, so a new account is read from its
 * beginning, and a failing one is read another time, with a finding. A first read that was interrupted skips the
 * connected accounts that it has already read.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* readAccounts(input: PlatformRead, read: ReadAccount): AsyncGenerator<PageMessages, void> {
  const places = placesOf(input.cursor);
  // A walk over the own account's past has begun: the connected accounts were read before it.
  if (places.own?.phase !== "backfill") yield* readConnected(input, places, read);
  for await (const page of read({ ...input, cursor: places.own })) {
    yield page.map((message) => (message.type === "checkpoint" ? ofAll(places, message) : message));
  }
}

function ofAll(places: AccountPlaces, message: CheckpointMessage<StripeCursor>): CheckpointMessage<StripeCursor> {
  const { cursor, next } = message;
  return {
    ...message,
    cursor: cursorOf(places, ofAccount(cursor)),
    ...(next !== undefined && { next: cursorOf(places, ofAccount(next)) }),
  };
}

function ofAccount(cursor: StripeCursor): AccountCursor {
  if (cursor.phase === "accounts") throw new TypeError("the cursor must belong to the account that is read");
  return cursor;
}

async function* readConnected(
  input: PlatformRead,
  places: AccountPlaces,
  read: ReadAccount,
): AsyncGenerator<PageMessages, void> {
  const { own, connected } = places;
  const accounts = yield* listAccounts(input, places);
  yield forgotten(places, accounts, input);
  // A later read continues in every account; an interrupted first read continues only in the accounts that it had not
  // finished.
  const isLater = input.range === undefined && isComplete(own);
  const due = accounts.filter((account) => isLater || !isComplete(connected.get(account)));
  const leaving = new AbortController();
  const inner = { ...input, signal: AbortSignal.any([input.signal, leaving.signal]) };
  const reads = readEach(inner, places, due, read);
  const checkpoint = () => [{ type: "checkpoint", cursor: cursorOf(places, own), progress: undefined } as const];
  let quiet = 0;
  for await (const messages of merged(reads, { maxRunning: MAX_RUNNING, onLeave: () => leaving.abort() })) {
    quiet = messages.length === 0 ? quiet + 1 : QUIET_ACCOUNTS;
    yield messages;
    if (quiet < QUIET_ACCOUNTS) continue;
    quiet = 0;
    yield checkpoint();
  }
  yield checkpoint();
}

/** Lazy: an account's read begins only when it is due. */
function* readEach(
  input: PlatformRead,
  places: AccountPlaces,
  accounts: readonly string[],
  read: ReadAccount,
): Generator<AsyncGenerator<PageMessages, void>, void> {
  const failures = { count: 0 };
  for (const account of accounts) yield readOne(input, { account, places, read, failures });
}

interface OneRead {
  readonly account: string;
  readonly places: AccountPlaces;
  readonly read: ReadAccount;
  /** Consecutive failures, over all accounts. */
  readonly failures: { count: number };
}

async function* readOne(input: PlatformRead, one: OneRead): AsyncGenerator<PageMessages, void> {
  const { account, places, read, failures } = one;
  const before = places.connected.get(account);
  try {
    for await (const page of read({ ...input, account, cursor: before })) {
      const last = page.findLast((message) => message.type === "checkpoint");
      if (last !== undefined) places.connected.set(account, ofAccount(last.cursor));
      yield page.filter(({ type }) => type !== "checkpoint").map((message) => scopedTo(account, message));
    }
    failures.count = 0;
    const wasFailing = places.failing.delete(account);
    if (wasFailing || before === undefined) yield readable(account, input.stream);
  } catch (reason) {
    const error = ServiceError.from(reason);
    if (input.signal.aborted || isOfAll(error, failures)) throw reason;
    places.failing.add(account);
    yield [unreadable(account, input.stream, error)];
  }
}

/**
 * Returns true if a failure concerns all accounts: the key, the budget, our own service; or an upstream that is
 * unavailable.
 */
function isOfAll({ code, retryable }: ServiceError, failures: { count: number }): boolean {
  if (code === "UPSTREAM_REJECTED" || code === "UPSTREAM_MALFORMED") return false;
  failures.count += 1;
  const isOfAccount = code === "UPSTREAM_GARBLED" || code === "UPSTREAM_UNAVAILABLE";
  return !isOfAccount || !retryable || failures.count >= MAX_FAILURES;
}

/**
 * Resolves the findings of accounts that are no longer read, and deletes the positions of those that the settings do
 * not name.
 */
function forgotten(places: AccountPlaces, accounts: readonly string[], { config, stream }: PlatformRead): PageMessages {
  const known = new Set(accounts);
  const removed = [...places.failing].filter((account) => !known.has(account));
  for (const account of removed) places.failing.delete(account);
  if (config.connectedAccounts !== "all") {
    for (const account of places.connected.keys()) if (!known.has(account)) places.connected.delete(account);
  }
  return removed.flatMap((account) => readable(account, stream));
}

/** Lists the accounts to be read. If they cannot be listed, the previously known ones, with a finding. */
async function* listAccounts(
  input: PlatformRead,
  { connected }: AccountPlaces,
): AsyncGenerator<PageMessages, readonly string[]> {
  const { connectedAccounts } = input.config;
  if (connectedAccounts !== "all") return connectedAccounts;
  try {
    const accounts = await allAccounts(input);
    yield [unlisted(undefined)];
    return accounts;
  } catch (reason) {
    const error = ServiceError.from(reason);
    if (error.code !== "UPSTREAM_REJECTED") throw reason;
    yield [unlisted(error)];
    return [...connected.keys()];
  }
}

async function allAccounts(input: PlatformRead): Promise<readonly string[]> {
  const accounts = new Set<string>();
  for await (const page of readPages(input, { path: "/v1/accounts", query: [] }, undefined)) {
    // An account was disconnected while the accounts are listed: those after it are read the next time.
    if (page === "lost" || page === "unknown") break;
    for (const item of page.items) {
      const listed = listedWire.safeParse(item);
      if (listed.success) accounts.add(listed.data.id);
    }
  }
  return [...accounts];
}
