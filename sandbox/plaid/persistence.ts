import { openJournal, readJournal, type Cell } from "../shared/journal.ts";
import type { Endpoint } from "./webhooks/dispatcher.ts";
import type { KeptKey } from "./webhooks/keys.ts";
import type { Transaction } from "./world/transaction.ts";
import type { ItemState } from "./world/world.ts";

// Headers, by their first element: a transaction, the Item, the keys, an endpoint that was added or removed.
type Header = readonly ["t"] | readonly ["s"] | readonly ["k"] | readonly ["e", removed: boolean];

/** State stored by an earlier run. */
export interface Kept {
  readonly state: ItemState;
  readonly keys: readonly KeptKey[];
  /** Transactions by id, in the order of their last change. */
  readonly transactions: readonly Transaction[];
  readonly endpoints: readonly Endpoint[];
}

/** Undefined when there is no file, or when it is empty. */
export function readKept(path: string): Kept | undefined {
  const transactions = new Map<string, Transaction>();
  const endpoints = new Map<string, Endpoint>();
  let state: ItemState | undefined;
  let keys: readonly KeptKey[] = [];
  // Only this module writes the file, which is why the types below are correct.
  readJournal(path, ({ header, body }) => {
    const [kind, removed] = header as Header;
    const value: unknown = JSON.parse(body);
    if (kind === "s") state = value as ItemState;
    else if (kind === "k") keys = value as readonly KeptKey[];
    else if (kind === "t") keepTransaction(transactions, value as Transaction);
    else if (removed === true) endpoints.delete((value as Endpoint).id);
    else endpoints.set((value as Endpoint).id, value as Endpoint);
  });
  if (state === undefined) return undefined;
  return { state, keys, transactions: [...transactions.values()], endpoints: [...endpoints.values()] };
}

/** A bigint is text in JSON. */
function keepTransaction(into: Map<string, Transaction>, written: Transaction): void {
  into.delete(written.id);
  into.set(written.id, { ...written, units: BigInt(written.units) });
}

const cell = (header: Header, value: unknown): Cell => ({
  header,
  body: JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner)),
});
export const transactionCell = (transaction: Transaction): Cell => cell(["t"], transaction);
export const stateCell = (state: ItemState): Cell => cell(["s"], state);
export const keysCell = (keys: readonly KeptKey[]): Cell => cell(["k"], keys);
export const endpointCell = (endpoint: Endpoint, isRemoved: boolean): Cell => cell(["e", isRemoved], endpoint);

/** Journal of all operations; a line is written before the response that depends on it is sent. */
export interface WorldJournal {
  write(...cells: readonly Cell[]): void;
  close(): void;
}

/** Begins with the complete current state. Without a path nothing is stored. */
export function keepJournal(path: string | undefined, everything: readonly Cell[]): WorldJournal {
  if (path === undefined) return { write: () => undefined, close: () => undefined };
  const journal = openJournal(path);
  journal.rewrite(everything);
  return { write: (...cells) => journal.append(cells), close: () => journal.close() };
}
