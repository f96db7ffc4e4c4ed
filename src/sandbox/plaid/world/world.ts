import { createRandom, mixedToken, type Random } from "../../shared/random.ts";
import { type Account, seedAccounts } from "./accounts.ts";
import type { Draft, Transaction } from "./transaction.ts";

/** What is kept of the Item beside its accounts and transactions. */
export interface ItemState {
  /** Changes of transactions so far: the place of the latest one. */
  readonly changes: number;
  /** Ids given. */
  readonly serial: number;
  /** When the bank was last read, epoch milliseconds. */
  readonly updatedAtMs: number;
  /** Why it cannot be read: `ITEM_LOGIN_REQUIRED`. */
  readonly error: string | undefined;
  readonly webhook: string | undefined;
  readonly closed: readonly string[];
  /** What the bank would say beyond what Plaid has read, by account; units. */
  readonly drift: Readonly<Record<string, string>>;
}

/** One Item of one bank. What changes together is committed together: a reading of the bank. */
export interface World {
  readonly itemId: string;
  readonly institutionId: string;
  readonly random: Random;
  state(): ItemState;
  accounts(): readonly Account[];
  findAccount(id: string): Account | undefined;
  /** All that ever were, removed ones included, in the order of their last change. */
  transactions(): readonly Transaction[];
  find(id: string): Transaction | undefined;
  add(draft: Draft, id?: string): Transaction;
  change(id: string, patch: Partial<Draft>): Transaction;
  remove(id: string): void;
  setState(patch: Partial<Omit<ItemState, "changes" | "serial">>): void;
  /** Ends an operation: what it changed is told to those who listen. */
  commit(): void;
  onCommit(listener: (commit: Commit) => void): void;
  /** Puts back what was kept. */
  restore(kept: Transaction): void;
}

export interface Commit {
  /** Transactions that changed. */
  readonly changed: readonly Transaction[];
}

export interface WorldOptions {
  readonly seed: number;
  /** Of an earlier run. */
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

/** A world without transactions, or what an earlier run left. */
export function createWorld({ seed, state: kept = NEW_STATE }: WorldOptions): World {
  const accounts = seedAccounts(seed);
  const byId = new Map<string, Transaction>();
  const listeners: ((commit: Commit) => void)[] = [];
  let state = kept;
  let changed = new Map<string, Transaction>();

  /** At the end of the map, so that its order is that of the changes. */
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

  return {
    itemId: `item${mixedToken(seed, 3)}`,
    institutionId: "ins_109508",
    random: createRandom(seed + kept.serial),
    state: () => state,
    accounts: () => accounts.filter(({ id }) => !state.closed.includes(id)),
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
