import type { Company } from "../../shared/company.ts";
import { createRandom, mixedToken, type Random } from "../../shared/random.ts";
import { type Account, seedAccounts } from "./accounts.ts";
import type { Draft, Transaction } from "./transaction.ts";

/** Stored state of the Item in addition to its accounts and transactions. */
export interface ItemState {
  /** Number of transaction changes so far: the sequence number of the latest one. */
  readonly changes: number;
  /** Number of ids assigned. */
  readonly serial: number;
  /** Time at which the bank was last read, epoch milliseconds. */
  readonly updatedAtMs: number;
  /** Error code that prevents reading: `ITEM_LOGIN_REQUIRED`. */
  readonly error: string | undefined;
  readonly webhook: string | undefined;
  /** Time at which the user's consent ends, as the Item states it. */
  readonly consentEndsAt?: string | undefined;
  readonly closed: readonly string[];
  /** Id of the bank: its own, or one set by a test. */
  readonly institutionId?: string | undefined;
  /** Name of the company whose accounts are shown; undefined for an Item of its own. */
  readonly company?: string | undefined;
  /** Difference between the bank's balance and the one that Plaid has read, by account; units. */
  readonly drift: Readonly<Record<string, string>>;
}

/** One Item of one bank. Changes that belong together are committed together: one read of the bank. */
export interface World {
  readonly itemId: string;
  institutionId(): string;
  readonly institutionName: string;
  readonly random: Random;
  state(): ItemState;
  accounts(): readonly Account[];
  /** Accounts on which transactions happen by themselves. */
  ownAccounts(): readonly Account[];
  findAccount(id: string): Account | undefined;
  /** All transactions that ever existed, including removed ones, in the order of their last change. */
  transactions(): readonly Transaction[];
  find(id: string): Transaction | undefined;
  add(draft: Draft, id?: string): Transaction;
  change(id: string, patch: Partial<Draft>): Transaction;
  remove(id: string): void;
  setState(patch: Partial<Omit<ItemState, "changes" | "serial">>): void;
  /** Ends an operation: listeners are notified of its changes. */
  commit(): void;
  onCommit(listener: (commit: Commit) => void): void;
  /** Restores a stored transaction. */
  restore(kept: Transaction): void;
}

export interface Commit {
  /** Transactions that changed. */
  readonly changed: readonly Transaction[];
}

export interface WorldOptions {
  readonly seed: number;
  /** The company whose accounts are shown. */
  readonly company?: Company | undefined;
  /** State of an earlier run. */
  readonly state?: ItemState | undefined;
}

const NEW_STATE: ItemState = {
  changes: 0,
  serial: 0,
  updatedAtMs: 0,
  error: undefined,
  webhook: undefined,
  closed: [],
  drift: {},
};

/** Creates a world without transactions, or restores that of an earlier run. */
export function createWorld({ seed, company, state: kept = NEW_STATE }: WorldOptions): World {
  const accounts = seedAccounts(seed, company);
  const byId = new Map<string, Transaction>();
  const listeners: ((commit: Commit) => void)[] = [];
  let state = company === undefined ? kept : { ...kept, company: company.name };
  let changed = new Map<string, Transaction>();

  /** Inserted at the end of the map, so that its order is that of the changes. */
  function put(transaction: Transaction): Transaction {
    byId.delete(transaction.id);
    byId.set(transaction.id, transaction);
    changed.set(transaction.id, transaction);
    return transaction;
  }

  function next(): number {
    state = { ...state, changes: state.changes + 1 };
    return state.changes;
  }

  function require(id: string): Transaction {
    const found = byId.get(id);
    if (found === undefined) throw new RangeError(`there is no transaction ${id}`);
    return found;
  }

  const open = (): readonly Account[] => accounts.filter(({ id }) => !state.closed.includes(id));

  return {
    itemId: `item${mixedToken(seed, 3)}`,
    institutionId: () => state.institutionId ?? "ins_109508",
    institutionName: company?.bank.name ?? "First Platypus Bank",
    random: createRandom(seed + kept.serial),
    state: () => state,
    accounts: open,
    ownAccounts: () => open().filter(({ iban }) => iban === undefined),
    findAccount: (id) => accounts.find((account) => account.id === id),
    transactions: () => [...byId.values()],
    find: (id) => byId.get(id),
    add(draft, id) {
      state = { ...state, serial: state.serial + 1 };
      const at = next();
      return put({ ...draft, id: id ?? `txn${mixedToken(seed, 1000 + state.serial)}`, addedAt: at, changedAt: at });
    },
    change: (id, patch) => put({ ...require(id), ...patch, changedAt: next() }),
    remove: (id) => void put({ ...require(id), isRemoved: true, changedAt: next() }),
    setState(patch) {
      state = { ...state, ...patch };
    },
    commit() {
      const commit = { changed: [...changed.values()] };
      changed = new Map();
      for (const listener of listeners) listener(commit);
    },
    onCommit: (listener) => void listeners.push(listener),
    restore: (transaction) => void byId.set(transaction.id, transaction),
  };
}
